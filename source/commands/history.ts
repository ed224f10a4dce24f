import {causes, changesOf} from '../credentials/versions.js';
import type {Credential} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import {ago, shortAgo} from '../domain/time.js';
import type {Version} from '../domain/version.js';
import {plural} from '../domain/words.js';
import type {Prompt} from '../platform/prompt.js';
import {closedFiles} from '../vault/closed/section.js';
import {versionsOf} from '../vault/history/history.js';
import {findByName, getByName, purgeVersions} from '../vault/operations.js';
import type {Content, Vault} from '../vault/vault.js';
import {agrees} from './agree.js';
import {command} from './command.js';
import type {Context} from './context.js';
import {takesInput} from './data-source.js';
import {choiceFlag, switchFlag} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {openVault} from './open-vault.js';
import {noteUse, readWithLog} from './read-vault.js';
import {lastDeleted} from './restore.js';
import {tell, usage, warn} from './talk.js';
import type {Column} from './text-table.js';

const formats = ['table', 'json', 'yaml'] as const;

type HistoryOptions = GlobalOptions & {
	readonly name: string;
	readonly output: (typeof formats)[number];
	readonly redact: boolean;
	readonly purge: boolean;
	/** Purge without asking. */
	readonly yes: boolean;
	/** Also make the copies beside the vault anew. */
	readonly copies: boolean;
};

const output = choiceFlag('-o, --output <format>', formats, 'is not an output format');
const redact = switchFlag('--redact', 'mask the secrets in json and yaml');
const purge = switchFlag('--purge', 'remove the versions for good');
const yes = switchFlag('-y, --yes', 'purge without asking');
const copies = switchFlag('--copies', 'with --purge: also make the copies beside the vault anew');

export const history = command<HistoryOptions>({
	verb: 'history',
	summary: "show a credential's earlier versions",
	usage: 'history credential NAME [flags]',
	description:
		'Lists what a credential was before each change: the number of the version, when it was replaced and how, and what that changed. Ten versions of a credential are kept, for a year.',
	examples: [
		['pharmer history aws', 'its versions, without secrets'],
		['pharmer history aws -o json', 'each in full, its secrets in clear'],
		['pharmer restore aws --version 3', 'bring one of them back'],
		['pharmer history aws --purge', 'remove them for good: asks first'],
	],
	hasNoun: true,
	operand: {name: 'NAME', least: 1, most: 1, help: 'the credential, or else the one of that name in the trash'},
	flags: [output, redact, purge, yes, copies],
	otherWords: ['versions', 'revisions'],
	read(given) {
		const [format, isPurge] = [given.value(output), given.has(purge)];
		if (isPurge && (format !== undefined || given.has(redact)))
			throw usage('`--purge` shows nothing', 'leave `-o` and `--redact` out');
		if (given.has(yes) && !isPurge) throw usage('`--yes` is for `--purge`');
		if (given.has(copies) && !isPurge) throw usage('`--copies` is for `--purge`');
		return {
			...given.globals,
			name: given.operand,
			output: format ?? 'table',
			redact: given.has(redact),
			purge: isPurge,
			yes: given.has(yes),
			copies: given.has(copies),
		};
	},
	run: runHistory,
});

/** The credential of that name, in the list or else the trash. Throws `not-found`. */
function credentialNamed(content: Content, name: string): Credential {
	return findByName(content, name) ?? lastDeleted(content, name) ?? getByName(content, name);
}

/** Lists the versions of a credential, or purges them. Throws `not-found`. */
async function runHistory(options: HistoryOptions, context: Context): Promise<void> {
	if (options.purge) return purgeHistory(options, context);
	const {content, log} = await readWithLog(options, context);
	const credential = credentialNamed(content, options.name);
	const versions = versionsOf(content, credential);
	const text = await render(credential, versions, options, context);
	if (text !== '') context.stdout.write(text);
	// What an earlier version has may be what it has now.
	const isHandedOut = options.output !== 'table' && !options.redact && versions.length > 0;
	await noteUse({content, log}, [credential], isHandedOut ? 'get' : undefined, context.now());
	if (options.output !== 'table') return;
	const {name, revision} = credential;
	if (versions.length === 0) tell(context, `\`${name}\` has no earlier versions`);
	else
		tell(context, `\`${name}\` is at version ${revision} now; \`pharmer restore ${name} --version N\` brings one back`);
}

