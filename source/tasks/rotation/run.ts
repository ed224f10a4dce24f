import type {KeyQuestion} from '../../credentials/key-question.js';
import {type Credential, sameData} from '../../domain/credential.js';
import {PharmerError} from '../../domain/errors.js';
import type {Data, Holder, Journal, Rotation} from '../../domain/journal.js';
import type {KeyCall, KeyService, ListedKey} from '../../providers/key-service.js';
import {exchangeFields, heldJournal, putJournal, takeJournal} from '../../vault/journal-changes.js';
import type {Changed, Content} from '../../vault/vault.js';
import {KeyDesk, keyServiceOf, type Signer} from './key-desk.js';
import type {Rotating} from './rotating.js';

type Exchange = Parameters<typeof exchangeFields>[2];

/** How long after it was made a key may be missing in a list, in milliseconds, and how long is waited, in seconds. */
const young = 600_000;
const delays = [2, 4, 8, 16];

/** One run over the steps of a rotation, which nobody else goes on with meanwhile. */
export class RotationRun {
	readonly #rotating: Rotating;
	readonly #desk: KeyDesk;
	#rotation: Rotation;

	private constructor(rotation: Rotation, desk: KeyDesk, rotating: Rotating) {
		this.#rotation = rotation;
		this.#desk = desk;
		this.#rotating = rotating;
	}

	/** Takes over the rotation of a credential. Throws `not-found` when there is none, `busy`, `conflict`, `invalid`. */
	static async take(id: string, holder: Holder, rotating: Rotating): Promise<RotationRun> {
		const now = new Date(rotating.now());
		const rotation = await rotating.vault.change(content => takeRotation(content, id, holder, now));
		return RotationRun.of(rotation, rotating);
	}

	/** Goes on with a rotation that was begun just now. */
	static async of(rotation: Rotation, rotating: Rotating): Promise<RotationRun> {
		const credential = credentialOf(await rotating.vault.read(), rotation);
		return new RotationRun(rotation, new KeyDesk(keyServiceOf(credential), rotating), rotating);
	}

	get rotation(): Rotation {
		return this.#rotation;
	}

	get service(): KeyService {
		return this.#desk.service;
	}

	get rotating(): Rotating {
		return this.#rotating;
	}

	/** A time of this machine as the provider's clock tells it, in milliseconds since 1970. */
	there(time: number): number {
		return this.#desk.there(time);
	}

	/** The credential as it is now. Throws `conflict` when it is gone. */
	async credential(): Promise<Credential> {
		return credentialOf(await this.#rotating.vault.read(), this.#rotation);
	}

	/** Has the service do something; `own` signs, unless another credential does. Throws as `KeyDesk.call()` does. */
	async call<Result>(
		own: Data,
		what: string,
		work: (service: KeyService, call: KeyCall) => Promise<Result>,
	): Promise<Result> {
		this.assertGoing();
		const content = await this.#rotating.vault.read();
		heldJournal(content, this.#rotation);
		const credential = credentialOf(content, this.#rotation);
		const {old, oldId, freshId} = this.#rotation;
		const ownId = sameData(credential, {data: old}) ? oldId : freshId;
		return this.#desk.call({credential, ownId}, signerOf(content, this.#rotation, own), what, work);
	}

	/** The keys that the provider has now. */
	keys(own: Data): Promise<readonly ListedKey[]> {
		return this.call(own, "its keys can't be listed", (service, call) => service.keys(call));
	}

	/** The same, once the key with that id is among them, which may take a while after it was made. */
	async keysWith(own: Data, id: string): Promise<readonly ListedKey[]> {
		let keys = await this.keys(own);
		const isYoung = this.#rotating.now() - Date.parse(this.#rotation.began) < young;
		for (const delay of isYoung ? delays : []) {
			if (keys.some(each => each.id === id)) break;
			await this.#rotating.wait(delay * 1000);
			keys = await this.keys(own);
		}
		return keys;
	}

	/** Writes that the rotation is as this says, and tells it. Throws `conflict` when somebody else goes on with it. */
	async put(change: Partial<Rotation>): Promise<void> {
		await this.#change((content, now) => putJournal(content, {...this.#rotation, ...change}, now));
	}

	/** The same in one write with other fields for the credential. */
	async exchange(change: Partial<Rotation>, fields: Exchange): Promise<void> {
		await this.#change((content, now) => exchangeFields(content, {...this.#rotation, ...change}, fields, now));
	}

	async #change(change: (content: Content, now: Date) => Changed<Rotation>): Promise<void> {
		const now = new Date(this.#rotating.now());
		this.#rotation = await this.#rotating.vault.change(content => change(content, now));
		this.#rotating.onStep(this.#rotation);
	}

	/** A person's answer. Throws `cancelled` for no, with what then is, and `usage` where nobody can be asked. */
	async decide(kind: KeyQuestion['kind'], keys: readonly ListedKey[], otherwise: string, way: string): Promise<void> {
		const {name} = await this.credential();
		await decide({kind, name, keys}, this.#rotating, otherwise, way);
	}

	/** Throws `interrupted` when it was stopped. */
	assertGoing(): void {
		if (this.#rotating.signal?.aborted)
			throw new PharmerError('interrupted', 'it was stopped', 'nothing is lost: --resume goes on');
	}
}

function takeRotation(content: Content, id: string, holder: Holder, now: Date): Changed<Rotation> {
	const {content: changed, result} = takeJournal(content, id, holder, now);
	if (result.kind === 'rotate') return {content: changed, result};
	throw new PharmerError(
		'busy',
		'it is not being rotated: something else is under way for it',
		'`pharmer health` lists it',
	);
}

/** The credential that a journal is about. Throws `conflict` when it is gone. */
export function credentialOf({credentials}: Content, {id}: Pick<Journal, 'id'>): Credential {
	const credential = credentials.find(each => each.id === id);
	if (credential !== undefined) return credential;
	throw new PharmerError('conflict', 'the credential is gone', 'its journal keeps its keys: `pharmer health` lists it');
}

/** Who signs: these fields of the credential, or the other credential that was named for it. Throws `not-found`. */
export function signerOf({credentials}: Content, {admin: id}: Pick<Journal, 'admin'>, own: Data): Signer {
	if (id === undefined) return {by: own};
	const admin = credentials.find(each => each.id === id);
	if (admin !== undefined) return {by: admin.data, admin};
	throw new PharmerError(
		'not-found',
		'the credential that signs is not there any more',
		'bring it back from the trash',
	);
}

/** Asks a person. Throws `cancelled` for no, with what then is, and `usage` where nobody can be asked. */
export async function decide(
	question: KeyQuestion,
	{ask}: Pick<Rotating, 'ask'>,
	otherwise: string,
	way: string,
): Promise<void> {
	const reply = await ask(question);
	if (reply === 'yes') return;
	if (reply === 'no') throw new PharmerError('cancelled', otherwise);
	throw new PharmerError('usage', `${otherwise}, and there is nobody to ask`, way);
}
