import assert from 'node:assert/strict';
import fs from 'node:fs';
import process from 'node:process';
import {type TestContext, test} from 'node:test';
import {openProgram, program} from '../helpers/program.js';
import {passphrase, type Typed} from '../helpers/quick-vault.js';
import {given, type HomeWithAgent, homeWithAgent, onlyLinux, until} from '../helpers/real-agent.js';

const generic = (name: string): Typed => [name, 'generic', {token: `secret-of-${name}`}];
const names = ['backup', 'ci', 'dns', 'grafana', 'mail', 'prod-one', 'prod-two', 'registry', 'sentry', 'staging'];

/** A home with ten credentials; unlocked unless `isLocked`. */
async function homeWithTen(context: TestContext, isLocked?: 'locked'): Promise<HomeWithAgent> {
	const home = await homeWithAgent(context, ...names.map(generic));
	if (isLocked === undefined) await home.unlock();
	return home;
}

type Window = {readonly columns?: number; readonly rows?: number; readonly environment?: Record<string, string>};

/** A terminal in which a line of shell runs, with the program as `pharmer`; it says `end` when that is done. */
function shell(context: TestContext, {home}: HomeWithAgent, line: string, window: Window = {}) {
	const script = `pharmer() { '${process.execPath}' '${program}' "$@"; }; ${line}; echo end; cat`;
	return openProgram(context, {home, agent: true, command: ['/bin/sh', '-c', script], ...window});
}

const asked = /type to find/;

