import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {type TestContext, test} from 'node:test';
import {PharmerError} from '../../source/domain/errors.js';
import {runChild} from '../../source/platform/child.js';
import {openEditor} from '../../source/platform/editor.js';
import {findProgram} from '../../source/platform/find-program.js';
import {makeScratchFile} from '../../source/platform/scratch-file.js';
import {temporaryFolder} from '../helpers/vault-samples.js';

const posix = process.platform !== 'win32';

/** An editor that runs a script on the file; its path contains a space. */
function editorFor(test: TestContext, script: string): {folder: string; environment: Record<string, string>} {
	const folder = temporaryFolder(test);
	const program = path.join(folder, 'my editor');
	writeFileSync(program, `#!/bin/sh\nfile="$2"\n${script}\n`);
	chmodSync(program, 0o755);
	return {folder, environment: {EDITOR: `'${program}' --wait`, PATH: process.env.PATH ?? '', OUT: folder}};
}

test('the editor gets a file of its own that nobody else can read, and its text comes back', {
	skip: !posix,
}, async test => {
	const {folder, environment} = editorFor(
		test,
		'ls -ld "$file" > "$OUT/modes"; ls -ld "$(dirname "$file")" >> "$OUT/modes"; echo "$1" > "$OUT/flag"; echo "$file" > "$OUT/path"; printf after > "$file"',
	);
	const editing = openEditor(environment);
	assert.equal(await editing.edit('before'), 'after');
	const [file, directory] = readFileSync(path.join(folder, 'modes'), 'utf8').split('\n');
	assert.match(file ?? '', /^-rw-------/);
	assert.match(directory ?? '', /^drwx------/);
	assert.equal(readFileSync(path.join(folder, 'flag'), 'utf8'), '--wait\n');
	const place = readFileSync(path.join(folder, 'path'), 'utf8').trim();
	assert.equal(existsSync(place), true);
	editing.close();
	assert.equal(existsSync(path.dirname(place)), false);
});

test('each edit opens with the text it is given, and the editor may replace or remove the file', {
	skip: !posix,
}, async test => {
	const {environment} = editorFor(
		test,
		'case "$(cat "$file")" in one) printf two > "$file.new"; mv "$file.new" "$file";; two) rm "$file"; printf x > "$file~";; *) exit 9;; esac',
	);
	const editing = openEditor(environment);
	assert.equal(await editing.edit('one'), 'two');
	assert.equal(await editing.edit('two'), '');
	editing.close();
});

/** A configuration that makes vim keep copies wherever it can, and then changes and saves the text. */
const talkative = (
	folder: string,
) => `set nocompatible undofile undodir=${folder} backup writebackup backupdir=${folder}
set backupskip= directory=${folder} updatecount=1 viminfo='100,n${folder}/viminfo
autocmd BufRead * set undofile backup swapfile
autocmd VimEnter * execute 'normal! Goafter' | wq
`;

const vim = findProgram('vim', process.env, process.platform);

test('vim leaves no copy of the text, whatever its configuration says', {skip: !posix || !vim}, async test => {
	const folder = temporaryFolder(test);
	const rc = path.join(folder, 'vimrc');
	writeFileSync(rc, talkative(folder));
	const editing = openEditor({...process.env, EDITOR: `vim -es -u '${rc}'`});
	assert.equal(await editing.edit('before\n'), 'before\nafter\n');
	editing.close();
	assert.deepEqual(readdirSync(folder), ['vimrc']);
	const plain = path.join(folder, 'plain');
	writeFileSync(plain, 'before\n');
	execFileSync('vim', ['-es', '-u', rc, plain]);
	assert.ok(readdirSync(folder).length > 2, 'without our arguments it would have left something');
});

test('vim is told by the file that a link leads to', {skip: !posix}, async test => {
	const folder = temporaryFolder(test);
	writeFileSync(path.join(folder, 'vim'), `#!/bin/sh\necho "$0 $1" > '${folder}/line'\n`, {mode: 0o755});
	symlinkSync('vim', path.join(folder, 'linked'));
	const editing = openEditor({EDITOR: 'linked', PATH: folder});
	assert.equal(await editing.edit('x'), 'x');
	editing.close();
	assert.equal(readFileSync(path.join(folder, 'line'), 'utf8'), `${folder}/linked -n\n`);
});

