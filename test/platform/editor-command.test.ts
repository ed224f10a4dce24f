import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {PharmerError} from '../../source/domain/errors.js';
import {chosenEditor, discreetArguments, splitCommand} from '../../source/platform/editor-command.js';

test('a command is split as a shell splits it', () => {
	for (const [command, words] of [
		['vi', ['vi']],
		['  code   --wait ', ['code', '--wait']],
		["'/my apps/ed' -x", ['/my apps/ed', '-x']],
		['"/my apps/ed" "a \\"b\\" \\\\ \\$x \\n"', ['/my apps/ed', 'a "b" \\ $x \\n']],
		['/my\\ apps/ed', ['/my apps/ed']],
		['a""b c\'\'', ['ab', 'c']],
		["a '' b", ['a', '', 'b']],
		['emacs --eval \'(setq x "y")\'', ['emacs', '--eval', '(setq x "y")']],
		['ed $HOME `id` $(id) *;rm', ['ed', '$HOME', '`id`', '$(id)', '*;rm']],
		['', []],
	] as const) {
		assert.deepEqual(splitCommand(command), words, command);
	}
	for (const command of ["ed 'x", 'ed "x', 'ed "x\\"', 'ed \\']) {
		assert.throws(
			() => splitCommand(command),
			(error: unknown) => error instanceof PharmerError && error.code === 'usage',
		);
	}
});

test('any words survive quoting and splitting', () => {
	const quote = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;
	fc.assert(
		fc.property(fc.array(fc.string({unit: 'binary'})), words => {
			assert.deepEqual(splitCommand(words.map(quote).join(' ')), words);
		}),
		{numRuns: 100},
	);
});

test('VISUAL comes before EDITOR, and both before the system default', () => {
	assert.equal(chosenEditor({VISUAL: 'a', EDITOR: 'b'}, 'linux'), 'a');
	assert.equal(chosenEditor({VISUAL: ' ', EDITOR: 'b'}, 'linux'), 'b');
	assert.equal(chosenEditor({}, 'linux'), 'vi');
	assert.equal(chosenEditor({}, 'win32'), 'notepad');
});

test('vim and Neovim are kept from copying the text, whatever name they run under', () => {
	for (const [program, file] of [
		['vim', undefined],
		['vi', '/usr/bin/vim.basic'],
		['vi', '/usr/bin/vim'],
		['/usr/local/bin/nvim', '/opt/nvim/bin/nvim'],
		['editor', '/usr/bin/vim.tiny'],
	] as const) {
		assert.deepEqual(discreetArguments(program, file).slice(0, 3), ['-n', '-i', 'NONE'], program);
	}
	for (const [program, file] of [
		['vi', undefined],
		['vi', '/usr/bin/nvi'],
		['vi', '/bin/busybox'],
		['vi', '/usr/bin/vi'],
		['nano', '/bin/nano'],
		['vimcat', '/usr/bin/vimcat'],
	] as const) {
		assert.deepEqual(discreetArguments(program, file), [], `${program} ${file}`);
	}
});
