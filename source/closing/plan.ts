import {createHash} from 'node:crypto';
import type {FoundCredential} from '../credentials/found.js';
import type {Credential} from '../domain/credential.js';
import type {HeldFile} from '../domain/held-file.js';
import {closeProfiles} from '../providers/aws/closed-profiles.js';
import {readableWord} from '../text/shell-quote.js';
import {withReferences} from './env-file.js';
import type {SecretSearch} from './secret-search.js';
import {type ClosingStep, few, type LeftStep, type Step, type Trial} from './step.js';

/** A find in a file, and the credential of the vault that is the same, if any. */
export type FindInFile = {readonly found: FoundCredential; readonly known: Credential | undefined};

/** A file with credentials in it, and what was seen of it. */
export type FileInQuestion = {
	readonly path: string;
	readonly finds: readonly FindInFile[];
	/** What is there, or why it can't be closed: the rest of a sentence that begins with the file. */
	readonly file: HeldFile | {readonly reason: string};
	readonly isInWorkTree: boolean;
	/** For one of AWS's files: which it is, and the text of the other one, empty when there is none. */
	readonly aws?: {
		readonly kind: 'config' | 'credentials';
		readonly other: string;
	};
};

/** How files may be closed here. */
export type Ways = {
	/** Whether values of .env files may become references. */
	readonly closesEnv: boolean;
	/** Whether files have permission bits here. */
	readonly hasModes: boolean;
	/** The command line of AWS tools for a credential, or why it can't be written. */
	readonly process: (credential: Credential) => string | {readonly reason: string};
	/** Finds the credentials that have a secret in a file, also such as it was before, or in the trash. */
	readonly search: SecretSearch;
};

/** What every way of closing starts from. */
type Closable = {
	readonly about: Omit<LeftStep, 'reason'>;
	readonly file: HeldFile;
	readonly text: string | undefined;
	readonly question: FileInQuestion;
	readonly known: readonly Credential[];
	readonly ways: Ways;
};

/** What is to be done about a file, by what the vault holds. `tool` is what reads it. */
export function stepFor(question: FileInQuestion, tool: string, ways: Ways): Step {
	const {path, file, finds} = question;
	const known = [...new Set(finds.flatMap(each => each.known ?? []))];
	const about = {
		path,
		target: 'reason' in file ? path : file.target,
		tool,
		holds: known.map(({name}) => name),
		notes: [],
	};
	if ('reason' in file) return {...about, reason: file.reason};
	if (question.isInWorkTree) return {...about, reason: 'lies in a git work tree: others may get it from there'};
	const lacking = finds.filter(each => each.known === undefined && !isPassing(each.found));
	if (lacking.length > 0) return {...about, reason: `holds keys that the vault lacks: ${lackingText(lacking)}`};
	if (known.length === 0) return {...about, reason: 'holds nothing that the vault has'};
	const closable: Closable = {about, file, text: textOf(file.bytes), question, known, ways};
	const tried = rewritten(closable);
	if (tried !== undefined && 'closing' in tried) return searched(tried, ways);
	return modeStep(closable, tried?.reasons ?? []);
}

const idsOf = (credentials: readonly Credential[]): ReadonlySet<string> => new Set(credentials.map(({id}) => id));

/** The SHA-256 of bytes, in hex. */
export function digestOf(bytes: Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}

/** Keys of AWS that stop working by themselves, and what belongs to no known provider, need not be in the vault. */
function isPassing({provider, data, offered}: FoundCredential): boolean {
	return offered === true || (provider.id === 'aws' && data.has('sessionToken'));
}

function lackingText(lacking: readonly FindInFile[]): string {
	const labels = lacking.map(({found: {label, provider}}) => (label === '' ? provider.id : label));
	return `${few(labels)}; \`pharmer import\` keeps them`;
}

/** The text of bytes that are UTF-8 as they stand, byte order mark and all. */
function textOf(bytes: Buffer): string | undefined {
	try {
		return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes);
	} catch {
		return undefined;
	}
}

/** The step that takes the secrets out of a file; the reasons why there is none; undefined where no way is known. */
function rewritten(closable: Closable): ClosingStep | {readonly reasons: readonly string[]} | undefined {
	const {file, question, ways} = closable;
	const {aws, finds} = question;
	const isEnv = finds.every(({found}) => found.kind === 'dotenv' || found.offered === true);
	const step = aws !== undefined ? processStep(closable, aws) : isEnv ? referencesStep(closable) : undefined;
	const isRewritten = step !== undefined && 'closing' in step;
	// Another name of the file would go on leading to the old text.
	if (isRewritten && file.links > 1) return {reasons: [`it has ${file.links} names, which all lead to the keys`]};
	if (isRewritten && isEnv && !ways.closesEnv)
		return {reasons: ['with `--close-env` its values become references, which `pharmer run --env-file` fills in']};
	return step;
}

/**
 * A step that rewrites a file, once it is known who has a secret in the file: others are kept out where one is still in
 * it afterwards.
 */
