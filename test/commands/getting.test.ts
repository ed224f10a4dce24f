import assert from 'node:assert/strict';
import {test} from 'node:test';
import stringWidth from 'string-width';
import type {Credential} from '../../source/domain/credential.js';
import {fields, runCommandLine, type World} from '../helpers/command-line.js';
import {storedCredential} from '../helpers/credentials.js';

const old = {created: '2026-02-01T12:00:00Z', changed: '2026-02-20T12:00:00Z'};
const aws = storedCredential('aws', {...old, labels: new Map([['team', 'infra']]), expires: '2026-03-10'});
const work = storedCredential('work', {
	...old,
	created: '2025-02-01T12:00:00Z',
	labels: new Map([
		['team', 'web'],
		['env', 'prod'],
	]),
	expires: '2026-02-28',
});
const box = storedCredential('box', {
	...old,
	changed: '2026-03-01T11:00:00Z',
	provider: 'generic',
	data: fields({token: 'hush-hush', 'two lines': 'one\n\u001b[31mtwo\n'}),
});
const all: readonly Credential[] = [work, box, aws];

async function run(line: string, world: World = {}) {
	return runCommandLine(line.split(' '), {credentials: all, ...world});
}

async function out(line: string, world: World = {}): Promise<string> {
	const {code, stdout, stderr} = await run(line, world);
	assert.deepEqual([code, stderr], [0, ''], line);
	return stdout;
}

const narrow = async (line: string, columns: number, world: World = {}) =>
	run(line, {stdoutIsTerminal: true, columns, environment: {NO_COLOR: '1'}, ...world});

const shown = async (line: string, columns: number, world: World = {}) =>
	out(line, {stdoutIsTerminal: true, columns, environment: {NO_COLOR: '1'}, ...world});

test('on a terminal ages are short, and a day says when it is near', async () => {
	assert.equal(
		await shown('ls', 80),
		[
			'NAME  PROVIDER  ID         AGE  EXPIRES',
			'aws   aws       AKIA…P4Q5  4w   2026-03-10 (in 9d)',
			'box   generic   -          4w   -',
			'work  aws       AKIA…P4Q5  1y   2026-02-28 (expired)',
			'',
		].join('\n'),
	);
	assert.match(await shown('ls', 80, {unicode: false}), /AKIA~P4Q5/);
});

test('a table fits its terminal; columns that matter less are cut and left out first, names last', async () => {
	const long = storedCredential('prod-eu-cluster-autoscaler-of-the-infrastructure', {note: 'n'.repeat(90)});
	const world = {credentials: [...all, long]};
	for (const line of ['ls', 'ls -o wide'])
		for (let columns = 1; columns <= 200; columns++) {
			const lines = (await narrow(line, columns, world)).stdout.split('\n');
			assert.deepEqual(
				lines.filter(each => stringWidth(each) > columns),
				[],
				`${line} in ${columns}`,
			);
			if (columns >= 80) assert.match(lines.join('\n'), /^work |work$/m);
		}
	assert.match(await shown('ls', 100, world), new RegExp(`^${long.name} +aws +AKIA…P4Q5`, 'm'));
	assert.match(
		await shown('ls', 60, world),
		/^prod-eu-cluster-auto… {2}aws +AKIA…P4Q5 {2}1mo {2}-\nwork .* 2026-02-28…$/m,
	);
	const small = await narrow('ls', 40, world);
	assert.match(small.stdout, /^NAME +EXPIRES$/m);
	assert.equal(small.stderr, 'no room for PROVIDER, ID and AGE: a pipe or a wider terminal shows them\n');
	assert.match((await narrow('ls', 20, world)).stdout, /^prod-eu-cluster-aut…$/m);
	assert.equal(await out('ls', world), await out('ls', {...world, columns: 20}), 'a pipe has no width');
});

test('what has expired and what soon will have their colours on a terminal', async () => {
	const text = await out('ls', {stdoutIsTerminal: true, columns: 80});
	assert.match(text, /\u001b\[31m2026-02-28 \(expired\)\u001b\[39m/);
	assert.match(text, /\u001b\[33m2026-03-10 \(in 9d\)\u001b\[39m/);
	assert.match(
		await out('show work', {stdoutIsTerminal: true}),
		/\u001b\[31m2026-02-28 · expired 1 day ago\u001b\[39m/,
	);
	assert.doesNotMatch(await out('ls', {stdoutIsTerminal: true, environment: {NO_COLOR: '1'}}), /\u001b/);
});
