import {PharmerError} from '../domain/errors.js';
import {expandHome} from '../platform/home.js';
import type {ProjectFile} from '../project/place.js';
import {distrustFile, trustedFiles, trustIn} from '../vault/trusted.js';
import type {Vault} from '../vault/vault.js';
import {command} from './command.js';
import type {Context} from './context.js';
import {switchFlag} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {openVault} from './open-vault.js';
import {readVault} from './read-vault.js';
import {tell, usage} from './talk.js';

type TrustOptions = GlobalOptions & {
	/** The path of a project file or its directory; the one that counts here when undefined. */
	readonly path: string | undefined;
	readonly task: 'trust' | 'trust unasked' | 'remove' | 'list';
};

const yesFlag = switchFlag('-y, --yes', 'trust it without being asked, for scripts');
const removeFlag = switchFlag('--remove', 'trust it no more');
const listFlag = switchFlag('--list', 'list the files that are trusted');

export const trust = command<TrustOptions>({
	verb: 'trust',
	summary: "trust a project's file to name what its commands get",
	usage: 'trust [PATH] [flags]',
	description:
		"Shows the credentials and variables that a project's `.pharmer.yaml` hands out, and asks whether to trust it. Then `pharmer exec`, `env` and `run` need no NAME there. Another content is asked about again.",
	examples: [
		['pharmer trust', 'the file that counts here, or in a directory above'],
		['pharmer trust ~/shop --yes', 'in a script that sets up a machine'],
		['pharmer trust --list', 'what is trusted, and what has changed since, is gone or would be refused'],
		['pharmer trust --remove', 'not any more'],
	],
	more: [
		'The file holds names and variables, never a secret, and is made to be committed:',
		'  credentials: [aws-prod, dns]',
		'  env:',
		'    LOG_LEVEL: debug',
		'    DATABASE_URL: "postgres://app:{{ pharmer://db/password }}@db/app"',
		'It counts in its directory and below: the nearest, up to the root of a git work tree or your home. It is used only where',
		'nobody but you and root can write it. Variables that decide what programs run, such as PATH, are refused. No list of',
		'those is complete: who trusts a file lets it steer the programs started there.',
	],
	operand: {name: 'PATH', least: 0, most: 1, help: 'the file or its directory; the nearest one when left out'},
	flags: [yesFlag, removeFlag, listFlag],
	otherWords: ['allow', 'untrust', 'deny'],
	read(given) {
		const [path] = given.operands;
		const tasks = [yesFlag, removeFlag, listFlag].filter(flag => given.has(flag));
		if (tasks.length > 1) throw usage("`--yes`, `--remove` and `--list` can't be used together", 'choose one');
		if (given.has(listFlag) && path !== undefined) throw usage('`--list` takes no PATH');
		if (path === '') throw usage('the PATH is empty');
		const task = given.has(listFlag)
			? 'list'
			: given.has(removeFlag)
				? 'remove'
				: given.has(yesFlag)
					? 'trust unasked'
					: 'trust';
		return {...given.globals, path, task};
	},
	run(options, context) {
		if (options.task === 'list') return list(options, context);
		return options.task === 'remove' ? remove(options, context) : runTrust(options, context);
	},
});

const noFile = () =>
	new PharmerError(
		'file',
		'there is no `.pharmer.yaml` here, nor above up to the root of the work tree or of your home',
		'`pharmer trust --help` shows how to write one',
	);

/** Throws `usage` when nobody can be asked, `cancelled`, `file` and `invalid`, and what `openVault()` throws. */
async function runTrust(options: TrustOptions, context: Context): Promise<void> {
	const {readProject} = await import('../project/project.js');
	const file = await fileOf(options, context);
	const project = readProject(file);
	const prompt = options.task === 'trust' ? context.prompt(options.passphraseFd === 0) : undefined;
	if (options.task === 'trust' && prompt === undefined)
		throw usage('there is no terminal to ask whether to trust it', 'add --yes to trust it without being asked');
	const {askToTrust, keepTrust, showProject} = await import('./trusting.js');
	await withVault(options, context, async vault => {
		const content = await vault.read();
		const examined = {file, project, trust: trustIn(content, file)};
		if (examined.trust === 'trusted' || prompt === undefined) showProject(examined, content, context);
		if (examined.trust === 'trusted') return tell(context, 'it is trusted already');
		if (prompt === undefined) await keepTrust(file, vault, context);
		else await askToTrust(examined, {vault, content}, prompt, context);
		tell(context, `trusted \`${file.path}\`: \`pharmer exec -- COMMAND\` hands that out there`);
	});
}

async function fileOf({path}: TrustOptions, context: Context): Promise<ProjectFile> {
	const file = await context.projectFile(path === undefined ? undefined : expandHome(path));
	if (file === undefined) throw noFile();
	return file;
}

async function remove(options: TrustOptions, context: Context): Promise<void> {
	const path = await context.projectPath(options.path === undefined ? undefined : expandHome(options.path));
	if (path === undefined) throw noFile();
	await withVault(options, context, async vault => {
		const wasTrusted = await vault.change(content => distrustFile(content, path));
		if (!wasTrusted)
			throw new PharmerError('not-found', `\`${path}\` is not trusted`, '`pharmer trust --list` lists what is');
		tell(context, `\`${path}\` is not trusted any more`);
	});
}

async function list(options: TrustOptions, context: Context): Promise<void> {
	const files = trustedFiles(await readVault(options, context));
	if (files.length === 0) return tell(context, 'no file is trusted');
	const {renderTable} = await import('./text-table.js');
	const rows = files.map(async file => {
		const since = await context.sinceTrusted(file);
		return [file.path, file.at.slice(0, 10) + (since === 'same' ? '' : `, ${since}`)];
	});
	context.stdout.write(renderTable(['FILE', 'TRUSTED'], await Promise.all(rows), false));
}

async function withVault(
	options: TrustOptions,
	context: Context,
	task: (vault: Vault) => Promise<void>,
): Promise<void> {
	const vault = await openVault(options, context, options.passphraseFd === 0);
	try {
		await task(vault);
	} finally {
		await vault.close();
	}
}
