import {filledIn} from '../credentials/references.js';
import {PharmerError} from '../domain/errors.js';
import {Secret} from '../domain/secret.js';
import {listed} from '../domain/words.js';
import {expandHome} from '../platform/home.js';
import {ownSecrets} from '../platform/own-secrets.js';
import {mentionsReference, readValue} from '../text/references.js';
import {command} from './command.js';
import type {Context} from './context.js';
import {listFlag, parsePath} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {type HandedOut, projectHere} from './handing-out.js';
import {maskFlag, maskHelp, maskOf} from './mask.js';
import type {ReferringVariable} from './project-use.js';
import {environmentRefusal, resolveReferences} from './resolving.js';
import {syncFlags} from './sync-flags.js';
import {tell, usage, warn} from './talk.js';
import {assertInputFree, commandToRun} from './to-run.js';

type RunOptions = GlobalOptions & {
	readonly envFiles: readonly string[];
	readonly mask: boolean;
	/** Words before `--`, which mean nothing here. */
	readonly stray: readonly string[];
	/** The words after `--`; undefined without it. */
	readonly command: readonly string[] | undefined;
};

const envFileFlag = listFlag(
	'--env-file <path>',
	'set the variables of this file too; again for more, of which later ones win',
	parsePath('--env-file'),
);

export const run = command<RunOptions>({
	verb: 'run',
	summary: 'run a command with references in its environment filled in',
	usage: 'run [flags] -- COMMAND...',
	description:
		"Runs a command with secrets in the place of references, in its environment and in env files: values that are `pharmer://NAME/FIELD`, or hold `{{ pharmer://NAME/FIELD }}`. What the project's `.pharmer.yaml` names comes with it, once that is trusted.",
	examples: [
		['pharmer run --env-file .env -- npm start', 'with the variables of a file that holds references only'],
		[
			'pharmer run --env-file .env --env-file .env.local -- make',
			"later files win over earlier ones, all of them over the project's, and that over the environment",
		],
		['pharmer run --env-file .env --mask -- npm test 2>&1 | tee log', 'without the secrets in the log'],
	],
	more: [
		'In an env file: DB_PASSWORD=pharmer://db/password',
		"                URL='postgres://app:{{ pharmer://db/password }}@host/app'",
		"When a reference leads nowhere, all of those are listed with file and line, and nothing is run. It says on standard error which credentials it hands out. Other variables stay as they are. References in the command itself are refused: anybody can read a command line. The exit code is the command's; 126 when it can't be run, 127 when there is none of that name.",
		...maskHelp,
	],
	operand: {name: 'COMMAND', least: 0, most: Number.POSITIVE_INFINITY, help: 'the command, after `--`'},
	takesCommand: true,
	flags: [envFileFlag, maskFlag, ...syncFlags],
	read: given => ({
		...given.globals,
		envFiles: given.value(envFileFlag) ?? [],
		mask: given.has(maskFlag),
		stray: given.operands,
		command: given.command,
	}),
	run: runRun,
});

/** What the environment has with a reference in it. */
function inheritedVariables(context: Context): readonly ReferringVariable[] {
	const own: readonly string[] = ownSecrets;
	const variables: ReferringVariable[] = [];
	for (const [name, value = ''] of Object.entries(context.environment)) {
		if (!mentionsReference(value) || own.includes(name)) continue;
		const {parts, problems} = readValue(value);
		// npm and make put whole scripts into variables, with the references that these set.
		const mistakes = problems.filter(({isBare}) => !isBare);
		variables.push({name, text: {parts, problems: mistakes, placeOf: () => `the variable \`${name}\``}});
	}
	return variables;
}

/** What env files set, and what is wrong with them. */
type FromFiles = {readonly variables: readonly ReferringVariable[]; readonly problems: readonly string[]};