test('the editor does not get the passphrase in its environment', {skip: !posix}, async test => {
	const {environment} = editorFor(test, 'env | grep -c PHARMER_ > "$file"');
	const editing = openEditor({
		...environment,
		PHARMER_PASSPHRASE: 'a',
		PHARMER_PASSPHRASE_FILE: 'b',
		PHARMER_NEW_PASSPHRASE: 'c',
		PHARMER_NEW_PASSPHRASE_FILE: 'd',
		PHARMER_VAULT: 'e',
	});
	assert.equal(await editing.edit(''), '1\n');
	editing.close();
});

test('a failing editor cancels, and one that cannot be run is a file error', {skip: !posix}, async test => {
	const failing = openEditor(editorFor(test, 'exit 3').environment);
	await assert.rejects(
		failing.edit('x'),
		(error: unknown) => error instanceof PharmerError && error.code === 'cancelled' && /code 3/.test(error.message),
	);
	failing.close();
	const killed = openEditor(editorFor(test, 'kill -9 $$').environment);
	await assert.rejects(
		killed.edit('x'),
		(error: unknown) => error instanceof PharmerError && /SIGKILL/.test(error.message),
	);
	killed.close();
	const missing = openEditor({EDITOR: '/nowhere/ed'});
	await assert.rejects(
		missing.edit('x'),
		(error: unknown) => error instanceof PharmerError && error.code === 'file' && /ENOENT/.test(error.message),
	);
	missing.close();
});

test('an editor of the current directory gets no text, whatever PATH says', {skip: !posix}, async test => {
	const {folder} = editorFor(test, ': > "$OUT/started"');
	const PATH = [path.relative(process.cwd(), folder), ''].join(path.delimiter);
	const editing = openEditor({EDITOR: "'my editor' --wait", PATH, OUT: folder});
	await assert.rejects(editing.edit('x'), /`'my editor' --wait` can't be run: ENOENT/);
	editing.close();
	assert.equal(existsSync(path.join(folder, 'started')), false);
});

test('an interrupt during editing is left to the editor, and this program goes on', {skip: !posix}, async test => {
	const {environment} = editorFor(test, 'kill -INT $PPID; printf after > "$file"');
	const editing = openEditor(environment);
	assert.equal(await editing.edit('before'), 'after');
	editing.close();
});

test('an interrupt that arrives just after an editor or an exec command ends is ignored', {
	skip: !posix,
}, async () => {
	const late = async (): Promise<void> => {
		process.kill(process.pid, 'SIGINT');
		process.kill(process.pid, 'SIGQUIT');
		// Long enough for a signal to be handled, and nothing else.
		await new Promise(resolve => setTimeout(resolve, 50));
	};
	const editing = openEditor({EDITOR: 'true', PATH: process.env.PATH ?? ''});
	assert.equal(await editing.edit('before'), 'before');
	await late();
	editing.close();
	const request = {
		environment: process.env,
		set: new Map(),
		unset: [],
		files: [],
		onStarted() {},
		onDisk() {},
		onLeft() {},
	};
	assert.equal(await runChild({...request, command: ['true']}, []), 0);
	await late();
});

test('a scratch file is in memory where the system has a place for it', {skip: process.platform !== 'linux'}, test => {
	const folder = temporaryFolder(test);
	const file = makeScratchFile({XDG_RUNTIME_DIR: folder});
	const onDisk = !file.path.startsWith('/dev/shm/') && !file.path.startsWith(folder);
	assert.equal(file.onDisk, onDisk);
	file.remove();
	file.remove();
	assert.equal(existsSync(path.dirname(file.path)), false);
});

test('text that is not UTF-8 is refused', async () => {
	const file = makeScratchFile({});
	await file.write('good');
	assert.equal(await file.read(), 'good');
	writeFileSync(file.path, Buffer.from([0xff]));
	await assert.rejects(file.read(), (error: unknown) => error instanceof PharmerError && error.code === 'invalid');
	mkdirSync(path.join(path.dirname(file.path), 'more'));
	file.remove();
	assert.equal(existsSync(path.dirname(file.path)), false, 'nor anything that an editor left beside it');
	assert.equal(await file.read(), '');
});
