import {keyText} from '../../credentials/key-question.js';
import {PharmerError} from '../../domain/errors.js';
import {timestamp} from '../../domain/time.js';
import {providerOf} from '../../providers/catalog.js';
import {valuesOf} from '../../providers/data.js';
import {type ListedKey, markedLabel} from '../../providers/key-service.js';
import {withNewKey} from './new-fields.js';
import type {RotationRun} from './run.js';
import {holdsId} from './same-key.js';
import {assertNoStrangers} from './strangers.js';

/** From how long after it was made a key counts as nobody's that nobody has used, in minutes. */
const settled = 15;
/** How far clocks may be apart, in milliseconds. */
const tolerated = 300_000;

/**
 * Makes the new key and stores it. When it was tried before, what came of that is looked for first: a key that carries
 * the mark of the rotation goes, one that may be of it is asked about.
 */
export async function makeNew(run: RotationRun, isFirstTry: boolean): Promise<void> {
	if (!isFirstTry) await assertCleared(run);
	const {old, fresh = new Map(), mark} = run.rotation;
	const chosen = run.service.choose && valuesOf(fresh);
	const made = await run.call(old, 'no key was made', (service, call) => service.make(call, mark, chosen));
	const {provider} = await run.credential();
	await run.put({
		step: 'stored',
		fresh: withNewKey(providerOf(provider), old, new Map([...fresh, ...made.fields])),
		freshId: made.id,
		...(made.expires === undefined ? {} : {freshExpires: made.expires.slice(0, 10)}),
	});
}

async function assertCleared(run: RotationRun): Promise<void> {
	// What is chosen here is sent again, and found there.
	if (run.service.choose === undefined) await clearUp(run);
	await assertNoStrangers(run, await run.keys(run.rotation.old));
}

/** Removes what an earlier try may have left: a key whose secret nobody has. */
export async function clearUp(run: RotationRun): Promise<void> {
	const {service, rotation} = run;
	const content = await run.rotating.vault.read();
	for (const key of await run.keys(rotation.old)) {
		if (rotation.known.includes(key.id) || holdsId(content, key.id)) continue;
		const isOurs = service.isMarked && key.label?.includes(markedLabel(rotation.mark)) === true;
		if (isOurs || (await isOrphan(run, key)))
			await run.call(rotation.old, `${key.id} is not deleted`, (each, call) => each.remove(call, key.id));
	}
}

/** Whether somebody agrees that a key is the one whose answer was lost: it may be, and it may be a colleague's. */
async function isOrphan(run: RotationRun, key: ListedKey): Promise<boolean> {
	const {began} = run.rotation;
	const made = Date.parse(key.created ?? '');
	const isNew = made >= run.there(Date.parse(began)) - tolerated;
	if (run.service.isMarked || !isNew || key.lastUsed !== 'never') return false;
	const ripe = made + settled * 60_000;
	if (run.there(run.rotating.now()) < ripe)
		throw new PharmerError(
			'conflict',
			`${keyText(key)} may be the key whose answer was lost, or a colleague's`,
			`go on from ${timestamp(new Date(ripe + run.rotating.now() - run.there(run.rotating.now())))} on: if nobody has used it by then, you are asked whether it goes`,
		);
	await run.decide('orphan', [key], `${keyText(key)} is in the way`, `\`--remove-orphan ${key.id}\` deletes it`);
	// Somebody may have begun to use it since it was listed.
	const now = await run.keys(run.rotation.old);
	return now.some(({id, lastUsed}) => id === key.id && lastUsed === 'never');
}
