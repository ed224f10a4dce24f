import assert from 'node:assert/strict';
import {execFileSync, spawn} from 'node:child_process';
import {createHash} from 'node:crypto';
import {once} from 'node:events';
import {chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type {Readable} from 'node:stream';
import {type TestContext, test} from 'node:test';
import type {Environment} from '../../source/domain/environment.js';
import {PharmerError} from '../../source/domain/errors.js';
import {Secret} from '../../source/domain/secret.js';
import {type Clipboard, createClipboard} from '../../source/platform/clipboard.js';
import {findProgram} from '../../source/platform/find-program.js';
import {openProgram} from '../helpers/program.js';
import {temporaryFolder} from '../helpers/vault-samples.js';

const posix = process.platform !== 'win32' ? false : 'SKIPPED: there are no shell scripts on Windows';
const text = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const texts = [
	text,
	'two\nlines and one at the end\n',
	'\n\n leading and trailing white space \t\r\n\n',
	`'single' "double" \`back\` $HOME $(id) \\ %s -n !`,
	'é ü 漢字 🔑 a\u0301 \u200b\u00a0',
	'--clear',
	'y'.repeat(4000),
	'x'.repeat(70_000),
];

/** Why to skip when real programs are missing; false when all are there. Where CI is set they must be. */
function without(...programs: readonly string[]): string | false {
	const missing = programs.filter(program => findProgram(program, process.env, process.platform) === undefined);
	if (missing.length === 0) return false;
	if (process.env.CI) throw new Error(`needed and not installed: ${missing.join(', ')}`);
	return `SKIPPED: without ${missing.join(', ')} nothing is known of a real clipboard`;
}

/** A PATH with only these real programs. */
function pathOf(context: TestContext, ...programs: readonly string[]): string {
	const folder = temporaryFolder(context);
	for (const program of programs)
		symlinkSync(findProgram(program, process.env, process.platform) ?? program, path.join(folder, program));
	return folder;
}

/**
 * A PATH with only these scripts. Each first records its arguments, environment and standard input in the folder, as
 * `args`, `env` and `input`, so that tests can search them.
 */
function fakes(context: TestContext, scripts: Readonly<Record<string, string>>) {
	const folder = temporaryFolder(context);
	const records = path.join(folder, 'records');
	mkdirSync(records);
	for (const [name, script] of Object.entries(scripts)) {
		const file = path.join(folder, name);
		const record = `echo "${name} $@" >> ${records}/args; /usr/bin/env >> ${records}/env`;
		writeFileSync(file, `#!/bin/sh\ncd ${records}\n${record}\n${script}\n`);
		chmodSync(file, 0o755);
	}
	const of = (name: string): string => {
		const file = path.join(records, name);
		return existsSync(file) ? readFileSync(file, 'utf8') : '';
	};
	return {folder, of, put: (name: string, content: string) => writeFileSync(path.join(records, name), content)};
}

const hash = (content: string): string => createHash('sha256').update(content).digest('hex');
const store = '/bin/cat > input';
const load = 'exec /bin/cat input';

function open(environment: Environment, platform: NodeJS.Platform = 'linux') {
	const written: string[] = [];
	const clipboard = createClipboard({environment, platform, write: sequence => written.push(sequence)});
	return {clipboard, written};
}

const copy = (clipboard: Clipboard, content = text) => clipboard.copy(new Secret(content));

/** An X server of its own, without a window manager or a clipboard manager. */
async function openDisplay(context: TestContext): Promise<string> {
	const server = spawn('Xvfb', ['-displayfd', '3', '-nolisten', 'tcp', '-screen', '0', '64x64x24'], {
		stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
	});
	context.after(() => server.kill());
	const [number] = await once(server.stdio[3] as Readable, 'data');
	return `:${String(number).trim()}`;
}

const noX11 = without('Xvfb', 'xclip', 'xsel');

for (const program of ['xclip', 'xsel']) {
	test(`${program} copies exactly, clears what it copied and leaves anything else alone`, {
		skip: noX11,
	}, async context => {
		const environment = {
			DISPLAY: await openDisplay(context),
			HOME: temporaryFolder(context),
			PATH: pathOf(context, program),
		};
		const {clipboard, written} = open(environment);
		const env = {...process.env, DISPLAY: environment.DISPLAY};
		const pasted = (): Buffer =>
			execFileSync('xclip', ['-selection', 'clipboard', '-o'], {
				env,
				stdio: ['ignore', 'pipe', 'ignore'],
				timeout: 5000,
			});
		const holds = (): string => {
			try {
				return pasted().toString();
			} catch {
				// There is nothing to paste.
				return '';
			}
		};
		/** X tools exit a moment before their effect shows. */
		const comesToHold = (content: string): void => {
			for (let look = 0; look < 500 && holds() !== content; look++);
			assert.equal(holds(), content);
		};
		const copiedElsewhere = (input: string): void => {
			execFileSync('xclip', ['-selection', 'clipboard'], {env, input, stdio: ['pipe', 'ignore', 'ignore']});
			comesToHold(input);
		};
		for (const each of texts.filter(({length}) => program === 'xclip' || length <= 4000)) {
			assert.deepEqual(await copy(clipboard, each), {by: 'the clipboard', sure: true});
			assert.ok(pasted().equals(Buffer.from(each)), JSON.stringify(each.slice(0, 50)));
		}
		assert.equal(await clipboard.clear(), 'cleared');
		comesToHold('');

		await copy(clipboard);
		copiedElsewhere(`${text}\n`);
		assert.equal(await clipboard.clear(), 'kept');
		assert.equal(holds(), `${text}\n`);
		copiedElsewhere(text);
		assert.equal(await clipboard.clear(), 'kept', 'what was forgotten is not looked for');
		assert.equal(holds(), text);

		await copy(clipboard);
		clipboard.clearNow();
		comesToHold('');
		await copy(clipboard);
		copiedElsewhere('another');
		clipboard.clearNow();
		assert.equal(holds(), 'another');
		assert.deepEqual(written, []);
	});
}

/** A separate tmux server with a client in a terminal, and the environment inside it. */
async function openTmux(context: TestContext) {
	const home = temporaryFolder(context);
	const socket = path.join(home, 'socket');
	const terminal = openProgram(context, {
		home,
		command: ['tmux', '-S', socket, '-f', '/dev/null', 'new-session', 'cat'],
	});
	const tmux = (args: readonly string[], input = ''): string =>
		execFileSync('tmux', ['-S', socket, ...args], {input, stdio: ['pipe', 'pipe', 'ignore']}).toString();
	await terminal.see(/\[0\]/);
	const of = (format: string): string => tmux(['display-message', '-p', format]).trim();
	const server = Number(of('#{pid}'));
	let draws = 0;
	context.after(() => process.kill(server));
	return {
		terminal,
		tmux,
		buffers: () => tmux(['list-buffers', '-F', '#{buffer_name}']).split('\n').filter(Boolean),
		/** What has reached the terminal around tmux so far. */
		async outside(): Promise<string> {
			draws++;
			tmux(['respawn-pane', '-k', `echo drawn ${draws}; exec cat`]);
			await terminal.see(new RegExp(`drawn ${draws}`));
			return terminal.written();
		},
		environment: {
			PATH: pathOf(context, 'tmux'),
			TERM: 'screen',
			TMUX: of('#{socket_path},#{pid},0'),
			TMUX_PANE: of('#{pane_id}'),
		},
	};
}

const noTmux = without('tmux');
/** The texts that a terminal was asked to put in its clipboard. */
const passedOn = (written: string): readonly string[] =>
	[...written.matchAll(/\u001b\]52;c?;([^\u0007\u001b]*)/g)].map(([, payload = '']) =>
		Buffer.from(payload, 'base64').toString(),
	);
