import {durationText} from '../domain/duration.js';
import type {Rotation, RotationStep} from '../domain/journal.js';
import {plural} from '../domain/words.js';

/** How long an old key is kept when nobody says, in seconds. */
export const usualGrace = 86_400;

/** What of a rotation is shown: no secret. */
export type ShownRotation = Pick<Rotation, 'step' | 'oldId' | 'freshId' | 'until' | 'grace'>;

/** What became of a run over the steps: it is over, taken back, or the old key is kept until then (RFC 3339). */
export type RotationEnd =
	| {readonly is: 'done'}
	| {readonly is: 'undone'}
	| {readonly is: 'waiting'; readonly until: string};

/** What a rotation does at each step, as a sentence that tells that it is done. */
export function stepText({step, oldId, freshId = ''}: ShownRotation, disables: boolean): string {
	const texts: Readonly<Record<RotationStep, string>> = {
		intent: `the old key is ${oldId}; a new one is made`,
		stored: `the new key, ${freshId}, is stored; its provider is asked whether it works`,
		verified: "the new key works, and is the credential's now; the old one is a version of it",
		off: disables ? 'the old key is switched off' : 'the old key works until it is deleted',
		undoing: 'everything is being taken back',
		undone: "the old key is the credential's again",
	};
	return texts[step];
}

/** What came of it, as a sentence. */
export function endText(name: string, end: RotationEnd): string {
	if (end.is === 'done') return `\`${name}\` has its new key, and the old one is deleted`;
	if (end.is === 'undone') return `\`${name}\` has its old key again, and the new one is deleted`;
	return `\`${name}\` has its new key; the old one is kept until ${end.until}`;
}

/** What is done, as a sentence. */
export function planText(grace: number, disables: boolean): string {
	const kept = grace === 0 ? 'deleted at once' : `deleted ${periodText(grace)} later`;
	return `A new one is made and tried, then the old one is ${disables && grace > 0 ? 'switched off at once, and ' : ''}${kept}.`;
}

/** How long an old key is kept, from a number of seconds: `24 hours`, `7 days`. */
export function periodText(grace: number): string {
	const days = grace / 86_400;
	return Number.isInteger(days) && days > 1 ? plural(days, 'day') : durationText(grace);
}
