import type {ContentEffect} from '../app/core/effect.js';
import type {Event, Renewal, Stored} from '../app/core/event.js';
import type {FaceContent} from '../app/core/preview.js';
import {hiddenMark} from '../app/screens/edit/manifest.js';
import {lastUses} from '../credentials/last-use.js';
import type {Credential} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import type {Secret} from '../domain/secret.js';
import {timestamp} from '../domain/time.js';
import type {UseKind} from '../domain/use.js';
import type {Consent, KeptVerdict} from '../domain/verdict.js';
import {closedFiles} from '../vault/closed/section.js';
import {versionsOf} from '../vault/history/history.js';
import {type SealedDraft, unsealByPassphrase} from '../vault/keys/draft-seal.js';
import {mergeContents} from '../vault/merge.js';
import type {UseLog} from '../vault/use-log.js';
import type {Vault} from '../vault/vault.js';
import {worksIn} from '../vault/works.js';
import {changeContent} from './content-change.js';
import {KeptVerdicts, keepVerdicts} from './kept-verdicts.js';
import type {Syncer} from './syncer.js';
import type {World} from './world.js';

/** What it needs of the world, and with whom a vault is shared. */
type Reached = Pick<World, 'place' | 'now' | 'takeUnkept'>;

/** The vault that the app has open, from one unlock to the next lock. */
export class VaultSession {
	readonly #dispatch: (event: Event) => void;
	/** Called when another process has changed the vault. */
	readonly #onChange: () => void;
	readonly #world: Reached;
	readonly #teamOf: Syncer['teamOf'];
	#vault: Vault | undefined;
	/** What was sealed at locks, by the path and id of the vault: another one opened meanwhile does not take it away. */
	readonly #drafts = new Map<string, SealedDraft>();
	readonly #verdicts = new KeptVerdicts();
	/** The vault could not be read when it was looked at last. */
	#isUnread = false;
	#isOver = false;
	/** Of which vault the uses were read last, and what `version()` of its log was. */
	#usesOf: Vault | undefined;
	#usesVersion: string | undefined;
	/** The log that is being read. */
	#reading: UseLog | undefined;
	#unwatch: () => void = () => {};
	/** Resolves when the keys of the vaults that were let go are gone. */
	#closed: Promise<unknown> = Promise.resolve();

	constructor(dispatch: (event: Event) => void, onChange: () => void, world: Reached, teamOf: Syncer['teamOf']) {
		this.#dispatch = dispatch;
		this.#onChange = onChange;
		this.#world = world;
		this.#teamOf = teamOf;
	}

	/** The open vault. Throws `Error` when there is none. */
	get vault(): Vault {
		if (this.#vault === undefined) throw new Error('an effect needs the vault before it is open');
		return this.#vault;
	}

	/**
	 * Takes over a vault that was opened, by that passphrase if by one, and shows what is in it. Throws what reading and
	 * watching it throw.
	 */
	async open(opened: Vault, passphrase?: Secret): Promise<void> {
		const now = await this.#take(opened);
		if (now === undefined) return;
		const {id} = opened;
		const place = this.#placeOf(opened);
		const sealed = this.#drafts.get(place);
		const kept = sealed && (opened.unseal(sealed) ?? (passphrase && (await unsealByPassphrase(sealed, passphrase))));
		if (this.#vault !== opened) return;
		this.#drafts.delete(place);
		this.#dispatch({
			type: 'opened',
			stored: now,
			copies: this.#world.place.conflictCopies(id),
			isOther: sealed === undefined && this.#drafts.size > 0,
			...(kept === undefined ? {} : {draft: kept}),
		});
	}

	/**
	 * Goes on with the vault that was opened again because its key is another one now. Throws `other-vault` when it is
	 * another vault, which is closed then, and what `open()` throws.
	 */
	async renew(opened: Vault): Promise<void> {
		if (opened.id !== this.vault.id) {
			await opened.close();
			throw new PharmerError('other-vault', 'there is another vault in its place now', 'put yours back');
		}
		const now = await this.#take(opened);
		if (now !== undefined) this.#dispatch({type: 'reloaded', stored: now});
	}

