import {digestOf} from '../closing/plan.js';
import type {ClosedFile} from '../domain/closed-file.js';
import {PharmerError} from '../domain/errors.js';
import type {HeldFile} from '../domain/held-file.js';
import {settleFiles} from '../vault/closed/closed.js';
import {closedFiles, oldBytesOf} from '../vault/closed/section.js';
import type {Vault} from '../vault/vault.js';
import type {ClosingMachine} from './closing-machine.js';

/**
 * What a file that was closed is now: as closing left it, as it was before, or something else, and why. `file` is what
 * is there. Where it must not be put back, even by force, `instead` says what can be done.
 */
export type ClosedState =
	| {readonly kind: 'closed' | 'open'; readonly file: HeldFile}
	| {readonly kind: 'other'; readonly why: string; readonly file: HeldFile | undefined; readonly instead?: string};

export function stateOf(closed: ClosedFile, machine: ClosingMachine): ClosedState {
	let file: HeldFile | undefined;
	try {
		file = machine.examine(closed.path);
	} catch (error) {
		if (!(error instanceof PharmerError)) throw error;
		return {kind: 'other', why: `can't be examined: ${error.message}`, file};
	}
	if (file === undefined) return {kind: 'other', why: 'is not there any more', file};
	if (file.target !== closed.target) return {kind: 'other', why: `leads to \`${file.target}\` now`, file};
	// What a reader of the old text would be is said by the owner, and others can write the bytes of a closed file too.
	if (file.uid !== closed.owner)
		return {kind: 'other', why: 'belongs to somebody else now', file, instead: 'give it back to its owner first'};
	const digest = digestOf(file.bytes);
	const old = oldBytesOf(closed);
	// Where only the mode changed, it alone tells both.
	const isOpen = old === undefined ? digest === closed.sha256 && file.mode === closed.mode : file.bytes.equals(old);
	if (isOpen) return {kind: 'open', file};
	if (digest === closed.sha256) return {kind: 'closed', file};
	return {kind: 'other', why: 'is not what was written when it was closed', file};
}

/** What is left to be said of a file whose closing was interrupted. */
export type Unsettled = {readonly closed: ClosedFile; readonly why: string};

/**
 * Settles what was interrupted: notes files that are closed, and forgets those that are as they were before, also when
 * somebody else put them back. Returns those that are neither. Writes only where there is something to note.
 */
export async function settleClosed(
	vault: Vault,
	machine: ClosingMachine,
	now: () => Date,
): Promise<readonly Unsettled[]> {
	const files = closedFiles(await vault.read()) ?? [];
	const done = new Set<string>();
	const forgotten = new Set<string>();
	const unsettled: Unsettled[] = [];
	for (const closed of files) {
		// What can't be tidied is in nobody's way.
		await machine.tidy(closed.target).catch(() => {});
		const state = stateOf(closed, machine);
		if (state.kind === 'open') forgotten.add(closed.id);
		else if (state.kind === 'closed' && !closed.isDone) done.add(closed.id);
		else if (state.kind === 'other' && !closed.isDone) unsettled.push({closed, why: state.why});
	}
	if (done.size + forgotten.size > 0) await vault.change(content => settleFiles(content, done, forgotten, now()));
	return unsettled;
}
