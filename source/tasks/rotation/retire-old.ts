import {keyText} from '../../credentials/key-question.js';
import {sameData} from '../../domain/credential.js';
import {PharmerError} from '../../domain/errors.js';
import {timestamp} from '../../domain/time.js';
import {listed} from '../../domain/words.js';
import type {ListedKey} from '../../providers/key-service.js';
import type {RotationRun} from './run.js';
import {othersWith} from './same-key.js';
import {askAboutStrangers} from './strangers.js';
import {verdictOn} from './verdict-on.js';

/** How long after the switch a use of the old key may be the end of what was under way, in milliseconds. */
const lingering = 300_000;

/** Switches the old key off, where its provider can, and lets the grace begin. */
export async function switchOff(run: RotationRun): Promise<void> {
	const {oldId, grace} = run.rotation;
	const fresh = freshOf(run);
	const {disable} = run.service;
	if ((await replaceable(run)) !== undefined && disable !== undefined)
		await run.call(fresh, 'the old key is not switched off', (service, call) =>
			(service.disable ?? disable)(call, oldId),
		);
	const now = run.rotating.now();
	await run.put({step: 'off', offAt: timestamp(new Date(now)), until: timestamp(new Date(now + grace * 1000))});
}

/** Deletes the old key: the new one has to work, and nothing may have used the old one since. */
export async function deleteOld(run: RotationRun): Promise<void> {
	const fresh = freshOf(run);
	const said = await verdictOn(await run.credential(), fresh, run.rotating);
	run.assertGoing();
	if (said?.is !== 'valid' && said?.is !== 'limited')
		throw new PharmerError(
			said?.is === 'unreachable' ? 'network' : 'refused',
			`the old key stays: of the new one its provider says ${said?.is ?? 'nothing'}: ${said?.why ?? 'no answer'}`,
			'--resume asks again, --undo brings the old one back',
		);
	/** The use of the old key that somebody has said is none. */
	let passed: string | undefined;
	for (;;) {
		const old = await replaceable(run);
		if (old === undefined) return;
		const use = lateUse(run, old);
		if (use === undefined || use === passed)
			return run.call(fresh, 'the old key is not deleted', (service, call) => service.remove(call, old.id));
		await run.decide(
			'used',
			[old],
			`something still uses the old key: ${keyText(old)}`,
			'find what uses it first; --resume on a terminal asks, --undo brings it back',
		);
		passed = use;
	}
}

/**
 * The old key, once it is sure that it can go: nobody else has it, and the new one is there. Undefined when its
 * provider does not have it any more.
 */
async function replaceable(run: RotationRun): Promise<ListedKey | undefined> {
	for (;;) {
		const {old, oldId, freshId = ''} = run.rotation;
		const fresh = freshOf(run);
		const credential = await run.credential();
		if (!sameData(credential, {data: fresh}))
			throw new PharmerError(
				'conflict',
				`\`${credential.name}\` does not have the new key`,
				'nothing was switched off or deleted: --undo takes the new one back',
			);
		const {credentials} = await run.rotating.vault.read();
		const others = othersWith(old, credential, credentials);
		if (others.length > 0)
			throw new PharmerError(
				'conflict',
				`${listed(others.map(({name}) => name))} ${others.length === 1 ? 'has' : 'have'} the old key, and would stop working`,
				'give it a key of its own or delete it, then --resume',
			);
		const keys = await run.keysWith(fresh, freshId);
		if (!keys.some(({id}) => id === freshId))
			throw new PharmerError(
				'conflict',
				`somebody has deleted the new key, ${freshId}, at the provider`,
				"the old one was not touched: --undo makes it the credential's again",
			);
		const there = keys.find(({id}) => id === oldId);
		// After a question everything is looked at again.
		if (there === undefined || !(await askAboutStrangers(run, keys))) return there;
	}
}

/** When the old key was last used, where that was long after the new one took its place. */
function lateUse(run: RotationRun, {lastUsed}: ListedKey): string | undefined {
	const since = run.there(Date.parse(run.rotation.offAt ?? '')) + lingering;
	return lastUsed !== undefined && lastUsed !== 'never' && Date.parse(lastUsed) > since ? lastUsed : undefined;
}

function freshOf({rotation: {fresh}}: RotationRun) {
	if (fresh === undefined) throw new PharmerError('bug', 'the new key is not stored');
	return fresh;
}
