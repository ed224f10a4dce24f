import type {Effect} from '../app/core/effect.js';
import type {Change, Event, Stored} from '../app/core/event.js';
import {writes} from '../app/session/under-way.js';
import type {FoundField} from '../credentials/environment.js';
import {PharmerError} from '../domain/errors.js';
import {Secret} from '../domain/secret.js';
import type {Settings} from '../domain/settings.js';
import {changePassphrase, checkPassphrase} from '../tasks/change-passphrase.js';
import {exportManifests} from '../tasks/export-manifests.js';
import {lookAround} from '../tasks/look-around.js';
import type {Machine} from '../tasks/machine.js';
import {readManifest, writeManifest} from '../tasks/manifest.js';
import {readFile} from '../tasks/read-file.js';
import type {Sealed} from '../vault/keys/cipher.js';
import {
	addCredentials,
	deleteCredentials,
	purgeTrash,
	replaceCredentials,
	restoreCredential,
	restoreCredentials,
} from '../vault/operations.js';
import type {Changed, Content, Vault, VaultPlace} from '../vault/vault.js';

/** What the app's effects reach outside the app. */
export type World = {
	readonly place: VaultPlace;
	readonly now: () => Date;
	readonly machine: Machine;
	/** The clipboard; see `platform/clipboard.ts`. */
	readonly clipboard: {
		copy(text: Secret): Promise<{readonly by: string; readonly sure: boolean}>;
		clear(): Promise<'cleared' | 'kept' | 'unknown'>;
	};
	/** Throws `file`. */
	readonly saveSettings: (settings: Settings) => Promise<void>;
	/** Resolves when the current state is on the screen: the next effect may block drawing for a while. */
	readonly drawn: () => Promise<void>;
	readonly suspend: () => Promise<void>;
	readonly redraw: () => Promise<void>;
	/** Ends the app with an outcome or an error. */
	readonly quit: (outcome: Extract<Effect, {type: 'quit'}>['outcome'] | Error) => void | Promise<void>;
};

export type EffectRunner = {
	readonly run: (effect: Effect) => void;
	/** Starts with a vault that is open already, as if it were unlocked. */
	readonly open: (opened: Vault) => void;
	/** Runs nothing more, and lets the vault go: resolves when its key is gone. */
	readonly close: () => Promise<void>;
};

/** Parts load on demand: an update of the program may have removed them. */
const partGone = new PharmerError('file', 'a part of pharmer is gone: it was updated meanwhile', 'start the app again');

function isPartGone(error: unknown): boolean {
	return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
}

const atOnce: readonly Effect['type'][] = ['quit', 'suspend', 'redraw'];

