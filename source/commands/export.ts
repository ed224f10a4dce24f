import type {Credential} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import {type ExportFormat, exportFormats} from '../domain/export-format.js';
import {plural} from '../domain/words.js';
import {expandHome} from '../platform/home.js';
import {writeNewFile} from '../platform/new-file.js';
import {renderExport} from '../tasks/export-credentials.js';
import {isUnsafe} from '../text/visible.js';
import {command} from './command.js';
import type {Context} from './context.js';
import {warnOfExpired} from './expired.js';
import {choiceFlag, parsePath, valueFlag} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {noteUse, readWithLog} from './read-vault.js';
import {type Selection, selectCredentials} from './selection.js';
import {providerFlag, selectorFlag} from './selection-flags.js';
import {syncFlags} from './sync-flags.js';
import {tell, usage, warn} from './talk.js';

type ExportOptions = GlobalOptions &
	Selection & {
		readonly output: ExportFormat;
		/** A path, or `-` for standard output. Undefined means standard output, unless it is a terminal. */
		readonly to: string | undefined;
	};

const outputFlag = choiceFlag(
	'-o, --output <format>',
	exportFormats,
	'is not an export format',
	'; yaml when left out',
);
const toFlag = valueFlag(
	'--to <path>',
	'a file to make, or - for standard output; needed when that is a terminal',
	parsePath('--to'),
);

export const exportCommand = command<ExportOptions>({
	verb: 'export',
	summary: 'write credentials in clear, for other programs',
	usage: 'export [NAME...] [flags]',
	description: 'Writes credentials in clear, for other programs or for another vault. Nothing is overwritten.',
	examples: [
		['pharmer export --to vault.yaml', 'everything, as manifests that `pharmer import FILE --all` reads back'],
		['pharmer export work -o dotenv --to .env', 'the variables that its tools read'],
		['pharmer export -p aws -o aws --to credentials', 'an AWS credentials file'],
		['pharmer export work -o k8s-secret | kubectl apply -f -', 'a Kubernetes secret, into a pipe'],
	],
	more: ['What is written is plain text: delete it when you are done with it.'],
	operand: {
		name: 'NAME',
		least: 0,
		most: Number.POSITIVE_INFINITY,
		help: 'the credentials to write; all when left out',
	},
	flags: [outputFlag, providerFlag, selectorFlag, toFlag, ...syncFlags],
	read(given) {
		const [names, selector] = [given.operands, given.value(selectorFlag)];
		if (selector !== undefined && names.length > 0)
			throw usage("`--selector` and names can't be used together", 'leave one of them out');
		return {
			...given.globals,
			names,
			output: given.value(outputFlag) ?? 'yaml',
			provider: given.value(providerFlag),
			selector,
			to: given.value(toFlag),
		};
	},
	run: runExport,
});

/**
 * Writes to standard output. Throws `invalid` when a terminal would obey something in the text: only YAML and JSON can
 * escape it.
 */
function writeOut(text: string, context: Context): void {
	if (context.stdout.isTTY && text.split(/\r?\n/).some(isUnsafe)) {
		throw new PharmerError('invalid', 'a value holds characters that a terminal obeys', 'name a file with `--to PATH`');
	}
	context.stdout.write(text);
}

/** Names the secrets that are spelled differently from their credentials: Kubernetes has its own rules for names. */
async function tellSecretNames(credentials: readonly Credential[], context: Context): Promise<void> {
	const {secretName} = await import('../documents/exports/k8s-secret.js');
	for (const {name} of credentials.filter(each => secretName(each.name) !== each.name)) {
		tell(context, `\`${name}\` is the secret \`${secretName(name)}\``);
	}
}

/**
 * Writes credentials in clear to a new file or to standard output, with a warning. Throws `usage` when they would be
 * shown on a terminal that was not asked for, `not-found`, `invalid` for what the format can't hold, and `file`.
 */
async function runExport(options: ExportOptions, context: Context): Promise<void> {
	const {output, to = '-'} = options;
	if (options.to === undefined && context.stdout.isTTY) {
		throw usage(
			'the secrets would be shown on this terminal',
			'name a file with `--to PATH`, or show them with `--to -`',
		);
	}
	const {content, log} = await readWithLog(options, context);
	const credentials = selectCredentials(content, options);
	if (credentials.length === 0) {
		throw new PharmerError('not-found', 'there is nothing to export', '`pharmer get credentials` lists what there is');
	}
	warnOfExpired(credentials, context);
	const text = await renderExport(output, credentials);
	if (to === '-') writeOut(text, context);
	else await writeNewFile(expandHome(to), text);
	await noteUse({content, log}, credentials, 'export', context.now());
	const count = credentials.length === 1 ? `\`${credentials[0]?.name}\`` : plural(credentials.length, 'credential');
	if (output === 'k8s-secret') await tellSecretNames(credentials, context);
	if (to !== '-') tell(context, `wrote ${count} to \`${to}\``);
	warn(
		context,
		`the secrets are in plain text${to === '-' ? '' : ' there: delete the file when you are done with it'}`,
	);
}
