import {type Credential, sameData} from '../../domain/credential.js';
import {PharmerError} from '../../domain/errors.js';
import type {RotationStep} from '../../domain/journal.js';
import {isRefused} from '../../domain/verdict.js';
import {listed} from '../../domain/words.js';
import {valuesOf} from '../../providers/data.js';
import type {ListedKey} from '../../providers/key-service.js';
import {refusedFor} from './key-desk.js';
import {clearUp} from './orphan.js';
import type {RotationRun} from './run.js';
import {othersWith} from './same-key.js';
import {verdictOn} from './verdict-on.js';

/**
 * Makes the old key work again and the credential's, once its provider says that it does. One that does not work any
 * more can't come back: then the rotation goes on as before.
 */
export async function takeBack(run: RotationRun): Promise<void> {
	const {old, oldExpires, oldSince, offAt} = run.rotation;
	const credential = await run.credential();
	const hasOld = sameData(credential, {data: old});
	// Before the switch the old key is on, and the new one may not even work.
	if (hasOld && offAt === undefined) return run.put({step: 'undone'});
	const why = (await switchOn(run)) ?? (await whyNot(run, credential));
	if (why === undefined && hasOld) return run.put({step: 'undone'});
	if (why === undefined)
		return run.exchange({step: 'undone'}, {data: old, cause: 'undo', expires: oldExpires, since: oldSince});
	await run.put({step: forwardStep(run)});
	throw cantComeBack(why);
}

/** The step at which a rotation goes on whose old key can't come back. */
function forwardStep({rotation: {until}}: RotationRun): RotationStep {
	return until === undefined ? 'verified' : 'off';
}

function cantComeBack(why: string): PharmerError {
	return new PharmerError(
		'conflict',
		`the old key can't come back: ${why}`,
		'the credential keeps the new one: --resume goes on with it',
	);
}

const isGone = 'its provider does not have it any more';

/** Switches the old key on, where its provider can. Resolves to why that is not possible any more, if so. */
async function switchOn(run: RotationRun): Promise<string | undefined> {
	const {oldId, fresh} = run.rotation;
	if (fresh === undefined) return undefined;
	const {enable} = run.service;
	try {
		if (enable !== undefined)
			await run.call(fresh, 'the old key is not switched on', (service, call) =>
				(service.enable ?? enable)(call, oldId),
			);
	} catch (error) {
		if (refusedFor(error) === 'gone') return isGone;
		// Somebody has deleted the new key: then the old one tells whether it is on.
		if (refusedFor(error) !== 'unsigned') throw error;
		const there = (await keysByEither(run))?.find(({id}) => id === oldId);
		if (there !== undefined && there.isOff === true) throw error;
	}
	const keys = await keysByEither(run);
	return keys === undefined || keys.some(({id}) => id === oldId) ? undefined : isGone;
}

/** Whether a key that signs is not accepted any more, as when somebody has deleted it. */
function isNotAccepted(error: unknown): boolean {
	const why = refusedFor(error);
	return why === 'unsigned' || why === 'gone';
}

/** The keys that the provider has, as the new key lists them, or else the old one; undefined where neither can. */
async function keysByEither(run: RotationRun): Promise<readonly ListedKey[] | undefined> {
	const {old, fresh = old} = run.rotation;
	for (const own of [fresh, old]) {
		try {
			return await run.keys(own);
		} catch (error) {
			if (!isNotAccepted(error)) throw error;
		}
	}
	return undefined;
}

/** Why the old key does not work, by its provider's word; undefined when it does. Throws `network`. */
async function whyNot(run: RotationRun, credential: Credential): Promise<string | undefined> {
	const said = await verdictOn(credential, run.rotation.old, run.rotating);
	run.assertGoing();
	if (said?.is === 'valid' || said?.is === 'limited') return undefined;
	const text = `its provider says that it is ${said?.is ?? 'unknown'}: ${said?.why ?? 'no answer'}`;
	if (said === undefined || !isRefused(said.is))
		throw new PharmerError('network', `it is not known whether the old key works: ${text}`, '--undo tries again');
	return text;
}

/**
 * Deletes the new key, which is nobody's any more. Where the old one is gone, the new one is the credential's again: it
 * is the only one.
 */
export async function deleteNew(run: RotationRun): Promise<void> {
	const {old, oldId, fresh} = run.rotation;
	if (fresh === undefined) return clearUp(run);
	const credential = await run.credential();
	if (!sameData(credential, {data: old}))
		throw new PharmerError('conflict', `\`${credential.name}\` does not have the old key`, 'nothing was deleted');
	const {credentials} = await run.rotating.vault.read();
	const others = othersWith(fresh, credential, credentials);
	if (others.length > 0)
		throw new PharmerError(
			'conflict',
			`${listed(others.map(({name}) => name))} ${others.length === 1 ? 'has' : 'have'} the new key, and would stop working`,
			'delete it or give it a key of its own, then --undo',
		);
	const freshId = run.rotation.freshId ?? (await found(run));
	const keys = await keysWithOld(run, freshId);
	if (!keys.some(({id}) => id === oldId)) {
		const {freshExpires: expires} = run.rotation;
		await run.exchange({step: forwardStep(run), freshId}, {data: fresh, cause: 'undo', expires});
		throw cantComeBack(isGone);
	}
	if (keys.some(({id}) => id === freshId))
		await run.call(old, 'the new key is not deleted', (service, call) => service.remove(call, freshId));
}

/** The keys that the provider has, as the old key lists them, or the new one where that is not accepted. */
async function keysWithOld(run: RotationRun, freshId: string): Promise<readonly ListedKey[]> {
	const {old, fresh = old} = run.rotation;
	try {
		return await run.keysWith(old, freshId);
	} catch (error) {
		if (!isNotAccepted(error)) throw error;
		return run.keys(fresh);
	}
}

/** The id of a key that was chosen here, and may not have been sent: it is sent once more, and found there. */
async function found(run: RotationRun): Promise<string> {
	const {old, fresh = new Map(), mark} = run.rotation;
	const made = await run.call(old, 'the new key is not found', (service, call) =>
		service.make(call, mark, valuesOf(fresh)),
	);
	await run.put({freshId: made.id});
	return made.id;
}
