import path from 'node:path';
import {allSockets, findSocket, type SocketPlaces} from '../platform/agent-socket.js';
import {Silence, type Talk, talkTo} from './connection.js';
import type {Answer, Lease, Times} from './protocol.js';

/** A credential as the agent has it: its record, as it lies in a vault of that version. */
export type Record = Extract<Answer, {is: 'credential'}>;

/** What the agent knows of one name. */
export type Found = Record | Extract<Answer, {is: 'missing'}>;

/** The agent of this user, as clients see it. Vaults are named by any path. */
export type Agent = {
	/** These credentials of a vault, in that order; undefined when the agent can't tell. */
	read(vault: string, names: readonly string[]): Promise<readonly Found[] | undefined>;
	/** The key of a vault with that id; undefined when the agent does not hold it. Whoever takes it fills it with zero. */
	key(vault: string, id: string): Promise<Buffer | undefined>;
	/** How long it holds a vault; undefined when it does not. */
	left(vault: string): Promise<Times | undefined>;
	/** Gives it a vault's key. Resolves to whether it took it: an agent that does not run, or of another version, can't. */
	add(lease: Lease, key: Buffer): Promise<boolean>;
	/** Ends it. Throws `Silence` when it runs and does not answer. */
	end(): Promise<'ended' | 'absent'>;
};

/** The agent at the first of these places. `version` is this program's: an agent of another one counts as absent. */
export function agentAt(places: SocketPlaces, version: string): Agent {
	// One that was stopped is waited for once.
	let isSilent = false;
	const silenced = (): void => {
		isSilent = true;
	};
	const talk = async <Result>(what: (agent: Talk) => Promise<Result>): Promise<Result | undefined> => {
		const socket = isSilent ? undefined : findSocket(places);
		return socket === undefined ? undefined : talkTo(socket, what, silenced);
	};
	return {
		read: (vault, names) =>
			talk(async agent => {
				const found: Found[] = [];
				for (const name of names) {
					const answer = await agent.ask({ask: 'read', version, path: path.resolve(vault), name});
					if (answer.is !== 'credential' && answer.is !== 'missing') return undefined;
					found.push(answer);
				}
				return found;
			}),
		key: (vault, id) =>
			talk(async agent => {
				const {is} = await agent.ask({ask: 'key', version, path: path.resolve(vault), id});
				return is === 'key' ? agent.bytes(32) : undefined;
			}),
		left: vault =>
			talk(async agent => {
				const answer = await agent.ask({ask: 'status', version, path: path.resolve(vault)});
				return answer.is === 'unlocked' ? answer.left : undefined;
			}),
		async add(lease, key) {
			const taken = await talk(agent => agent.ask({ask: 'add', version, ...lease}, key));
			return taken?.is === 'added';
		},
		async end() {
			let ended: 'ended' | 'absent' = 'absent';
			for (const socket of allSockets(places)) {
				const answer = await talkTo(socket, agent => agent.ask({ask: 'lock'}), silenced);
				if (answer !== undefined) ended = 'ended';
			}
			if (isSilent) throw new Silence();
			return ended;
		},
	};
}
