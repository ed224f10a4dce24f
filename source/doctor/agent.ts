import {dirname} from 'node:path';
import {durationText} from '../domain/duration.js';
import {letsOthersRename, socketIn, socketPathLimit} from '../platform/agent-socket.js';
import {advice, type Check, care, type Finding, modeText, ok, run} from './check.js';
import type {Machine, Status} from './machine.js';
import {ancestorsOf} from './places.js';

export const agent: readonly Check[] = [
	{id: 'socket', title: 'socket', look: lookAtPlaces},
	{id: 'agent', title: 'agent', look: lookAtAgent},
];

/** Why the agent has no use here. */
function reasonOff({platform, agentOff}: Machine): string | undefined {
	return platform === 'win32' ? 'there is none on Windows yet' : agentOff;
}

/**
 * What is wrong with a directory for the socket, which may not be there yet; undefined when nothing is. The rule is
 * that of `safeDirectory()`, which only says that something is.
 */
function troubleAt(directory: string, machine: Machine): Finding | undefined {
	const {files, user, sockets} = machine;
	const {runtime} = sockets;
	if (runtime !== undefined && runtime === dirname(directory)) {
		const outer = files.status(runtime);
		const leave = run('unset', 'XDG_RUNTIME_DIR');
		if (outer === undefined) return care(`\`${runtime}\` is not there: the agent has its socket elsewhere`, leave);
		// As after `su`: what is in it can't even be looked at.
		if (outer.uid !== user && outer.uid !== 0)
			return care(`\`${runtime}\` belongs to user ${outer.uid}: the agent has its socket elsewhere`, leave);
		// The directory in it is made only where nobody else can reach it.
		if (files.status(directory) === undefined)
			return reachable(runtime, outer, machine) ?? exposedAbove(directory, machine);
	}
	const status = files.status(directory);
	return (status && reachable(directory, status, machine)) ?? exposedAbove(directory, machine);
}

/** What lets others reach that directory, or makes it none. */
function reachable(directory: string, {kind, uid, mode}: Status, {user}: Machine): Finding | undefined {
	const shown = `\`${directory}\``;
	const left = 'so it is not used';
	if (kind === 'link') return care(`${shown} is a link, ${left}`, run('rm', directory));
	if (kind !== 'directory') return care(`${shown} is not a directory, ${left}`, run('rm', directory));
	if (uid !== user)
		return care(`${shown} belongs to user ${uid}, ${left}`, run(user === 0 ? 'rm' : 'sudo rm', '-r', directory));
	if ((mode & 0o077) === 0) return undefined;
	return care(`others can get into ${shown}, mode ${modeText(mode)}, ${left}`, run('chmod', '700', directory));
}

function exposedAbove(directory: string, machine: Machine): Finding | undefined {
	const {user} = machine;
	const open = ancestorsOf(directory, machine).find(({status}) => letsOthersRename(status, user));
	if (open === undefined) return undefined;
	const {path, status} = open;
	const left = `\`${directory}\` is not used`;
	if (status.uid !== user && status.uid !== 0)
		return care(
			`${left}: \`${path}\` belongs to user ${status.uid}`,
			advice('set XDG_RUNTIME_DIR to a directory of yours'),
		);
	const text = `${left}: others can rename what is in \`${path}\`, mode ${modeText(status.mode)}`;
	return care(text, run(status.uid === user || user === 0 ? 'chmod' : 'sudo chmod', 'go-w', path));
}

/** The directory that the socket is in, or would be made in; undefined when all are passed over. */
function chosen(machine: Machine): string | undefined {
	return machine.sockets.directories.find(each => troubleAt(each, machine) === undefined);
}

function lookAtPlaces(machine: Machine): readonly Finding[] {
	if (reasonOff(machine) !== undefined) return [];
	const {directories} = machine.sockets;
	const place = chosen(machine);
	const passed = directories.slice(0, place === undefined ? directories.length : directories.indexOf(place));
	const troubles = passed.flatMap(each => troubleAt(each, machine) ?? []);
	if (place === undefined) return troubles;
	if (socketIn(machine.files.real(place) ?? place) === undefined)
		return [
			...troubles,
			care(
				`the path of \`${place}\` is too long: a socket's has at most ${socketPathLimit} bytes`,
				advice('set XDG_RUNTIME_DIR to a shorter path'),
			),
		];
	return [...troubles, ok(`in \`${place}\``)];
}

async function lookAtAgent(machine: Machine): Promise<readonly Finding[]> {
	const off = reasonOff(machine);
	if (off !== undefined) return [ok(`off: ${off}`)];
	const {files, version} = machine;
	// What a command finds: a directory that is not there yet is passed over.
	const place = machine.sockets.directories.find(
		each => files.status(each) !== undefined && troubleAt(each, machine) === undefined,
	);
	const socket = place && socketIn(files.real(place) ?? place);
	const status = socket === undefined ? undefined : files.status(socket);
	if (socket === undefined || status === undefined) return [ok('none runs: `pharmer unlock` starts one')];
	if (status.kind !== 'socket') return [care(`\`${socket}\` is not a socket`, run('rm', socket))];
	const there = await machine.listener(socket);
	if (there.is === 'silent')
		return [care('it does not answer, so every command waits two seconds for it', run('pharmer', 'lock'))];
	if (there.is === 'absent') return [care(`none runs; one that was killed left \`${socket}\``, run('rm', socket))];
	if (there.version !== version)
		return [care(`that of another version runs, ${there.version}, and is not asked`, run('pharmer', 'lock'))];
	const {seconds, pid} = there;
	const left = seconds === undefined ? 'this vault is locked' : `unlocked for ${durationText(seconds)}`;
	return [ok(`process ${pid} runs; ${left}`)];
}
