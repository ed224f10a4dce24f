import assert from 'node:assert/strict';
import {test} from 'node:test';
import stringWidth from 'string-width';
import {runCommandLine, type World} from '../helpers/command-line.js';
import {fakeMachine, vault} from '../helpers/fake-machine.js';

/** A machine with something of every state, and a path that a terminal must not obey. */
const broken = fakeMachine(
	{
		isTerminal: false,
		noScreen: 'standard input is not a terminal',
		core: async () => ({isEmptied: true, limit: undefined, pattern: undefined}),
	},
	{[`${vault}.\u001b[31m`]: {mode: 0o644}, '/home/me': {kind: 'directory', mode: 0o777}},
);

const run = (argv: readonly string[], world: World = {}) =>
	runCommandLine(['doctor', ...argv], {machine: broken, ...world});

test('each finding is a line, with what mends it below', async () => {
	const {code, stdout, stderr} = await run([]);
	assert.equal(code, 14);
	assert.match(stdout, /^✓ vault {8}`~\/\.config\/pharmer\/vault\.json`, 1000 bytes, is whole\n/);
	assert.match(
		stdout,
		/\n! above them {3}others can rename what is in `\/home\/me`, mode 0777\n {4}\$ chmod go-w \/home\/me\n/,
	);
	assert.match(stdout, /\n\? terminal {5}standard input is not a terminal\n/);
	assert.ok(!stdout.includes('\u001b'));
	assert.ok(stdout.includes('vault.json.\\u001b[31m`, mode 0644'));
	assert.match(stderr, /^\d need care, 2 not known\n$/);
});

test('marks are ASCII where the locale is, and words for a screen reader', async () => {
	const ascii = (await run([], {unicode: false})).stdout;
	assert.match(ascii, /^ok vault/);
	assert.match(ascii, /\n!! above them/);
	assert.match(ascii, /\n\?\? terminal/);
	assert.match(ascii, /^[ -~\n]*$/);
	const spoken = (await run([], {environment: {ACCESSIBLE: '1'}})).stdout;
	assert.match(spoken, /\nneeds care above them/);
});

test('on a terminal lines fit, commands stay whole, and what needs care is bold unless colour is off', async () => {
	for (const columns of [60, 80, 140]) {
		const {stdout} = await run([], {stdoutIsTerminal: true, columns, environment: {NO_COLOR: '1'}});
		for (const line of stdout.split('\n')) {
			const isPath = line.trim().split(' ').length <= 2;
			assert.ok(stringWidth(line) <= columns || line.startsWith('    $ ') || isPath, line);
		}
		assert.ok(!stdout.includes('\u001b'));
	}
	const bold = (await run([], {stdoutIsTerminal: true, environment: {TERM: 'xterm'}})).stdout;
	assert.ok(bold.includes('\u001b[1m! above them   \u001b[22m'));
	assert.ok(!(await run(['--no-color'], {stdoutIsTerminal: true})).stdout.includes('\u001b'));
});

test('`-o json` is one list, with whole paths', async () => {
	const {code, stdout, stderr} = await run(['-o', 'json']);
	assert.deepEqual([code, stderr], [14, '']);
	const list = JSON.parse(stdout);
	assert.deepEqual(
		list.find(({id}: {readonly id: string}) => id === 'above'),
		{
			id: 'above',
			state: 'care',
			text: 'others can rename what is in `/home/me`, mode 0777',
			fix: 'chmod go-w /home/me',
			fixIs: 'command',
		},
	);
	assert.deepEqual(Object.keys(list[0]), ['id', 'state', 'text']);
});

test('`-o json` holds nothing that a terminal obeys', async () => {
	const machine = fakeMachine({}, {[`${vault}.\u009b31m\u202e`]: {mode: 0o644}});
	const {stdout} = await run(['-o', 'json'], {machine});
	assert.match(stdout, /^[ -~\n]*$/);
	assert.ok(JSON.stringify(JSON.parse(stdout)).includes('\u009b31m\u202e'));
});

test('what is not known is no fault', async () => {
	const {place} = fakeMachine();
	const well = fakeMachine({
		isTerminal: false,
		noScreen: 'standard input is not a terminal',
		place: {...place, exists: () => false, wasSeen: () => false},
	});
	const {code, stderr} = await run([], {machine: well});
	assert.deepEqual([code, stderr], [0, 'nothing needs care, 1 not known\n']);
});

test('nothing is asked, also where somebody is at the terminal', async () => {
	const {asked} = await run([], {answers: []});
	assert.deepEqual(asked, []);
});