test('a credential is picked while standard input and output are pipes, and nothing is left of it', {
	skip: onlyLinux,
}, async context => {
	const home = await homeWithTen(context);
	const line = `printf 'Which? '; x=$(echo | pharmer show | head -n 1); echo "[$x]"; stty -a | grep -wo -- '-*icanon'`;
	for (const rows of [24, 9, 4]) {
		const terminal = shell(context, home, `seq 30; ${line}`, {rows});
		await terminal.see(asked);
		assert.match(terminal.text(), /\nWhich?.*\nshow: type to find.* 10 of 10\n❯ backup +generic/);
		terminal.press('prodtwo');
		await terminal.see(/1 of 10/);
		assert.match(terminal.text(), /show: prodtwo +1 of 10\n❯ prod-two/);
		terminal.press('enter');
		await terminal.see(/end/);
		const before = Array.from({length: 30}, (_, at) => `${at + 1}`);
		assert.equal(
			terminal.text(),
			[...before, 'Which? [name      prod-two]', 'icanon', 'end'].join('\n'),
			`${rows} rows`,
		);
		assert.doesNotMatch(terminal.written(), /\u001b\[(?:\d+;)*[34]\d(?:;\d+)*m/, 'no colour');
		assert.ok(terminal.written().endsWith('end\r\n') && terminal.written().includes('\u001b[?2004l\u001b[?25h'));
	}
});

test('the arrows, ctrl+n, ctrl+p and pages choose another one', {skip: onlyLinux}, async context => {
	const home = await homeWithTen(context);
	const keys: readonly (readonly [press: readonly string[], name: string])[] = [
		[['down', 'ctrl+n', 'up', 'ctrl+p', 'down'], 'ci'],
		[['pagedown', 'pagedown', 'pagedown', 'down'], 'staging'],
		[['pagedown', 'pageup'], 'backup'],
	];
	for (const [press, name] of keys) {
		const terminal = shell(context, home, 'pharmer show | head -n 1');
		await terminal.see(asked);
		terminal.press(...press, 'enter');
		await terminal.see(/end/);
		assert.equal(terminal.text(), `name      ${name}\nend`);
	}
});

test('esc ends with 3, Ctrl-C with 130, and both leave nothing but why', {skip: onlyLinux}, async context => {
	const home = await homeWithTen(context);
	for (const verb of ['copy', 'exec', 'get', 'show', 'edit', 'delete']) {
		const terminal = shell(context, home, `pharmer ${verb}; echo "code $?"`);
		await terminal.see(asked);
		terminal.press('esc');
		await terminal.see(/end/);
		assert.equal(terminal.text(), 'pharmer: cancelled: no credential was chosen\ncode 3\nend', verb);
	}
	const terminal = shell(context, home, 'trap : INT; pharmer copy; echo "code $?"');
	await terminal.see(asked);
	terminal.press('ctrl+c');
	await terminal.see(/end/);
	assert.match(terminal.text(), /^pharmer: interrupted\ncode 130\nend$/);
});

test('what is typed ahead, with the passphrase, arrives', {skip: onlyLinux}, async context => {
	const home = await homeWithTen(context, 'locked');
	const terminal = shell(context, home, 'pharmer show | head -n 1');
	await terminal.see(/Passphrase:/);
	terminal.answer(Buffer.from(`${passphrase}\rsent\r`));
	await terminal.see(/end/);
	assert.equal(terminal.text(), 'Passphrase: \nname      sentry\nend');
});

test('a paste is looked for, and one of several lines takes nothing', {skip: onlyLinux}, async context => {
	const home = await homeWithTen(context);
	const terminal = shell(context, home, 'pharmer show | head -n 1');
	await terminal.see(asked);
	terminal.paste('rm\nprod-one\n');
	terminal.paste('staging');
	await terminal.see(/staging +1 of 10/);
	terminal.press('enter');
	await terminal.see(/end/);
	assert.equal(terminal.text(), 'name      staging\nend');
});

test('it fits any window, also one that changes', {skip: onlyLinux}, async context => {
	const home = await homeWithTen(context);
	for (const [columns, rows] of [
		[40, 10],
		[20, 5],
		[8, 3],
		[3, 2],
	] as const) {
		const terminal = shell(context, home, 'pharmer show | head -n 1', {columns, rows});
		await until(() => terminal.written().includes('\u001b[?25h'), `lines at ${columns} by ${rows}`);
		terminal.press('漢', 'backspace', 'prod', 'down', 'enter');
		await terminal.see(/end/);
		assert.match(terminal.text().replaceAll('\n', ''), /^name +prod-twoend$/, `${columns} by ${rows}`);
	}
	const terminal = shell(context, home, 'pharmer show | head -n 1', {columns: 80, rows: 24});
	await terminal.see(asked);
	terminal.press('prod');
	await terminal.see(/2 of 10/);
	for (const [columns, rows] of [
		[62, 6],
		[120, 40],
		[64, 12],
	] as const) {
		terminal.resize(columns, rows);
		await terminal.see(/^show: prod +2 of 10\n❯ prod-one generic\n {2}prod-two generic$/);
	}
	terminal.press('down', 'enter');
	await terminal.see(/end/);
	assert.equal(terminal.text(), 'name      prod-two\nend');
});

test('a signal leaves nothing of it and a terminal that works', {skip: onlyLinux}, async context => {
	const home = await homeWithTen(context);
	for (const [signal, code] of [
		['SIGTERM', 143],
		['SIGHUP', 129],
		['SIGQUIT', 131],
	] as const) {
		const line = `pharmer copy; echo "code $?"; stty -a | grep -wo -- '-*icanon'`;
		const terminal = shell(context, home, line);
		await terminal.see(asked);
		const [child] = fs.readFileSync(`/proc/${terminal.pid}/task/${terminal.pid}/children`, 'latin1').split(' ');
		process.kill(Number(child), signal);
		await terminal.see(/end/);
		assert.match(terminal.text(), new RegExp(`^(?:Terminated|Hangup|Quit)?\n?code ${code}\nicanon\nend$`), signal);
	}
});

test('a terminal that can not draw, and a screen reader, are asked line by line', {skip: onlyLinux}, async context => {
	const home = await homeWithTen(context);
	for (const variable of ['TERM=dumb', 'ACCESSIBLE=1']) {
		const terminal = shell(context, home, `export ${variable}; pharmer show | head -n 1`);
		await terminal.see(/Which one to show\? A name, or a part of one:/);
		terminal.press('nothing at all', 'enter');
		await terminal.see(/Nothing matches `nothing at all`/);
		terminal.press('prod', 'enter');
		await terminal.see(/1 prod-one, generic\n2 prod-two, generic\n/);
		terminal.press('2', 'enter');
		await terminal.see(/end/);
		assert.match(terminal.text(), /name {6}prod-two\nend$/);
		assert.doesNotMatch(terminal.written(), /\u001b/);
	}
});

test('in ASCII it is drawn in ASCII', {skip: onlyLinux}, async context => {
	const home = await homeWithTen(context);
	const terminal = shell(context, home, 'pharmer show | head -n 1', {columns: 30, environment: {LANG: 'C'}});
	await terminal.see(/> backup/);
	assert.doesNotMatch(terminal.written(), /[^\0-\u007f]/);
});

test('without a terminal a name that is missing is wrong usage', async context => {
	const home = await homeWithTen(context);
	for (const line of ['copy', 'exec -- true', 'get', 'show', 'edit', 'delete', 'delete --yes']) {
		const {code, stdout, stderr} = await home.run(line.split(' '), {environment: given});
		assert.deepEqual([code, stdout], [2, ''], line);
		assert.match(stderr, /NAME is missing|needs to know what/, line);
	}
});

test('exec and copy take what is picked, without asking for the passphrase again', {skip: onlyLinux}, async context => {
	const home = await homeWithTen(context, 'locked');
	const terminal = shell(context, home, `pharmer exec -- sh -c 'echo "got $TOKEN"' < /dev/null`);
	await terminal.see(/Passphrase:/);
	terminal.press(passphrase, 'enter');
	await terminal.see(asked);
	terminal.press('regis', 'enter');
	await terminal.see(/end/);
	assert.match(terminal.text(), /^Passphrase: \ngot secret-of-registry\nend$/);
});
