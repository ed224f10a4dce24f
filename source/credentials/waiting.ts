import {minute} from '../domain/time.js';
import type {NamedWork, UnderWayWork, UnderWayWorks} from '../domain/under-way-work.js';
import {providerOf} from '../providers/catalog.js';
import {sharersText} from './same.js';

/** What is under way at a provider, for a person. */
type Standing = {
	/** Whether it waits for somebody who goes on with it. */
	readonly waits: boolean;
	/** What is so of the credential, as a sentence without its subject and its full stop. */
	readonly text: string;
};

const doing = {rotate: 'is being rotated', issue: 'is being made', revoke: 'is being revoked'} as const;

/** How what is under way stands at that time. */
export function workNow(work: UnderWayWork, now: Date): Standing {
	if (work.isHeld) return {waits: false, text: `${doing[work.kind]} right now`};
	switch (work.kind) {
		case 'rotate':
			return rotationNow(work, now);
		case 'issue': {
			const when = work.made.length === 0 ? 'before anything was there' : `after ${work.made.join(', ')}`;
			return {waits: true, text: `was being made at ${providerOf(work.provider).title}, and stopped ${when}`};
		}
		case 'revoke':
			return {
				waits: true,
				text:
					work.step === 'off'
						? 'is switched off at its provider, and not deleted there yet'
						: 'has a revocation that stopped: its key may still work',
			};
	}
}

function rotationNow({step, until}: Extract<UnderWayWork, {kind: 'rotate'}>, now: Date): Standing {
	switch (step) {
		case 'intent':
			return {waits: true, text: 'has a rotation that stopped before a new key was stored'};
		case 'stored':
			return {waits: true, text: 'has a rotation that stopped before its new key was tried'};
		case 'verified':
			return {waits: true, text: 'has a rotation that stopped before its old key was switched off'};
		case 'undoing':
			return {waits: true, text: 'has a rotation that is taken back, which stopped'};
		case 'undone':
			return {waits: true, text: 'has its old key again, and a new one to delete'};
		case 'off':
			return until !== undefined && Date.parse(until) > now.getTime()
				? {waits: false, text: `has an old key, which can be deleted from ${minute(until)} on`}
				: {waits: true, text: `has an old key to delete${until === undefined ? '' : ` since ${minute(until)}`}`};
	}
}

const signers = new WeakMap<UnderWayWorks, ReadonlyMap<string, IssueWork>>();

/** What is under way where that is the making of a credential. */
export type IssueWork = Extract<UnderWayWork, {readonly kind: 'issue'}>;

/** What is being made, by the id of the credential that signs it; the last of several. Computed once. */
export function signedBy(works: UnderWayWorks): ReadonlyMap<string, IssueWork> {
	const known = signers.get(works);
	if (known !== undefined) return known;
	const made = [...works.values()].filter(work => work.kind === 'issue');
	const byAdmin = new Map(made.flatMap(work => (work.admin === undefined ? [] : [[work.admin, work]])));
	signers.set(works, byAdmin);
	return byAdmin;
}

/** What waits for the credential with that id, or for one that it signs for: as a sentence without its subject. */
export function waitingFor(id: string, works: UnderWayWorks, now: Date): readonly string[] {
	const [own, signed] = [works.get(id), signedBy(works).get(id)];
	return [own ?? [], signed ?? []].flat().flatMap(work => {
		const {waits, text} = workNow(work, now);
		if (!waits) return [];
		return work.kind === 'issue' ? [`signs for ${work.name}, which ${text}`] : [text];
	});
}

/** What is under way for the credential with that id and waits for nobody; undefined when nothing is. */
export function goingOn(id: string, works: UnderWayWorks, now: Date): string | undefined {
	const work = works.get(id);
	const {waits, text} = work === undefined ? {waits: true, text: ''} : workNow(work, now);
	return waits ? undefined : text;
}

/** The command that goes on with it. */
function commandOf({work, name, admin}: NamedWork): string {
	switch (work.kind) {
		case 'rotate':
			return `pharmer rotate ${name} --resume`;
		case 'issue':
			return `pharmer issue ${name} -p ${work.provider} --with ${admin ?? 'ADMIN'}`;
		case 'revoke':
			return `pharmer revoke ${name}`;
	}
}

/** What waits, a line each, with the command that goes on with it. */
export function waitingLines(works: readonly NamedWork[], now: Date): readonly string[] {
	return works.flatMap(each => {
		const {waits, text} = workNow(each.work, now);
		return waits ? [`\`${each.name}\` ${text}: \`${commandOf(each)}\` goes on`] : [];
	});
}

const nouns = {rotate: 'rotation', issue: 'making', revoke: 'revocation'} as const;

/** What waits in a few words, such as `the rotation of prod, web waits`; undefined when nothing does. */
export function waitingText(works: readonly NamedWork[], now: Date): string | undefined {
	const waiting = works.filter(({work}) => workNow(work, now).waits);
	const [first] = waiting;
	if (first === undefined) return undefined;
	const isSame = waiting.every(({work}) => work.kind === first.work.kind);
	const what = isSame ? `the ${nouns[first.work.kind]} of` : 'what was begun for';
	return `${what} ${sharersText(waiting.map(({name}) => name))} waits`;
}