const osc52 = (content: string): string => `]52;c;${Buffer.from(content).toString('base64')}`;

test('tmux keeps the copy for its paste key and passes it on to the terminal around it', {
	skip: noTmux,
}, async context => {
	const {environment, terminal, tmux, buffers, outside} = await openTmux(context);
	const {clipboard, written} = open({...environment, SSH_TTY: '/dev/pts/1', DISPLAY: 'localhost:10.0'});
	for (const each of texts) {
		assert.deepEqual(await copy(clipboard, each), {by: 'tmux', sure: true});
		assert.equal(tmux(['save-buffer', '-']), each);
		assert.equal(buffers().length, 1, 'the one before is gone');
	}
	await copy(clipboard);
	terminal.press('\u0002]');
	await terminal.see(new RegExp(text.replaceAll('+', '\\+')));
	assert.deepEqual(passedOn(await outside()), [...texts, text]);

	assert.equal(await clipboard.clear(), 'unknown', 'the terminal around it can not be asked');
	assert.deepEqual(buffers(), []);
	assert.deepEqual(passedOn(await outside()), [...texts, text, ' ']);
	await copy(clipboard);
	clipboard.clearNow();
	assert.deepEqual(buffers(), []);
	assert.deepEqual(passedOn(await outside()), [...texts, text, ' ', text, ' ']);
	assert.deepEqual(written, []);
});