function searched(step: ClosingStep, {hasModes, search}: Ways): ClosingStep {
	const holders = new Set([...step.holders, ...search(step.file.bytes)]);
	if (search(step.bytes).size === 0) return {...step, holders};
	const holds = 'it still holds a secret of these elsewhere, such as in a comment';
	if (!hasModes || !isOpen(step.mode)) return {...step, holders, notes: [...step.notes, holds]};
	const mode = ownBits(step.mode);
	return {...step, holders, mode, notes: [...step.notes, `${holds}: ${chmodText(mode)} keeps other users out`]};
}

/** Whether others have any right to a file of that mode. */
const isOpen = (mode: number): boolean => (mode & 0o077) !== 0;

const ownBits = (mode: number): number => mode & 0o700;

const chmodText = (mode: number): string => `\`chmod ${mode.toString(8).padStart(4, '0')}\``;

/** Each reason with the profiles that it is for. */
function reasonsText(left: ReadonlyMap<string, string>): readonly string[] {
	const profiles = new Map<string, string[]>();
	for (const [profile, reason] of left) {
		const those = profiles.get(reason);
		if (those === undefined) profiles.set(reason, [profile]);
		else those.push(profile);
	}
	return [...profiles].map(([reason, names]) => `${few(names)}${names.length > 1 ? ' each' : ''} ${reason}`);
}

const onlyConfig = "; AWS's SDK for C++ reads `credential_process` in the config file only";

/** Takes the keys of AWS profiles out of a file. */
function processStep(
	{about, file, text, question, known, ways}: Closable,
	{kind, other}: NonNullable<FileInQuestion['aws']>,
): ClosingStep | {readonly reasons: readonly string[]} {
	if (text === undefined) return {reasons: ['it is not UTF-8 text']};
	const plain = withoutMark(text);
	const left = new Map<string, string>();
	const wanted = new Map<string, FindInFile & {readonly known: Credential; readonly line: string}>();
	for (const {found, known: same} of question.finds) {
		if (found.kind !== 'aws' || same === undefined) continue;
		const line = ways.process(same);
		if (typeof line === 'string') wanted.set(found.label, {found, known: same, line});
		else left.set(found.label, line.reason);
	}
	const profiles = [...wanted].map(([profile, {found, line}]) => ({profile, process: line, keys: found.data}));
	const closed = closeProfiles(plain, withoutMark(other), kind, profiles);
	for (const [profile, reason] of closed.reasons) left.set(profile, reason);
	const reasons = reasonsText(left);
	const trials: readonly Trial[] = profiles.filter(({profile}) => !closed.reasons.has(profile));
	const credentials = trials.flatMap(({profile}) => wanted.get(profile)?.known ?? []);
	if (trials.length === 0) return {reasons};
	return {
		...about,
		notes: reasons,
		closing: 'process',
		does: `${few(trials.map(({profile}) => profile))}: \`credential_process\` takes the place of the keys`,
		afterwards:
			'AWS tools ask pharmer for these keys, and fail while the vault is locked. Programs that read the keys from the ' +
			`file themselves find none${kind === 'config' ? '' : onlyConfig}`,
		credentials,
		holders: idsOf(known),
		file,
		bytes: Buffer.from(text.slice(0, text.length - plain.length) + closed.text),
		mode: file.mode,
		trials,
	};
}

/** Puts references in the place of values. */
function referencesStep({about, file, text, known}: Closable): ClosingStep | {readonly reasons: readonly string[]} {
	if (text === undefined) return {reasons: ['it is not UTF-8 text']};
	const plain = withoutMark(text);
	const referring = withReferences(plain, known);
	if ('reason' in referring) return {reasons: [`it ${referring.reason}`]};
	return {
		...about,
		closing: 'references',
		does: `${few(referring.variables)}: references take the place of the values`,
		afterwards:
			'programs that read the file themselves (docker compose, direnv, dotenv, vite and others) see the reference and not the ' +
			`value: start them with \`pharmer run --env-file ${readableWord(about.path)} -- COMMAND\``,
		credentials: referring.credentials,
		holders: idsOf(known),
		file,
		bytes: Buffer.from(text.slice(0, text.length - plain.length) + referring.text),
		mode: file.mode,
		trials: [],
	};
}

function withoutMark(text: string): string {
	return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** Keeps others out of a file; or says that it lies there in clear, and what to run in its place. */
function modeStep({about, file, known, ways}: Closable, notes: readonly string[]): Step {
	const {mode, bytes} = file;
	if (ways.hasModes && isOpen(mode)) {
		return {
			...about,
			notes,
			closing: 'mode',
			does: `${chmodText(ownBits(mode))} keeps other users out; it stays in clear`,
			afterwards: "nothing that you run fails; other users' programs can't read it any more",
			credentials: known,
			holders: idsOf(known),
			file,
			bytes,
			mode: ownBits(mode),
			trials: [],
		};
	}
	const [name = ''] = about.holds;
	const only = ways.hasModes ? 'only you can read it, and so can every program that you run' : 'it lies there in clear';
	return {
		...about,
		notes,
		reason: `still holds its keys in clear: ${only}. \`pharmer exec ${name} -- COMMAND\` works without the file`,
	};
}
