import type {Credential} from '../../domain/credential.js';
import {PharmerError} from '../../domain/errors.js';
import type {Holder, Revocation} from '../../domain/journal.js';
import {isRefused} from '../../domain/verdict.js';
import type {KeyCall, KeyService, ListedKey} from '../../providers/key-service.js';
import {endJournal, heldJournal, putJournal, takeJournal} from '../../vault/journal-changes.js';
import {trashRevoked} from '../../vault/journal-ends.js';
import {KeyDesk, keyServiceOf, refusedFor} from '../rotation/key-desk.js';
import type {Rotating} from '../rotation/rotating.js';
import {credentialOf, signerOf} from '../rotation/run.js';
import {verdictOn} from '../rotation/verdict-on.js';

/** What a revocation works with. */
export type Revoking = Omit<Rotating, 'onStep'> & {
	/** Is told of each step once it is written. */
	readonly onStep: (revocation: Revocation) => void;
};

/** One run over the steps of a revocation, which nobody else goes on with meanwhile. */
export class RevocationRun {
	readonly revoking: Revoking;
	readonly #desk: KeyDesk;
	#revocation: Revocation;

	private constructor(revocation: Revocation, desk: KeyDesk, revoking: Revoking) {
		this.#revocation = revocation;
		this.#desk = desk;
		this.revoking = revoking;
	}

	/** Takes over the revocation of a credential. Throws `busy` and `conflict`. */
	static async take(id: string, holder: Holder, revoking: Revoking): Promise<RevocationRun> {
		const now = new Date(revoking.now());
		const journal = await revoking.vault.change(content => takeJournal(content, id, holder, now));
		if (journal.kind !== 'revoke')
			throw new PharmerError('busy', 'something else is under way for it', '`pharmer health` lists it');
		return RevocationRun.of(journal, revoking);
	}

	/** Goes on with a revocation that was begun just now. */
	static async of(revocation: Revocation, revoking: Revoking): Promise<RevocationRun> {
		const credential = credentialOf(await revoking.vault.read(), revocation);
		return new RevocationRun(revocation, new KeyDesk(keyServiceOf(credential), revoking), revoking);
	}

	get revocation(): Revocation {
		return this.#revocation;
	}

	get service(): KeyService {
		return this.#desk.service;
	}

	/** The credential as it is now. Throws `conflict` when it is gone. */
	async credential(): Promise<Credential> {
		return credentialOf(await this.revoking.vault.read(), this.#revocation);
	}

	/** Has the service do something; the credential itself signs, unless another one does. */
	async call<Result>(what: string, work: (service: KeyService, call: KeyCall) => Promise<Result>): Promise<Result> {
		this.assertGoing();
		const content = await this.revoking.vault.read();
		heldJournal(content, this.#revocation);
		const credential = credentialOf(content, this.#revocation);
		const {oldId: ownId} = this.#revocation;
		return this.#desk.call({credential, ownId}, signerOf(content, this.#revocation, credential.data), what, work);
	}

	/**
	 * The keys at the provider; without its own where that is gone. A key that signed for its own end is gone when its
	 * provider does not accept it any more; before its deletion was sent, that may have other reasons.
	 */
	async keys(): Promise<readonly ListedKey[]> {
		try {
			return await this.call("its keys can't be listed", (service, call) => service.keys(call));
		} catch (error) {
			const {admin, isSent} = this.#revocation;
			const why = refusedFor(error);
			if (why === 'gone') return [];
			if (why === 'unsigned' && admin === undefined && isSent && (await this.#isDead())) return [];
			throw error;
		}
	}

	async #isDead(): Promise<boolean> {
		const credential = await this.credential();
		const said = await verdictOn(credential, credential.data, this.revoking, []);
		return said !== undefined && isRefused(said.is);
	}

	/** Writes that the revocation is as this says, and tells it. Throws `conflict` when somebody else goes on with it. */
	async put(change: Partial<Revocation>): Promise<void> {
		const now = new Date(this.revoking.now());
		const next = {...this.#revocation, ...change};
		this.#revocation = await this.revoking.vault.change(content => putJournal(content, next, now));
		this.revoking.onStep(this.#revocation);
	}

	/** Writes that its deletion was not done. */
	async unsend(): Promise<void> {
		const {isSent: _, ...revocation} = this.#revocation;
		const now = new Date(this.revoking.now());
		this.#revocation = await this.revoking.vault.change(content => putJournal(content, revocation, now));
	}

	/** Nothing is under way any more, and the credential stays. */
	async forget(): Promise<void> {
		await this.revoking.vault.change(content => endJournal(content, this.#revocation));
	}

	/** The key is gone: the credential goes to the trash. */
	async end(): Promise<void> {
		const now = new Date(this.revoking.now());
		await this.revoking.vault.change(content => trashRevoked(content, this.#revocation, now));
	}

	/** Throws `interrupted` when it was stopped. */
	assertGoing(): void {
		if (this.revoking.signal?.aborted)
			throw new PharmerError('interrupted', 'it was stopped', 'nothing is lost: run it again to go on');
	}
}