/** Runs effects one after the other and dispatches their results. A bug in one ends the app with that error. */
export function createEffectRunner(world: World, dispatch: (event: Event) => void): EffectRunner {
	const {machine} = world;
	let vault: Vault | undefined;
	let draft: Sealed | undefined;
	let copied = false;
	let left = false;
	/** Why an effect that ran when the app was left did not save. */
	let lost: PharmerError | undefined;
	let unwatch: () => void = () => {};
	/** Resolves when the keys of the vaults that were let go are gone. */
	let closed: Promise<unknown> = Promise.resolve();

	function openVault(): Vault {
		if (vault === undefined) throw new Error('an effect needs the vault before it is open');
		return vault;
	}

	/** The content; undefined when the vault was let go meanwhile: then it must not reach the screen, nor a failure. */
	async function stored(from: Vault): Promise<Stored | undefined> {
		try {
			const {credentials, trash} = await from.read();
			return vault === from ? {credentials, trash} : undefined;
		} catch (error) {
			if (vault === from) throw error;
			return undefined;
		}
	}

	async function onOpen(opened: Vault): Promise<void> {
		letGo();
		if (left) return opened.close();
		vault = opened;
		let now: Stored | undefined;
		try {
			// Starts before the app learns of the vault, since it may lock at once.
			const end = await opened.watch(() => run({type: 'reload'}));
			if (vault !== opened) return end();
			unwatch = end;
			now = await stored(opened);
		} catch (error) {
			if (vault === opened) letGo();
			throw error;
		}
		if (now === undefined) return;
		const kept = draft && opened.unseal(draft);
		draft = undefined;
		dispatch({type: 'opened', stored: now, ...(kept === undefined ? {} : {draft: kept})});
	}

	function lock(text: Secret): void {
		draft = vault?.seal(text);
		letGo();
	}

	function letGo(): void {
		unwatch();
		unwatch = () => {};
		closed = Promise.all([closed, vault?.close()]);
		vault = undefined;
	}

	async function reload(): Promise<void> {
		const now = vault && (await stored(vault));
		if (now !== undefined) dispatch({type: 'reloaded', stored: now});
	}

	async function change<Result>(
		operation: (content: Content) => Changed<Result>,
		told: (result: Result) => Change,
	): Promise<void> {
		const changing = openVault();
		const result = await changing.change(operation);
		// The vault was locked in the meantime: the next unlock reads the result.
		if (vault !== changing) return;
		const now = await stored(changing);
		if (now !== undefined) dispatch({type: 'changed', change: told(result), stored: now});
	}

	async function perform(effect: Effect): Promise<void> {
		switch (effect.type) {
			case 'inspect':
				if (!world.place.exists()) throw new PharmerError('no-vault', 'there is no vault yet');
				await world.place.inspect();
				return dispatch({type: 'inspected'});
			case 'protect':
				for (const exposure of world.place.exposures()) world.place.protect(exposure);
				return dispatch({type: 'protected', exposures: world.place.exposures()});
			case 'create-vault':
				return onOpen(await world.place.create(effect.passphrase));
			case 'unlock':
				return onOpen(
					await world.place.unlock(effect.passphrase, {acceptRollback: effect.acceptRollback, staysOpen: true}),
				);
			case 'check-passphrase':
				return dispatch({type: 'passphrase-checked', ...(await checkPassphrase(world.place, effect.passphrase))});
			case 'change-passphrase': {
				const {slot, passphrase, dropped} = effect;
				const changed = await changePassphrase(openVault(), slot, passphrase, dropped);
				return dispatch({type: 'passphrase-changed', ...changed});
			}
			case 'lock':
				return lock(effect.draft);
			case 'reload':
				return reload();
			case 'add':
				return change(
					content => addCredentials(content, effect.contents, world.now()),
					credentials => ({kind: 'added', credentials}),
				);
			case 'replace':
				return change(
					content => replaceCredentials(content, effect.replacements, world.now(), effect.keep),
					pairs => ({kind: 'replaced', pairs}),
				);
			case 'restore': {
				const {ids, name} = effect;
				const [only = ''] = ids;
				return name === undefined
					? change(
							content => restoreCredentials(content, ids, world.now()),
							credentials => ({kind: 'restored', credentials}),
						)
					: change(
							content => restoreCredential(content, only, world.now(), name),
							credential => ({kind: 'restored', credentials: [credential]}),
						);
			}
			case 'delete':
				return change(
					content => deleteCredentials(content, effect.bases, world.now()),
					credentials => ({kind: 'deleted', credentials}),
				);
			case 'purge':
				return change(
					content => purgeTrash(content, effect.bases),
					() => ({kind: 'purged', count: effect.bases.length}),
				);
			case 'read-named': {
				const found: FoundField[] = [];
				for (const {field, variable, path} of effect.files)
					found.push({field, variable, value: new Secret(await machine.read(machine.expand(path)))});
				return dispatch({type: 'named-read', found});
			}
			case 'look':
				return dispatch({type: 'looked', look: await lookAround(effect.paths, effect.kinds, machine)});
			case 'read-file':
				return dispatch({type: 'file-read', ...(await readFile(effect.path, effect.provider, machine))});
			case 'copy': {
				const {what, secret} = effect;
				copied = true;
				const {by, sure} = await world.clipboard.copy(effect.text);
				copied = secret;
				return dispatch({type: 'copied', what, secret, by, sure});
			}
			case 'clear-clipboard':
				return dispatch({type: 'clipboard-cleared', result: await clearClipboard()});
			case 'export': {
				const path = await exportManifests(effect.path, effect.credentials, machine);
				return dispatch({type: 'exported', path, count: effect.credentials.length});
			}
			case 'write-manifest': {
				const text = await writeManifest(effect.credential, effect.hidden);
				return dispatch({type: 'manifest-written', text});
			}
			case 'read-manifest': {
				const content = await readManifest(effect.text, effect.basis, effect.hidden, effect.data);
				return dispatch({type: 'manifest-read', content});
			}
			case 'save-settings':
				return world.saveSettings(effect.settings);
			case 'draw':
				return dispatch({type: 'drawn'});
			case 'suspend':
				// A stopped process can't clear it later.
				if (copied) await clearClipboard().catch(() => {});
				await closed;
				return world.suspend();
			case 'redraw':
				return world.redraw();
			case 'quit':
				if (copied) await clearClipboard().catch(() => {});
				return world.quit(lost ?? effect.outcome);
		}
	}

	async function clearClipboard(): Promise<'cleared' | 'kept' | 'unknown'> {
		const result = await world.clipboard.clear();
		// Leaving tries again if it is unknown whether the text is gone.
		copied = result === 'unknown';
		return result;
	}

	/** The newest content, if readable: a conflict needs both sides. */
	async function newest(): Promise<Stored | undefined> {
		try {
			return vault && (await stored(vault));
		} catch {
			return undefined;
		}
	}

	async function onError({type}: Pick<Effect, 'type'>, thrown: unknown): Promise<void> {
		const error = isPartGone(thrown) ? partGone : thrown;
		if (!(error instanceof PharmerError)) {
			void world.quit(error instanceof Error ? error : new Error('an effect failed'));
			return;
		}
		// Nobody sees the failure any more, and the user believes that it was saved.
		if (left && writes.includes(type)) lost = error;
		const {code, message, hint} = error;
		dispatch({type: 'failed', during: type, failure: {code, message, hint}, stored: await newest()});
	}

	let last: Promise<void> = Promise.resolve();
	let written: Promise<void> = Promise.resolve();

	/** Does what belongs to an effect after what came before, and after the frame that says so. */
	function queue(effect: Pick<Effect, 'type'>, task: () => Promise<void>): void {
		last = last
			.then(world.drawn)
			.then(task)
			.catch(error => onError(effect, error));
	}

	function run(effect: Effect): void {
		if (left) return;
		left = effect.type === 'quit';
		if (effect.type === 'lock') {
			// The key must go before anything else, such as the process being stopped.
			lock(effect.draft);
			return;
		}
		if (atOnce.includes(effect.type)) {
			// Leaving waits for writes, but not for key derivation or reads.
			const before = effect.type === 'quit' ? written : Promise.resolve();
			before.then(() => perform(effect)).catch(error => onError(effect, error));
			return;
		}
		queue(effect, () => perform(effect));
		if (writes.includes(effect.type)) written = last;
	}

	return {
		run,
		open: opened => queue({type: 'unlock'}, () => onOpen(opened)),
		async close() {
			left = true;
			letGo();
			await closed;
		},
	};
}
