import {keyText} from '../../credentials/key-question.js';
import {PharmerError} from '../../domain/errors.js';
import type {Data} from '../../domain/journal.js';
import {providerOf} from '../../providers/catalog.js';
import {arrangeData, valuesOf} from '../../providers/data.js';
import {type ListedKey, markedLabel} from '../../providers/key-service.js';
import {refusedFor} from '../rotation/key-desk.js';
import type {IssueRun} from './run.js';

/** Makes the key of the identity and stores it. One whose answer was lost goes first: nobody has its secret. */
export async function makeKey(run: IssueRun): Promise<void> {
	const {issuer} = run;
	if (issuer.choose !== undefined) {
		if (run.issue.fresh === undefined) await choose(run, issuer.choose);
	} else {
		const keys = await run.patiently('the keys of the identity are not known', (each, call) => each.keys(call));
		if (run.issue.known === undefined) await run.put({known: run.isOwn ? [] : keys.map(({id}) => id)});
		await clearUp(run, keys);
	}
	const chosen = run.issue.fresh && valuesOf(run.issue.fresh);
	const made = await run.patiently('no key was made', (each, call) => each.makeKey(call, chosen));
	const {data} = await run.admin();
	const {made: ids} = run.issue;
	const fixed = issuer.fields({by: valuesOf(data), made: ids, order: run.issue});
	const fresh = arrangeData(
		providerOf(run.issue.provider),
		new Map([...fixed, ...(run.issue.fresh ?? []), ...made.fields]),
	);
	await run.put({fresh, freshId: made.id}, `the key ${made.id} is stored`);
}

async function choose(run: IssueRun, chooses: NonNullable<IssueRun['issuer']['choose']>): Promise<void> {
	const fresh: Data = await run.call('no key was made', (_, call) => chooses(call));
	await run.put({fresh});
}

/** Deletes keys of the identity whose secret nobody has: those of an identity of ours, or that carry the mark. */
async function clearUp(run: IssueRun, keys: readonly ListedKey[]): Promise<void> {
	const {known = [], mark} = run.issue;
	for (const key of keys.filter(({id}) => !known.includes(id))) {
		if (await isHeld(run, key)) continue;
		const isOurs = run.isOwn || key.label?.includes(markedLabel(mark)) === true;
		if (isOurs || (await isOrphan(run, key)))
			await run.call(`${key.id} is not deleted`, (each, call) => each.removeKey(call, key.id));
	}
}

/** Whether a credential of the vault has that key. */
async function isHeld(run: IssueRun, {id}: ListedKey): Promise<boolean> {
	const {credentials} = await run.issuing.vault.read();
	return credentials.some(({data}) => [...data.keys()].some(key => valuesOf(data)(key) === id));
}

/** Whether somebody agrees that a new key of an identity that others use, too, is the one whose answer was lost. */
async function isOrphan(run: IssueRun, key: ListedKey): Promise<boolean> {
	if (key.lastUsed !== 'never') return false;
	const {name} = run.issue;
	const reply = await run.issuing.ask({kind: 'orphan', name, keys: [key]});
	if (reply === 'nobody')
		throw new PharmerError(
			'usage',
			`${keyText(key)} may be the key whose answer was lost, and there is nobody to ask`,
			`\`--remove-orphan ${key.id}\` deletes it`,
		);
	return reply === 'yes';
}

/** The keys of the identity; none where it is gone itself, or was not made before its key. */
async function keysLeft(run: IssueRun): Promise<readonly ListedKey[]> {
	if (!run.issue.made.has(run.issuer.identityStep)) return [];
	try {
		return await run.call('its keys are not known', (each, call) => each.keys(call));
	} catch (error) {
		if (refusedFor(error) === 'gone') return [];
		throw error;
	}
}

/** Makes sure that a key which may have been taken back is there, or forgets it. */
export async function findKey(run: IssueRun): Promise<void> {
	const {freshId} = run.issue;
	if (freshId !== undefined && !(await keysLeft(run)).some(({id}) => id === freshId)) await run.forgetKey();
}

/** Deletes the key that was made, and any other one of ours. */
export async function takeKeyBack(run: IssueRun): Promise<void> {
	const {freshId, known} = run.issue;
	const keys = await keysLeft(run);
	const own = keys.find(({id}) => id === freshId);
	if (own !== undefined) await run.call(`${own.id} is not deleted`, (each, call) => each.removeKey(call, own.id));
	const others = keys.filter(each => each !== own);
	// Before the keys of a user that was there are known, none was made.
	if (run.isOwn || known !== undefined) await clearUp(run, others);
	await run.forgetKey();
}
