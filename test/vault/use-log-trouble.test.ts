import assert from 'node:assert/strict';
import fs from 'node:fs';
import process from 'node:process';
import {test} from 'node:test';
import {type Fault, withFault} from '../helpers/disk-faults.js';
import {logSample} from '../helpers/use-log-sample.js';
import {at, small} from '../helpers/use-log-values.js';

for (const code of ['ENOSPC', 'EIO', 'EROFS', 'EACCES', 'EINTR']) {
	test(`${code} at any call costs at most that use, and nothing is said`, async context => {
		const {open, ids} = logSample(context);
		let refused = 0;
		for (let number = 1, isOver = false; !isOver; number++) {
			const log = open(small);
			// The next use has it shortened.
			for (let second = 0; second < 15; second++) await log.note(['filler'], 'exec', at(second));
			await log.note([`before ${number}`], 'exec', at(20));
			let calls = 0;
			const failing: Fault = (_, call) => {
				if (++calls === number) throw Object.assign(new Error(code), {code});
				return call();
			};
			assert.equal(await withFault(() => log.note([`use ${number}`], 'exec', at(21)), failing), undefined);
			isOver = calls < number;
			const found = await ids();
			for (let each = 1; each <= number; each++)
				assert.ok(found.includes(`before ${each}`), `call ${number} of ${calls}`);
			if (!found.includes(`use ${number}`)) refused++;
		}
		assert.ok(refused > 0);
	});
}

test('a write that the disk cuts short costs that use only', async context => {
	const {open, ids, note} = logSample(context);
	await note('one');
	const short: Fault = (name, call, parameters) => {
		if (name !== 'writeSync') return call();
		const [handle, bytes] = parameters as [number, Buffer];
		return fs.writeFileSync(handle, bytes.subarray(0, 100)) ?? 100;
	};
	assert.equal(await withFault(() => open().note(['two'], 'exec', at(1)), short), undefined);
	await note('three', 'exec', 2);
	assert.deepEqual(await ids(), ['three', 'one']);
});

test('several uses are one write', async context => {
	const {open, ids} = logSample(context);
	const written: number[] = [];
	const counting: Fault = (name, call, parameters) => {
		if (name === 'writeSync') written.push((parameters[1] as Buffer).length);
		return call();
	};
	assert.equal(await withFault(() => open().note(['one', 'two', 'three'], 'export', at(0)), counting), undefined);
	assert.deepEqual(written, [3 * 256]);
	assert.deepEqual([...(await ids())].sort(), ['one', 'three', 'two']);
});

test('a log of a gigabyte is read from its end, within 8 MiB, and is short after the next shortening', async context => {
	const {log, note, open, ids} = logSample(context);
	await note('old');
	fs.truncateSync(log, 2 ** 30);
	fs.appendFileSync(log, '\n');
	let read = 0;
	const counting: Fault = (name, call) => {
		const result = call();
		if (name === 'readSync') read += result as number;
		if (name === 'readFileSync') read += (result as Buffer | string).length;
		return result;
	};
	const before = process.memoryUsage().rss;
	const done = async () => {
		await open().note(['new'], 'exec', at(1));
		assert.deepEqual(await ids(), ['new']);
		assert.equal((await open().read()).since, undefined, 'nobody knows what the rest says');
	};
	assert.equal(await withFault(done, counting), undefined);
	assert.ok(read <= 3 * 8 * 2 ** 20, `${read} bytes were read`);
	context.diagnostic(`${Math.round((process.memoryUsage().rss - before) / 2 ** 20)} MiB more memory`);
	assert.ok(process.memoryUsage().rss - before < 200 * 2 ** 20);
	for (let second = 2; fs.statSync(log).size > 2 ** 20; second++) {
		assert.ok(second < 2000, 'it is shortened within 256 KiB');
		await open().note(['new'], 'exec', at(second));
	}
	const {since, list} = await open().read();
	assert.deepEqual([...new Set(list.map(({id}) => id))], ['new']);
	assert.ok(since !== undefined && since > '2026-01-02T00:00:01Z');
});
