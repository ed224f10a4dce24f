import {randomBytes} from 'node:crypto';
import {keyText} from '../../credentials/key-question.js';
import {PharmerError} from '../../domain/errors.js';
import type {Data} from '../../domain/journal.js';
import {providerOf} from '../../providers/catalog.js';
import {arrangeData, valuesOf} from '../../providers/data.js';
import type {IssueCall, Issuer} from '../../providers/issuer.js';
import type {ListedKey} from '../../providers/key-service.js';
import {refusedFor} from '../rotation/key-desk.js';
import {holdsId} from '../rotation/same-key.js';
import {clearUp, ofOurs} from './orphan.js';
import type {IssueRun} from './run.js';

/**
 * Makes the key of the identity and stores it. One whose answer was lost goes first. Each try has a mark of its own, so
 * that a copy of this vault that goes on too does not take its key for a lost one.
 */
export async function makeKey(run: IssueRun): Promise<void> {
	const {issuer} = run;
	if (issuer.choose === undefined) await beginTry(run);
	else if (run.issue.fresh === undefined) await choose(run, issuer.choose);
	const made = await run.patiently('no key was made', ofOurs(run, makes(run)));
	const {data} = await run.admin();
	const {made: ids} = run.issue;
	const fixed = issuer.fields({by: valuesOf(data), made: ids, order: run.issue});
	const fresh = arrangeData(
		providerOf(run.issue.provider),
		new Map([...fixed, ...(run.issue.fresh ?? []), ...made.fields]),
	);
	const ends = made.expires === undefined ? {} : {freshExpires: made.expires.slice(0, 10)};
	await run.put({fresh, freshId: made.id, ...ends}, `the key ${made.id} is stored`);
}

async function choose(run: IssueRun, chooses: NonNullable<IssueRun['issuer']['choose']>): Promise<void> {
	const fresh: Data = await run.call('no key was made', (_, call) => chooses(call));
	await run.put({fresh});
}

/** How the key is made: what is chosen here is sent again, and found there. */
function makes({issue: {fresh, tried = [], mark}}: IssueRun) {
	const chosen = fresh && valuesOf(fresh);
	return (issuer: Issuer, call: IssueCall) => issuer.makeKey(call, chosen, tried.at(-1) ?? mark);
}

/** Looks for what came of earlier tries, and writes the mark of the next one. */
async function beginTry(run: IssueRun): Promise<void> {
	const list = () =>
		run.patiently(
			'the keys of the identity are not known',
			ofOurs(run, (issuer, call) => issuer.keys(call)),
		);
	if (run.issue.known === undefined && !run.isOwn) await run.put({known: (await list()).map(({id}) => id)});
	else await assertAlone(run, await clearUp(run, list));
	await run.put({tried: [...(run.issue.tried ?? []), randomBytes(4).toString('hex')]});
}

/** Throws `conflict` where an identity that this made has a key that nobody here knows, and that may be in use. */
async function assertAlone(run: IssueRun, left: readonly ListedKey[]): Promise<void> {
	// Where keys carry a mark, another one is of somebody else, and in nobody's way.
	if (!run.isOwn || run.isMarked) return;
	const content = await run.issuing.vault.read();
	const stranger = left.find(({id}) => !holdsId(content, id));
	if (stranger === undefined) return;
	throw new PharmerError(
		'conflict',
		`the identity has ${keyText(stranger)}, which is not stored here: somebody may use it`,
		'see at the provider who made it; --undo leaves the identity with it',
	);
}

/** The keys of the identity; none where it is gone itself, or was not made before its key. */
async function keysLeft(run: IssueRun): Promise<readonly ListedKey[]> {
	if (!isIdentityMade(run)) return [];
	return (await unlessGone(run.call('its keys are not known', (each, call) => each.keys(call)))) ?? [];
}

function isIdentityMade({issuer: {identityStep}, issue}: IssueRun): boolean {
	return identityStep === undefined || issue.made.has(identityStep);
}

/** Resolves to undefined where the identity is gone, or another one has its name. */
async function unlessGone<Result>(work: Promise<Result>): Promise<Result | undefined> {
	try {
		return await work;
	} catch (error) {
		const why = refusedFor(error);
		if (why === 'gone' || why === 'taken') return undefined;
		throw error;
	}
}

/** Makes sure that a key which may have been taken back is there, or forgets it. */
export async function findKey(run: IssueRun): Promise<void> {
	const {freshId} = run.issue;
	if (freshId !== undefined && !(await keysLeft(run)).some(({id}) => id === freshId)) await run.forgetKey();
}

/**
 * Deletes the key that was made, and any other one of ours. Resolves to the keys that stay in an identity that was made
 * by this: others have them.
 */
export async function takeKeyBack(run: IssueRun): Promise<readonly ListedKey[]> {
	await findChosen(run);
	const {freshId, known} = run.issue;
	const own = (await keysLeft(run)).find(({id}) => id === freshId);
	if (own !== undefined) await run.call(`${own.id} is not deleted`, (each, call) => each.removeKey(call, own.id));
	const list = () =>
		run.call(
			'its keys are not known',
			ofOurs(run, (each, call) => each.keys(call)),
		);
	// Before the keys of a user that was there are known, none was made.
	const mayHaveMore = run.isOwn || known !== undefined;
	// Before a key was tried there is none of ours: there is somebody else's where a copy of this vault went on. What is
	// made again from its first step may have one.
	const mayHaveOurs = isIdentityMade(run) || (run.issue.tried ?? []).length > 0;
	const left = mayHaveMore ? await unlessGone(mayHaveOurs ? clearUp(run, list) : list()) : undefined;
	await run.forgetKey();
	return run.isOwn && run.issuer.identityStep !== undefined ? (left ?? []) : [];
}

/** Finds the key that was chosen here where the answer to its upload was lost: it is sent again. */
async function findChosen(run: IssueRun): Promise<void> {
	const {fresh, freshId} = run.issue;
	if (fresh === undefined || freshId !== undefined || !isIdentityMade(run)) return;
	const made = await unlessGone(run.call('the key is not found', ofOurs(run, makes(run))));
	if (made !== undefined) await run.put({freshId: made.id});
}
