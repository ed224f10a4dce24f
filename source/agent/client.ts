import {rmSync} from 'node:fs';
import {resolve} from 'node:path';
import type {NamedWork} from '../domain/under-way-work.js';
import type {UseKind} from '../domain/use.js';
import {allSockets, findSocket, identityOf, type SocketPlaces} from '../platform/agent-socket.js';
import type {TimedClearing} from './clearings.js';
import {type Failure, type Talk, talkTo} from './connection.js';
import type {Answer, Lease, Left} from './protocol.js';

/** A credential as the agent has it: its record, as it lies in a vault of that version. */
type Record = Extract<Answer, {is: 'credential'}>;

/** What the agent knows of one name. */
export type Found = Record | Extract<Answer, {is: 'missing'}>;

type Names = Extract<Answer, {is: 'names'}>['names'];

/** What is done with what was found. */
type OnFound = (found: readonly Found[], note: (ids: readonly string[], kind: UseKind) => void) => void | Promise<void>;

/** The agent of this user, as clients see it. Vaults are named by any path. */
export type AgentClient = {
	/**
	 * These credentials of a vault, in that order; undefined when the agent can't tell. `onFound` gets them while the
	 * agent still listens, and what notes a use of them on the way; it is waited for.
	 */
	read(vault: string, names: readonly string[], onFound?: OnFound): Promise<readonly Found[] | undefined>;
	/** Has it note in the use log of a vault that these credentials were handed out, and does not wait for that. */
	note(vault: string, ids: readonly string[], kind: UseKind): Promise<void>;
	/**
	 * The names of a vault's credentials with the keys of their fields; undefined when the agent can't tell, or not
	 * within so many milliseconds.
	 */
	names(vault: string, milliseconds: number): Promise<Names | undefined>;
	/** The key of a vault with that id; undefined when it does not hold it. Whoever takes it fills it with zero. */
	key(vault: string, id: string): Promise<Buffer | undefined>;
	/** How long it holds a vault; undefined when it does not. */
	left(vault: string): Promise<Left | undefined>;
	/** Why its last sync of a vault failed; undefined where none did, or the agent does not hold it. */
	syncFailure(vault: string): Promise<string | undefined>;
	/** What is under way at providers for its credentials; undefined when the agent can't tell. */
	works(vault: string): Promise<readonly NamedWork[] | undefined>;
	/**
	 * Has it share what was changed in a vault, soon. Resolves to whether the vault is shared, and why that failed last;
	 * undefined when the agent does not hold it.
	 */
	sync(vault: string): Promise<{readonly isShared: boolean; readonly failure?: string} | undefined>;
	/** Has it hold a vault's key, and starts it when it does not run. Throws `file` when it does not start. */
	hold(lease: Lease, key: Buffer): Promise<void>;
	/** Has it hold a new key of a vault in the place of an older one, if it still holds that one's times. */
	renew(lease: Lease, key: Buffer): Promise<void>;
	/**
	 * Has it empty a clipboard later, or a process that does only that. Resolves to which of them will: the `agent`,
	 * which holds vaults too, or a `process`. Throws `file` when there is none.
	 */
	clearLater(timed: TimedClearing): Promise<'agent' | 'process'>;
	/** Ends it. One that does not answer is cut off: nobody reaches it any more, and it ends when it goes on. */
	end(): Promise<'ended' | 'absent' | 'silent'>;
	/** Whether it did not answer, so that it is not asked again. */
	isSilent(): boolean;
};

/** How many ids fit into one request, with room to spare. */
const idsAtOnce = 1000;

/** Starts an agent. Both throw `file`. */
export type StartAgent = {
	/** With its first key. */
	holding(lease: Lease, key: Buffer): Promise<void>;
	/** To empty a clipboard; `isAlone` where nobody is to reach it. */
	clearing(timed: TimedClearing, isAlone: boolean): Promise<void>;
};

/**
 * The agent at the first of these places. `version` is this program's: an agent of another one counts as absent, until
 * it is ended by one that is started. One that was stopped is waited for once: with `isSilent`, not again.
 */
