import assert from 'node:assert/strict';
import {test} from 'node:test';
import {examine} from '../../source/doctor/checks.js';
import {surroundings} from '../../source/doctor/surroundings.js';
import {fakeMachine} from '../helpers/fake-machine.js';

type Changes = Parameters<typeof fakeMachine>[0];

async function look(id: string, changes: Changes) {
	const found = await examine(
		fakeMachine(changes),
		surroundings.filter(each => each.id === id),
	);
	return found.flatMap(({state, text, fix}) => [state, text, ...Object.values(fix ?? {})]);
}

const nothing = {files: {program: () => undefined}};

test('a tool for the clipboard is looked for, and not run', async () => {
	const has = (name: string) => ({
		files: {program: (each: string) => (each === name ? `/usr/bin/${name}` : undefined)},
	});
	const wayland = {WAYLAND_DISPLAY: 'wayland-0'};
	assert.deepEqual(await look('clipboard', {environment: wayland, ...has('wl-copy')}), ['ok', '`wl-copy` is there']);
	assert.deepEqual(await look('clipboard', {environment: wayland, ...nothing}), [
		'care',
		'none of `wl-copy` is there',
		'install wl-clipboard',
	]);
	const both = {...wayland, DISPLAY: ':0'};
	assert.deepEqual(await look('clipboard', {environment: both, ...has('xsel')}), ['ok', '`xsel` is there']);
	const remote = {SSH_TTY: '/dev/pts/1', TERM: 'xterm', DISPLAY: ':10'};
	assert.equal((await look('clipboard', {environment: remote, ...has('xsel')}))[0], 'unknown');
	assert.deepEqual(await look('clipboard', {environment: {TERM: 'dumb'}, ...nothing}), [
		'care',
		'nothing can be copied here',
		'run it in tmux',
	]);
	assert.deepEqual(await look('clipboard', {environment: {TERM: 'dumb'}, isTerminal: false, ...nothing}), [
		'unknown',
		'there is no terminal to copy in',
	]);
	const mac = {platform: 'darwin', environment: {}} as const;
	assert.deepEqual(await look('clipboard', {...mac, ...has('pbcopy')}), ['ok', '`pbcopy` is there']);
});

test('a locale without UTF-8 is named with the variable that decides', async () => {
	const ascii = (environment: Record<string, string>, platform: NodeJS.Platform = 'linux') =>
		look('locale', {environment, platform, unicode: false});
	assert.deepEqual(await ascii({LC_ALL: 'POSIX', LANG: 'C.UTF-8'}), [
		'care',
		'`POSIX` is not UTF-8: the app draws in ASCII',
		'export LC_ALL=C.UTF-8',
	]);
	assert.deepEqual(await ascii({}), ['care', 'none is set: the app draws in ASCII', 'export LANG=C.UTF-8']);
	assert.deepEqual((await ascii({LANG: 'C'}, 'darwin'))[2], 'export LANG=en_US.UTF-8');
	assert.equal((await ascii({TERM: 'linux', LANG: 'C.UTF-8'}))[0], 'ok');
	assert.equal((await ascii({}, 'win32'))[0], 'unknown');
});

test('core files need care where they would hold memory', async () => {
	const core = (isEmptied: boolean | undefined, limit: string | undefined, pattern?: string) =>
		look('core-files', {core: async () => ({isEmptied, limit, pattern})});
	assert.equal((await core(true, 'unlimited', '|/usr/lib/catch'))[0], 'ok');
	assert.deepEqual(await core(undefined, '0'), ['ok', 'none are written']);
	assert.deepEqual((await core(undefined, 'unlimited'))[2], 'ulimit -c 0');
	assert.deepEqual((await core(false, '0', '|/usr/lib/catch'))[0], 'care', 'the limit does not count for a program');
	assert.equal((await core(undefined, undefined))[0], 'unknown');
});

test('the terminal is not known where there is none', async () => {
	const noScreen = 'standard output is not a terminal';
	assert.deepEqual(await look('terminal', {isTerminal: false, noScreen, environment: {TERM: 'dumb'}}), [
		'unknown',
		noScreen,
	]);
	assert.deepEqual(await look('terminal', {environment: {TERM: 'dumb', TMUX: 'a'}, noScreen: 'it is dumb'}), [
		'care',
		"`dumb`: the app can't be shown",
		'export TERM=tmux-256color',
	]);
});
