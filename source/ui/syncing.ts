import type {Event} from '../app/core/event.js';
import type {Failure} from '../app/core/failure.js';
import type {RosterChange, SyncKind} from '../app/core/sharing.js';
import {PharmerError} from '../domain/errors.js';
import {Unreachable} from '../domain/exchange.js';
import {parseName} from '../domain/name.js';
import type {TeamState} from '../domain/team.js';
import {teamWorld} from '../tasks/team/team-world.js';
import {baseBeside} from '../team/base-file.js';
import {parseCard} from '../team/log/card.js';
import {add, type Invitation, remove, setRole} from '../team/members.js';
import {teamIn} from '../team/section.js';
import {type SyncWorld, sync} from '../team/sync.js';
import {teamStateOf} from '../team/team-state.js';
import type {Content} from '../vault/vault.js';
import type {Kept} from './syncer.js';
import type {VaultSession} from './vault-session.js';
import type {World} from './world.js';

/** What a sync goes on with, beside everything else. */
type Running = {
	readonly world: World;
	readonly session: VaultSession;
	readonly kept: Kept;
	/** Ends it at the next step: nothing is lost by that. */
	readonly signal: AbortSignal;
};

/** What a failure is for the screen. Throws bugs. */
function failureOf(error: unknown): Failure {
	if (error instanceof Unreachable) return {code: 'network', message: error.message};
	if (!(error instanceof PharmerError) || error.code === 'bug') throw error;
	const {code, message, hint} = error;
	return {code, message, hint};
}

/** With whom a vault is shared, as far as is known without asking anybody, or why that can't be told. Throws bugs. */
export function stateOf(content: Content, {vault, memory}: Kept): TeamState | Failure | undefined {
	try {
		const {place, shared} = memory.state ?? {};
		const common = place?.hash === teamIn(content)?.log?.place.hash ? shared : undefined;
		return teamStateOf(content, common, baseBeside(vault).reached());
	} catch (error) {
		return failureOf(error);
	}
}

/** Takes in what is new and shares what is other here; resolves to what came of it. Throws bugs only. */
export async function syncRun(kind: SyncKind, running: Running): Promise<Event> {
	const {session, kept} = running;
	const before = await session.now();
	try {
		const {came, went, said, state} = await withStore(running, each => sync(each, kind));
		const isNew = came > 0 || said.length > 0;
		return {type: 'synced', came, went, said, team: state, stored: isNew ? await session.now() : undefined};
	} catch (error) {
		const failure = failureOf(error);
		const content = await kept.vault.read().catch(() => undefined);
		// A part of it may have come in.
		const now = await session.now().catch(() => undefined);
		return {
			type: 'sync-failed',
			failure,
			team: content && stateOf(content, kept),
			stored: now?.credentials === before?.credentials ? undefined : now,
		};
	}
}

/** What is on a card. Throws `invalid`. */
export function tellCard(text: string): Event {
	const {name, words} = parseCard(text);
	return {type: 'card-read', card: {text, name, words}};
}

/** Changes the members. Throws what the change throws; what is no answer is `network`. */
export async function changeTeam(change: RosterChange, running: Running): Promise<Event> {
	try {
		const {seq, words} = await withStore(running, each => changed(change, each));
		return {type: 'team-changed', change, place: {seq, words}, stored: await running.session.now()};
	} catch (error) {
		const {code, message, hint} = failureOf(error);
		throw new PharmerError(code, message, hint);
	}
}

function changed(change: RosterChange, world: SyncWorld): Promise<Invitation> {
	switch (change.does) {
		case 'add': {
			const {keys} = parseCard(change.card);
			return add(world, {name: parseName(change.name), keys}, change.role);
		}
		case 'remove':
			return remove(world, change.id);
		case 'role':
			return setRole(world, change.id, change.role);
	}
}

/** Lets `use` reach the storage. */
async function withStore<Result>(
	{world, kept: {vault, memory}, signal}: Running,
	use: (world: SyncWorld) => Promise<Result>,
): Promise<Result> {
	if (world.teaming === undefined) throw new PharmerError('network', 'nobody can be asked here');
	const {reach, close} = await world.teaming(signal);
	try {
		const opened = await teamWorld(vault, reach, memory);
		try {
			return await use(opened);
		} finally {
			opened.store.close();
		}
	} finally {
		close();
	}
}