	/** Lets the vault go, whose key is gone after what still writes. The draft stays, sealed under its key. */
	lock(draft: Secret, writing?: Promise<void>): void {
		if (this.#vault !== undefined) this.#drafts.set(this.#placeOf(this.#vault), this.#vault.seal(draft));
		this.#letGo(writing);
	}

	/** Shows what the use log says, unless it says what it said before. */
	async readUses(): Promise<void> {
		const from = this.#vault;
		const log = from?.openUseLog();
		if (log === undefined) return;
		const version = log.version();
		const isKnown = this.#usesOf === from && this.#usesVersion === version;
		this.#reading?.close();
		this.#reading = log;
		const uses = isKnown ? undefined : await log.read();
		log.close();
		if (uses === undefined || this.#vault !== from || this.#reading !== log) return;
		this.#reading = undefined;
		this.#usesOf = from;
		this.#usesVersion = version;
		this.#dispatch({type: 'uses', uses: lastUses(uses)});
	}

	/** Notes in the use log that credentials were handed out, and shows that. Never throws. */
	async noteUse(ids: readonly string[], kind: UseKind, now: Date): Promise<void> {
		const from = this.#vault;
		const log = from?.openUseLog();
		if (log === undefined) return;
		await log.note(ids, kind, now);
		log.close();
		if (this.#vault === from) this.#dispatch({type: 'used', ids, kind, at: timestamp(now)});
	}

	/** Reads it again for the screen. */
	async reload(): Promise<void> {
		const from = this.#vault;
		if (from === undefined) return;
		const wasUnread = this.#isUnread;
		this.#isUnread = true;
		const now = await this.#stored(from);
		this.#isUnread = false;
		if (now === undefined) return;
		// What is watched may have gone with its directory.
		if (wasUnread) await this.#watch(from);
		this.#dispatch({type: 'reloaded', stored: now, copies: this.#world.place.conflictCopies(from.id)});
	}

	/** Changes it, and shows what came of it, unless it was locked meanwhile: the next unlock reads the result. */
	async change(effect: ContentEffect, now: () => Date): Promise<void> {
		const changing = this.vault;
		const change = await changing.change(content => changeContent(effect, content, now()));
		const renews = 'renewsCopies' in effect && effect.renewsCopies === true;
		const renewal = renews ? await renewalOf(changing) : undefined;
		const stored = this.#vault === changing ? await this.#stored(changing) : undefined;
		const unkept = this.#world.takeUnkept?.();
		if (stored !== undefined)
			this.#dispatch({
				type: 'changed',
				change,
				stored,
				...(unkept === undefined ? {} : {unkept}),
				...(renewal === undefined ? {} : {renewal}),
			});
	}

	/** Where somebody has agreed that credentials are asked about. */
	async consents(): Promise<readonly Consent[]> {
		return this.#verdicts.in(await this.vault.read()).consents;
	}

	/**
	 * Keeps what providers said and somebody agreed to, in one write, and shows the vault as it is then unless it was
	 * locked meanwhile. Resolves to a remark on the keeping, if there is one.
	 */
	async keep(verdicts: readonly KeptVerdict[], consents: readonly Consent[]): Promise<string | undefined> {
		if (verdicts.length === 0 && consents.length === 0) return undefined;
		const {vault} = this;
		const remark = await keepVerdicts(vault, {verdicts, consents});
		if (this.#vault === vault) await this.reload();
		const unkept = this.#world.takeUnkept?.();
		return remark ?? (unkept && `The answers are kept, but ${unkept}.`);
	}

	/** Tells what a merge of another vault's content would leave open. */
	async compare(other: Stored, now: () => Date): Promise<void> {
		const comparing = this.vault;
		const {result} = mergeContents(await comparing.read(), other, new Map(), now());
		const fresh = result.added.length;
		if (this.#vault === comparing) this.#dispatch({type: 'compared', other, conflicts: result.open, fresh});
	}

	/** Shows the versions of the credential with that id. Throws `not-found` when it is gone. */
	async readVersions(id: string): Promise<void> {
		const {vault} = this;
		const content = await vault.read();
		const credential = [...content.credentials, ...content.trash].find(each => each.id === id);
		if (credential === undefined) throw new PharmerError('not-found', 'that credential is gone');
		const versions = versionsOf(content, credential);
		if (this.#vault === vault) this.#dispatch({type: 'versions-read', id, versions});
	}

	/** Reads what the pane beside the list shows. Says nothing where that can't be read. */
	async preview(face: FaceContent['face'], credential: Credential): Promise<void> {
		const vault = this.#vault;
		const read = async (): Promise<FaceContent> => {
			if (face === 'yaml') {
				const {maskedManifest} = await import('../documents/edited-manifest.js');
				return {face, text: maskedManifest(credential, hiddenMark)};
			}
			return {face, versions: vault === undefined ? [] : versionsOf(await vault.read(), credential)};
		};
		const content = await read().catch(() => undefined);
		const {id, revision} = credential;
		if (content !== undefined && this.#vault === vault && vault !== undefined)
			this.#dispatch({type: 'previewed', id, revision, content});
	}

	/** What it holds now; undefined when it is locked. */
	async now(): Promise<Stored | undefined> {
		return this.#vault && this.#stored(this.#vault);
	}

	/** Resolves when the keys of the vaults that were let go are gone. */
	async closed(): Promise<void> {
		await this.#closed;
	}

	/** Lets it go for good, after what still writes. */
	async end(writing?: Promise<void>): Promise<void> {
		this.#isOver = true;
		this.#letGo(writing);
		await this.#closed;
	}

	/** A copy of a vault has its id, and is another place. */
	#placeOf({id}: Vault): string {
		return `${this.#world.place.path} ${id}`;
	}

	/** The content; undefined when the vault was let go meanwhile: then it must not reach the screen, nor a failure. */
	async #stored(from: Vault): Promise<Stored | undefined> {
		try {
			const content = await from.read();
			const {credentials, trash} = content;
			const closed = closedFiles(content)?.map(each => each.credentials) ?? [];
			const {verdicts} = this.#verdicts.in(content);
			const works = worksIn(content, this.#world.now());
			const team = await this.#teamOf(from, content);
			return this.#vault === from ? {credentials, trash, closed, verdicts, works, team} : undefined;
		} catch (error) {
			if (this.#vault === from) throw error;
			return undefined;
		}
	}

	/** Has that vault from now on, watches it, and reads it; undefined when it was let go meanwhile. */
	async #take(opened: Vault): Promise<Stored | undefined> {
		this.#letGo();
		if (this.#isOver) {
			await opened.close();
			return undefined;
		}
		this.#vault = opened;
		try {
			// Starts before the app learns of the vault, since it may lock at once.
			await this.#watch(opened);
			return this.#vault === opened ? await this.#stored(opened) : undefined;
		} catch (error) {
			if (this.#vault === opened) this.#letGo();
			throw error;
		}
	}

	/** Watches the vault anew, unless it was let go meanwhile. */
	async #watch(vault: Vault): Promise<void> {
		const end = await vault.watch(this.#onChange);
		if (this.#vault !== vault) return end();
		this.#unwatch();
		this.#unwatch = end;
	}

	#letGo(writing?: Promise<void>): void {
		this.#isUnread = false;
		this.#reading?.close();
		this.#reading = undefined;
		this.#unwatch();
		this.#unwatch = () => {};
		const vault = this.#vault;
		const gone = writing === undefined ? vault?.close() : writing.then(() => vault?.close());
		this.#closed = Promise.all([this.#closed, gone]);
		this.#vault = undefined;
		this.#verdicts.forget();
		this.#usesOf = undefined;
	}
}

/** Makes the copies beside a vault anew. */
async function renewalOf(vault: Vault): Promise<Renewal> {
	const {unkept, left} = await vault.renewCopies();
	return {left: left.length, ...(unkept === undefined ? {} : {unkept})};
}