/** Later files win over earlier ones. Throws `usage`, `file` and `invalid`. */
async function readEnvFiles({envFiles}: RunOptions, context: Context): Promise<FromFiles> {
	const variables = new Map<string, ReferringVariable>();
	const problems: string[] = [];
	for (const file of envFiles) {
		if (file === '-') throw usage("`--env-file -` can't be: standard input is what the command reads", 'name a file');
		// Node.js looks into a file that an option of this name gives to any program: it reads a pipe before pharmer does,
		// and obeys NODE_OPTIONS from there (issue 54232 of nodejs/node).
		const text = await context.readRegularFile(expandHome(file));
		const [{parseAssignments}, {optionHazard}] = await Promise.all([
			import('../text/assignments.js'),
			import('../platform/node-options.js'),
		]);
		const {values, lines, reasons, unread} = parseAssignments(text);
		const hazard = optionHazard(values.get('NODE_OPTIONS') ?? '');
		if (hazard !== undefined) {
			const where = `\`${file}\` line ${lines.get('NODE_OPTIONS') ?? 1} (\`NODE_OPTIONS\`)`;
			throw new PharmerError(
				'invalid',
				`${where} ${hazard}`,
				'take it out, and set it in the command: `-- env NODE_OPTIONS=… COMMAND`',
			);
		}
		problems.push(...unread.map(line => `\`${file}\` line ${line} is not NAME=value`));
		problems.push(...[...reasons].map(([name, reason]) => `\`${file}\`: \`${name}\` ${reason}`));
		for (const [name, value] of values) {
			const first = lines.get(name) ?? 1;
			const placeOf = (line: number): string => `\`${file}\` line ${first + line} (\`${name}\`)`;
			variables.set(name, {name, text: {...readValue(value), placeOf}});
		}
	}
	return {variables: [...variables.values()], problems};
}

type Given = {
	readonly below: readonly ReferringVariable[];
	readonly above: readonly ReferringVariable[];
	readonly alsoWrong: readonly string[];
};

/** Env files win over the project's file, and that over the environment. Says whose secrets are handed out. */
async function handOut(given: Given, options: RunOptions, context: Context): Promise<HandedOut> {
	const project = await projectHere(options, context);
	if (project !== undefined) return (await import('./project-use.js')).handOutProject(project, given, context);
	const {below, above, alsoWrong} = given;
	const variables = [...new Map([...below, ...above].map(each => [each.name, each])).values()];
	const {known, credentials, note} = await resolveReferences(
		variables.map(({text}) => text),
		{refusal: environmentRefusal, undone: 'nothing was run', inputTaken: false, alsoWrong},
		options,
		context,
	);
	const names = credentials.map(({name}) => name);
	tell(context, names.length === 0 ? 'no references: nothing is handed out' : `handing out ${listed(names)}`);
	const set = new Map(variables.map(({name, text}) => [name, new Secret(filledIn(text, known))]));
	return {environment: {set, unset: [], files: []}, credentials, note};
}

/**
 * Runs a command with the references in its environment filled in, and resolves to its exit code. Throws `not-found`,
 * `usage`, `invalid`, `no-command`, `cannot-run` and `file`.
 */
async function runRun(options: RunOptions, context: Context): Promise<number> {
	assertInputFree(options);
	if (options.stray.length > 0) throw usage('the command to run stands after `--`', '`pharmer run -- COMMAND`');
	const words = commandToRun(options.command, 'run', context);
	if (words.some(mentionsReference)) {
		throw usage(
			'a reference on a command line is not filled in: anybody can read it there',
			'put it into a variable, in the environment or with --env-file',
		);
	}
	const below = inheritedVariables(context);
	const {variables: above, problems} = await readEnvFiles(options, context);
	const {environment, credentials, note} = await handOut({below, above, alsoWrong: problems}, options, context);
	const {set, unset} = environment;
	let noted: Promise<void> | undefined;
	const code = await context.runChild({
		command: words,
		environment: context.environment,
		set,
		unset,
		files: [],
		...(options.mask ? {mask: await maskOf(credentials, context)} : {}),
		onStarted() {
			noted = note('run');
		},
		onLeft: folder => warn(context, `\`${folder}\` could not be removed`),
		onDisk: () => {},
	});
	await noted;
	return code;
}
