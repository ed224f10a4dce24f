import {type Credential, sameData} from '../../domain/credential.js';
import {PharmerError} from '../../domain/errors.js';
import {isRefused} from '../../domain/verdict.js';
import {listed} from '../../domain/words.js';
import {valuesOf} from '../../providers/data.js';
import {refusedFor} from './key-desk.js';
import {clearUp} from './make-new.js';
import type {RotationRun} from './run.js';
import {othersWith} from './same-key.js';
import {verdictOn} from './verdict-on.js';

/**
 * Makes the old key work again and the credential's, once its provider says that it does. One that does not work any
 * more can't come back: then the rotation goes on as before.
 */
export async function takeBack(run: RotationRun): Promise<void> {
	const {old, oldExpires, oldSince, until} = run.rotation;
	const credential = await run.credential();
	if (sameData(credential, {data: old})) return run.put({step: 'undone'});
	const why = (await switchOn(run)) ?? (await whyNot(run, credential));
	if (why === undefined)
		return run.exchange({step: 'undone'}, {data: old, cause: 'undo', expires: oldExpires, since: oldSince});
	await run.put({step: until === undefined ? 'verified' : 'off'});
	throw new PharmerError(
		'conflict',
		`the old key can't come back: ${why}`,
		'the credential keeps the new one: --resume goes on with it',
	);
}

/** Switches the old key on, where its provider can. Resolves to why that is not possible any more, if so. */
async function switchOn(run: RotationRun): Promise<string | undefined> {
	const {old, oldId, fresh} = run.rotation;
	if (run.service.enable === undefined || fresh === undefined) return undefined;
	try {
		await run.call(fresh, 'the old key is not switched on', async (service, call) => service.enable?.(call, oldId));
	} catch (error) {
		if (refusedFor(error) === 'gone') return 'its provider does not have it any more';
		// Somebody has deleted the new key: then the old one tells whether it is on.
		if (refusedFor(error) !== 'unsigned') throw error;
		const keys = await run.keys(old).catch(() => []);
		if (!keys.some(({id, isOff}) => id === oldId && isOff !== true)) throw error;
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

/** Deletes the new key, which is nobody's any more. */
export async function deleteNew(run: RotationRun): Promise<void> {
	const {old, fresh} = run.rotation;
	if (fresh === undefined) return clearUp(run);
	const credential = await run.credential();
	const {credentials} = await run.rotating.vault.read();
	const others = othersWith(fresh, credential, credentials);
	if (others.length > 0)
		throw new PharmerError(
			'conflict',
			`${listed(others.map(({name}) => name))} ${others.length === 1 ? 'has' : 'have'} the new key, and would stop working`,
			'delete it or give it a key of its own, then --undo',
		);
	const freshId = run.rotation.freshId ?? (await found(run));
	const keys = await run.keysWith(old, freshId);
	if (keys.some(({id}) => id === freshId))
		await run.call(old, 'the new key is not deleted', (service, call) => service.remove(call, freshId));
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
