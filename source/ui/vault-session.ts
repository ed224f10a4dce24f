import type {ContentEffect} from '../app/core/effect.js';
import type {Change, Event, Stored} from '../app/core/event.js';
import {PharmerError} from '../domain/errors.js';
import type {Secret} from '../domain/secret.js';
import type {Sealed} from '../vault/keys/cipher.js';
import {mergeContents} from '../vault/merge.js';
import {
	addCredentials,
	deleteCredentials,
	purgeTrash,
	replaceCredentials,
	restoreCredential,
	restoreCredentials,
} from '../vault/operations.js';
import type {Changed, Content, Vault} from '../vault/vault.js';

/** The vault that the app has open, from one unlock to the next lock. */
export class VaultSession {
	readonly #dispatch: (event: Event) => void;
	/** Called when another process has changed the vault. */
	readonly #onChange: () => void;
	readonly #takeUnkept: () => string | undefined;
	#vault: Vault | undefined;
	#draft: Sealed | undefined;
	#isOver = false;
	#unwatch: () => void = () => {};
	/** Resolves when the keys of the vaults that were let go are gone. */
	#closed: Promise<unknown> = Promise.resolve();

	constructor(
		dispatch: (event: Event) => void,
		onChange: () => void,
		takeUnkept: () => string | undefined = () => undefined,
	) {
		this.#dispatch = dispatch;
		this.#onChange = onChange;
		this.#takeUnkept = takeUnkept;
	}

	/** The open vault. Throws `Error` when there is none. */
	get vault(): Vault {
		if (this.#vault === undefined) throw new Error('an effect needs the vault before it is open');
		return this.#vault;
	}

	/** Takes over a vault that was opened, and shows what is in it. Throws what reading and watching it throw. */
	async open(opened: Vault): Promise<void> {
		this.#letGo();
		if (this.#isOver) return opened.close();
		this.#vault = opened;
		let now: Stored | undefined;
		try {
			// Starts before the app learns of the vault, since it may lock at once.
			const end = await opened.watch(this.#onChange);
			if (this.#vault !== opened) return end();
			this.#unwatch = end;
			now = await this.#stored(opened);
		} catch (error) {
			if (this.#vault === opened) this.#letGo();
			throw error;
		}
		if (now === undefined) return;
		const kept = this.#draft && opened.unseal(this.#draft);
		this.#draft = undefined;
		this.#dispatch({type: 'opened', stored: now, ...(kept === undefined ? {} : {draft: kept})});
	}

	/** Lets the vault go. The draft stays, sealed under its key. */
	lock(draft: Secret): void {
		this.#draft = this.#vault?.seal(draft);
		this.#letGo();
	}

	/** Reads it again for the screen. */
	async reload(): Promise<void> {
		const now = await this.now();
		if (now !== undefined) this.#dispatch({type: 'reloaded', stored: now});
	}

	/** Changes it, and shows what came of it, unless it was locked meanwhile: the next unlock reads the result. */
	async change(effect: ContentEffect, now: () => Date): Promise<void> {
		const changing = this.vault;
		const change = await changing.change(content => changeContent(effect, content, now()));
		const stored = this.#vault === changing ? await this.#stored(changing) : undefined;
		const unkept = this.#takeUnkept();
		if (stored !== undefined)
			this.#dispatch({type: 'changed', change, stored, ...(unkept === undefined ? {} : {unkept})});
	}

	/** Tells what a merge of another vault's content would leave open. */
	async compare(other: Stored, now: () => Date): Promise<void> {
		const comparing = this.vault;
		const {result} = mergeContents(await comparing.read(), other, new Map(), now());
		const fresh = result.added.length;
		if (this.#vault === comparing) this.#dispatch({type: 'compared', other, conflicts: result.open, fresh});
	}

	/** What it holds now; undefined when it is locked. */
	async now(): Promise<Stored | undefined> {
		return this.#vault && this.#stored(this.#vault);
	}

	/** Resolves when the keys of the vaults that were let go are gone. */
	async closed(): Promise<void> {
		await this.#closed;
	}

	/** Lets it go for good. */
	async end(): Promise<void> {
		this.#isOver = true;
		this.#letGo();
		await this.#closed;
	}

	/** The content; undefined when the vault was let go meanwhile: then it must not reach the screen, nor a failure. */
	async #stored(from: Vault): Promise<Stored | undefined> {
		try {
			const {credentials, trash} = await from.read();
			return this.#vault === from ? {credentials, trash} : undefined;
		} catch (error) {
			if (this.#vault === from) throw error;
			return undefined;
		}
	}

	#letGo(): void {
		this.#unwatch();
		this.#unwatch = () => {};
		this.#closed = Promise.all([this.#closed, this.#vault?.close()]);
		this.#vault = undefined;
	}
}

/** What such an effect makes of a content, and what the app is told. Throws what the operation throws. */
export function changeContent(effect: ContentEffect, content: Content, now: Date): Changed<Change> {
	switch (effect.type) {
		case 'add':
			return told(addCredentials(content, effect.contents, now), credentials => ({kind: 'added', credentials}));
		case 'replace':
			return told(replaceCredentials(content, effect.replacements, now, effect.keep), pairs => ({
				kind: 'replaced',
				pairs,
			}));
		case 'restore': {
			const {restorations, name} = effect;
			const [only] = restorations;
			return only !== undefined && name !== undefined
				? told(restoreCredential(content, only.id, now, name), credential => ({
						kind: 'restored',
						credentials: [credential],
					}))
				: told(restoreCredentials(content, restorations, now), credentials => ({kind: 'restored', credentials}));
		}
		case 'delete':
			return told(deleteCredentials(content, effect.bases, now), credentials => ({kind: 'deleted', credentials}));
		case 'merge': {
			const {content: merged, result} = mergeContents(content, effect.other, effect.decisions, now);
			if (result.open.length > 0)
				throw new PharmerError(
					'conflict',
					'somebody else changed the vault meanwhile',
					'look at what is left to decide',
				);
			return {content: merged, result: {kind: 'merged', merged: result}};
		}
		case 'together': {
			const changes: Change[] = [];
			let after = content;
			for (const each of effect.effects) {
				const changed = changeContent(each, after, now);
				after = changed.content;
				changes.push(changed.result);
			}
			return {content: after, result: {kind: 'together', changes}};
		}
		case 'purge':
			return told(purgeTrash(content, effect.bases), () => ({kind: 'purged', count: effect.bases.length}));
	}
}

function told<Result>({content, result}: Changed<Result>, tell: (result: Result) => Change): Changed<Change> {
	return {content, result: tell(result)};
}
