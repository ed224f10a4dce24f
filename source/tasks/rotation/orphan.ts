import {keyText} from '../../credentials/key-question.js';
import {PharmerError} from '../../domain/errors.js';
import {timestamp} from '../../domain/time.js';
import {type ListedKey, markedLabel} from '../../providers/key-service.js';
import type {RotationRun} from './run.js';
import {holdsId} from './same-key.js';

/** From how long after it was made a key counts as nobody's that nobody has used, in milliseconds. */
const settled = 15 * 60_000;
/** How far clocks may be apart, in milliseconds. */
const tolerated = 300_000;

/** Whether nobody uses a key: it was never used, and had the time. `now` is the time there. */
export function isUnused({lastUsed, created}: ListedKey, now: number): boolean {
	return lastUsed === 'never' && ripeAt(created) <= now;
}

/** Throws `conflict` for a key that had no time to be used. `now` is the time there, `ahead` how far it is ahead. */
export function assertUnused(key: ListedKey, now: number, ahead: number): void {
	if (isUnused(key, now)) return;
	throw new PharmerError(
		'conflict',
		`${keyText(key)} may be the key whose answer was lost, or a colleague's`,
		`go on from ${timestamp(new Date(ripeAt(key.created) - ahead))} on: if nobody has used it by then, you are asked whether it goes`,
	);
}

function ripeAt(created: string | undefined): number {
	const made = Date.parse(created ?? '');
	return Number.isNaN(made) ? Number.POSITIVE_INFINITY : made + settled;
}

/**
 * Removes what earlier tries may have left: a key whose secret nobody has. One that carries a mark of theirs goes
 * unasked, one that may be of them after a yes. Nothing goes while the old key is not there.
 */
export async function clearUp(run: RotationRun): Promise<void> {
	/** Keys that somebody has said may go. */
	const agreed = new Set<string>();
	for (;;) {
		const {old, oldId, mark, tried = []} = run.rotation;
		const keys = await run.keys(old);
		const content = await run.rotating.vault.read();
		const others = keys.filter(({id}) => !run.rotation.known.includes(id) && !holdsId(content, id));
		const marks = [mark, ...tried].map(markedLabel);
		// One that somebody has used is nobody's loss: a copy of this vault may have made it.
		const isOurs = ({label = '', lastUsed = 'never'}: ListedKey): boolean =>
			run.service.isMarked && lastUsed === 'never' && marks.some(each => label.includes(each));
		const orphan = others.find(key => isOurs(key) || mayBeOrphan(run, key));
		if (orphan === undefined) return;
		if (!keys.some(({id}) => id === oldId))
			throw new PharmerError(
				'conflict',
				`the provider does not have the old key any more, and ${keyText(orphan)} is there`,
				'nothing was deleted: see at the provider who made it',
			);
		if (isOurs(orphan) || agreed.has(orphan.id)) {
			await run.call(old, `${orphan.id} is not deleted`, (service, call) => service.remove(call, orphan.id));
			continue;
		}
		await agree(run, orphan);
		// Somebody may have begun to use it meanwhile: it is looked at once more.
		agreed.add(orphan.id);
	}
}

/** Whether a key may be the one whose answer was lost, and may be a colleague's: it is new, and nobody has used it. */
function mayBeOrphan(run: RotationRun, {created, lastUsed}: ListedKey): boolean {
	const isNew = Date.parse(created ?? '') >= run.there(Date.parse(run.rotation.began)) - tolerated;
	return !run.service.isMarked && isNew && lastUsed === 'never';
}

async function agree(run: RotationRun, key: ListedKey): Promise<void> {
	const text = keyText(key);
	assertUnused(key, run.there(run.rotating.now()), run.there(0));
	await run.decide('orphan', [key], `${text} is in the way`, `\`--remove-orphan ${key.id}\` deletes it`);
}
