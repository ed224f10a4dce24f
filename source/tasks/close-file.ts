import {randomUUID} from 'node:crypto';
import {digestOf} from '../closing/plan.js';
import {secretSearch} from '../closing/secret-search.js';
import type {ClosingStep} from '../closing/step.js';
import type {ClosedFile} from '../domain/closed-file.js';
import {PharmerError} from '../domain/errors.js';
import {Secret} from '../domain/secret.js';
import {timestamp} from '../domain/time.js';
import {listed} from '../domain/words.js';
import {confirmFile, sealFile, settleFiles} from '../vault/closed/closed.js';
import {closedFiles, oldBytesOf} from '../vault/closed/section.js';
import {allContents} from '../vault/history/history.js';
import type {Content, Vault} from '../vault/vault.js';
import {stateOf} from './closed-state.js';
import type {ClosingMachine} from './closing-machine.js';

/**
 * Closes a file: tries the command lines that give its keys from then on, keeps its old text in the vault and reads it
 * back, replaces the file if it is the one that was examined, and notes that it is done. Whatever fails in between
 * leaves the old file or the new one, and in the vault what puts it back. Throws `conflict` when the file or a
 * credential has changed, `wrong-passphrase` when a trial does not give the same keys, `invalid` when the vault has no
 * room, and what `change()` throws.
 */
export async function closeFile(
	step: ClosingStep,
	vault: Vault,
	machine: ClosingMachine,
	now: () => Date,
): Promise<ClosedFile> {
	await tryAll(step, machine);
	const closed = recordOf(step, machine.makeId(), now());
	let sealedIn: Content | undefined;
	await vault.change(content => {
		assertHeld(step, content);
		sealedIn = content;
		return sealFile(content, closed, now());
	});
	assertSealed(closed, await vault.read());
	try {
		if (step.closing === 'mode') await machine.changeMode(step.file, step.mode);
		else await machine.replace(step.file, step.bytes, step.mode);
	} catch (error) {
		await settleAfter(error, closed, vault, machine, now).catch(() => {
			// The next command that closes or reopens files settles it.
		});
		throw error;
	}
	await vault.change(content =>
		isPurged(closed, sealedIn ?? content, content) ? {content, result: undefined} : confirmFile(content, closed, now()),
	);
	return {...closed, isDone: true};
}

/** Whether a record has gone because a secret in its old text was purged meanwhile: nothing may bring that back. */
function isPurged(closed: ClosedFile, before: Content, content: Content): boolean {
	const bytes = oldBytesOf(closed);
	if (bytes === undefined || closedFiles(content)?.some(({id}) => id === closed.id)) return false;
	const still = secretSearch(allContents(content))(bytes);
	return [...secretSearch(allContents(before))(bytes)].some(holder => !still.has(holder));
}

async function tryAll({path, trials}: ClosingStep, {tryProcess}: ClosingMachine): Promise<void> {
	const failed: string[] = [];
	for (const {profile, process, keys} of trials) {
		const given = await tryProcess(process);
		const isSame =
			given !== undefined &&
			keys.get('accessKeyID')?.equals(new Secret(given.accessKeyId)) === true &&
			keys.get('secretAccessKey')?.equals(given.secretAccessKey) === true;
		if (!isSame) failed.push(profile);
	}
	if (failed.length === 0) return;
	throw new PharmerError(
		'wrong-passphrase',
		`\`${path}\` was left as it is: AWS tools would not get the same keys for ${listed(failed)}`,
		'run `pharmer unlock` first, so that they can ask without a passphrase',
	);
}

function recordOf({path, file, closing, bytes, mode, holders}: ClosingStep, machine: string, now: Date): ClosedFile {
	const isRewritten = closing !== 'mode';
	return {
		id: randomUUID(),
		machine,
		path,
		target: file.target,
		closing,
		mode: file.mode,
		closedMode: mode,
		owner: file.uid,
		at: timestamp(now),
		sha256: digestOf(bytes),
		...(isRewritten ? {old: new Secret(file.bytes.toString('base64'))} : {}),
		size: isRewritten ? file.bytes.length : 0,
		credentials: [...holders],
		isDone: false,
	};
}

/** Throws `conflict` when the vault does not hold the credentials of the step as they were. */
function assertHeld({credentials}: ClosingStep, content: Content): void {
	const held = new Map(content.credentials.map(({id, revision}) => [id, revision]));
	const changed = credentials.find(({id, revision}) => held.get(id) !== revision);
	if (changed === undefined) return;
	throw new PharmerError('conflict', `\`${changed.name}\` was changed by somebody else meanwhile`, 'look at it again');
}

/** Throws `file` when the vault that is on the disk does not hold what puts the file back. */
function assertSealed({id, path, old, sha256}: ClosedFile, content: Content): void {
	const sealed = closedFiles(content)?.find(each => each.id === id);
	const isSame = old === undefined ? sealed?.old === undefined : sealed?.old?.equals(old) === true;
	if (sealed !== undefined && isSame && sealed.sha256 === sha256) return;
	throw new PharmerError('file', `the vault did not keep the old text of \`${path}\``, 'the file was left as it is');
}

/** Notes what became of a file that could not be closed without an error. */
async function settleAfter(
	error: unknown,
	closed: ClosedFile,
	vault: Vault,
	machine: ClosingMachine,
	now: () => Date,
): Promise<void> {
	const isForeign = error instanceof PharmerError && error.code === 'conflict';
	const state = isForeign ? 'open' : stateOf(closed, machine).kind;
	if (state === 'closed') await vault.change(content => confirmFile(content, closed, now()));
	if (state === 'open') await vault.change(content => settleFiles(content, new Set(), new Set([closed.id]), now()));
}
