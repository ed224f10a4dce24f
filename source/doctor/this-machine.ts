import fs from 'node:fs';
import os from 'node:os';
import {talkTo} from '../agent/connection.js';
import type {Environment} from '../domain/environment.js';
import {systemCode} from '../files/errors.js';
import {findLock, isDead, isGone, ownUser} from '../files/lock-holder.js';
import {readBeside} from '../files/safe-file.js';
import {importWorld} from '../look/this-machine.js';
import type {World} from '../look/world.js';
import {socketPlaces} from '../platform/agent-socket.js';
import {coreFiles} from '../platform/core-files.js';
import {findProgram} from '../platform/find-program.js';
import {settingsDirectory} from '../vault/default-path.js';
import {exposuresOf} from '../vault/exposures.js';
import {parseEnvelope, sizeLimit} from '../vault/format/envelope.js';
import type {Listener, Lock, Machine, Status} from './machine.js';

/** What a command knows of its process, for the doctor. */
type Given = Pick<
	Machine,
	| 'environment'
	| 'version'
	| 'now'
	| 'loadKeysProblem'
	| 'place'
	| 'content'
	| 'vaultWords'
	| 'agentOff'
	| 'keyring'
	| 'isTerminal'
	| 'noScreen'
	| 'unicode'
>;

/** The machine that this program runs on. */
export function thisMachine(given: Given): Machine {
	const {environment, version, place} = given;
	const settings = settingsDirectory();
	const platform = os.platform();
	return {
		...given,
		platform,
		home: os.homedir(),
		user: ownUser(),
		settings,
		files: {
			status,
			real: path => absent(() => fs.realpathSync(path)),
			names,
			read: path => (isFile(path) ? readBeside(path).toString() : undefined),
			exposures: exposuresOf,
			isVault,
			lock,
			program: name => findProgram(name, environment, platform),
		},
		sockets: socketPlaces(environment, settings),
		listener: socket => listener(socket, version, place.path),
		core: coreFiles,
		world: ordinaryWorld(environment),
	};
}

/** Undefined where nothing is. Throws the system's error for any other failure. */
function absent<Result>(look: () => Result): Result | undefined {
	try {
		return look();
	} catch (error) {
		if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(systemCode(error) ?? '')) return undefined;
		throw error;
	}
}

function status(path: string): Status | undefined {
	const found = absent(() => fs.lstatSync(path));
	if (found === undefined) return undefined;
	const {uid, mode, size} = found;
	const kind = found.isFile()
		? 'file'
		: found.isDirectory()
			? 'directory'
			: found.isSymbolicLink()
				? 'link'
				: found.isSocket()
					? 'socket'
					: 'other';
	return {kind, uid, mode: ownUser() === undefined ? 0 : mode & 0o7777, size};
}

/** Whether an ordinary file is there, or a link to one: a pipe would block whoever opens it, or wake its other end. */
function isFile(path: string): boolean {
	return absent(() => fs.statSync(path))?.isFile() === true;
}

/** The most names that are read of a directory. */
const mostNames = 10_000;

function names(directory: string): readonly string[] {
	const handle = absent(() => fs.opendirSync(directory));
	if (handle === undefined) return [];
	const found: string[] = [];
	try {
		for (let entry = handle.readSync(); entry !== null; entry = handle.readSync()) {
			if (found.push(entry.name) === mostNames) break;
		}
		return found;
	} finally {
		handle.closeSync();
	}
}

function isVault(path: string): boolean {
	try {
		return isFile(path) && parseEnvelope(readBeside(path, sizeLimit), path) !== undefined;
	} catch {
		return false;
	}
}

function lock(path: string): Lock | undefined {
	const found = isFile(path) ? findLock(path) : undefined;
	if (found === undefined) return undefined;
	const {holder} = found;
	return {...found, isStale: isDead(found, Date.now()), isGone: holder && isGone(holder)};
}

async function listener(socket: string, version: string, path: string): Promise<Listener> {
	let failure: Listener = {is: 'absent'};
	const found = await talkTo(
		socket,
		async (agent): Promise<Listener> => {
			const there = await agent.ask({ask: 'hello'});
			if (there.is !== 'hello') return {is: 'silent'};
			const {pid, version: its} = there;
			if (its !== version) return {is: 'agent', version: its, pid, seconds: undefined};
			const answer = await agent.ask({ask: 'status', version, path});
			return {is: 'agent', version, pid, seconds: answer.is === 'unlocked' ? answer.left.seconds : undefined};
		},
		why => {
			if (why !== 'absent') failure = {is: 'silent'};
		},
	);
	return found ?? failure;
}

/** The world of `import`, without what is there and is not an ordinary file. */
function ordinaryWorld(environment: Environment): World {
	const world = importWorld(environment);
	const isOther = (path: string): boolean => {
		try {
			return !isFile(path);
		} catch {
			// Reading it says why it can't be read.
			return false;
		}
	};
	return {...world, read: async (path, limit) => (isOther(path) ? undefined : world.read(path, limit))};
}
