import {type CareRow, careAdvice, careKinds, careRows, careWord, needyCount} from '../credentials/care.js';
import {lastUses} from '../credentials/last-use.js';
import {goingOn} from '../credentials/waiting.js';
import type {Credential} from '../domain/credential.js';
import {careCode} from '../domain/errors.js';
import type {UnderWayWorks} from '../domain/under-way-work.js';
import {grouped} from '../domain/words.js';
import {command} from './command.js';
import type {Context} from './context.js';
import {choiceFlag, switchFlag} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {knownExposures} from './known-exposures.js';
import {knownVerdicts} from './known-verdicts.js';
import {knownWorks} from './known-works.js';
import {readWithLog} from './read-vault.js';
import {selectCredentials} from './selection.js';
import {tell} from './talk.js';

const formats = ['table', 'json', 'yaml'] as const;

type HealthOptions = GlobalOptions & {
	/** All credentials when empty. */
	readonly names: readonly string[];
	readonly output: (typeof formats)[number];
	/** Whether the exit code tells that something needs care. */
	readonly exitCode: boolean;
};

const outputFlag = choiceFlag('-o, --output <format>', formats, 'is not an output format');
const exitCodeFlag = switchFlag('--exit-code', `end with ${careCode} when something needs care`);

export const health = command<HealthOptions>({
	verb: 'health',
	summary: 'list the credentials that need care, and why',
	usage: 'health [NAME...] [flags]',
	description:
		'Lists the credentials that have expired or soon will, have one secret under two names, have an odd shape, were not changed for long, are not used here, or were refused when their provider was asked last. Nobody is contacted.',
	examples: [
		['pharmer health', 'what needs care, most urgent first'],
		['pharmer health --exit-code prod', `in a script: ${careCode} when something is wrong with it`],
		['pharmer health -o json', 'for another program'],
	],
	more: ['`pharmer doctor` looks at what is around the vault: files, agent, terminal.'],
	operand: {name: 'NAME', least: 0, most: Number.POSITIVE_INFINITY, help: 'the credentials; all when left out'},
	flags: [outputFlag, exitCodeFlag],
	otherWords: ['expired'],
	read: given => ({
		...given.globals,
		names: given.operands,
		output: given.value(outputFlag) ?? 'table',
		exitCode: given.has(exitCodeFlag),
	}),
	run: runHealth,
});

/** Lists what needs care, and resolves to the exit code. Throws `not-found`, naming every missing credential. */
async function runHealth(options: HealthOptions, context: Context): Promise<number> {
	const {content, log} = await readWithLog(options, context);
	const uses = lastUses(await log.read());
	log.close();
	const selected = selectCredentials(content, {names: options.names, provider: undefined});
	const ids = new Set(selected.map(({id}) => id));
	const {credentials} = content;
	const now = context.now();
	const works = knownWorks(content, now);
	const exposed = await knownExposures(content);
	const verdicts = knownVerdicts(content);
	const all = careRows({credentials, uses, verdicts, works, exposed, now: now.getTime()});
	const rows = all.filter(({credential}) => ids.has(credential.id));
	const text = await render(rows, options, context);
	if (text !== '') context.stdout.write(text);
	if (options.output === 'table') talk(rows, selected.length, context);
	if (options.output === 'table') for (const line of underWayLines(selected, works, now)) tell(context, line);
	if (options.output === 'table' && options.names.length === 0) await talkOfPlaintext(context);
	return options.exitCode && rows.length > 0 ? careCode : 0;
}

async function render(rows: readonly CareRow[], {output, color}: HealthOptions, context: Context): Promise<string> {
	if (output === 'table') {
		if (rows.length === 0) return '';
		const [{renderTable}, {usesColor}] = await Promise.all([
			import('./text-table.js'),
			import('../platform/terminal.js'),
		]);
		const cells = rows.map(({credential, care}) => [credential.name, careWord(care.kind), care.text]);
		return renderTable(
			['NAME', 'KIND', 'WHY'],
			cells,
			usesColor(context.environment, context.stdout.isTTY === true, color),
		);
	}
	const {renderRecords} = await import('./records.js');
	return renderRecords(
		rows.map(({credential, care}) => ({name: credential.name, kind: care.kind, text: care.text})),
		output,
	);
}

/** Says how many need care, and what to do about each kind there is. */
function talk(rows: readonly CareRow[], count: number, context: Context): void {
	const needy = needyCount(rows);
	if (needy === 0) {
		tell(context, 'nothing needs care');
		return;
	}
	tell(context, `${grouped(needy)} of ${grouped(count)} ${needy === 1 ? 'needs' : 'need'} care`);
	const means = {
		change: 'with `pharmer edit NAME`',
		remove: 'with `pharmer delete NAME`',
		ask: 'with `pharmer verify NAME`',
		goOn: 'with `pharmer rotate NAME --resume`, or with the `revoke` or `issue` that began it',
	};
	const kinds = new Set(rows.map(({care}) => care.kind));
	for (const kind of careKinds) if (kinds.has(kind)) tell(context, `${careWord(kind)}: ${careAdvice(kind, means)}`);
}

/** What is under way and waits for nobody, a line for each credential. */
function underWayLines(credentials: readonly Credential[], works: UnderWayWorks, now: Date): readonly string[] {
	return credentials.flatMap(({id, name}) => {
		const text = goingOn(id, works, now);
		return text === undefined ? [] : [`\`${name}\` ${text}`];
	});
}

/** Says how many keys lie in clear in files of this machine, and in which. */
async function talkOfPlaintext(context: Context): Promise<void> {
	const [{lookForPlaintext}, {plaintextLines, plaintextText}] = await Promise.all([
		import('../look/plaintext.js'),
		import('../credentials/plaintext.js'),
	]);
	const plaintext = await lookForPlaintext(await context.importWorld());
	const text = plaintextText(plaintext);
	if (text === undefined) return;
	tell(context, `${text}; \`pharmer import --close\` lists what can be done about each:`);
	for (const line of plaintextLines(plaintext)) tell(context, `  ${line}`);
}
