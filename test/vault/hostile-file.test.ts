import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {bundleScript, startChild} from '../helpers/bundled-child.js';
import {passphrase, quick, temporaryFolder} from '../helpers/vault-samples.js';

const full = 64 * 2 ** 20;
const runs = 3;
const mostMegabytes = 300;
const opening = '{\n  "format": "pharmer-vault",\n  "version": 2,\n  "id": "11111111-2222-4333-8444-555555555555",\n  ';
const newer = opening.replace('"version": 2', '"version": 3');

type Figures = {readonly milliseconds: number; readonly megabytes: number; readonly said: string};

/**
 * The lowest cost of several runs, each in its own process, and the answer that all of them gave. It stops at a run
 * that took less than `enough` milliseconds.
 */
async function least(script: string, task: string, file: string, enough = 0): Promise<Figures> {
	const all: Figures[] = [];
	const isCheap = (run: Figures): boolean => run.milliseconds < enough && run.megabytes < mostMegabytes;
	for (let run = 0; run < runs && !all.some(isCheap); run++) {
		const child = startChild(script, [task, file]);
		await child.ended;
		all.push(JSON.parse(child.lines[0] ?? ''));
	}
	assert.equal(new Set(all.map(({said}) => said)).size, 1);
	return {
		said: all[0]?.said ?? '',
		milliseconds: Math.min(...all.map(each => each.milliseconds)),
		megabytes: Math.min(...all.map(each => each.megabytes)),
	};
}

/** Fills a file of 64 MiB: a beginning, something again and again, an end. */
function filled(file: string, start: string, unit: string, end = ''): void {
	const bytes = Buffer.alloc(full);
	bytes.write(start);
	bytes.fill(unit, start.length);
	bytes.write(end, full - end.length);
	fs.writeFileSync(file, bytes);
}

/**
 * Makes a vault of 64 MiB that is sound except for its content: the header of a real one, a correct checksum, and
 * `unit` over and over as its data.
 */
async function forged(file: string, unit: string): Promise<void> {
	const real = `${file}.real`;
	fs.rmSync(real, {force: true});
	await fileVaultPlace(real, quick).create(passphrase);
	const {checksum: _, body, ...header} = JSON.parse(fs.readFileSync(real, 'utf8'));
	const [head = '', foot = ''] = `${JSON.stringify({...header, body: {...body, data: '~'}}, undefined, 2)}\n`.split(
		'~',
	);
	const tail = (checksum: string) => `${foot.slice(0, -3)},\n  "checksum": "${checksum}"\n}\n`;
	const room = full - head.length - tail('0'.repeat(64)).length;
	const data = unit.repeat(Math.floor(room / 4 / unit.length) * 4);
	const checksum = createHash('sha256').update(head).update(data).update(foot).digest('hex');
	fs.writeFileSync(file, head + data + tail(checksum));
}

const whole = /^damaged: the vault `.*` is damaged or tampered with/;
const foreign = /^damaged: `.*` is not a pharmer vault/;
const slot = '{"id":"","kind":"passphrase","kdf":{}},';

const files: readonly (readonly [what: string, answer: RegExp, make: (file: string) => unknown])[] = [
	['brackets', foreign, file => filled(file, '', '[')],
	['braces', foreign, file => filled(file, '', '{"a":')],
	['slots', foreign, file => filled(file, '{"format":"pharmer-vault","version":2,"slots":[{}', ',{}', ']}')],
	['numbers', foreign, file => filled(file, '[1', ',1', ']')],
	['texts', foreign, file => filled(file, '[""', ',""', ']')],
	['data again and again', foreign, file => filled(file, '{"data": "",', '"data": "",')],
	['zeros', foreign, file => filled(file, '', '\0')],
	['brackets after our opening', whole, file => filled(file, `${opening}"slots": [`, '[')],
	['slots after our opening', whole, file => filled(file, `${opening}"slots": [{}`, `,${slot}{}`, ']}')],
	['numbers after our opening', whole, file => filled(file, `${opening}"slots": [1`, ',1', ']}')],
	['texts after our opening', whole, file => filled(file, `${opening}"slots": [""`, ',""', ']}')],
	['one text after our opening', whole, file => filled(file, `${opening}"slots": "`, 'a', '"}')],
	['data without an end', whole, file => filled(file, `${opening}"body": {"data": "`, 'A')],
	['something behind the data', whole, file => filled(file, `${opening}"body": {"data": "", "x": [`, '[')],
	['slots of a newer version', /^newer-version/, file => filled(file, `${newer}"slots": [{}`, `,${slot}{}`, ']}')],
	['data of a newer version', /^newer-version/, file => filled(file, `${newer}"body": {"data": "`, 'A', '"}}')],
	['a right checksum over base64', /^sound$/, file => forged(file, 'AAAA')],
	['a right checksum over no base64', whole, file => forged(file, '!')],
	['a right checksum over what nearly is base64', whole, file => forged(file, 'AAA=')],
];

test('no file of 64 MiB takes 300 MB, or three times as long as reading and hashing it', async t => {
	const folder = temporaryFolder(t);
	const script = await bundleScript('reading-child.ts', folder);
	const file = path.join(folder, 'vault.json');
	filled(file, '', '\0');
	const hash = await least(script, 'hash', file);
	t.diagnostic(`reading and hashing: ${hash.milliseconds.toFixed()} ms, ${hash.megabytes.toFixed()} MB`);
	for (const [what, answer, make] of files) {
		await make(file);
		const {said, milliseconds, megabytes} = await least(script, 'inspect', file, 3 * hash.milliseconds);
		t.diagnostic(`${what}: ${milliseconds.toFixed()} ms, ${megabytes.toFixed()} MB`);
		assert.match(said, answer, what);
		assert.ok(milliseconds < 3 * hash.milliseconds, `${what}: ${milliseconds} ms`);
		assert.ok(megabytes < mostMegabytes, `${what}: ${megabytes} MB`);
	}
});

test('a truncated file beside its complete copy of 64 MiB costs no more for each file', async t => {
	const folder = temporaryFolder(t);
	const script = await bundleScript('reading-child.ts', folder);
	const file = path.join(folder, 'vault.json');
	await forged(`${file}.next`, 'AAAA');
	fs.copyFileSync(`${file}.next`, file);
	fs.truncateSync(file, full - 1024);
	const hash = await least(script, 'hash', `${file}.next`);
	const {said, milliseconds, megabytes} = await least(script, 'inspect', file, 2 * 3 * hash.milliseconds);
	t.diagnostic(`${milliseconds.toFixed()} ms, ${megabytes.toFixed()} MB`);
	assert.equal(said, 'sound');
	// Two files are read and compared.
	assert.ok(milliseconds < 2 * 3 * hash.milliseconds, `${milliseconds} ms`);
	assert.ok(megabytes < mostMegabytes, `${megabytes} MB`);
});
