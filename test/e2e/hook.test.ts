import assert from 'node:assert/strict';
import {existsSync, mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {temporaryHome} from '../helpers/program.js';
import {openShell, realShells, skipped} from '../helpers/shells.js';

type Shell = (typeof realShells)[number];

/** What is in the file that each shell reads when it starts, with a prompt hook of somebody else. */
const hooked: Readonly<Record<Shell, string>> = {
	bash: `PROMPT_COMMAND='others=$((others + 1))'\neval "$(pharmer hook bash)"\neval "$(pharmer hook bash)"\n`,
	zsh: 'precmd() { others=$((others + 1)) }\neval "$(pharmer hook zsh)"\neval "$(pharmer hook zsh)"\n',
	fish: 'function other --on-event fish_prompt; set -g others (math $others + 1); end\npharmer hook fish | source\n',
};

const code: Readonly<Record<Shell, string>> = {bash: '$?', zsh: '$?', fish: '$status'};

/** A project in a home, with its file. */
function putProject(home: string, name: string, text = 'credentials: [prod, dns]\n'): string {
	const root = join(home, name);
	mkdirSync(join(root, '.git'), {recursive: true, mode: 0o755});
	writeFileSync(join(root, '.pharmer.yaml'), text, {mode: 0o644});
	return root;
}

/** A shell in a terminal with the hook; each line runs to its end. */
async function shellAt(context: TestContext, shell: Shell, home: string, lines = hooked[shell]) {
	const open = await openShell(context, shell, home, {}, lines);
	let count = 0;
	return {
		text: open.text,
		errors: open.errors,
		started: () => open.requests('entered').length,
		/** Runs a line, and what the next prompt brings with it. Returns the lines that pharmer said meanwhile. */
		async line(text: string): Promise<readonly string[]> {
			const before = open.text().length;
			open.press(`${text}`, 'enter', `echo end''${++count} code=${code[shell]}`, 'enter');
			await open.see(new RegExp(`^end${count} code=\\d+`, 'm'));
			return open
				.text()
				.slice(before)
				.split('\n')
				.map(each => each.trimEnd())
				.filter(each => /^(?:pharmer|end)/.test(each));
		},
	};
}

for (const shell of realShells) {
	test(`${shell} tells which file counts when the directory changes, and starts nothing otherwise`, {
		skip: skipped(shell),
	}, async context => {
		const home = temporaryHome(context);
		const root = putProject(home, 'shop');
		mkdirSync(join(root, 'a', 'b'), {recursive: true});
		mkdirSync(join(home, 'plain'));
		symlinkSync(join(root, 'a'), join(home, 'link'));
		putProject(home, 'odd', 'env: {PATH: x}\n');
		putProject(home, 'bare', 'env: {A: b}\n');
		const {line, started, errors, text} = await shellAt(context, shell, home);
		assert.equal(started(), 0);
		const names = 'pharmer: .pharmer.yaml names prod, dns';
		assert.deepEqual(await line('cd shop'), [names, 'end1 code=0']);
		assert.deepEqual(await line('false'), ['end2 code=1'], 'the exit status stays');
		assert.deepEqual(await line('cd a/b'), ['end3 code=0'], 'it is still the same');
		assert.equal(started(), 1);
		assert.deepEqual(await line('cd ~/plain; false'), ['end4 code=1'], 'leaving says nothing');
		assert.equal(started(), 1, 'nothing is started where there is no file');
		assert.deepEqual(await line('cd ~/link/b; false'), ['pharmer: ../../.pharmer.yaml names prod, dns', 'end5 code=1']);
		assert.deepEqual(await line('cd ~/bare'), ['pharmer: .pharmer.yaml sets variables only', 'end6 code=0']);
		const [why = ''] = await line('cd ~/odd');
		assert.match(why, /^pharmer: `\.pharmer\.yaml`: line 1, column 7: `PATH` decides what programs run/);
		assert.deepEqual(await line('cd /'), ['end8 code=0']);
		assert.equal(started(), 4);
		assert.equal(errors(), '');
		// Ten lines and more: the hook that was there before has run for each.
		await line('echo others=$others');
		assert.match(text(), /^others=1\d$/m);
	});

	test(`${shell} runs nothing of what directories are called`, {skip: skipped(shell)}, async context => {
		const home = temporaryHome(context);
		const names = [
			'$(touch ran)',
			'`touch ran`',
			`'"`,
			';touch ran;',
			' -n x',
			'*',
			'\\',
			'a\nb',
			'\u001b]0;title\u0007',
			'%s',
		];
		for (const [index, name] of names.entries()) putProject(home, `${index}${name}`);
		const {line, started, errors} = await shellAt(context, shell, home);
		for (const [index] of names.entries()) {
			assert.deepEqual(await line(`cd ~/${index}*`), [
				'pharmer: .pharmer.yaml names prod, dns',
				`end${index + 1} code=0`,
			]);
		}
		assert.equal(started(), names.length);
		for (const folder of [home, ...names.map((name, index) => join(home, `${index}${name}`))])
			assert.equal(existsSync(join(folder, 'ran')), false);
		assert.equal(errors(), '');
	});
}

test('bash keeps commands that stand in an array, and works with unset variables refused', {
	skip: skipped('bash'),
}, async context => {
	const home = temporaryHome(context);
	putProject(home, 'shop');
	const lines = `PROMPT_COMMAND=('one=$((one + 1))' 'two=$((two + 1))')\nset -u\none=0 two=0\neval "$(pharmer hook bash)"\n`;
	const {line, text, errors} = await shellAt(context, 'bash', home, lines);
	assert.equal((await line('cd shop'))[0], 'pharmer: .pharmer.yaml names prod, dns');
	await line('echo both=$one,$two');
	// Bash runs what is behind the first since 5.1.
	assert.match(text(), /^both=(\d),(?:0|\1)$/m);
	assert.doesNotMatch(text(), /unbound/);
	assert.equal(errors(), '');
});

test('a shell without pharmer, or without the Node.js that it had, is not disturbed', {
	skip: skipped('bash'),
}, async context => {
	const home = temporaryHome(context);
	putProject(home, 'shop');
	const elsewhere = `pharmer() { command pharmer "$@" | sed 's#${process.execPath}#/gone/node#'; }\n`;
	for (const shell of realShells) {
		if (skipped(shell) !== false) continue;
		const gone = await shellAt(context, shell, home, `${hooked[shell]}command rm ~/bin/*.mjs ~/bin/pharmer\n`);
		assert.deepEqual(await gone.line('cd shop; false'), ['end1 code=1'], shell);
		const asFish = "function pharmer; command pharmer $argv | sed 's#$1#/gone/node#'; end\n";
		const before = shell === 'fish' ? asFish.replace('$1', process.execPath) : elsewhere;
		const moved = await shellAt(context, shell, home, before + hooked[shell]);
		assert.deepEqual(await moved.line('cd shop; false'), ['end1 code=1'], shell);
		assert.doesNotMatch(moved.text(), /gone|[Uu]nknown/, shell);
	}
});

test('a program in the directory that is entered is never run in its place', {
	skip: skipped('bash'),
}, async context => {
	const home = temporaryHome(context);
	const root = putProject(home, 'shop');
	mkdirSync(join(root, 'bin'));
	for (const name of ['pharmer', 'node', 'env', 'pwd', 'test'])
		writeFileSync(join(root, 'bin', name), '#!/bin/sh\necho pharmer: stranger\n', {mode: 0o755});
	for (const shell of realShells) {
		if (skipped(shell) !== false) continue;
		const path = shell === 'fish' ? 'set -gx PATH bin . $PATH' : 'export PATH=bin:.:$PATH';
		const {line} = await shellAt(context, shell, home, `${hooked[shell]}${path}\n`);
		assert.deepEqual(await line('cd shop'), ['pharmer: .pharmer.yaml names prod, dns', 'end1 code=0'], shell);
	}
});
