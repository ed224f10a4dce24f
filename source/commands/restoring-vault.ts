import {differences} from '../credentials/differences.js';
import {PharmerError} from '../domain/errors.js';
import {type Conflict, changesNothing, type Decisions, type Merged, mergedText} from '../domain/merge.js';
import type {Secret} from '../domain/secret.js';
import {plural} from '../domain/words.js';
import {realFile} from '../files/safe-file.js';
import {usesColor} from '../platform/terminal.js';
import {eitherOpener, type Opener} from '../vault/keys/opener.js';
import {passphraseOpener} from '../vault/keys/passphrase.js';
import {recoveryOpener} from '../vault/keys/recovery.js';
import {mergeContents} from '../vault/merge.js';
import {openSealedVault, readSealedVault, type SealedVault} from '../vault/sealed-vault.js';
import type {Content, Vault, VaultPlace} from '../vault/vault.js';
import {mayUseAgent} from './agent-use.js';
import type {Context} from './context.js';
import {openVault, vaultPlace} from './open-vault.js';
import {givenPassphrase, type PassphraseSource, passphraseNeeded} from './passphrase-source.js';
import type {RestoreVaultOptions} from './restore-vault.js';
import {tell, usage, warn} from './talk.js';

const attempts = 3;
const undecided: Decisions = new Map();
const filePassphrase: PassphraseSource = {flag: '--file-passphrase-fd', variable: 'PHARMER_FILE_PASSPHRASE'};

/**
 * Puts FILE in place where there is no vault or that was asked for, and otherwise merges it. Throws `usage`,
 * `cancelled`, `conflict` when something is left to decide and there is no terminal, and what reading, opening and
 * writing both vaults throws.
 */
export async function runRestoreVault(options: RestoreVaultOptions, context: Context): Promise<void> {
	const place = await vaultPlace(options, context);
	const sealed = readSealedVault(options.file);
	if (options.replace) return replaceVault(place, sealed, options, context);
	if (place.exists()) return mergeVault(place, sealed, options, context);
	await place.put(sealed);
	tell(context, placedText(options.file, place));
}

/** Puts a sealed vault in place of the one that is here, after a question. */
async function replaceVault(
	place: VaultPlace,
	sealed: SealedVault,
	{file, yes, passphraseFd}: RestoreVaultOptions,
	context: Context,
): Promise<void> {
	if (realFile(place.path) === realFile(file)) throw usage(`\`${file}\` is the vault itself`, 'nothing was changed');
	const older = place.exists() ? olderText(place, sealed) : undefined;
	if (older !== undefined) warn(context, older);
	if (place.exists() && !yes) {
		const prompt = context.prompt(passphraseFd === 0);
		if (prompt === undefined)
			throw usage(
				'there is no terminal to ask whether to replace the vault',
				'add --yes to replace it without being asked',
			);
		tell(context, `\`${file}\` takes the place of the vault \`${place.path}\`, which is kept beside it.`);
		if ((await prompt.line('Type replace to do it: ')) !== 'replace')
			throw new PharmerError('cancelled', 'that is not `replace`: nothing was changed');
	}
	const kept = await place.supplant(sealed);
	tell(context, placedText(file, place));
	if (kept !== undefined) tell(context, `what was there is \`${kept}\`: remove it when you are sure`);
}

/** Says that FILE is an older state of the vault that is here; undefined when it is not, or nobody can tell. */
function olderText(place: VaultPlace, {path, envelope}: SealedVault): string | undefined {
	try {
		const {id, generation} = readSealedVault(place.path).envelope;
		if (id !== envelope.id || envelope.generation >= generation) return undefined;
		return `\`${path}\` is an older state of this vault, ${envelope.generation} of ${generation}: what was changed since is not in it`;
	} catch {
		return undefined;
	}
}

function placedText(file: string, {path}: VaultPlace): string {
	return `put \`${file}\` in place as the vault \`${path}\`; its passphrase opens it`;
}

async function mergeVault(
	place: VaultPlace,
	sealed: SealedVault,
	options: RestoreVaultOptions,
	context: Context,
): Promise<void> {
	const {file} = options;
	const inputTaken = options.passphraseFd === 0 || options.filePassphraseFd === 0;
	const vault = await openVault(options, context, inputTaken);
	try {
		const other = await contentOf(sealed, vault, options, context);
		const {open} = mergeContents(await vault.read(), other, undecided, context.now()).result;
		// The app asks where it can; nothing is written before all is decided.
		if (open.length > 0 && !inputTaken && context.noScreen === undefined)
			return await decideOnScreen({place, vault, other}, options, context);
		const merged = await merge(vault, other, context);
		tellMerged(merged, file, context);
		if (merged.open.length > 0) throw conflicting(merged.open, file, context);
	} finally {
		await vault.close();
	}
}

