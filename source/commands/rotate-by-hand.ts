import {checkData} from '../credentials/check.js';
import {type Credential, contentOf, sameData} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import type {Data} from '../domain/journal.js';
import {Secret} from '../domain/secret.js';
import {isRefused} from '../domain/verdict.js';
import type {Prompt} from '../platform/prompt.js';
import {providerOf} from '../providers/catalog.js';
import {probes} from '../providers/probes.js';
import type {Field, Provider} from '../providers/provider.js';
import {withNewKey} from '../tasks/rotation/new-fields.js';
import {verdictOn} from '../tasks/rotation/verdict-on.js';
import type {Asked} from '../tasks/verify.js';
import {replaceCredential} from '../vault/operations.js';
import type {Vault} from '../vault/vault.js';
import {withVerdicts} from '../vault/verdicts.js';
import {agrees} from './agree.js';
import {reachProbe} from './at-provider.js';
import type {Context} from './context.js';
import {findingText} from './findings.js';
import type {RotateOptions} from './rotate.js';
import {tell, usage, warn} from './talk.js';
import {wrapped} from './wrapped.js';

/**
 * Shows how another secret is made by hand, takes it, asks the provider whether it works and puts it in the place of
 * the old one, which stays as a version. Resolves to the exit code. Throws `usage` where nobody can type it,
 * `cancelled`, `refused` when the provider says that it does not work, and `invalid`.
 */
export async function rotateByHand(
	vault: Vault,
	credential: Credential,
	why: string,
	options: RotateOptions,
	context: Context,
): Promise<number> {
	const {name} = credential;
	const provider = providerOf(credential.provider);
	const prompt = context.prompt(false);
	if (prompt === undefined)
		throw usage(
			`the key of \`${name}\` is replaced by hand: ${why}`,
			`\`pharmer edit ${name} --from-file PATH\` takes the new one in a script`,
		);
	tell(context, `\`${name}\` is replaced by hand: ${why}.`);
	for (const line of guideText(provider, context.stderr.columns ?? 80)) tell(context, line);
	const fields = await typed(provider, credential.data, prompt);
	const data = withNewKey(provider, credential.data, fields);
	if (sameData(credential, {data})) throw new PharmerError('invalid', 'that is the old one', 'nothing was changed');
	const findings = checkData(provider, data, credential.data);
	for (const each of findings) warn(context, findingText(each));
	if (findings.some(({severity}) => severity === 'wrong'))
		throw new PharmerError(
			'invalid',
			`these are not the fields of a credential for \`${provider.id}\``,
			'nothing was changed',
		);
	const said = await asked(vault, credential, data, options, context);
	if (said !== undefined && isRefused(said.is))
		throw new PharmerError('refused', `the provider says that it is ${said.is}: ${said.why}`, 'nothing was changed');
	const works = said?.is === 'valid' || said?.is === 'limited';
	if (!works) {
		const doubt =
			said === undefined ? 'Nobody can be asked whether it works' : `It is not known whether it works: ${said.why}`;
		if (!(await agrees(prompt, `${doubt}. Keep it? [y/N] `, 'fresh')))
			throw new PharmerError('cancelled', 'you did not keep it', 'nothing was changed');
	}
	await keep(vault, credential, data, said, context);
	tell(
		context,
		`\`${name}\` has its new secret${works ? `, which is ${said.is}` : ''}; the old one is a version of it`,
	);
	if (provider.guide !== undefined)
		tell(context, `once nothing uses the old one any more, revoke it: ${provider.guide.revoke}`);
	return 0;
}

/** The guide in lines of so many cells, commands as they are. */
function guideText({guide}: Provider, width: number): readonly string[] {
	if (guide === undefined) return [];
	const sections = guide.another ?? guide.sections;
	return [
		`Make a new one, below or at ${guide.page}:`,
		...sections.flatMap(({title, lines, commands}) => [
			`${title}:`,
			...lines.flatMap((line, at) => (commands ? [`  ${line}`] : step(line, at + 1, width))),
		]),
	];
}

function step(text: string, number: number, width: number): readonly string[] {
	const lead = `  ${number}. `;
	return wrapped(text, width, lead.length).map((line, at) => (at === 0 ? lead : ' '.repeat(lead.length)) + line);
}

/** The fields that another secret has, as somebody types them. An empty answer to what is no secret keeps it. */
async function typed({fields, publicId}: Provider, old: Data, prompt: Prompt): Promise<Data> {
	const known = new Map(fields.map(each => [each.key, each]));
	const isAsked = (key: string): boolean => known.get(key)?.secret !== false || key === publicId;
	const answers: [string, Secret][] = [];
	for (const key of [...old.keys()].filter(isAsked)) {
		const field = known.get(key);
		const answer = await typedOne(field, key, prompt);
		if (!answer.isEmpty) answers.push([key, answer]);
		else if (field?.secret !== false) throw new PharmerError('cancelled', 'nothing was typed', 'nothing was changed');
	}
	return new Map(answers);
}

async function typedOne(field: Field | undefined, key: string, prompt: Prompt): Promise<Secret> {
	const {label = key, secret = true} = field ?? {};
	if (secret) return prompt.secret(`New ${label}: `, 'fresh');
	return new Secret((await prompt.line(`New ${label} (enter keeps it): `)).trim());
}

/** What the provider says of it; undefined where nobody can be asked. */
async function asked(
	vault: Vault,
	credential: Credential,
	data: Data,
	options: RotateOptions,
	context: Context,
): Promise<Asked | undefined> {
	const isSilent = options.offline || !probes.has(providerOf(credential.provider).id);
	return isSilent
		? undefined
		: reachProbe(vault, credential, options, context, reach => verdictOn(credential, data, reach, []));
}

async function keep(
	vault: Vault,
	credential: Credential,
	data: Data,
	said: Asked | undefined,
	context: Context,
): Promise<void> {
	const {expires: _, ...kept} = contentOf(credential);
	const expires = said?.expires?.slice(0, 10);
	const next = {...kept, data, ...(expires === undefined ? {} : {expires})};
	await vault.change(content => {
		const {content: changed} = replaceCredential(content, credential, next, context.now(), 'rotate');
		const verdicts = said?.isOfProvider ? [said] : [];
		return {content: withVerdicts(changed, {verdicts, consents: []}), result: undefined};
	});
}
