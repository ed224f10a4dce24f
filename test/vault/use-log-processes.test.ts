import assert from 'node:assert/strict';
import fs from 'node:fs';
import {test} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {bundleScript, startChild} from '../helpers/bundled-child.js';
import {randomOf} from '../helpers/mutated.js';
import {seed, size} from '../helpers/rounds.js';
import {logSample} from '../helpers/use-log-sample.js';
import {at, small} from '../helpers/use-log-values.js';

const uses = size(30, 400);
const kills = size(6, 1000);
/** Of so many calls to the file system one is tried. */
const every = size(4, 1);

test('eight processes that note uses at the same time, while it is shortened, lose none', async context => {
	const {folder, vault, log, open} = logSample(context);
	const script = await bundleScript('use-log-child.ts', folder);
	const children = Array.from({length: 8}, (_, lane) =>
		startChild(script, ['some', vault, String(lane), String(uses)]),
	);
	// Somebody who reads meanwhile sees at least what was noted before.
	await Promise.all(children.map(child => child.printed(1)));
	const noted = children.flatMap(child => child.lines);
	const seen = new Set((await open().read()).list.map(({id}) => id));
	assert.deepEqual(
		noted.filter(id => !seen.has(id)),
		[],
	);
	for (const child of children) assert.equal((await child.ended).code, 0);
	const found = new Set((await open().read()).list.map(({id}) => id));
	const all = children.flatMap(child => child.lines);
	assert.equal(all.length, 8 * uses);
	assert.deepEqual(
		all.filter(id => !found.has(id)),
		[],
	);
	const lines = fs.statSync(log).size / 256;
	context.diagnostic(`${8 * uses * 7} uses by eight processes are ${lines} lines`);
	assert.ok(Number.isInteger(lines) && lines < 8 * uses * 4, 'it was shortened');
	assert.deepEqual(fs.readdirSync(folder).sort(), ['use-log-child.cjs', 'vault.json', 'vault.json.used']);
});

test('a process that is killed while it notes or shortens loses nothing that was noted', async context => {
	const {folder, vault, log, open} = logSample(context);
	const script = await bundleScript('use-log-child.ts', folder);
	const random = randomOf(seed);
	let inTheAct = 0;
	let noted: readonly string[] = [];
	for (let round = 0; round < kills; round++) {
		// A log of its own for every thirty, or it only becomes longer.
		if (round % 30 === 0) {
			for (const file of [log, `${log}.old`]) fs.rmSync(file, {force: true});
			noted = [];
		}
		const lanes = [startChild(script, ['ever', vault, `a${round}`]), startChild(script, ['ever', vault, `b${round}`])];
		await Promise.all(lanes.map(child => child.printed(1)));
		await delay(random(40));
		for (const child of lanes) child.process.kill('SIGKILL');
		for (const child of lanes) await child.ended;
		if (fs.existsSync(`${log}.old`) || fs.existsSync(`${vault}.lock`)) inTheAct++;
		noted = [...noted, ...lanes.flatMap(child => child.lines)];
		const found = new Set((await open().read()).list.map(({id}) => id));
		assert.deepEqual(
			noted.filter(id => !found.has(id)),
			[],
			`round ${round}`,
		);
	}
	context.diagnostic(`${inTheAct} of ${kills} rounds ended while it was shortened`);
});

test('killed at any call to the file system, it loses nothing, and the next use tidies up', async context => {
	const {folder, vault, log, open} = logSample(context);
	const script = await bundleScript('use-log-child.ts', folder);
	const before = ['one', 'two', 'three'];
	let isOver = false;
	let left = 0;
	for (let number = 1; !isOver; number += every) {
		await open().note(before, 'exec', at(0));
		// The next use has it shortened.
		for (let second = 1; second < 13; second++) await open().note(['filler'], 'exec', at(second));
		const child = startChild(script, ['die', vault, 'last', String(number)]);
		isOver = (await child.ended).signal === null;
		if (fs.existsSync(`${log}.old`)) left++;
		const found = (await open().read()).list.map(({id}) => id);
		for (const id of [...before, 'filler', ...child.lines.map(() => 'last')])
			assert.ok(found.includes(id), `${id} is lost at call ${number}`);
		for (let second = 200; second < 240; second++) await open(small).note(['next'], 'exec', at(second));
		const after = (await open().read()).list.map(({id}) => id);
		for (const id of before) assert.ok(after.includes(id), `${id} is lost after call ${number}`);
		assert.deepEqual(
			fs.readdirSync(folder).filter(name => name.startsWith('vault.json.used')),
			['vault.json.used'],
			`call ${number}`,
		);
		fs.rmSync(log);
	}
	assert.ok(left > 0, 'some were killed while it was moved away');
});