/** Merges what needs no decision, in one write; in none when there is nothing. */
async function merge(vault: Vault, other: Content, context: Context): Promise<Merged> {
	const preview = mergeContents(await vault.read(), other, undecided, context.now()).result;
	if (changesNothing(preview)) return preview;
	return vault.change(content => mergeContents(content, other, undecided, context.now()));
}

function tellMerged(merged: Merged, file: string, context: Context): void {
	for (const clause of mergedText(merged)) tell(context, clause);
	if (changesNothing(merged) && merged.open.length === 0)
		tell(context, `nothing new: the vault has all that \`${file}\` holds`);
}

/** Lists what is to be decided, and what it differs in. Returns the error. */
function conflicting(open: readonly Conflict[], file: string, context: Context): PharmerError {
	for (const {mine, theirs} of open)
		tell(context, `conflict: \`${mine.name}\` differs in ${differenceText(mine, theirs)}`);
	const what = `${plural(open.length, 'credential')} in \`${file}\` ${open.length === 1 ? 'differs' : 'differ'} from the vault's`;
	return new PharmerError(
		'conflict',
		`${what}, and nothing was done about ${open.length === 1 ? 'it' : 'them'}; what has no conflict is merged`,
		'run it in a terminal to decide; `--replace` would put FILE in place of the whole vault',
	);
}

/** What differs, by the names of fields; never a value, but the file's name of it. */
function differenceText(mine: Conflict['mine'], theirs: Conflict['theirs']): string {
	return differences(mine, theirs)
		.map(({key}) => (key === 'name' ? `name (\`${theirs.name}\` in the file)` : `\`${key}\``))
		.join(', ');
}

/** Opens the app on the conflicts. Throws `cancelled` when it was left without a merge. */
async function decideOnScreen(
	{place, vault, other}: {readonly place: VaultPlace; readonly vault: Vault; readonly other: Content},
	options: RestoreVaultOptions,
	context: Context,
): Promise<void> {
	let given: Content | undefined = other;
	const outcome = await context.openApp({
		place,
		start: {kind: 'merge', file: options.file},
		takeOther() {
			const taken = given;
			given = undefined;
			return taken;
		},
		vault: options.vault,
		passphrase: undefined,
		opened: vault,
		acceptRollback: options.acceptRollback,
		fillsAgent: mayUseAgent(options, context),
		color: usesColor(context.environment, true, options.color),
		demo: false,
	});
	if (outcome.kind === 'cancelled') throw new PharmerError('cancelled', 'cancelled: nothing was merged');
}

/** What FILE holds: opened with the key of the vault when it is the same one, otherwise with its own passphrase. */
async function contentOf(
	sealed: SealedVault,
	vault: Vault,
	{file, filePassphraseFd, passphraseFd}: RestoreVaultOptions,
	context: Context,
): Promise<Content> {
	if (sealed.envelope.id === vault.id) {
		const same = await vault.lendKey(async key => openSealedVault(sealed, lent(key)));
		if (same !== undefined) return same;
	}
	const given = await givenPassphrase(filePassphrase, filePassphraseFd, context);
	if (given !== undefined) return (await openWith(sealed, given)) ?? wrong(file);
	const prompt = context.prompt(passphraseFd === 0);
	if (prompt === undefined) throw passphraseNeeded(filePassphrase, `the passphrase of \`${file}\``);
	for (let attempt = 0; attempt < attempts; attempt++) {
		const typed = await prompt.secret(`Passphrase of ${file}: `);
		const opened = typed.isEmpty ? undefined : await openWith(sealed, typed);
		if (opened !== undefined) return opened;
		if (attempt < attempts - 1)
			tell(context, typed.isEmpty ? 'It is empty.' : 'That is not its passphrase. Try again.');
	}
	return wrong(file);
}

function lent(key: Buffer): Opener {
	return {open: async () => ({key: Buffer.from(key), slotId: undefined})};
}

function openWith(sealed: SealedVault, passphrase: Secret): Promise<Content | undefined> {
	return openSealedVault(sealed, eitherOpener(recoveryOpener(passphrase), passphraseOpener(passphrase)));
}

function wrong(file: string): never {
	throw new PharmerError('wrong-passphrase', `that is not the passphrase of \`${file}\``, 'nothing was changed');
}
