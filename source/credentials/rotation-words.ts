import type {Rotation, RotationStep} from '../domain/journal.js';

/** What of a rotation is shown: no secret. */
export type ShownRotation = Pick<Rotation, 'step' | 'oldId' | 'freshId' | 'until' | 'grace'>;

/** What a rotation does at each step, as a sentence that tells that it is done. */
export function stepText({step, oldId, freshId = ''}: ShownRotation, disables: boolean): string {
	const texts: Readonly<Record<RotationStep, string>> = {
		intent: `the old key is ${oldId}; a new one is made`,
		stored: `the new key, ${freshId}, is stored; its provider is asked whether it works`,
		verified: "the new key works, and is the credential's now; the old one is a version of it",
		off: disables ? 'the old key is switched off' : 'the old key works until it is deleted',
		undoing: 'everything is taken back',
		undone: "the old key is the credential's again",
	};
	return texts[step];
}
