import {PharmerError} from '../../domain/errors.js';
import {type IniEntry, type IniSection, parseIni} from '../../text/ini.js';
import {invalidLine} from '../../text/position.js';
import {assertOneLine, unreadable} from '../ini-file.js';
import {configProfile} from './profiles.js';

/** The settings to write into a profile of AWS's config file. */
export type AwsConfigEdit = {
	readonly profile: string;
	/** The command line for its `credential_process`. */
	readonly process: string;
	/** The region to set if the profile has none. */
	readonly region: string | undefined;
	/** Whether to replace a `credential_process` that does not run this program. */
	readonly replace: boolean;
};

/** The text of a config file after the edit. */
export type EditedAwsConfig = {
	readonly text: string;
	/** The lines that were added or changed, as written. */
	readonly written: readonly string[];
	/** The profile's region after the edit. */
	readonly region: string | undefined;
};

/** A setting that would be used instead of the profile's `credential_process`, and its line. */
export type Rival = {readonly key: string; readonly line: number};

/**
 * Settings that take precedence over a `credential_process`, either in the `aws` command (botocore, credentials.py:
 * roles, web identities, single sign-on, keys of the credentials file) or in other SDKs (the one for Go,
 * config/resolve_credentials.go: keys of either file).
 */
const rivals = [
	'aws_access_key_id',
	'role_arn',
	'web_identity_token_file',
	'sso_session',
	'sso_start_url',
	'sso_account_id',
];

/**
 * Edits the text of an AWS config file. Returns the same text when there is nothing to do; otherwise at most two lines
 * are added or replaced (plus the header of a new profile). Comments, order, other settings and line ends are kept, and
 * a comment after a replaced value moves to the line before it. Throws `exists` for a `credential_process` that does
 * not run this program, unless `replace` is set, and `invalid` with the line for a text that can't be read or has the
 * profile twice.
 */
export function editAwsConfig(text: string, edit: AwsConfigEdit): EditedAwsConfig {
	const section = sectionOf(text, edit.profile);
	const settings = [`credential_process = ${edit.process}`, ...(edit.region ? [`region = ${edit.region}`] : [])];
	// New lines end as the first line does.
	const newline = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
	if (section === undefined) {
		const gap = text === '' ? '' : /(?:\r\n|\n|\r)$/.test(text) ? newline : newline + newline;
		const added = [headerOf(edit.profile), ...settings];
		return {text: text + gap + [...added, ''].join(newline), written: added, region: edit.region};
	}
	const entry = section.entries.get('credential_process');
	assertReplaceable(entry, edit);
	const known = section.entries;
	const added = settings.filter(line => !known.has(line.slice(0, line.indexOf(' '))));
	const lines = text.split(/(?<=\r\n|\n|\r(?!\n))/);
	// A setting indented more than the line above it would continue that line.
	const indent = indentOf(section, lines);
	const changed = entry !== undefined && entry.value !== edit.process;
	if (changed) {
		const [, start = '', old = '', end = ''] =
			/^([^=:]*[=:])([^\r\n]*)([\r\n]*)$/.exec(lines[entry.line - 1] ?? '') ?? [];
		const comment = /[ \t]([#;].*)$/s.exec(old)?.[1];
		lines[entry.line - 1] = `${comment === undefined ? '' : comment + newline}${start} ${edit.process}${end}`;
	}
	if (added.length > 0) {
		const header = lines[section.line - 1] ?? '';
		const ended = /[\r\n]$/.test(header) ? header : header + newline;
		lines[section.line - 1] = ended + added.map(line => indent + line + newline).join('');
	}
	const region = known.get('region')?.value ?? edit.region;
	return {text: lines.join(''), written: [...settings.slice(0, changed ? 1 : 0), ...added], region};
}

/**
 * The settings in a config file, or in a credentials file (which has no `[profile …]` headers), that win over the
 * profile's `credential_process`. Throws as `editAwsConfig()` does.
 */
export function rivalsInProfile(text: string, profile: string, file: 'config' | 'credentials'): readonly Rival[] {
	const section = file === 'config' ? sectionOf(text, profile) : sectionsIn(text).find(({name}) => name === profile);
	const keys = file === 'config' ? rivals : [...rivals, 'credential_process'];
	return [...(section?.entries.values() ?? [])]
		.filter(({key, value}) => keys.includes(key) && value !== '')
		.map(({key, line}) => ({key, line}));
}

/** Whether a profile of a config file already takes its keys from this program. Throws as `editAwsConfig()` does. */
export function isFromPharmer(text: string, profile: string): boolean {
	return isOurs(sectionOf(text, profile)?.entries.get('credential_process')?.value ?? '');
}

/**
 * The sections of all profiles in a config file, or in a credentials file, by their names. Throws `invalid` with the
 * line for a text that the aws command does not read, or that has a profile twice.
 */
export function profileSections(text: string, file: 'config' | 'credentials'): ReadonlyMap<string, IniSection> {
	const sections = new Map<string, IniSection>();
	for (const section of sectionsIn(text)) {
		const profile = file === 'config' ? profileNamed(section) : section.name;
		if (profile === undefined) continue;
		if (sections.has(profile)) throw secondProfile(section);
		sections.set(profile, section);
	}
	return sections;
}

/**
 * `[default]`, or `[profile NAME]` for every other profile, with quotes around a name that contains spaces (AWS SDKs
 * and tools reference guide, file format).
 */
function headerOf(profile: string): string {
	if (profile === 'default') return '[default]';
	return profile.includes(' ') ? `[profile "${profile}"]` : `[profile ${profile}]`;
}

/**
 * The sections of an AWS file. Throws `invalid` with the line for one that the aws command does not read, so that what
 * is written to it would not be read either: a line that can't be read, or a section or key that is there twice.
 */
function sectionsIn(text: string): readonly IniSection[] {
	const {sections, problem} = parseIni(text);
	const problems = [problem, ...sections.flatMap(each => [each.problem, each.repeat])];
	const [first] = problems.filter(each => each !== undefined).sort((one, other) => one.line - other.line);
	if (first !== undefined) throw unreadable(first);
	return sections;
}

/** The profile that a section of a config file is for; undefined when it is for none. */
function profileNamed({name}: IniSection): string | undefined {
	return configProfile(name) ?? (name === 'default' ? name : undefined);
}

function secondProfile({line}: IniSection): PharmerError {
	return invalidLine(line, 'this profile is there a second time', 'keep one of them');
}

/** The profile's section in a config file. Throws `invalid` when there are two. */
function sectionOf(text: string, profile: string): IniSection | undefined {
	const [section, another] = sectionsIn(text).filter(each => profileNamed(each) === profile);
	if (another !== undefined) throw secondProfile(another);
	return section;
}

/** Whether a `credential_process` runs this program. */
function isOurs(process: string): boolean {
	return /\saws credential-process\s/.test(process);
}

function assertReplaceable(entry: IniEntry | undefined, {profile, replace}: AwsConfigEdit): void {
	if (entry === undefined) return;
	assertOneLine(entry);
	if (replace || entry.value === '' || isOurs(entry.value)) return;
	throw new PharmerError(
		'exists',
		`line ${entry.line}: the profile \`${profile}\` has another \`credential_process\` already`,
		'`--replace` puts this one in its place, `--profile` takes another profile',
	);
}

function indentOf(section: IniSection, lines: readonly string[]): string {
	const [first] = section.entries.values();
	return /^[ \t]*/.exec(lines[(first?.line ?? 0) - 1] ?? '')?.[0] ?? '';
}
