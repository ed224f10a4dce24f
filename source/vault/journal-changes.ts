import {randomUUID} from 'node:crypto';
import {type Credential, contentOf} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import type {Data, Holder, Journal, Rotation} from '../domain/journal.js';
import {timestamp} from '../domain/time.js';
import type {KeptVerdict} from '../domain/verdict.js';
import type {Cause} from '../domain/version.js';
import {holderNow, isGone} from '../files/lock-holder.js';
import {journalOf, journalsOf, withJournal, withoutJournal} from './journals.js';
import {replaceCredentials} from './operations.js';
import {assertKnown} from './under-way.js';
import type {Changed, Content} from './vault.js';
import {withVerdicts} from './verdicts.js';

/** Seconds after which a holder counts as gone that can't be seen from here, as in another container. */
const staleSeconds = 600;

/** The runs of this process that go on with a journal. */
const running = new Set<string>();

/** Who goes on with a journal: this process, in a run of its own, until `forgetHolder()`. */
export function newHolder(now: Date): Holder {
	const holder = {run: randomUUID(), ...holderNow(now)};
	running.add(holder.run);
	return holder;
}

/** Its run is over. */
export function forgetHolder({run}: Holder): void {
	running.delete(run);
}

/**
 * Begins a journal about a credential as it is at that revision. Throws `busy` when there is one, `conflict` when the
 * credential has changed or gone, and `newer-version`.
 */
export function beginJournal<Kind extends Journal>(content: Content, journal: Kind, basis?: Credential): Changed<Kind> {
	assertKnown(content, journal.id);
	if (journalOf(content, journal.id) !== undefined)
		throw new PharmerError('busy', 'something is under way for it at its provider', '`pharmer health` lists it');
	if (journal.admin !== undefined && journalOf(content, journal.admin)?.kind === 'revoke')
		throw new PharmerError(
			'busy',
			'the credential that is to sign is being revoked',
			'name another one: `--with NAME`',
		);
	const current = content.credentials.find(({id}) => id === basis?.id);
	if (current?.revision !== basis?.revision)
		throw new PharmerError(
			'conflict',
			`\`${basis?.name}\` was changed or deleted by somebody else meanwhile`,
			'nothing was done; look at it again',
		);
	return {content: withJournal(content, journal), result: journal};
}

/** Takes over a journal to go on with it. Throws `busy` while another process does, and `conflict` when it is gone. */
export function takeJournal(content: Content, id: string, holder: Holder, now: Date): Changed<Journal> {
	const journal = journalOf(content, id) ?? over();
	const {holder: other} = journal;
	if (other !== undefined && other.run !== holder.run && isThere(other, now))
		throw new PharmerError('busy', `another process (${other.pid}) goes on with it`, 'wait until it is done');
	const taken = {...journal, holder};
	return {content: withJournal(content, taken), result: taken};
}

/** Whether that run still goes on with a journal. */
export function isThere(holder: Holder, now: Date): boolean {
	const {pid, host, space, started} = holderNow(now);
	const isOwn = holder.pid === pid && holder.host === host && holder.space === space && holder.started === started;
	if (isOwn) return running.has(holder.run);
	const seconds = Math.abs(now.getTime() - Date.parse(holder.at)) / 1000;
	const isOver = isGone(holder) ?? !(seconds <= staleSeconds);
	return !isOver;
}

/**
 * Puts a journal in the place of itself as it was, after a step. Throws `conflict` when another process has taken it
 * over, or ended it.
 */
export function putJournal<Kind extends Journal>(content: Content, journal: Kind, now: Date): Changed<Kind> {
	const held = heldJournal(content, journal);
	const at = timestamp(now);
	const next = {...journal, at, holder: held.holder && {...held.holder, at}};
	return {content: withJournal(content, next), result: next};
}

/** Lets others go on with what this run holds. */
export function releaseJournals(content: Content, {run}: Holder): Changed<undefined> {
	const held = journalsOf(content)?.find(({holder}) => holder?.run === run);
	if (held === undefined) return {content, result: undefined};
	const {holder: _, ...free} = held;
	return {content: withJournal(content, free), result: undefined};
}

/** Ends a journal. Throws as `putJournal()` does. */
export function endJournal(content: Content, journal: Journal): Changed<undefined> {
	heldJournal(content, journal);
	return {content: withoutJournal(content, journal.id), result: undefined};
}

/**
 * Gives a credential the fields `data`, and puts its journal after that step, in one change; what was known to be said
 * of them comes with it. Its name, labels and note are as they are now. Throws as `putJournal()` does.
 */
export function exchangeFields(
	content: Content,
	journal: Rotation,
	{
		data,
		expires,
		cause,
		verdict,
		since,
	}: {
		readonly data: Data;
		readonly expires?: string | undefined;
		readonly cause: Cause;
		readonly verdict?: KeptVerdict | undefined;
		/** Since when it had these fields (RFC 3339), where that is not now. */
		readonly since?: string | undefined;
	},
	now: Date,
): Changed<Rotation> {
	heldJournal(content, journal);
	const current = content.credentials.find(({id}) => id === journal.id);
	if (current === undefined)
		throw new PharmerError(
			'conflict',
			'the credential is gone',
			'its journal keeps both keys; `pharmer health` lists it',
		);
	const {expires: _, ...kept} = contentOf(current);
	const next = {...kept, data, ...(expires === undefined ? {} : {expires})};
	const times = since === undefined ? {} : {changed: timestamp(now), secretSince: since};
	const replacement = {basis: current, next, ...times};
	const {content: changed} = replaceCredentials(withoutJournal(content, journal.id), [replacement], now, cause);
	const said = verdict === undefined ? changed : withVerdicts(changed, {verdicts: [verdict], consents: []});
	return putJournal(withJournal(said, journal), journal, now);
}

/** The journal as a vault has it now. Throws `conflict` unless this run holds it. */
export function heldJournal(content: Content, {id, holder}: Journal): Journal {
	const journal = journalOf(content, id) ?? over();
	if (journal.holder?.run !== holder?.run)
		throw new PharmerError(
			'conflict',
			'another process goes on with it',
			'this one has stopped; nothing more was done',
		);
	return journal;
}

function over(): never {
	throw new PharmerError(
		'conflict',
		'somebody else has ended it meanwhile',
		'`pharmer health` lists what is under way',
	);
}
