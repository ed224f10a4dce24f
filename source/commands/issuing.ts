import {randomUUID} from 'node:crypto';
import type {IssueQuestion} from '../credentials/issue-words.js';
import type {KeyQuestion, Reply} from '../credentials/key-question.js';
import type {Credential} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import type {Issue} from '../domain/journal.js';
import {type Name, parseName} from '../domain/name.js';
import {providerOf} from '../providers/catalog.js';
import type {Issuer} from '../providers/issuer.js';
import {goOnIssuing, issueKey, takeIssueBack} from '../tasks/issue/issue.js';
import type {Issuing} from '../tasks/issue/issuing.js';
import {adminIn, issuerOf} from '../tasks/issue/run.js';
import type {Rotating} from '../tasks/rotation/rotating.js';
import {visible} from '../text/visible.js';
import {issueNamed} from '../vault/issue-changes.js';
import {assertNameFree, findByName, getByName} from '../vault/operations.js';
import type {Vault} from '../vault/vault.js';
import {agrees} from './agree.js';
import {assertOnline, atProvider, unlessStopped} from './at-provider.js';
import type {Context} from './context.js';
import type {IssueOptions} from './issue.js';
import {openVault} from './open-vault.js';
import {tell, usage} from './talk.js';

/** Makes an identity with its key and stores that, goes on with it, or takes it back. */
export async function runIssue(options: IssueOptions, context: Context): Promise<void> {
	if (!options.yes && context.prompt(false) === undefined)
		throw usage('there is no terminal to ask whether to make it', 'add --yes to do it without being asked');
	const vault = await openVault(options, context);
	try {
		const content = await vault.read();
		const issue = issueNamed(content, options.name);
		if (issue === undefined) return await begin(vault, options, context);
		const admin = adminIn(content, issue);
		assertAsBegun(issue, admin, options);
		assertOnline(options, context);
		const draft = {...admin, id: issue.id, name: parseName(issue.name)};
		await work(vault, admin, draft, options, context, async issuing => {
			if (!options.isBack) return goOnIssuing(issue.id, options.newName, issuing);
			await takeIssueBack(issue.id, issuing);
			return undefined;
		});
	} finally {
		await vault.close();
	}
}

async function begin(vault: Vault, options: IssueOptions, context: Context): Promise<void> {
	const {name, provider, identity} = options;
	const content = await vault.read();
	if (options.isBack || options.newName !== undefined) {
		const way =
			findByName(content, name) === undefined
				? `\`pharmer issue ${name}\` begins`
				: `it is finished: \`pharmer revoke ${name}\` deletes its key; what else was made is deleted at the provider`;
		throw new PharmerError('not-found', `nothing is under way for \`${name}\``, way);
	}
	assertNameFree(content, name);
	if (options.admin === undefined)
		throw usage('it takes another credential that signs', `such as \`pharmer issue ${name} --with ADMIN\``);
	const admin = getByName(content, options.admin);
	if (provider !== undefined && providerOf(admin.provider).id !== provider.id)
		throw usage(
			`\`${admin.name}\` can't sign for \`${provider.id}\`: it is for \`${providerOf(admin.provider).id}\``,
			'name another one: `--with NAME`',
		);
	const issuer = issuerOf(admin.provider);
	const policies = await policiesOf(options.policies, issuer, context);
	assertOnline(options, context);
	const id = randomUUID();
	await work(vault, admin, {...admin, id, name}, options, context, issuing =>
		issueKey({name, admin, identity, policies, id}, issuing),
	);
}

/** Throws `usage` where flags say otherwise than what was begun. */
function assertAsBegun({provider, name, identity}: Issue, admin: Credential, options: IssueOptions): void {
	const isOther =
		(options.admin !== undefined && options.admin.toLowerCase() !== admin.name.toLowerCase()) ||
		(options.provider !== undefined && options.provider.id !== provider) ||
		(options.identity !== undefined && options.identity !== identity) ||
		options.policies !== undefined;
	if (isOther)
		throw usage(
			`\`${name}\` is being made already, as \`${identity}\` and with \`${admin.name}\``,
			`\`pharmer issue ${name}\` goes on with that, --undo takes it back`,
		);
}

/** The policies that flags name, with the texts of files. */
async function policiesOf(
	texts: readonly string[] | undefined,
	{policy}: Issuer,
	context: Context,
): Promise<readonly string[] | undefined> {
	if (texts === undefined) return undefined;
	return Promise.all(texts.map(async text => (policy.isFile(text) ? (await context.readInput(text)).text : text)));
}

/** Does that at the provider, and tells what is done. `draft` is the credential as it will be, but for its fields. */
async function work(
	vault: Vault,
	admin: Credential,
	draft: Credential,
	options: IssueOptions,
	context: Context,
	does: (issuing: Issuing) => Promise<string | undefined>,
): Promise<void> {
	const service = issuerOf(admin.provider);
	const made = await atProvider(vault, {service, credential: draft, admin}, options, context, {
		onStep: () => {},
		work: reach =>
			does({
				...reach,
				ask: question => answer(question, reach, options, context),
				otherName: taken => otherName(taken, context, reach.signal),
				onStep(says) {
					if (says !== undefined) tell(context, `\`${options.name}\`: ${says}`);
				},
			}),
	});
	tell(context, made === undefined ? `\`${options.name}\` is taken back` : `created \`${made}\`: its key works`);
}

async function answer(
	question: KeyQuestion | IssueQuestion,
	{ask}: Pick<Rotating, 'ask'>,
	{yes}: IssueOptions,
	context: Context,
): Promise<Reply> {
	if ('keys' in question) return ask(question);
	for (const line of question.says) tell(context, line);
	if (yes && question.kind === 'plan') return 'yes';
	const prompt = context.prompt(false);
	if (prompt === undefined) return 'nobody';
	return (await agrees(prompt, `${visible(question.asks)} [y/N] `, 'fresh')) ? 'yes' : 'no';
}

async function otherName(taken: string, context: Context, signal: AbortSignal | undefined): Promise<Name | undefined> {
	const prompt = context.prompt(false);
	if (prompt === undefined) return undefined;
	tell(context, `a credential \`${taken}\` exists by now; the key is made and kept`);
	return parseName(await unlessStopped(prompt.line('Another name for it: '), signal));
}
