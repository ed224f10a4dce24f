import {questionText} from '../credentials/key-question.js';
import {revocationSteps} from '../credentials/revocation-words.js';
import {type Credential, trashDays} from '../domain/credential.js';
import {careCode, PharmerError} from '../domain/errors.js';
import type {Revocation} from '../domain/journal.js';
import {providerOf} from '../providers/catalog.js';
import {goOnRevoking, letBe, revokeKey} from '../tasks/revocation/revoke.js';
import type {Revoking} from '../tasks/revocation/run.js';
import {keyServiceOf, whyByHand} from '../tasks/rotation/key-desk.js';
import {journalOf} from '../vault/journals.js';
import {deleteCredentials, getByName} from '../vault/operations.js';
import {assertMayGo} from '../vault/under-way.js';
import type {Vault} from '../vault/vault.js';
import {assertOnline, atProvider, unlessStopped} from './at-provider.js';
import type {Context} from './context.js';
import {openVault} from './open-vault.js';
import type {RevokeOptions} from './revoke.js';
import {tell, usage} from './talk.js';
import {tellUses} from './uses-before.js';

/**
 * Deletes a key at its provider and moves its credential to the trash, goes on with that, or lets the key be. Resolves
 * to the exit code.
 */
export async function runRevoke(options: RevokeOptions, context: Context): Promise<number> {
	if (!options.yes && !options.isBack && context.prompt(false) === undefined) throw nobody();
	const vault = await openVault(options, context);
	try {
		const [name = ''] = options.names;
		const content = await vault.read();
		const credential = getByName(content, name);
		const journal = journalOf(content, credential.id);
		if (journal?.kind !== 'revoke') assertMayGo(content, [credential]);
		const begun = journal?.kind === 'revoke' ? journal : undefined;
		if (options.isBack && begun === undefined)
			throw new PharmerError('not-found', `nothing is under way for \`${name}\``);
		const why = begun === undefined ? whyByHand(credential) : undefined;
		if (begun === undefined && !options.yes) await tellUses(vault, credential, context);
		if (why !== undefined) return await byHand(vault, credential, why, options, context);
		await atService(vault, credential, begun, options, context);
		return 0;
	} finally {
		await vault.close();
	}
}

async function atService(
	vault: Vault,
	credential: Credential,
	journal: Revocation | undefined,
	options: RevokeOptions,
	context: Context,
): Promise<void> {
	assertOnline(options, context);
	const {name} = credential;
	const content = await vault.read();
	const named = options.admin === undefined ? undefined : getByName(content, options.admin);
	const admin = named ?? content.credentials.find(({id}) => id === journal?.admin);
	const service = keyServiceOf(credential);
	await atProvider(vault, {service, credential, admin}, options, context, {
		onStep: () => {},
		work: reach => {
			const revoking: Revoking = {
				...reach,
				onStep: ({step, isSent}) => {
					if (step === 'off' && !isSent) tell(context, `\`${name}\`: the key is switched off, then deleted`);
				},
				ask: async question => {
					if (question.kind !== 'revoke') return reach.ask(question);
					return options.yes || (await agreed(credential, questionText(question).says, context, reach.signal))
						? 'yes'
						: 'no';
				},
			};
			if (options.isBack) return letBe(credential.id, revoking);
			return journal === undefined
				? revokeKey({credential, admin}, revoking)
				: goOnRevoking(credential.id, named?.id, revoking);
		},
	});
	tell(context, options.isBack ? `the key of \`${name}\` stays, and works` : endText(name, 'its key is deleted'));
}

/** Has the name typed, after what it means. Throws `usage` where nobody can be asked. */
async function agreed({name}: Credential, says: string, context: Context, signal?: AbortSignal): Promise<boolean> {
	const prompt = context.prompt(false);
	if (prompt === undefined) throw nobody();
	tell(context, says);
	return (await unlessStopped(prompt.line(`Type ${name} to revoke it: `, 'fresh'), signal)) === name;
}

/**
 * Shows where a person revokes it, and moves it to the trash. Resolves to the exit code: where nobody has said that it
 * is done there, something is left to do.
 */
async function byHand(
	vault: Vault,
	credential: Credential,
	why: string,
	options: RevokeOptions,
	context: Context,
): Promise<number> {
	const {name, provider} = credential;
	assertMayGo(await vault.read(), [credential]);
	tell(context, `\`${name}\` is revoked by hand: ${why}.`);
	for (const line of revocationSteps(credential)) tell(context, line);
	if (!options.yes && !(await agreed(credential, 'Once that is done, it goes to the trash.', context)))
		throw new PharmerError('cancelled', `that is not \`${name}\`: it stays`);
	await vault.change(content => deleteCredentials(content, [credential], context.now()));
	const {title} = providerOf(provider);
	tell(context, endText(name, `whether ${title} still accepts it is not known here`));
	return options.yes ? careCode : 0;
}

function endText(name: string, what: string): string {
	return `\`${name}\` is in the trash for ${trashDays} days: ${what}`;
}

function nobody(): PharmerError {
	return usage('there is no terminal to ask whether to revoke', 'add --yes to revoke without being asked');
}
