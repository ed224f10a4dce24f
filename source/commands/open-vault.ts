import type {AgentClient} from '../agent/client.js';
import {PharmerError} from '../domain/errors.js';
import {exposureWarning} from '../domain/exposure.js';
import type {Secret} from '../domain/secret.js';
import type {Prompt} from '../platform/prompt.js';
import type {Opener} from '../vault/keys/opener.js';
import type {Vault, VaultPlace} from '../vault/vault.js';
import {agentFor} from './agent-use.js';
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
import {tell, warn} from './talk.js';

/** The vault named by the flag or PHARMER_VAULT, or the default one. */
export function vaultPlace(options: GlobalOptions, context: Context): Promise<VaultPlace> {
	return context.place(namedVault(options, context.environment));
}

/** The error for a command that needs a vault when there is none. */
export function noVault(place: VaultPlace): PharmerError {
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
			tell(context, 'That is not the passphrase. Try again.');
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

/** The question for a person who started this program. */
const ownQuestion = 'Passphrase: ';

/**
 * Opens the vault with the key that the agent holds, with the passphrase from a flag or the environment, or asks for
 * that up to three times. Throws `no-vault`, `usage` when there is no passphrase and nobody to ask, and what
 * `VaultPlace.unlock()` throws. `question` is for a person who did not start this program.
 */
export async function openVault(
	options: GlobalOptions,
	context: Context,
	inputTaken = false,
	question = ownQuestion,
): Promise<Vault> {
	const place = await vaultPlace(options, context);
	if (!place.exists()) throw noVault(place);
	const agent = await agentFor(options, context);
	const lent = agent && (await openWith(agent, place));
	if (lent === undefined) return (await unlockPlace(place, options, context, inputTaken, question)).vault;
	await guard(place, undefined, context);
	return lent;
}

/** Opens a vault with the key that the agent holds; undefined when it holds none that opens it. */
async function openWith(agent: AgentClient, place: VaultPlace): Promise<Vault | undefined> {
	const lent: Opener = {
		async open(id) {
			const key = await agent.key(place.path, id);
			return key && {key, slotId: undefined};
		},
	};
	try {
		return await place.open(lent);
	} catch (error) {
		if (error instanceof PharmerError && error.code === 'wrong-passphrase') return undefined;
		throw error;
	}
}

/**
 * Opens the vault like `openVault()`, but always with a passphrase or a recovery key, for what a passer-by must not do.
 * Also resolves to what opened it.
 */
export async function unlockVault(
	options: GlobalOptions,
	context: Context,
	inputTaken: boolean,
	question = ownQuestion,
): Promise<Unlocked> {
	const place = await vaultPlace(options, context);
	if (!place.exists()) throw noVault(place);
	return unlockPlace(place, options, context, inputTaken, question);
}

async function unlockPlace(
	place: VaultPlace,
	options: GlobalOptions,
	context: Context,
	inputTaken: boolean,
	question: string,
): Promise<Unlocked> {
	const {acceptRollback} = options;
	// Do not ask for the passphrase of a vault that can't be opened.
	await place.inspect({acceptRollback});
	const given = await givenPassphrase(currentPassphrase, options.passphraseFd, context);
	if (given !== undefined) {
		await guard(place, undefined, context);
		return {vault: await place.unlock(given, {acceptRollback}), passphrase: given};
	}
	const prompt = context.prompt(inputTaken);
	if (prompt === undefined) throw passphraseNeeded(currentPassphrase, 'the passphrase');
	return prompt.quietly(async () => {
		await guard(place, question === ownQuestion ? prompt : undefined, context);
		return askAndUnlock(place, prompt, question, acceptRollback, context);
	});
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
