import {bytesFilledIn} from '../credentials/references.js';
import {PharmerError} from '../domain/errors.js';
import {listed} from '../domain/words.js';
import {expandHome} from '../platform/home.js';
import {writeNewFile} from '../platform/new-file.js';
import {readTemplate} from '../text/references.js';
import {isUnsafe} from '../text/visible.js';
import {command} from './command.js';
import type {Context} from './context.js';
import {parsePath, switchFlag, valueFlag} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {resolveReferences} from './resolving.js';
import {syncFlags} from './sync-flags.js';
import {tell, usage, warn} from './talk.js';

type InjectOptions = GlobalOptions & {
	/** The template's path, or `-` for standard input. */
	readonly input: string | undefined;
	/** A path, or `-` for standard output. Undefined means standard output, unless it is a terminal. */
	readonly to: string | undefined;
	readonly force: boolean;
};

const inputFlag = valueFlag('-i, --input <path>', 'the template, or - for standard input', parsePath('--input'));
const toFlag = valueFlag(
	'--to <path>',
	'a file to make, or - for standard output; needed when that is a terminal',
	parsePath('--to'),
);
const forceFlag = switchFlag('--force', 'replace the file of `--to` if it is there; it keeps its mode and owner');

export const inject = command<InjectOptions>({
	verb: 'inject',
	summary: 'write a template with its references filled in',
	usage: 'inject -i PATH [flags]',
	description:
		'Writes a template with secrets in the place of each `{{ pharmer://NAME/FIELD }}`. Everything else is kept to the byte.',
	examples: [
		['pharmer inject -i app.yaml.tpl --to app.yaml', 'into a new file that only you can read'],
		['pharmer inject -i app.yaml.tpl --to app.yaml --force', 'in the place of the one before, at once'],
		['pharmer inject -i secret.yaml.tpl | kubectl apply -f -', 'into a pipe'],
		['pharmer inject -i - --to app < app.tpl', 'from standard input'],
	],
	more: [
		'When a reference leads nowhere, or stands outside of braces, all of those are listed with their lines, and nothing is written. Values are not quoted for the file they go into. What is written is plain text: delete it when you are done.',
	],
	flags: [inputFlag, toFlag, forceFlag, ...syncFlags],
	otherWords: ['render', 'template'],
	read(given) {
		const [input, to, force] = [given.value(inputFlag), given.value(toFlag), given.has(forceFlag)];
		if (input === '-' && given.globals.passphraseFd === 0)
			throw usage("`--input -` and `--passphrase-fd 0` can't both read standard input");
		return {...given.globals, input, to, force};
	},
	run: runInject,
});

/** What UTF-8 can't hold. */
const refusal = {of: /\p{Cs}/u, reason: "has characters that UTF-8 can't carry"};

/** Reads the template. Throws `file`, and `invalid` for one in UTF-16, in which no reference would be found. */
async function templateBytes(input: string, context: Context): Promise<Buffer> {
	if (input === '-' && context.prompt(false) !== undefined)
		tell(context, 'Type or paste it; what you type is shown. Ctrl-D on a line of its own ends it.');
	const bytes = await context.readTemplate(input === '-' ? input : expandHome(input));
	if (!bytes.includes(Buffer.from('pharmer://', 'utf16le'))) return bytes;
	throw new PharmerError('invalid', `${nameOf(input)} is in UTF-16`, 'save it as UTF-8 and try again');
}

function nameOf(input: string): string {
	return input === '-' ? 'standard input' : `\`${input}\``;
}

/**
 * Writes the template to a file or to standard output. Throws `usage` when the secrets would be shown on a terminal
 * that was not asked for, `not-found`, `invalid` and `file`; nothing is written then.
 */
async function runInject({input, to, force, ...options}: InjectOptions, context: Context): Promise<void> {
	if (input === undefined)
		throw usage('the template is missing', 'name it with `-i FILE`, or `-i -` for standard input');
	if (force && (to === undefined || to === '-'))
		throw usage('`--force` needs a file to replace', 'name it with `--to FILE`');
	if (to === undefined && context.stdout.isTTY) {
		throw usage(
			'the secrets would be shown on this terminal',
			'name a file with `--to PATH`, or show them with `--to -`',
		);
	}
	const path = to === undefined || to === '-' ? undefined : expandHome(to);
	if (path !== undefined && input !== '-') {
		const {isSameFile} = await import('../platform/replaced-file.js');
		if (isSameFile(expandHome(input), path))
			throw usage(`\`${to}\` is the template itself`, 'name another file with `--to PATH`');
	}
	const template = readTemplate((await templateBytes(input, context)).toString('latin1'));
	const text = {...template, placeOf: (line: number) => `${nameOf(input)} line ${line + 1}`};
	const {known, credentials, note} = await resolveReferences(
		[text],
		{refusal, undone: 'nothing was written', inputTaken: input === '-', alsoWrong: []},
		options,
		context,
	);
	if (credentials.length === 0) warn(context, `there is no reference in ${nameOf(input)}`);
	const bytes = bytesFilledIn(text, known);
	if (path === undefined) {
		writeOut(bytes, context);
		return note('inject');
	}
	await writeFile(path, bytes, force, context);
	await note('inject');
	const secrets = credentials.length === 0 ? '' : ` with secrets of ${listed(credentials.map(({name}) => name))}`;
	tell(context, `wrote \`${to}\`${secrets}`);
	if (credentials.length > 0)
		warn(context, 'the secrets are in plain text there: delete the file when you are done with it');
}

async function writeFile(path: string, bytes: Buffer, force: boolean, context: Context): Promise<void> {
	const {replaceFile} = await import('../platform/replaced-file.js');
	const isExposed = force ? await replaceFile(path, bytes) : undefined;
	if (isExposed === undefined) await writeNewFile(path, bytes, '`--force` replaces it, or choose another path');
	if (isExposed === true) warn(context, `others can read \`${path}\`: chmod 600 makes it yours alone`);
}

/** Writes to standard output. Throws `invalid` when a terminal would obey something in it. */
function writeOut(bytes: Buffer, context: Context): void {
	if (context.stdout.isTTY && bytes.toString().split(/\r?\n/).some(isUnsafe)) {
		throw new PharmerError('invalid', 'it holds characters that a terminal obeys', 'name a file with `--to PATH`');
	}
	context.stdout.write(bytes);
}
