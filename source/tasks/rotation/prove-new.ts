import {PharmerError} from '../../domain/errors.js';
import {isRefused} from '../../domain/verdict.js';
import type {RotationRun} from './run.js';
import {verdictOn} from './verdict-on.js';

/** Asks the provider about the new key; one that works becomes the credential's, with the old one as its version. */
export async function proveNew(run: RotationRun): Promise<void> {
	const {fresh} = run.rotation;
	if (fresh === undefined) throw new PharmerError('bug', 'the new key is not stored');
	const credential = await run.credential();
	const said = await verdictOn(credential, fresh, run.rotating);
	run.assertGoing();
	if (said?.is !== 'valid' && said?.is !== 'limited') {
		const is = said?.is ?? 'unknown';
		throw new PharmerError(
			is === 'unreachable' ? 'network' : isRefused(is) ? 'refused' : 'conflict',
			`the new key is stored, and its provider says that it is ${is}: ${said?.why ?? 'no answer'}`,
			'the old one works as before; --resume asks again, --undo deletes the new one',
		);
	}
	const expires = (said.expires ?? run.rotation.freshExpires)?.slice(0, 10);
	await run.exchange(
		{step: 'verified'},
		{data: fresh, cause: 'rotate', expires, ...(said.isOfProvider ? {verdict: said} : {})},
	);
}
