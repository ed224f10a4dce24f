import {timestamp} from '../../domain/time.js';
import {endJournal, forgetRun, releaseJournal} from '../../vault/journal-changes.js';
import {refusedFor} from './key-desk.js';
import {makeNew} from './make-new.js';
import {proveNew} from './prove-new.js';
import {deleteOld, switchOff} from './retire-old.js';
import type {RotationRun} from './run.js';
import {deleteNew, takeBack} from './take-back.js';

/** What became of a rotation: it is over, taken back, or the old key is kept until then (RFC 3339). */
export type Outcome =
	| {readonly is: 'done'}
	| {readonly is: 'undone'}
	| {readonly is: 'waiting'; readonly until: string};

/**
 * Goes on with a rotation, step by step, until it is over or has to wait; `isNew` when it was begun just now. Each step
 * is written before the next one is begun. Throws what stops it: nothing is lost then, and it can be gone on with.
 */
export async function advance(run: RotationRun, isNew = false): Promise<Outcome> {
	try {
		return await steps(run, isNew);
	} finally {
		forgetRun(run.rotation);
		// Where it can't be written, that this run is over tells the same.
		await run.rotating.vault.change(content => releaseJournal(content, run.rotation)).catch(() => {});
	}
}

async function steps(run: RotationRun, isNew: boolean): Promise<Outcome> {
	for (let isFirst = isNew; ; isFirst = false) {
		run.assertGoing();
		const {step, until = ''} = run.rotation;
		if (step === 'intent') await (isFirst ? makeOrForget(run) : makeNew(run, false));
		else if (step === 'stored') await proveNew(run);
		else if (step === 'verified') await switchOff(run);
		else if (step === 'undoing') await takeBack(run);
		else if (step === 'undone') {
			await deleteNew(run);
			await end(run);
			return {is: 'undone'};
		} else {
			if (run.rotating.now() < Date.parse(until)) return {is: 'waiting', until};
			await deleteOld(run);
			await end(run);
			return {is: 'done'};
		}
	}
}

/** Makes the new key; when its provider refuses that, nothing was done, and nothing is under way any more. */
async function makeOrForget(run: RotationRun): Promise<void> {
	try {
		await makeNew(run, true);
	} catch (error) {
		if (refusedFor(error) !== undefined) await end(run);
		throw error;
	}
}

async function end(run: RotationRun): Promise<void> {
	await run.rotating.vault.change(content => endJournal(content, run.rotation));
}

/** Keeps the old key no longer than until now. */
export async function endGrace(run: RotationRun): Promise<void> {
	const until = run.rotation.step === 'off' ? {until: timestamp(new Date(run.rotating.now()))} : {};
	await run.put({grace: 0, ...until});
}
