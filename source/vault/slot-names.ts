import {PharmerError} from '../domain/errors.js';
import type {Slot} from './keys/opener.js';

/** The kinds of slots that this program knows, in words. */
const kinds: ReadonlyMap<string, string> = new Map([
	['passphrase', 'a passphrase'],
	['recovery', 'a recovery key'],
	['keyring', "a machine's keyring"],
]);

/** The beginning of a slot's id, by which it is shown and named. */
export function shortSlotId({id}: Slot): string {
	return id.slice(0, 8);
}

/** What a slot is, in words: `a passphrase`. */
export function slotKind({kind}: Slot): string {
	return kinds.get(kind) ?? `\`${kind}\`, which this pharmer does not know`;
}

/** Whether this program knows what a slot opens with. */
export function isKnownKind({kind}: Slot): boolean {
	return kinds.has(kind);
}

/** A slot in a sentence: `1b4e28ba` (a passphrase). */
export function slotText(slot: Slot): string {
	return `\`${shortSlotId(slot)}\` (${slotKind(slot)})`;
}

/** The slot whose id begins with that text. Throws `not-found`, also for a text that several ids begin with. */
export function slotOf(slots: readonly Slot[], text: string): Slot {
	const [found, other] = slots.filter(({id}) => text !== '' && id.startsWith(text.toLowerCase()));
	if (found !== undefined && other === undefined) return found;
	throw new PharmerError(
		'not-found',
		other === undefined ? `there is no way in \`${text}\`` : `the ids of several ways in begin with \`${text}\``,
		'`pharmer slots` lists them',
	);
}
