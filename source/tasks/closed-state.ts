import {digestOf} from '../closing/plan.js';
import type {ClosedFile} from '../domain/closed-file.js';
import {PharmerError} from '../domain/errors.js';
import type {HeldFile} from '../domain/held-file.js';
import {settleFiles} from '../vault/closed/closed.js';
import {closedFiles, oldBytesOf} from '../vault/closed/section.js';
import type {Content, Vault} from '../vault/vault.js';
import type {ClosingMachine} from './closing-machine.js';

/**
 * What a file that was closed is now: as closing left it, as it was before, or something else, and why. `file` is what
 * is there; force replaces it, or forgets that its mode alone was changed, unless it is not the file that was closed.
 * `instead` says what can be done where force does not replace it.
 */
export type ClosedState =
	| {readonly kind: 'closed' | 'open'; readonly file: HeldFile}
	| {
			readonly kind: 'other';
			readonly why: string;
			readonly file: HeldFile | undefined;
			readonly byForce: 'replace' | 'forget' | undefined;
			readonly instead: string | undefined;
	  };

export function stateOf(closed: ClosedFile, machine: ClosingMachine): ClosedState {
	const {path, target, mode, owner, sha256} = closed;
	const old = oldBytesOf(closed);
	// Others may not read what is there now, and nothing but the mode was kept.
	const changed =
		old === undefined
			? ({byForce: 'forget', instead: `its mode was 0${mode.toString(8)}, and \`--force\` forgets that`} as const)
			: ({byForce: 'replace', instead: undefined} as const);
	const other = (why: string, file?: HeldFile, instead?: string): ClosedState => ({
		kind: 'other',
		why,
		file,
		...(instead === undefined ? changed : {byForce: undefined, instead}),
	});
	let file: HeldFile | undefined;
	try {
		file = machine.examine(path);
	} catch (error) {
		if (!(error instanceof PharmerError)) throw error;
		return other(`can't be examined: ${error.message}`);
	}
	if (file === undefined) return other('is not there any more');
	if (file.target !== target)
		return other(`leads to \`${file.target}\` now`, file, `make it lead to \`${target}\` again first`);
	// Whoever has the directory can write the bytes that closing leaves, but not give a file to its owner.
	if (file.uid !== owner) return other('belongs to somebody else now', file, 'give it back to its owner first');
	const digest = digestOf(file.bytes);
	// Where only the mode changed, it alone tells both.
	const isOpen = old === undefined ? digest === sha256 && file.mode === mode : file.bytes.equals(old);
	if (isOpen) return {kind: 'open', file};
	if (digest === sha256) return {kind: 'closed', file};
	return other('is not what was written when it was closed', file);
}

/** How long a process may take from the note that it is about to close a file to having closed it, in milliseconds. */
const closingMs = 60_000;

/** Whether the process that closes the file may still be at it, so that its note is not for others to take away. */
export function isUnderWay({isDone, at}: ClosedFile, now: Date): boolean {
	return !isDone && Math.abs(now.getTime() - Date.parse(at)) < closingMs;
}

/** The closed files of this machine, oldest first, and how many are of others, whose paths mean nothing here. */
export function closedHere(
	content: Content,
	machine: ClosingMachine,
): {readonly files: readonly ClosedFile[]; readonly elsewhere: number} {
	const all = closedFiles(content) ?? [];
	if (all.length === 0) return {files: all, elsewhere: 0};
	const id = machine.id();
	const files = all.filter(each => each.machine === id);
	return {files, elsewhere: all.length - files.length};
}

/** What is left to be said of a file whose closing was interrupted; `instead` as in its state. */
export type Unsettled = {readonly closed: ClosedFile; readonly why: string; readonly instead: string | undefined};

/**
 * Settles what was interrupted: notes files that are closed, and forgets those that are as they were before, also when
 * somebody else put them back. Returns those that are neither. Leaves those that another process may be closing right
 * now. Writes only where there is something to note.
 */
export async function settleClosed(
	vault: Vault,
	machine: ClosingMachine,
	now: () => Date,
): Promise<readonly Unsettled[]> {
	const files = closedHere(await vault.read(), machine).files.filter(each => !isUnderWay(each, now()));
	const done = new Set<string>();
	const forgotten = new Set<string>();
	const unsettled: Unsettled[] = [];
	for (const closed of files) {
		// What can't be tidied is in nobody's way.
		await machine.tidy(closed.target).catch(() => {});
		const state = stateOf(closed, machine);
		if (state.kind === 'open') forgotten.add(closed.id);
		else if (state.kind === 'closed' && !closed.isDone) done.add(closed.id);
		else if (state.kind === 'other' && !closed.isDone) unsettled.push({closed, why: state.why, instead: state.instead});
	}
	if (done.size + forgotten.size > 0) await vault.change(content => settleFiles(content, done, forgotten, now()));
	return unsettled;
}
