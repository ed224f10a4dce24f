import type {Credential} from '../../domain/credential.js';
import {PharmerError} from '../../domain/errors.js';
import type {Holder, Issue} from '../../domain/journal.js';
import type {Name} from '../../domain/name.js';
import {providerOf} from '../../providers/catalog.js';
import {valuesOf} from '../../providers/data.js';
import type {IssueCall, Issuer, IssueStep} from '../../providers/issuer.js';
import {issuers} from '../../providers/issuers.js';
import {keyServices} from '../../providers/key-services.js';
import {issueNamed} from '../../vault/issue-changes.js';
import {endJournal, heldJournal, putJournal, takeJournal} from '../../vault/journal-changes.js';
import {assertNameFree} from '../../vault/operations.js';
import type {Content} from '../../vault/vault.js';
import {KeyDesk, refusedFor} from '../rotation/key-desk.js';
import type {Issuing} from './issuing.js';

/**
 * How long is waited before something is asked for again that its provider does not know yet, in seconds: what was made
 * a moment ago is not known everywhere (IAM user guide, "Changes that I make are not always immediately visible").
 */
const delays = [1, 2, 4, 8, 15];

/** How identities are made at a provider. Throws `invalid` where that can't be done. */
export function issuerOf(provider: string): Issuer {
	const {id, title, guide} = providerOf(provider);
	const issuer = issuers.get(id);
	if (issuer !== undefined) return issuer;
	const how = guide === undefined ? '' : `make one at ${guide.page}, then `;
	throw new PharmerError(
		'invalid',
		`pharmer can't make an identity at ${title}`,
		`${how}\`pharmer create credential\` takes it`,
	);
}

/** One run over the steps of an issue, which nobody else goes on with meanwhile. */
export class IssueRun {
	readonly issuer: Issuer;
	readonly issuing: Issuing;
	readonly #desk: KeyDesk<Issuer>;
	#issue: Issue;

	constructor(issue: Issue, desk: KeyDesk<Issuer>, issuing: Issuing) {
		this.#issue = issue;
		this.issuer = desk.service;
		this.issuing = issuing;
		this.#desk = desk;
	}

	/** Takes over the issue with that id. Throws `busy` and `conflict`. */
	static async take(id: string, holder: Holder, issuing: Issuing): Promise<IssueRun> {
		const now = new Date(issuing.now());
		const journal = await issuing.vault.change(content => takeJournal(content, id, holder, now));
		if (journal.kind !== 'issue') throw new PharmerError('busy', 'something else is under way for it');
		return new IssueRun(journal, new KeyDesk(issuerOf(journal.provider), issuing), issuing);
	}

	get issue(): Issue {
		return this.#issue;
	}