test('a later copy in tmux stays, in tmux and outside', {skip: noTmux}, async context => {
	const {environment, tmux, buffers, outside} = await openTmux(context);
	const {clipboard} = open(environment);
	tmux(['load-buffer', '-'], 'before');
	await copy(clipboard);
	tmux(['load-buffer', '-w', '-'], 'x'.repeat(text.length));
	assert.equal(await clipboard.clear(), 'kept');
	assert.equal(buffers().length, 2);
	assert.equal(tmux(['save-buffer', '-']), 'x'.repeat(text.length));
	assert.deepEqual(passedOn(await outside()), [text, 'x'.repeat(text.length)]);
});

test('a tmux without -w keeps the copy in its buffer', {skip: posix}, async context => {
	const {folder, of} = fakes(context, {tmux: `[ "$2" = -w ] && exit 1; ${store}`});
	const {clipboard} = open({PATH: folder, TMUX: 'x,1,0', TERM: 'screen'});
	assert.equal((await copy(clipboard)).by, 'tmux');
	assert.equal(of('args'), 'tmux load-buffer -w -\ntmux load-buffer -\n');
	assert.equal(of('input'), text);
});

test('a secret is passed on standard input only, and tools get none of our other secrets', {
	skip: posix,
}, async context => {
	const secrets = {PHARMER_PASSPHRASE: 'correct horse', AWS_SECRET_ACCESS_KEY: 'another secret', LC_ALL: 'C'};
	const systems = [
		{platform: 'darwin', names: ['pbcopy', 'pbpaste'], environment: {LANG: 'C'}},
		{platform: 'linux', names: ['wl-copy', 'wl-paste'], environment: {WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0'}},
		{platform: 'android', names: ['termux-clipboard-set', 'termux-clipboard-get'], environment: {ANDROID_ROOT: '/'}},
	] as const;
	for (const {platform, names, environment} of systems) {
		const [copier, paster] = names;
		const {folder, of, put} = fakes(context, {[copier]: store, [paster]: load});
		const {clipboard, written} = open({...environment, ...secrets, PATH: folder, HOME: '/home/a'}, platform);
		for (const each of texts) {
			assert.deepEqual(await copy(clipboard, each), {by: 'the clipboard', sure: true});
			assert.equal(of('input'), each);
		}
		await copy(clipboard);
		assert.equal(await clipboard.clear(), 'cleared');
		assert.equal(of('input'), '');
		await copy(clipboard);
		put('input', `${text}\n`);
		assert.equal(await clipboard.clear(), 'kept');
		assert.equal(of('input'), `${text}\n`);
		await copy(clipboard);
		clipboard.clearNow();
		assert.equal(of('input'), '');
		for (const each of [text, 'lines and', ...Object.values(secrets)].filter(value => value !== 'C')) {
			assert.ok(!of('args').includes(each), `${platform}: ${each} as an argument`);
			assert.ok(!of('env').includes(each), `${platform}: ${each} in the environment`);
		}
		assert.match(of('env'), /^HOME=\/home\/a$/m);
		assert.doesNotMatch(of('env'), /^LC_ALL=/m);
		if (platform === 'darwin') assert.match(of('env'), /^LC_CTYPE=UTF-8$/m);
		assert.deepEqual(written, []);
	}
});

test('a tool of the current directory gets no secret, whatever PATH says', {skip: posix}, async context => {
	const planted = fakes(context, {xclip: store, 'wl-copy': store, tmux: store, own: 'echo hello'});
	const genuine = fakes(context, {
		xclip: 'echo "$PATH" > path; case "$3" in -i) /bin/cat > input;; *) cat input;; esac',
	});
	const here = path.relative(process.cwd(), planted.folder);
	const environment = {WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0', TMUX: 'x,1,0'};
	const {clipboard} = open({...environment, PATH: [here, genuine.folder, ''].join(path.delimiter)});
	assert.equal((await copy(clipboard)).by, 'the clipboard');
	assert.equal(genuine.of('input'), text);
	assert.equal(genuine.of('path'), `${genuine.folder}\n`, 'nor what a tool starts');
	clipboard.clearNow();
	for (const PATH of [here, `${here}:.:`, '']) {
		const {clipboard, written} = open({...environment, PATH});
		assert.equal((await copy(clipboard)).by, 'the terminal (OSC 52)');
		assert.equal(written.length, 1);
	}
	assert.equal(planted.of('args'), '');
});

test('wl-copy is asked to keep the copy from clipboard managers and off the disk, as far as it can', {
	skip: posix,
}, async context => {
	const environment = {WAYLAND_DISPLAY: 'wayland-0', XDG_RUNTIME_DIR: '/run/user/7', TMPDIR: '/tmp'};
	const newer = fakes(context, {'wl-copy': store});
	await copy(open({...environment, PATH: newer.folder}).clipboard);
	assert.equal(newer.of('args'), 'wl-copy --sensitive --type text/plain\n');
	assert.match(newer.of('env'), /^TMPDIR=\/run\/user\/7$/m);
	const older = fakes(context, {'wl-copy': `[ "$1" = --sensitive ] && exit 1; ${store}`});
	assert.equal((await copy(open({...environment, PATH: older.folder}).clipboard)).sure, true);
	assert.equal(older.of('args'), 'wl-copy --sensitive --type text/plain\nwl-copy --type text/plain\n');
	assert.equal(older.of('input'), text);
});

test('the real wl-copy refuses an unknown option before it reads anything', {
	skip: without('wl-copy'),
}, async context => {
	const {clipboard, written} = open({WAYLAND_DISPLAY: 'nowhere', PATH: pathOf(context, 'wl-copy')});
	assert.equal((await copy(clipboard)).sure, false);
	assert.equal(written.length, 1);
});

test('PowerShell gets the text in base64 and never returns it', {skip: posix}, async context => {
	const {folder, of, put} = fakes(context, {
		'powershell.exe': `/bin/cat > input; case "$4" in *Get-Clipboard*) /bin/cat answer;; esac`,
	});
	for (const platform of ['linux', 'win32'] as const) {
		// On Windows PATH is not searched: here the full path is one strange name.
		const program = '\\System32\\WindowsPowerShell\\v1.0\\powershell.exe';
		if (platform === 'win32') symlinkSync(path.join(folder, 'powershell.exe'), `${folder}/windows${program}`);
		const environment = {WSL_DISTRO_NAME: 'Debian', SystemRoot: `${folder}/windows`, PATH: folder};
		const {clipboard} = open(environment, platform);
		for (const each of texts) {
			assert.deepEqual(await copy(clipboard, each), {by: 'the clipboard', sure: true});
			assert.equal(Buffer.from(of('input'), 'base64').toString(), each);
		}
		put('answer', 'kept\r\n');
		assert.equal(await clipboard.clear(), 'kept');
		await copy(clipboard);
		put('answer', 'cleared\r\n');
		assert.equal(await clipboard.clear(), 'cleared');
		assert.equal(Buffer.from(of('input'), 'base64').toString(), hash(text));
		await copy(clipboard, 'two\r\nlines');
		clipboard.clearNow();
		assert.equal(Buffer.from(of('input'), 'base64').toString(), hash('two\nlines'), 'line ends may change on the way');
	}
	assert.ok(!of('args').includes(text) && !of('args').includes(Buffer.from(text).toString('base64')));
	// Such quotes would have to be escaped in another way for Windows.
	assert.ok(!of('args').includes('"'));
});

test('the next tool is used when one is missing, fails or hangs', {skip: posix}, async context => {
	const {folder, of} = fakes(context, {
		'wl-copy': 'exit 1',
		xclip: 'exec /bin/sleep 1000',
		xsel: `case $2 in --output) ${load};; esac; ${store}`,
	});
	const {clipboard} = open({PATH: folder, WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0', TMUX: 'x,1,0'});
	assert.deepEqual(await copy(clipboard), {by: 'the clipboard', sure: true});
	assert.equal(of('input'), text);
	assert.match(of('args'), /^xclip.*^xsel/ms);
	const nothing = open({PATH: folder.concat('/nothing'), DISPLAY: ':0', TMUX: 'x,1,0', TERM: 'xterm'});
	assert.deepEqual(await copy(nothing.clipboard), {by: 'the terminal (OSC 52)', sure: false});
});

test('a tool that does not answer is given up on, and its content is left for another attempt', {
	skip: posix,
}, async context => {
	const {folder, of, put} = fakes(context, {
		pbcopy: store,
		pbpaste: `[ -e stuck ] && exec /bin/sleep 1000; ${load}`,
	});
	const {clipboard} = open({PATH: folder}, 'darwin');
	await copy(clipboard);
	put('stuck', '');
	assert.equal(await clipboard.clear(), 'unknown');
	clipboard.clearNow();
	assert.equal(of('input'), text);
	execFileSync('rm', [path.join(folder, 'records', 'stuck')]);
	assert.equal(await clipboard.clear(), 'cleared');
	assert.equal(of('input'), '');
});

test('a very large clipboard is not read to its end', {skip: posix}, async context => {
	const {folder} = fakes(context, {pbcopy: store, pbpaste: 'while :; do echo yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy; done'});
	const {clipboard} = open({PATH: folder}, 'darwin');
	await copy(clipboard);
	assert.equal(await clipboard.clear(), 'kept');
	await copy(clipboard);
	clipboard.clearNow();
	assert.equal(await clipboard.clear(), 'kept');
});

test('over ssh the terminal is asked to copy, and later to empty its clipboard once', async () => {
	const {clipboard, written} = open({
		SSH_CONNECTION: 'a',
		DISPLAY: ':0',
		WAYLAND_DISPLAY: 'wayland-0',
		PATH: '/usr/bin',
	});
	for (const each of texts) {
		assert.deepEqual(await copy(clipboard, each), {by: 'the terminal (OSC 52)', sure: false});
		assert.equal(written.at(-1), `\u001b${osc52(each)}\u0007`);
	}
	assert.equal(await clipboard.clear(), 'unknown');
	assert.equal(written.at(-1), '\u001b]52;c;\u0007');
	const before = written.length;
	clipboard.clearNow();
	assert.equal(await clipboard.clear(), 'kept');
	assert.equal(written.length, before, 'it is emptied once, since something else may be there by now');
	await copy(clipboard);
	clipboard.clearNow();
	assert.equal(written.at(-1), '\u001b]52;c;\u0007');
});

test('GNU screen gets the sequence in pieces that it passes on', async () => {
	const {clipboard, written} = open({SSH_TTY: 'a', STY: '1.pts-0.host', TERM: 'screen'});
	await copy(clipboard, 'x'.repeat(1000));
	const pieces = written.join('').split('\u001b\\').slice(0, -1);
	assert.ok(pieces.length > 5 && pieces.every(piece => piece.startsWith('\u001bP') && piece.length <= 254));
	assert.equal(pieces.map(piece => piece.slice(2)).join(''), `\u001b${osc52('x'.repeat(1000))}\u0007`);
});

test('without a working clipboard the error says what to do, and nothing of the secret', {
	skip: posix,
}, async context => {
	const {folder} = fakes(context, {
		xclip: '/bin/cat >&2; exit 1',
		xsel: '/bin/cat; exit 1',
		tmux: '/bin/cat >&2; exit 1',
	});
	const refuses = async (environment: Environment, content: string, hint: RegExp): Promise<void> => {
		const {clipboard, written} = open(environment);
		await assert.rejects(copy(clipboard, content), (error: unknown) => {
			assert.ok(error instanceof PharmerError && error.code === 'file');
			assert.match(error.hint ?? '', hint);
			assert.ok(!`${error.message} ${error.hint} ${error.stack}`.includes(content.slice(0, 20)));
			return true;
		});
		assert.deepEqual(written, []);
		assert.equal(await clipboard.clear(), 'kept');
		clipboard.clearNow();
	};
	await refuses({PATH: folder, DISPLAY: ':0', TERM: 'linux'}, text, /install xclip or xsel/);
	await refuses({PATH: folder, WAYLAND_DISPLAY: 'a', TERM: 'dumb'}, text, /install wl-clipboard/);
	await refuses({PATH: folder, TMUX: 'x,1,0', TERM: 'linux'}, text, /tmux/);
	await refuses({PATH: folder, SSH_TTY: 'a', TERM: 'xterm'}, 'secret'.repeat(20_000), /tmux/);
	const {clipboard} = open({PATH: folder, SSH_TTY: 'a'});
	const broken = createClipboard({
		environment: {PATH: folder, SSH_TTY: 'a'},
		platform: 'linux',
		write() {
			throw new Error(text);
		},
	});
	await assert.rejects(copy(broken), (error: unknown) => error instanceof PharmerError);
	await copy(clipboard, 'one');
	await assert.rejects(copy(clipboard, 'x'.repeat(80_000)), PharmerError);
	assert.equal(await clipboard.clear(), 'unknown', 'the one before is still to be taken away');
});
