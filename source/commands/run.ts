import {filledIn, type ReferringText} from '../credentials/references.js';
import {Secret} from '../domain/secret.js';
import {listed} from '../domain/words.js';
import {ownSecrets} from '../platform/editor.js';
import {expandHome} from '../platform/home.js';
import {mentionsReference, readValue} from '../text/references.js';
import {command} from './command.js';
import type {Context} from './context.js';
import {listFlag, parsePath} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {maskFlag, maskHelp, maskOf} from './mask.js';
import {resolveReferences} from './resolving.js';
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
		'Runs a command with secrets in the place of references, in its environment and in env files: values that are `pharmer://NAME/FIELD`, or hold `{{ pharmer://NAME/FIELD }}`.',
	examples: [
		['pharmer run --env-file .env -- npm start', 'with the variables of a file that holds references only'],
		[
			'pharmer run --env-file .env --env-file .env.local -- make',
			'later files win over earlier ones, and all over the environment',
		],
		['pharmer run --env-file .env --mask -- npm test 2>&1 | tee log', 'without the secrets in the log'],
	],
	more: [
		'In an env file: DB_PASSWORD=pharmer://db/password',
		"                URL='postgres://app:{{ pharmer://db/password }}@host/app'",
		'When a reference leads nowhere, all of those are listed with file and line, and nothing is run. It says on standard error',
		'which credentials it hands out. Other variables stay as they are. References in the command itself are refused: anybody',
		"can read a command line. The exit code is the command's; 126 when it can't be run, 127 when there is none of that name.",
		...maskHelp,
	],
	operand: {name: 'COMMAND', least: 0, most: Number.POSITIVE_INFINITY, help: 'the command, after `--`'},
	takesCommand: true,
	flags: [envFileFlag, maskFlag],
	read: given => ({
		...given.globals,
		envFiles: given.value(envFileFlag) ?? [],
		mask: given.has(maskFlag),
		stray: given.operands,
		command: given.command,
	}),
	run: runRun,
});

/** What an environment can't hold. */
const refusal = {of: /[\0\p{Cs}]/u, reason: "holds characters that an environment can't: use `pharmer inject`"};

type Variable = {readonly name: string; readonly text: ReferringText};

/** What is set for the command: by env files, or in the environment with a reference in it. */
type Variables = {readonly variables: readonly Variable[]; readonly problems: readonly string[]};

/** Later files win over earlier ones, and all of them over the environment. Throws `usage`, `file` and `invalid`. */
async function readVariables({envFiles}: RunOptions, context: Context): Promise<Variables> {
	const own: readonly string[] = ownSecrets;
	const variables = new Map<string, Variable>();
	for (const [name, value = ''] of Object.entries(context.environment)) {
		if (!mentionsReference(value) || own.includes(name)) continue;
		const {parts, problems} = readValue(value);
		// npm and make put whole scripts into variables, with the references that these set.
		const mistakes = problems.filter(({isBare}) => !isBare);
		variables.set(name, {name, text: {parts, problems: mistakes, placeOf: () => `the variable \`${name}\``}});
	}
	const problems: string[] = [];
	for (const file of envFiles) {
		if (file === '-') throw usage("`--env-file -` can't be: standard input is what the command reads", 'name a file');
		const {text} = await context.readInput(expandHome(file));
		const {parseAssignments} = await import('../text/assignments.js');
		const {values, lines, reasons, unread} = parseAssignments(text);
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
	const {variables, problems} = await readVariables(options, context);
	const {known, credentials, note} = await resolveReferences(
		variables.map(({text}) => text),
		{refusal, undone: 'nothing was run', inputTaken: false, alsoWrong: problems},
		options,
		context,
	);
	const names = credentials.map(({name}) => name);
	tell(context, names.length === 0 ? 'no references: nothing is handed out' : `handing out ${listed(names)}`);
	let noted: Promise<void> | undefined;
	const code = await context.runChild({
		command: words,
		environment: context.environment,
		set: new Map(variables.map(({name, text}) => [name, new Secret(filledIn(text, known))])),
		unset: [],
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