	/** The credential that signs. Throws `not-found`. */
	async admin(): Promise<Credential> {
		return adminIn(await this.issuing.vault.read(), this.#issue);
	}

	/** What is made, in order. */
	async steps(): Promise<readonly IssueStep[]> {
		const {data} = await this.admin();
		return this.issuer.steps(this.#issue, valuesOf(data));
	}

	/** Whether the identity itself was made by this. */
	get isOwn(): boolean {
		return this.issuer.identityStep === undefined || !this.#issue.there.includes(this.issuer.identityStep);
	}

	/** Whether its keys carry a mark, by which it is known who made them. */
	get isMarked(): boolean {
		return keyServices.get(this.#issue.provider)?.isMarked === true;
	}

	/** A time of this machine as the provider's clock tells it, in milliseconds since 1970. */
	there(time: number): number {
		return this.#desk.there(time);
	}

	/** Has the issuer do something. Throws as `KeyDesk.call()` does. */
	async call<Result>(what: string, work: (issuer: Issuer, call: IssueCall) => Promise<Result>): Promise<Result> {
		this.assertGoing();
		const content = await this.issuing.vault.read();
		heldJournal(content, this.#issue);
		const admin = adminIn(content, this.#issue);
		try {
			return await callWith(this.#desk, this.#issue, admin, what, work);
		} catch (error) {
			throw withWayOut(error, this.#issue, admin);
		}
	}

	/** The same, with patience for what its provider does not know yet. */
	async patiently<Result>(what: string, work: (issuer: Issuer, call: IssueCall) => Promise<Result>): Promise<Result> {
		for (const delay of delays) {
			try {
				return await this.call(what, work);
			} catch (error) {
				const why = refusedFor(error);
				if (why !== 'gone' && why !== 'later') throw error;
				await this.issuing.wait(delay * 1000);
			}
		}
		return this.call(what, work);
	}

	/** Writes that it is as this says, and tells that. Throws `conflict` when somebody else goes on with it. */
	async put(change: Partial<Issue>, says?: string): Promise<void> {
		await this.#replace({...this.#issue, ...change});
		this.issuing.onStep(says);
	}

	/** Writes that the credential will be called that. Throws `exists` and `busy` where something is. */
	async rename(name: Name): Promise<void> {
		const content = await this.issuing.vault.read();
		assertNameFree(content, name);
		const other = issueNamed(content, name);
		if (other !== undefined && other.id !== this.#issue.id)
			throw new PharmerError('busy', `\`${name}\` is being made already`, 'take another name');
		await this.put({name});
	}

	/** Writes that it is made again from its first step: what is there is found. */
	startOver(): Promise<void> {
		const {isBack: _, ...issue} = this.#issue;
		return this.#replace({...issue, made: new Map([...issue.made].filter(([step]) => issue.there.includes(step)))});
	}

	/** Writes that it has no key yet. */
	forgetKey(): Promise<void> {
		const {fresh: _, freshId: __, freshExpires: ___, ...issue} = this.#issue;
		return this.#replace(issue);
	}

	async #replace(next: Issue): Promise<void> {
		const now = new Date(this.issuing.now());
		this.#issue = await this.issuing.vault.change(content => putJournal(content, next, now));
	}

	/** Ends it: nothing is under way any more. */
	async forget(): Promise<void> {
		await this.issuing.vault.change(content => endJournal(content, this.#issue));
	}

	/** Throws `interrupted` when it was stopped. */
	assertGoing(): void {
		if (this.issuing.signal?.aborted)
			throw new PharmerError('interrupted', 'it was stopped', 'nothing is lost: run it again to go on');
	}
}

/** The credential that signs for an issue. Throws `not-found`. */
export function adminIn({credentials}: Content, {admin: id}: Pick<Issue, 'admin'>): Credential {
	const admin = credentials.find(each => each.id === id);
	if (admin !== undefined) return admin;
	throw new PharmerError(
		'not-found',
		'the credential that signs is not there any more',
		'bring it back from the trash',
	);
}

/** Has an issuer do something for an order, signed by `admin`. */
export function callWith<Result>(
	desk: KeyDesk<Issuer>,
	order: Pick<Issue, 'identity' | 'policies' | 'mark' | 'made'>,
	admin: Credential,
	what: string,
	work: (issuer: Issuer, call: IssueCall) => Promise<Result>,
): Promise<Result> {
	return desk.call({credential: admin}, {by: admin.data, admin}, what, (issuer, {ask, now, endpoint, by}) =>
		work(issuer, {ask, now, endpoint, by, order, made: order.made}),
	);
}

/** The same error, with what can be done about it here. */
function withWayOut(error: unknown, {name}: Issue, admin: Credential): unknown {
	const why = refusedFor(error);
	if (!(error instanceof PharmerError) || why === undefined) return error;
	const goesOn = `\`pharmer issue ${name}\` goes on, --undo takes back what is made`;
	const hint = why === 'denied' ? `once \`${admin.name}\` may, ${goesOn}` : goesOn;
	return new PharmerError(error.code, error.message, hint, {cause: error.cause});
}
