import {keyTexts} from '../../credentials/key-question.js';
import {PharmerError} from '../../domain/errors.js';
import type {ListedKey} from '../../providers/key-service.js';
import {isUnused} from './orphan.js';
import type {RotationRun} from './run.js';
import {holdsId} from './same-key.js';

/**
 * Deletes an unused key where another would be one too many, after a yes. Throws `refused` where every other one may be
 * in use: which of them goes is not guessed.
 */
export async function makeRoom(run: RotationRun): Promise<void> {
	const {most = Number.POSITIVE_INFINITY} = run.service;
	const {old} = run.rotation;
	/** The key that somebody has said may go. */
	let agreed: string | undefined;
	for (;;) {
		const keys = await run.keys(old);
		if (keys.length < most) return;
		const content = await run.rotating.vault.read();
		const others = keys.filter(({id}) => id !== run.rotation.oldId);
		const mayGo = others.filter(
			key => !holdsId(content, key.id) && (key.isOff === true || isUnused(key, run.there(run.rotating.now()))),
		);
		const unused = mayGo.find(({id}) => id === agreed) ?? mayGo[0];
		const full = `there is no room for another key: the provider allows ${most}`;
		if (unused === undefined)
			throw new PharmerError(
				'refused',
				`${full}, and ${keyTexts(others)} may be in use`,
				'delete one at the provider first',
			);
		if (unused.id === agreed) return remove(run, unused);
		await run.decide('room', [unused], full, `delete ${unused.id} at the provider first`);
		// Somebody may have begun to use it meanwhile: it is looked at once more.
		agreed = unused.id;
	}
}

function remove(run: RotationRun, {id}: ListedKey): Promise<void> {
	return run.call(run.rotation.old, `${id} is not deleted`, (service, call) => service.remove(call, id));
}
