import assert from 'node:assert/strict';
import {test} from 'node:test';
import {agent} from '../../source/doctor/agent.js';
import {examine} from '../../source/doctor/checks.js';
import type {Listener} from '../../source/doctor/machine.js';
import {type Entry, fakeMachine} from '../helpers/fake-machine.js';

const own = '/home/me/.config/pharmer/run';
const runtime = '/run/user/1000';
const sockets = {directories: [`${runtime}/pharmer`, own], runtime};
const system: Readonly<Record<string, Entry>> = {
	'/run': {kind: 'directory', uid: 0, mode: 0o755},
	'/run/user': {kind: 'directory', uid: 0, mode: 0o755},
};

async function look(entries: Readonly<Record<string, Entry>>, listener: Listener = {is: 'absent'}) {
	const asked: string[] = [];
	const machine = fakeMachine(
		{
			sockets,
			listener: async socket => {
				asked.push(socket);
				return listener;
			},
		},
		{...system, ...entries},
	);
	const found = await examine(machine, agent);
	return {asked, found: found.map(({id, state, text, fix}) => [id, state, text, ...Object.values(fix ?? {})])};
}

test('the socket is in the runtime directory of this user', async () => {
	const {found} = await look({[runtime]: {kind: 'directory', mode: 0o700}});
	assert.deepEqual(found, [
		['socket', 'ok', `in \`${runtime}/pharmer\``],
		['agent', 'ok', 'none runs: `pharmer unlock` starts one'],
	]);
});

test("another user's runtime directory, as after `su`, is named and not looked into", async () => {
	const {found} = await look({[runtime]: {kind: 'directory', uid: 7, mode: 0o700}});
	assert.deepEqual(found[0], [
		'socket',
		'care',
		`\`${runtime}\` belongs to user 7: the agent has its socket elsewhere`,
		'unset XDG_RUNTIME_DIR',
	]);
	assert.deepEqual(found[1], ['socket', 'ok', `in \`${own}\``]);
});

test('what others can reach is not used, and its remedy is said', async () => {
	const place = `${runtime}/pharmer`;
	const fixes = async (entry: Entry, outer: Entry = {kind: 'directory', mode: 0o700}) =>
		(await look({[runtime]: outer, [place]: entry})).found[0]?.slice(2);
	const text = (what: string) => `\`${place}\` ${what}, so it is not used`;
	assert.deepEqual(await fixes({kind: 'link', to: '/tmp'}), [text('is a link'), `rm ${place}`]);
	assert.deepEqual(await fixes({kind: 'file'}), [text('is not a directory'), `rm ${place}`]);
	assert.deepEqual(await fixes({kind: 'directory', uid: 7, mode: 0o700}), [
		text('belongs to user 7'),
		`sudo rm -r ${place}`,
	]);
	assert.deepEqual(await fixes({kind: 'directory', mode: 0o750}), [
		`others can get into \`${place}\`, mode 0750, so it is not used`,
		`chmod 700 ${place}`,
	]);
	assert.deepEqual(await fixes({kind: 'directory', mode: 0o700}, {kind: 'directory', mode: 0o777}), [
		`\`${place}\` is not used: others can rename what is in \`${runtime}\`, mode 0777`,
		`chmod go-w ${runtime}`,
	]);
});

test('a path that is too long for a socket is refused with what to do', async () => {
	const long = `/${'x'.repeat(90)}`;
	const machine = fakeMachine({sockets: {directories: [`${long}/run`], runtime: undefined}}, {});
	const [found] = await examine(machine, agent);
	assert.deepEqual([found?.state, found?.fix], ['care', {advice: 'set XDG_RUNTIME_DIR to a shorter path'}]);
});

test('an agent is asked only at a socket, and what it is gets said', async () => {
	const there = {
		[runtime]: {kind: 'directory', mode: 0o700},
		[`${runtime}/pharmer`]: {kind: 'directory', mode: 0o700},
	} as const;
	const socket = `${runtime}/pharmer/agent.sock`;
	const none = await look({...there, [socket]: {kind: 'other'}});
	assert.deepEqual(
		[none.asked, none.found[1]],
		[[], ['agent', 'care', `\`${socket}\` is not a socket`, `rm ${socket}`]],
	);
	const at = {...there, [socket]: {kind: 'socket'}} as const;
	const says = async (listener: Listener) => (await look(at, listener)).found[1]?.slice(1);
	assert.deepEqual(await says({is: 'agent', version: '1.2.3', pid: 7, seconds: undefined}), [
		'ok',
		'process 7 runs; this vault is locked',
	]);
	assert.deepEqual((await says({is: 'agent', version: '2.0.0', pid: 7, seconds: 5}))?.[2], 'pharmer lock');
	assert.deepEqual((await says({is: 'silent'}))?.[2], 'pharmer lock');
	assert.deepEqual((await says({is: 'absent'}))?.[2], `rm ${socket}`);
});
