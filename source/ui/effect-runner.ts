import type {Effect} from '../app/effect.js';
import type {Event} from '../app/event.js';
import type {FileSource} from '../app/state.js';
import type {Credential} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import type {Provider} from '../providers/provider.js';
import {addCredential, deleteCredentials, replaceCredential, restoreCredential} from '../vault/operations.js';
import type {Changed, Content, Vault, VaultPlace} from '../vault/vault.js';

/** What of the world the app's effects reach. */
export type World = {
	readonly place: VaultPlace;
	readonly now: () => Date;
	/** The sets of fields in the file at that path (`~` is the home directory). Throws `file`, `invalid`. */
	readonly readSources: (path: string, provider: Provider) => Promise<readonly FileSource[]>;
	readonly suspend: () => Promise<void>;
	readonly redraw: () => Promise<void>;
	/** Ends the app with an outcome or an error. */
	readonly quit: (outcome: Extract<Effect, {type: 'quit'}>['outcome'] | Error) => void | Promise<void>;
};

export type EffectRunner = {
	readonly run: (effect: Effect) => void;
	/** No watching any more. */
	readonly close: () => void;
};

const atOnce: readonly Effect['type'][] = ['quit', 'suspend', 'redraw'];

/** Carries out effects one after the other and dispatches what came of each. A bug in one ends the app with that error. */
export function createEffectRunner(world: World, dispatch: (event: Event) => void): EffectRunner {
	let vault: Vault | undefined;
	let unwatch: () => void = () => {};

	function openVault(): Vault {
		if (vault === undefined) throw new Error('an effect needs the vault before it is open');
		return vault;
	}

	function onOpen(opened: Vault): void {
		vault = opened;
		dispatch({type: 'opened', credentials: opened.read().credentials});
		unwatch = opened.watch(() => run({type: 'reload'}));
	}

	async function change(
		kind: 'added' | 'replaced' | 'restored',
		operation: (content: Content) => Changed<Credential>,
	): Promise<void> {
		const credential = await openVault().change(operation);
		dispatch({type: 'changed', change: {kind, credential}, credentials: openVault().read().credentials});
	}

	async function perform(effect: Effect): Promise<void> {
		switch (effect.type) {
			case 'inspect':
				if (!world.place.exists()) throw new PharmerError('no-vault', 'there is no vault yet');
				world.place.inspect();
				return dispatch({type: 'inspected'});
			case 'create-vault':
				return onOpen(await world.place.create(effect.passphrase));
			case 'unlock':
				return onOpen(await world.place.unlock(effect.passphrase, {acceptRollback: effect.acceptRollback}));
			case 'reload':
				return dispatch({type: 'reloaded', credentials: openVault().read().credentials});
			case 'add':
				return change('added', content => addCredential(content, effect.content, world.now()));
			case 'replace':
				return change('replaced', content =>
					replaceCredential(content, effect.basis, effect.content, world.now(), effect.keep),
				);
			case 'restore':
				return change('restored', content => restoreCredential(content, effect.id, world.now()));
			case 'delete': {
				const [credential] = await openVault().change(content =>
					deleteCredentials(content, [effect.basis], world.now()),
				);
				if (credential === undefined) throw new Error('a delete that deleted nothing');
				return dispatch({
					type: 'changed',
					change: {kind: 'deleted', credential},
					credentials: openVault().read().credentials,
				});
			}
			case 'read-file':
				return dispatch({type: 'file-read', sources: await world.readSources(effect.path, effect.provider)});
			case 'suspend':
				return world.suspend();
			case 'redraw':
				return world.redraw();
			case 'quit':
				return world.quit(effect.outcome);
		}
	}

	/** The newest credentials where they can be read: after a conflict both sides are needed. */
	function newest(): readonly Credential[] | undefined {
		try {
			return vault?.read().credentials;
		} catch {
			return undefined;
		}
	}

	function onError(effect: Effect, error: unknown): void {
		if (!(error instanceof PharmerError)) {
			void world.quit(error instanceof Error ? error : new Error('an effect failed'));
			return;
		}
		const {code, message, hint} = error;
		dispatch({type: 'failed', during: effect.type, failure: {code, message, hint}, credentials: newest()});
	}

	let last: Promise<void> = Promise.resolve();

	function run(effect: Effect): void {
		// Leaving does not wait for a key that is being derived.
		const before = atOnce.includes(effect.type) ? Promise.resolve() : last;
		const done = before.then(() => perform(effect)).catch(error => onError(effect, error));
		if (before === last) last = done;
	}

	return {run, close: () => unwatch()};
}
