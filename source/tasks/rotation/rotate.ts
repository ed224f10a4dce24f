import {PharmerError} from '../../domain/errors.js';
import type {Holder, Rotation} from '../../domain/journal.js';
import {timestamp} from '../../domain/time.js';
import {endJournal, forgetHolder, newHolder, releaseJournals} from '../../vault/journal-changes.js';
import {assertSigner, beginRotation, type Plan} from './begin.js';
import {refusedFor} from './key-desk.js';
import {makeNew} from './make-new.js';
import {proveNew} from './prove-new.js';
import {deleteOld, switchOff} from './retire-old.js';
import type {Rotating} from './rotating.js';
import {RotationRun} from './run.js';
import {deleteNew, takeBack} from './take-back.js';

/** What became of a rotation: it is over, taken back, or the old key is kept until then (RFC 3339). */
export type Outcome =
	| {readonly is: 'done'}
	| {readonly is: 'undone'}
	| {readonly is: 'waiting'; readonly until: string};

/** Replaces the key of a credential as far as it goes now. Throws as `beginRotation()` does, and as `goOn()`. */
export function rotateKey(plan: Plan, rotating: Rotating): Promise<Outcome> {
	return held(rotating, async holder => {
		const rotation = await beginRotation(plan, holder, rotating);
		return steps(await RotationRun.of(rotation, rotating), true);
	});
}

/** What somebody wants of a rotation that is under way. */
export type Wish = {
	/** Everything is taken back; or no more is, which goes on where that was begun. */
	readonly isBack?: boolean;
	/** The old key is kept no longer. */
	readonly isNow?: boolean;
	/** The id of the credential that signs from now on. */
	readonly admin?: string | undefined;
};

/**
 * Goes on with the rotation of the credential with that id, step by step, until it is over or has to wait. Each step is
 * written before the next one is begun. Throws what stops it: nothing is lost then, and it can be gone on with.
 */
export function goOn(id: string, wish: Wish, rotating: Rotating): Promise<Outcome> {
	return held(rotating, async holder => {
		const run = await RotationRun.take(id, holder, rotating);
		await assertWish(wish, run);
		const change = changeFor(wish, run);
		if (Object.keys(change).length > 0) await run.put(change);
		return steps(run, false);
	});
}

/** Throws `usage` where the credential that is to sign can't, and `not-found`. */
async function assertWish({admin: id}: Wish, run: RotationRun): Promise<void> {
	if (id === undefined) return;
	const {credentials} = await run.rotating.vault.read();
	const admin = credentials.find(each => each.id === id);
	if (admin === undefined) throw new PharmerError('not-found', 'the credential that is to sign is not there any more');
	assertSigner(run.service, await run.credential(), admin);
}

function changeFor({isBack, isNow, admin}: Wish, run: RotationRun): Partial<Rotation> {
	const {step} = run.rotation;
	const isUndoing = step === 'undoing' || step === 'undone';
	const until = step === 'off' ? {until: timestamp(new Date(run.rotating.now()))} : {};
	return {
		...(isBack && !isUndoing ? {step: 'undoing' as const} : {}),
		...(isNow ? {grace: 0, ...until} : {}),
		...(admin === undefined ? {} : {admin}),
	};
}

/** Lets nobody else go on with what `work` does. */
export async function held<Result>(
	{vault, now}: Pick<Rotating, 'vault' | 'now'>,
	work: (holder: Holder) => Promise<Result>,
): Promise<Result> {
	const holder = newHolder(new Date(now()));
	try {
		return await work(holder);
	} finally {
		forgetHolder(holder);
		// Where it can't be written, that this run is over tells the same.
		await vault.change(content => releaseJournals(content, holder)).catch(() => {});
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
