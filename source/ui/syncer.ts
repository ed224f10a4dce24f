import type {Effect} from '../app/core/effect.js';
import type {Event} from '../app/core/event.js';
import type {Failure} from '../app/core/failure.js';
import type {TeamState} from '../domain/team.js';
import type {SyncMemory} from '../team/sync.js';
import {teamSection} from '../vault/team-section.js';
import type {Content, Vault} from '../vault/vault.js';
import type {VaultSession} from './vault-session.js';
import type {World} from './world.js';

export type SyncEffect = Extract<Effect, {readonly type: 'sync' | 'read-card' | 'change-team'}>;

const types: readonly Effect['type'][] = ['sync', 'read-card', 'change-team'];

export function isSync(effect: Effect): effect is SyncEffect {
	return types.includes(effect.type);
}

/** What is kept from one sync of a vault to the next, until a lock. */
export type Kept = {readonly vault: Vault; readonly memory: SyncMemory};

export type Syncer = {
	/** Does what it is for, beside everything else, one after the other; what fails is told. */
	readonly run: (effect: SyncEffect) => void;
	/** With whom a vault with that content is shared, or why that can't be told; undefined for nobody. */
	readonly teamOf: (vault: Vault, content: Content) => Promise<TeamState | Failure | undefined>;
	/** Ends what is under way, which goes on the next time, and forgets everything. */
	readonly stop: () => void;
};

/** Shares the open vault with the others. What it needs for that is loaded when a vault is shared. */
export function createSyncer(
	world: World,
	session: () => VaultSession,
	tell: (event: Event) => void,
	onError: (effect: SyncEffect, error: unknown) => Promise<void>,
): Syncer {
	let stopping = new AbortController();
	let last: Promise<unknown> = Promise.resolve();
	let kept: Kept | undefined;

	function keptOf(vault: Vault): Kept {
		if (kept?.vault !== vault) kept = {vault, memory: {polls: 0}};
		return kept;
	}

	async function perform(effect: SyncEffect, signal: AbortSignal): Promise<void> {
		const told = (event: Event): void => {
			if (!signal.aborted) tell(event);
		};
		const {changeTeam, syncRun, tellCard} = await import('./syncing.js');
		if (effect.type === 'read-card') return told(tellCard(effect.text));
		if (signal.aborted) return;
		const running = {world, session: session(), kept: keptOf(session().vault), signal};
		told(await (effect.type === 'sync' ? syncRun(effect.kind, running) : changeTeam(effect.change, running)));
	}

	return {
		run(effect) {
			const {signal} = stopping;
			last = last
				.then(() => perform(effect, signal))
				.catch(error => (signal.aborted ? undefined : onError(effect, error)));
		},
		async teamOf(vault, content) {
			if (teamSection.textIn(content) === '') return undefined;
			const {stateOf} = await import('./syncing.js');
			return stateOf(content, keptOf(vault));
		},
		stop() {
			stopping.abort();
			stopping = new AbortController();
			// Another vault is not kept waiting for what has no more answer to wait for.
			last = Promise.resolve();
			kept = undefined;
		},
	};
}
