import {PharmerError} from '../../domain/errors.js';
import {listed} from '../../domain/words.js';
import {valuesOf} from '../../providers/data.js';
import {refusedFor} from './key-desk.js';
import {clearUp} from './make-new.js';
import {sameData} from './new-fields.js';
import type {RotationRun} from './run.js';
import {othersWith} from './same-key.js';
import {verdictOn} from './verdict-on.js';

/** Makes the old key work again and the credential's, once its provider says that it does. */
export async function takeBack(run: RotationRun): Promise<void> {
	const {old, oldExpires} = run.rotation;
	const credential = await run.credential();
	if (sameData(credential.data, old)) return run.put({step: 'undone'});
	await switchOn(run);
	const said = await verdictOn(credential, old, run.rotating);
	run.assertGoing();
	if (said?.is !== 'valid' && said?.is !== 'limited')
		throw new PharmerError(
			said?.is === 'unreachable' ? 'network' : 'refused',
			`of the old key its provider says ${said?.is ?? 'nothing'}: ${said?.why ?? 'no answer'}`,
			'the credential keeps the new one: --undo tries again, --resume goes on with it',
		);
	await run.exchange({step: 'undone'}, {data: old, cause: 'undo', expires: oldExpires});
}

async function switchOn(run: RotationRun): Promise<void> {
	const {old, oldId, fresh} = run.rotation;
	if (run.service.enable === undefined || fresh === undefined) return;
	try {
		await run.call(fresh, 'the old key is not switched on', async (service, call) => service.enable?.(call, oldId));
	} catch (error) {
		// Somebody has deleted the new key: then the old one tells whether it is on.
		if (refusedFor(error) !== 'unsigned') throw error;
		const keys = await run.keys(old).catch(() => []);
		if (!keys.some(({id, isOff}) => id === oldId && isOff !== true)) throw error;
	}
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
	const keys = await run.keys(old);
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