async function render(
	credential: Credential,
	versions: readonly Version[],
	options: HistoryOptions,
	context: Context,
): Promise<string> {
	if (options.output !== 'table') {
		const [{historyObject}, {isSecretField}] = await Promise.all([
			import('../documents/manifest-object.js'),
			import('../providers/catalog.js'),
		]);
		const document = historyObject(credential, versions, options.redact ? isSecretField : undefined);
		if (options.output === 'json') return (await import('../documents/manifest-json.js')).writeJson(document);
		return (await import('../text/yaml.js')).writeYaml(document);
	}
	const [{tableText}, {pageOf}] = await Promise.all([import('./text-table.js'), import('./page.js')]);
	const changes = changesOf(credential, versions);
	const rows = versions.map((version, index) => ({...version, what: (changes[index] ?? []).map(({key}) => key)}));
	return tableText(columns, rows, pageOf(options, context));
}

const columns: readonly Column<Version & {readonly what: readonly string[]}>[] = [
	{title: 'VERSION', cell: ({revision}) => `${revision}`, rank: 0},
	{title: 'REPLACED', cell: ({until}, {now, isTerminal}) => (isTerminal ? shortAgo : ago)(until, now), rank: 2},
	{title: 'HOW', cell: ({cause, isExact}) => `${causes[cause]}${isExact ? '' : ' (not exact)'}`, rank: 3, least: 8},
	{title: 'WHAT CHANGED', cell: ({what}) => what.join(', '), rank: 1, least: 20},
];

async function purgeHistory(options: HistoryOptions, context: Context): Promise<void> {
	const prompt = context.prompt(takesInput(options));
	if (!options.yes && prompt === undefined)
		throw usage('there is no terminal to ask whether to purge', 'add --yes to purge without being asked');
	const vault = await openVault(options, context, takesInput(options));
	const content = await vault.read();
	const credential = credentialNamed(content, options.name);
	const {name} = credential;
	const count = versionsOf(content, credential).length;
	const closed = closedFiles(content)?.filter(each => each.credentials.includes(credential.id)) ?? [];
	if (count + closed.length === 0) return tell(context, `\`${name}\` has no earlier versions`);
	if (!options.yes && prompt !== undefined) {
		for (const {path} of closed)
			tell(context, `the old text of \`${path}\` holds it and goes too: it can't be reopened then`);
		const answer = await prompt.line(`Type ${name} to purge its ${plural(count, 'version')}: `);
		if (answer !== name) throw new PharmerError('cancelled', `that is not \`${name}\`: nothing was purged`);
	}
	await vault.change(current => purgeVersions(current, credential));
	tell(context, `purged ${plural(count, 'version')} of \`${name}\``);
	for (const {path} of closed) tell(context, `purged the old text of \`${path}\`, which held it`);
	await offerRenewal(vault, options, prompt, context);
}

/** Says that copies beside the vault still hold what was purged, and makes them anew where somebody wants that. */
async function offerRenewal(
	vault: Vault,
	options: HistoryOptions,
	prompt: Prompt | undefined,
	context: Context,
): Promise<void> {
	const {length} = await vault.copies();
	if (length === 0) return;
	const what = `${length === 1 ? 'one copy' : `${length} copies`} of the vault beside it may still hold them`;
	const question = `${what}. Make the copies anew? [y/N] `;
	const isAsked = !options.yes && prompt !== undefined;
	if (!options.copies && !(isAsked && (await agrees(prompt, question, 'fresh')))) {
		const hint = 'in seven days with changes they are gone; `--copies` makes them anew, and so does `pharmer rekey`';
		return tell(context, `${what}: ${hint}`);
	}
	const {kept, unkept, removed, left} = await vault.renewCopies();
	if (kept !== undefined) tell(context, `kept a copy of the vault as it is now: \`${kept}\``);
	if (unkept !== undefined) warn(context, unkept);
	for (const each of removed) tell(context, `removed \`${each}\``);
	for (const each of left) warn(context, `\`${each}\` is still there: remove it yourself`);
}
