import {PharmerError} from '../domain/errors.js';
import {exposureWarning} from '../domain/exposure.js';
import {isMemberKeyGiven} from '../domain/member-key-given.js';
import type {Secret} from '../domain/secret.js';
import type {Prompt} from '../platform/prompt.js';
import type {Vault, VaultPlace} from '../vault/vault.js';
import {mayUseAgent, openByAgent} from './agent-use.js';
import {agrees} from './agree.js';
import type {Context} from './context.js';
import {type GlobalOptions, namedVault} from './global-options.js';
import {
	askNewPassphrase,
	currentPassphrase,
	givenNewPassphrase,
	givenPassphrase,
	passphraseNeeded,
} from './passphrase-source.js';
import {sharing} from './shared-vault.js';
import {tell, usage, warn} from './talk.js';

/** The vault named by the flag or PHARMER_VAULT, or the default one. Throws `usage` for a job, which has none. */
export async function vaultPlace(options: GlobalOptions, context: Context): Promise<VaultPlace> {
	if (isMemberKeyGiven(context.environment))
		throw usage(
			"the key of a job reads the team's vault and does nothing else",
			'leave PHARMER_MEMBER_KEY and PHARMER_MEMBER_KEY_FILE out',
		);
	return context.place(namedVault(options, context.environment));
}

/** The error for a command that needs a vault when there is none, or no more. */
export function noVault(place: VaultPlace, {vaultName}: Pick<GlobalOptions, 'vaultName'> = {}): PharmerError {
	if (place.wasSeen())
		return new PharmerError(
			'no-vault',
			`the vault \`${place.path}\` is gone`,
			'put it back, or a copy, which `pharmer doctor` names; `pharmer` makes a new one',
		);
	if (vaultName !== undefined)
		return new PharmerError(
			'no-vault',
			`there is no vault \`${vaultName}\` at \`${place.path}\` yet`,
			`\`pharmer --vault ${vaultName}\` makes it`,
		);
	return new PharmerError(
		'no-vault',
		`there is no vault at \`${place.path}\` yet`,
		'`pharmer` makes one, and so does `pharmer create credential NAME`',
	);
}

const attempts = 3;

/** An open vault, and what it was opened with. */
type Unlocked = {readonly vault: Vault; readonly passphrase: Secret};

async function askAndUnlock(
	place: VaultPlace,
	prompt: Prompt,
	question: string,
	acceptRollback: boolean,
	context: Context,
): Promise<Unlocked> {
	for (let attempt = 1; ; attempt++) {
		const passphrase = await prompt.secret(question);
		if (passphrase.isEmpty) {
			tell(context, 'It is empty. Ctrl-C leaves.');
			attempt--;
			continue;
		}
		try {
			return {vault: await place.unlock(passphrase, {acceptRollback}), passphrase};
		} catch (error) {
			const wrong = error instanceof PharmerError && error.code === 'wrong-passphrase';
			if (!wrong || attempt === attempts) throw error;
			const {recoverySlip} = await import('../vault/keys/recovery.js');
			const slip = await recoverySlip(passphrase);
			tell(context, `That is not the passphrase${slip === undefined ? '' : `: ${slip}`}. Try again.`);
		}
	}
}

/**
 * Warns about everything that lets others access the vault. With a prompt, offers to fix what can be fixed.
 */
async function guard(place: VaultPlace, prompt: Prompt | undefined, context: Context): Promise<void> {
	for (const exposure of place.exposures()) {
		const {path, others, remedy} = exposure;
		const question = `Others can ${others} \`${path}\`. Close it with \`${remedy}\`? [y/N] `;
		if (prompt !== undefined && remedy !== undefined && (await agrees(prompt, question))) {
			place.protect(exposure);
			tell(context, `Closed: others can't ${others} \`${path}\` any more.`);
		} else warn(context, exposureWarning(exposure));
	}
}

/** The question for a person who started this program, who may have named the vault. */
function ownQuestion({vaultName}: GlobalOptions): string {
	return vaultName === undefined ? 'Passphrase: ' : `Passphrase of ${vaultName}: `;
}

/** The vault. Throws `no-vault` when there is none, and as `vaultPlace()` does. */
async function existingVault(options: GlobalOptions, context: Context): Promise<VaultPlace> {
	const place = await vaultPlace(options, context);
	if (!place.exists()) throw noVault(place, options);
	return place;
}

/** How somebody is asked for the passphrase, and what they can do otherwise where nobody can be asked. */
type How = {readonly inputTaken: boolean; readonly question?: string | undefined; readonly otherwise?: string};

/** Opens a vault without a passphrase; undefined where that is no way. */
type Otherwise<Opened> = (prompt: Prompt | undefined) => Promise<Opened | undefined>;

