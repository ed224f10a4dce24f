import {keyText} from '../../credentials/key-question.js';
import {PharmerError} from '../../domain/errors.js';
import {timestamp} from '../../domain/time.js';
import {isRefused} from '../../domain/verdict.js';
import {listed} from '../../domain/words.js';
import type {ListedKey} from '../../providers/key-service.js';
import type {RotationRun} from './run.js';
import {othersWith} from './same-key.js';
import {assertNoStrangers} from './strangers.js';
import {verdictOn} from './verdict-on.js';

/** How long after the switch a use of the old key may be the end of what was under way, in milliseconds. */
const lingering = 300_000;

/** Switches the old key off, where its provider can, and lets the grace begin. */
export async function switchOff(run: RotationRun): Promise<void> {
	const {oldId, grace} = run.rotation;
	const fresh = freshOf(run);
	const isThere = (await replaceable(run)) !== undefined;
	const {disable} = run.service;
	if (disable !== undefined && isThere)
		await run.call(fresh, 'the old key is not switched off', (service, call) =>
			(service.disable ?? disable)(call, oldId),
		);
	await run.put({step: 'off', until: timestamp(new Date(run.rotating.now() + grace * 1000))});
}

/** Deletes the old key: the new one has to work, and nothing may have used the old one since. */
export async function deleteOld(run: RotationRun): Promise<void> {
	const {oldId} = run.rotation;
	const fresh = freshOf(run);
	const old = await replaceable(run);
	if (old === undefined) return;
	await assertUnused(run, old);
	const said = await verdictOn(await run.credential(), fresh, run.rotating);
	run.assertGoing();
	if (said === undefined || isRefused(said.is) || said.is === 'unreachable')
		throw new PharmerError(
			said?.is === 'unreachable' ? 'network' : 'refused',
			`the old key stays: of the new one its provider says ${said?.is ?? 'nothing'}: ${said?.why ?? 'no answer'}`,
			'--resume asks again, --undo brings the old one back',
		);
	await run.call(fresh, 'the old key is not deleted', (service, call) => service.remove(call, oldId));
}

/**
 * The old key, once it is sure that it can go: nobody else has it, and the new one is there. Undefined when its
 * provider does not have it any more.
 */
async function replaceable(run: RotationRun): Promise<ListedKey | undefined> {
	const {old, oldId, freshId = ''} = run.rotation;
	const credential = await run.credential();
	const {credentials} = await run.rotating.vault.read();
	const others = othersWith(old, credential, credentials);
	if (others.length > 0)
		throw new PharmerError(
			'conflict',
			`${listed(others.map(({name}) => name))} ${others.length === 1 ? 'has' : 'have'} the old key, and would stop working`,
			'give it a key of its own or delete it, then --resume',
		);
	const keys = await run.keysWith(freshOf(run), freshId);
	if (!keys.some(({id}) => id === freshId))
		throw new PharmerError(
			'conflict',
			`somebody has deleted the new key, ${freshId}, at the provider`,
			"the old one was not touched: --undo makes it the credential's again",
		);
	const there = keys.find(({id}) => id === oldId);
	if (there !== undefined) await assertNoStrangers(run, keys);
	return there;
}

/** Throws `cancelled` and `usage` where the old key was used long after the new one took its place. */
async function assertUnused(run: RotationRun, old: ListedKey): Promise<void> {
	const {until, grace} = run.rotation;
	const since = run.there(Date.parse(until ?? '') - grace * 1000) + lingering;
	if (old.lastUsed === undefined || old.lastUsed === 'never' || Date.parse(old.lastUsed) <= since) return;
	await run.decide(
		'used',
		[old],
		`something still uses the old key: ${keyText(old)}`,
		'find what uses it first; --resume on a terminal asks, --undo brings it back',
	);
}

function freshOf({rotation: {fresh}}: RotationRun) {
	if (fresh === undefined) throw new PharmerError('bug', 'the new key is not stored');
	return fresh;
}
