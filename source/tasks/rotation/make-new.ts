import {randomBytes} from 'node:crypto';
import {providerOf} from '../../providers/catalog.js';
import {valuesOf} from '../../providers/data.js';
import {makeRoom} from './make-room.js';
import {withNewKey} from './new-fields.js';
import {clearUp} from './orphan.js';
import type {RotationRun} from './run.js';
import {askAboutStrangers} from './strangers.js';

/**
 * Makes the new key and stores it. When it was tried before, what came of that is looked for first. Each try has a mark
 * of its own, so that a copy of this vault that goes on too does not take its key for a lost one.
 */
export async function makeNew(run: RotationRun, isFirstTry: boolean): Promise<void> {
	const isChosenHere = run.service.choose !== undefined;
	// What is chosen here is sent again, and found there.
	if (!isFirstTry && !isChosenHere) await tryAgain(run);
	if (isFirstTry || !isChosenHere) await makeRoom(run);
	const {old, fresh = new Map(), mark} = run.rotation;
	const chosen = isChosenHere ? valuesOf(fresh) : undefined;
	const made = await run.call(old, 'no key was made', (service, call) => service.make(call, mark, chosen));
	const {provider} = await run.credential();
	await run.put({
		step: 'stored',
		fresh: withNewKey(providerOf(provider), old, new Map([...fresh, ...made.fields])),
		freshId: made.id,
		...(made.expires === undefined ? {} : {freshExpires: made.expires.slice(0, 10)}),
	});
}

async function tryAgain(run: RotationRun): Promise<void> {
	await clearUp(run);
	await askAboutStrangers(run, await run.keys(run.rotation.old));
	const {mark, tried = []} = run.rotation;
	await run.put({mark: randomBytes(4).toString('hex'), tried: [...tried, mark]});
}