/** Opens the vault with a given passphrase, else `otherwise`, else with one that is asked for. */
async function open<Opened>(
	place: VaultPlace,
	options: GlobalOptions,
	context: Context,
	{inputTaken, question, otherwise: hint}: How,
	otherwise: Otherwise<Opened>,
): Promise<Unlocked | Opened> {
	const {acceptRollback} = options;
	// Do not ask for the passphrase of a vault that can't be opened.
	await place.inspect({acceptRollback});
	const given = await givenPassphrase(currentPassphrase, options.passphraseFd, context);
	if (given !== undefined) {
		await guard(place, undefined, context);
		return {vault: await place.unlock(given, {acceptRollback}), passphrase: given};
	}
	const prompt = context.prompt(inputTaken);
	const task = async (): Promise<Unlocked | Opened> => {
		await guard(place, question === undefined ? prompt : undefined, context);
		const opened = await otherwise(prompt);
		if (opened !== undefined) return opened;
		if (prompt === undefined) throw passphraseNeeded(currentPassphrase, 'the passphrase', hint);
		return askAndUnlock(place, prompt, question ?? ownQuestion(options), acceptRollback, context);
	};
	return prompt === undefined ? task() : prompt.quietly(task);
}

/**
 * The vault that was opened for this command already; the team's, where the environment has the key of a job; else
 * opens it with the key that the agent holds; else with the passphrase from a flag or the environment; else by the
 * keyring of this machine, where the vault has such a way in; else asks for the passphrase up to three times. What is
 * changed in it is shared afterwards, or it is said that it is not.
 * Throws `no-vault`, `usage` when there is no passphrase and nobody to ask, and what `VaultPlace.unlock()` throws.
 * `question` is for a person who did not start this program.
 */
export async function openVault(...how: Parameters<typeof openToSync>): Promise<Vault> {
	const [options, context] = how;
	const vault = await openToSync(...how);
	return vault === context.opened ? vault : sharing(vault, options, context);
}

/** The same for a command that shares what is changed by itself. */
export async function openToSync(
	options: GlobalOptions,
	context: Context,
	inputTaken = false,
	question?: string,
): Promise<Vault> {
	if (context.opened !== undefined) return context.opened;
	if (isMemberKeyGiven(context.environment)) return (await import('./team/job-vault.js')).jobVault(options, context);
	const place = await existingVault(options, context);
	const lent = await openByAgent(place, options, context);
	if (lent === undefined) {
		const otherwise = mayUseAgent(options, context) ? 'run `pharmer unlock` in a terminal, or ' : '';
		return openAnew(place, options, context, {inputTaken, question, otherwise});
	}
	await guard(place, undefined, context);
	return lent;
}

/** Opens the vault as `openVault()` does, but not with the key that the agent holds. */
export async function unlockAnew(options: GlobalOptions, context: Context, inputTaken: boolean): Promise<Vault> {
	return openAnew(await existingVault(options, context), options, context, {inputTaken});
}

async function openAnew(place: VaultPlace, options: GlobalOptions, context: Context, how: How): Promise<Vault> {
	const {vault} = await open(place, options, context, how, async prompt => {
		const {openByKeyring} = await import('./keyring-slot.js');
		const outcome = await openByKeyring(place, {acceptRollback: options.acceptRollback}, prompt, context);
		if (outcome === undefined || 'vault' in outcome) return outcome;
		tell(context, outcome.why);
		return undefined;
	});
	return vault;
}

/**
 * Opens the vault like `openVault()`, but never by the agent or the keyring, and also resolves to what opened it: for
 * what whoever finds the terminal unattended must not do.
 */
export async function unlockVault(options: GlobalOptions, context: Context, inputTaken: boolean): Promise<Unlocked> {
	return open<never>(await existingVault(options, context), options, context, {inputTaken}, async () => undefined);
}

/** Opens the vault like `openVault()`, or creates it when there is none, with a passphrase from the same sources. */
export async function openOrMakeVault(options: GlobalOptions, context: Context, inputTaken: boolean): Promise<Vault> {
	const place = await vaultPlace(options, context);
	if (place.exists()) return openVault(options, context, inputTaken);
	const given = await givenNewPassphrase(currentPassphrase, options.passphraseFd, context);
	const prompt = given === undefined ? context.prompt(inputTaken) : undefined;
	if (given === undefined && prompt === undefined)
		throw passphraseNeeded(currentPassphrase, 'a passphrase for a new vault');
	tell(context, `A new vault is made at \`${place.path}\`.`);
	if (place.wasSeen())
		warn(context, 'a vault was there before and is gone: `pharmer restore-vault COPY` adds what a copy of it holds');
	await guard(place, prompt, context);
	const passphrase = given ?? (prompt && (await askNewPassphrase(prompt, context)));
	if (passphrase === undefined) throw passphraseNeeded(currentPassphrase, 'a passphrase for a new vault');
	try {
		return await place.create(passphrase);
	} catch (error) {
		// Another process was faster: use its vault.
		if (error instanceof PharmerError && error.code === 'exists') return place.unlock(passphrase);
		throw error;
	}
}
