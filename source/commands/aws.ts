import {PharmerError} from '../domain/errors.js';
import {type Name, parseName} from '../domain/name.js';
import {changeFile} from '../platform/changed-file.js';
import {readOrdinaryFile} from '../platform/input-file.js';
import type {Rival} from '../providers/aws/config-edit.js';
import {valuesOf} from '../providers/data.js';
import {getByName} from '../vault/operations.js';
import {agrees} from './agree.js';
import {command} from './command.js';
import type {Context} from './context.js';
import {switchFlag, valueFlag} from './flag.js';
import {type GlobalOptions, vaultWords} from './global-options.js';
import {openVault} from './open-vault.js';
import {tell, usage, warn} from './talk.js';

type AwsSetupOptions = GlobalOptions & {
	readonly name: Name;
	readonly profile: string;
	/** Whether to take over a profile that has its keys from elsewhere, and replace its `credential_process`. */
	readonly replace: boolean;
};

export const awsGroup = {
	verb: 'aws',
	summary: 'let AWS tools take their keys from the vault',
	usage: 'aws credential-process|setup NAME [flags]',
	description:
		'Lets the aws command and the AWS SDKs take their keys from the vault, so that they are in no file of theirs.',
	examples: [['pharmer aws setup work', 'then `aws --profile work …` takes its keys from the credential work']],
} as const;

const profileFlag = valueFlag('--profile <name>', 'the profile; NAME when left out', parseProfile);
const replaceFlag = switchFlag('--replace', 'take over a profile that has its keys from elsewhere, without asking');

export const awsSetup = command<AwsSetupOptions>({
	verb: 'aws setup',
	summary: 'make a profile take its keys from the vault',
	usage: 'aws setup NAME [flags]',
	description: 'Makes a profile of ~/.aws/config (or of AWS_CONFIG_FILE) take its keys from the vault.',
	examples: [
		['pharmer aws setup work', 'the profile work'],
		['pharmer aws setup work --profile default', 'what AWS tools use when no profile is named'],
	],
	more: [
		'A profile that has its keys from elsewhere is taken over after a question, or with --replace.',
		'Run it again when Node.js or pharmer has moved: the file names both by their full paths.',
	],
	operand: {name: 'NAME', least: 1, most: 1, help: 'the credential'},
	flags: [profileFlag, replaceFlag],
	read(given) {
		const name = parseName(given.operand);
		return {...given.globals, name, profile: given.value(profileFlag) ?? name, replace: given.has(replaceFlag)};
	},
	run: runAwsSetup,
});

/** Checks a profile name that every reader of AWS's files accepts in a section header. Throws `usage`. */
function parseProfile(text: string): string {
	if (/^[\p{L}\p{N}_](?:[ \p{L}\p{N}_.@+:/-]*[\p{L}\p{N}_.@+:/-])?$/u.test(text)) return text;
	throw usage(`\`${text}\` can't be a profile`, 'a profile has letters, digits, spaces and `_.@+:/-`');
}

/**
 * Writes a `credential_process` into a profile of AWS's config file. Throws `not-found`, `invalid`, `exists` and
 * `file`.
 */
async function runAwsSetup(options: AwsSetupOptions, context: Context): Promise<void> {
	const {profile, replace} = options;
	const vault = await openVault(options, context);
	const [{credentialProcessOutput}, {awsCommandLine}, {awsFilePath}, {editAwsConfig, isFromPharmer, rivalsInProfile}] =
		await Promise.all([
			import('../providers/aws/credential-process-output.js'),
			import('../providers/aws/command-line.js'),
			import('../providers/aws/file-path.js'),
			import('../providers/aws/config-edit.js'),
		]);
	const credential = getByName(await vault.read(), options.name);
	// Refuse now what could not be passed on later.
	credentialProcessOutput(credential, context.now());
	const process = awsCommandLine([
		...context.ownCommand,
		...vaultWords(options, context.environment, vault.path),
		'aws',
		'credential-process',
		credential.name,
	]);
	const region = valuesOf(credential.data)('region');
	const {places} = await context.importWorld();
	const {path: file, unknown} = awsFilePath(places, 'config');
	if (unknown !== undefined) {
		throw new PharmerError(
			'invalid',
			`AWS_CONFIG_FILE has \`${unknown}\` in it, and nothing is known for that: the aws command looks for a file of this very name`,
			'set that variable, or write the path out',
		);
	}
	const {path: keysFile} = awsFilePath(places, 'credentials');
	const rivalsIn = (path: string, text: string, kind: 'config' | 'credentials'): readonly PlacedRival[] =>
		inFile(path, () => rivalsInProfile(text, profile, kind)).map(each => ({...each, path}));
	// Report what can't be read before writing anything.
	const inKeys = rivalsIn(keysFile, await textIn(keysFile), 'credentials');
	const now = await textIn(file);
	const [source] = [...rivalsIn(file, now, 'config'), ...inKeys];
	if (source !== undefined && !replace && !inFile(file, () => isFromPharmer(now, profile))) {
		await confirmTakeover(source, options, context);
	}
	const edited = await changeFile(file, before =>
		inFile(file, () => editAwsConfig(before, {profile, process, region, replace})),
	);
	const {text, written} = edited;
	const rivals = [...rivalsIn(file, text, 'config'), ...inKeys];
	tell(
		context,
		written.length === 0
			? `the profile \`${profile}\` in \`${file}\` already takes its keys from \`${credential.name}\``
			: `the profile \`${profile}\` in \`${file}\` now takes its keys from \`${credential.name}\`:`,
	);
	for (const line of written) tell(context, `  ${line}`);
	if (region !== '' && edited.region !== region) {
		tell(context, `its region stays \`${edited.region}\`; that of the credential is \`${region}\``);
	}
	for (const {key, line, path} of rivals) {
		warn(
			context,
			`\`${key}\` on line ${line} of \`${path}\` may be used in its place: take it out of the profile \`${profile}\``,
		);
	}
}

type PlacedRival = Rival & {readonly path: string};

/** Asks whether a profile that has its keys from elsewhere is to be taken over. Throws `usage` and `cancelled`. */
async function confirmTakeover(
	{key, line, path}: PlacedRival,
	options: AwsSetupOptions,
	context: Context,
): Promise<void> {
	const has = `the profile \`${options.profile}\` has its keys from elsewhere: \`${key}\` on line ${line} of \`${path}\``;
	const prompt = context.prompt(options.passphraseFd === 0);
	if (prompt === undefined) throw usage(has, 'add --replace to take it over without being asked');
	tell(context, has);
	if (await agrees(prompt, `Take it over? [y/N] `, 'fresh')) return;
	throw new PharmerError('cancelled', `the profile \`${options.profile}\` was left as it is`);
}

/** A file's text; empty when it is not there. */
async function textIn(path: string): Promise<string> {
	return (await readOrdinaryFile(path))?.text ?? '';
}

/** Runs `work`, and names the file in an error that it throws. */
function inFile<Result>(path: string, work: () => Result): Result {
	try {
		return work();
	} catch (error) {
		if (!(error instanceof PharmerError)) throw error;
		throw new PharmerError(error.code, `\`${path}\`: ${error.message}`, error.hint);
	}
}
