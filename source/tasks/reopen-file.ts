import type {ClosedFile} from '../domain/closed-file.js';
import {PharmerError} from '../domain/errors.js';
import {settleFiles} from '../vault/closed/closed.js';
import {oldBytesOf} from '../vault/closed/section.js';
import type {Vault} from '../vault/vault.js';
import {isUnderWay, stateOf} from './closed-state.js';
import type {ClosingMachine} from './closing-machine.js';

/**
 * Puts a closed file back, to the byte and with its mode, and forgets it once it is there. With `isForced` also in the
 * place of what is not the text that was written when it was closed, or where nothing is any more; where its mode alone
 * was changed, that is only forgotten. Throws `conflict` for these otherwise, and always for what is not the file that
 * was closed, `file` and `busy`.
 */
export async function reopenFile(
	closed: ClosedFile,
	vault: Vault,
	machine: ClosingMachine,
	isForced: boolean,
	now: () => Date,
): Promise<'put back' | 'forgotten'> {
	const state = stateOf(closed, machine);
	if (state.kind === 'other' && (!isForced || state.byForce === undefined)) {
		const hint = `it was left as it is; ${state.instead ?? '`--force` puts the old file in its place'}`;
		throw new PharmerError('conflict', `\`${closed.path}\` ${state.why}`, hint);
	}
	const isForgotten = state.kind === 'other' && state.byForce === 'forget';
	// Whoever is about to close it needs the note, and takes it away after a failure.
	if (state.kind === 'open' && isUnderWay(closed, now())) return 'put back';
	if (state.kind !== 'open' && !isForgotten) await putBack(closed, state.file, machine);
	await vault.change(content => settleFiles(content, new Set(), new Set([closed.id]), now()));
	return isForgotten ? 'forgotten' : 'put back';
}

async function putBack(closed: ClosedFile, there: ClosedFileThere, machine: ClosingMachine): Promise<void> {
	const {target, mode, owner} = closed;
	const old = oldBytesOf(closed);
	if (old === undefined) return there && machine.changeMode(there, mode);
	return there === undefined ? machine.make(target, old, mode, owner) : machine.replace(there, old, mode);
}

type ClosedFileThere = ReturnType<typeof stateOf>['file'];