export function agentClient(places: SocketPlaces, version: string, start?: StartAgent, isSilent = false): AgentClient {
	const failed = (why: Failure): void => {
		if (why === 'silent') isSilent = true;
	};
	const talk = async <Result>(
		what: (agent: Talk) => Promise<Result>,
		milliseconds?: number,
	): Promise<Result | undefined> => {
		const socket = isSilent ? undefined : findSocket(places);
		return socket === undefined ? undefined : talkTo(socket, what, failed, milliseconds);
	};
	const ask = (question: 'names' | 'status' | 'works' | 'sync', vault: string, milliseconds?: number) =>
		talk(agent => agent.ask({ask: question, version, path: resolve(vault)}), milliseconds);
	const status = async (vault: string) => {
		const answer = await ask('status', vault);
		return answer?.is === 'unlocked' ? answer : undefined;
	};
	return {
		read: (vault, names, onFound) =>
			talk(async agent => {
				const found: Found[] = [];
				for (const name of names) {
					const answer = await agent.ask({ask: 'read', version, path: resolve(vault), name});
					if (answer.is !== 'credential' && answer.is !== 'missing') return undefined;
					found.push(answer);
				}
				await onFound?.(found, (ids, kind) => void agent.tell({ask: 'use', version, path: resolve(vault), ids, kind}));
				return found;
			}),
		async note(vault, ids, kind) {
			for (let at = 0; at < ids.length; at += idsAtOnce) {
				const some = ids.slice(at, at + idsAtOnce);
				await talk(agent => agent.tell({ask: 'use', version, path: resolve(vault), ids: some, kind}));
			}
		},
		async names(vault, milliseconds) {
			const answer = await ask('names', vault, milliseconds);
			return answer?.is === 'names' ? answer.names : undefined;
		},
		key: (vault, id) =>
			talk(async agent => {
				const {is} = await agent.ask({ask: 'key', version, path: resolve(vault), id});
				return is === 'key' ? agent.bytes(32) : undefined;
			}),
		left: async vault => (await status(vault))?.left,
		syncFailure: async vault => (await status(vault))?.failure,
		async works(vault) {
			const answer = await ask('works', vault);
			return answer?.is === 'works' ? answer.works : undefined;
		},
		async sync(vault) {
			const answer = await ask('sync', vault);
			return answer?.is === 'syncs' ? answer : undefined;
		},
		async hold(lease, key) {
			const socket = findSocket(places);
			const identity = socket && identityOf(socket);
			if (await talk(agent => giveKey(agent, version, lease, key))) return;
			// Or the new one would wait for it, too.
			if (isSilent && socket !== undefined) cutOff(socket, identity);
			await start?.holding(lease, key);
		},
		async renew(lease, key) {
			await talk(agent => agent.ask({ask: 'add', version, ...lease, renews: true}, key));
		},
		async clearLater(timed) {
			const holds = await talk(agent => giveClearing(agent, version, timed));
			if (typeof holds === 'boolean') return holds ? 'agent' : 'process';
			// One of another version, or that does not answer, may hold keys that somebody needs.
			await start?.clearing(timed, holds === 'other' || isSilent);
			return 'process';
		},
		isSilent: () => isSilent,
		async end() {
			const answers = await Promise.all(allSockets(places).map(endAt));
			return answers.find(each => each !== 'absent') ?? 'absent';
		},
	};
}

/** Has an agent of this version hold a vault's key. Resolves to whether it does. */
export async function giveKey(agent: Talk, version: string, lease: Lease, key: Buffer): Promise<boolean> {
	const there = await agent.ask({ask: 'hello'});
	if (there.is !== 'hello' || there.version !== version) return false;
	return (await agent.ask({ask: 'add', version, ...lease}, key)).is === 'added';
}

/** Has an agent empty a clipboard later. Resolves to whether it holds vaults, too; `other` for another version. */
export async function giveClearing(agent: Talk, version: string, timed: TimedClearing): Promise<boolean | 'other'> {
	const answer = await agent.ask({ask: 'clear', version, ...timed});
	return answer.is === 'clears' ? answer.holds : 'other';
}

/** How often an agent is asked to end that ends the connection instead: it may be ending already. */
const requestsToEnd = 3;

async function endAt(socket: string): Promise<'ended' | 'absent' | 'silent'> {
	const identity = identityOf(socket);
	let failure: Failure | undefined;
	for (let tries = 0; tries < requestsToEnd && failure !== 'silent'; tries++) {
		const before = failure;
		failure = undefined;
		await talkTo(
			socket,
			agent => agent.ask({ask: 'lock'}),
			why => {
				failure = why;
			},
		);
		if (failure === undefined) return 'ended';
		if (failure === 'absent') return before === undefined ? 'absent' : 'ended';
	}
	cutOff(socket, identity);
	return 'silent';
}

/** Removes an agent's socket, unless another one's is there by now. */
function cutOff(socket: string, identity: string | undefined): void {
	if (identity === identityOf(socket)) rmSync(socket, {force: true});
}
