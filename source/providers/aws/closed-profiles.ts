import {PharmerError} from '../../domain/errors.js';
import {Secret} from '../../domain/secret.js';
import {type IniEntry, type IniSection, parseIni} from '../../text/ini.js';
import {profileSections} from './config-edit.js';
import {wayNames} from './profiles.js';

/** A profile whose keys leave the file: those that were found, and the command line that gives them from then on. */
export type ClosedProfile = {
	readonly profile: string;
	readonly process: string;
	readonly keys: ReadonlyMap<string, Secret>;
};

/** A text without keys; and why the keys of others stay, as the rest of a sentence about the profile. */
export type Closed = {readonly text: string; readonly reasons: ReadonlyMap<string, string>};

const tokens = ['aws_session_token', 'aws_security_token'];
const keyNames = ['aws_access_key_id', 'aws_secret_access_key', ...tokens];

type Sections = ReadonlyMap<string, IniSection>;

/**
 * Puts a `credential_process` in the place of the keys of profiles, in the file in which they stand: the aws command
 * merges both files (botocore, session.py, full_config), the SDKs for Go, Java, JavaScript, PHP, Ruby and Rust read it
 * in either; only that for C++ reads it in the config file alone (AWSCredentialsProvider.cpp). All other bytes stay.
 * `file` tells which of both the text is, `other` is the text of the other one, empty when there is none. Nothing is
 * changed where AWS's tools may take the keys from somewhere else, or read the lines each in its own way.
 */
export function closeProfiles(
	text: string,
	other: string,
	file: 'config' | 'credentials',
	profiles: readonly ClosedProfile[],
): Closed {
	const reasons = new Map<string, string>();
	const sections = sectionsIn(text, file);
	const beside = sectionsIn(other, file === 'config' ? 'credentials' : 'config');
	const inherited = inheritedReason(text) ?? inheritedReason(other);
	const lines = new Lines(text);
	for (const {profile, process, keys} of profiles) {
		const section = typeof sections === 'string' ? undefined : sections.get(profile);
		const unread = typeof sections === 'string' ? sections : typeof beside === 'string' ? beside : undefined;
		const reason =
			unread ??
			(section === undefined ? 'does not stand in it as AWS tools read it' : undefined) ??
			(section && reasonToLeave(section, typeof beside === 'string' ? undefined : beside.get(profile))) ??
			(section && differentReason(section, keys)) ??
			inherited;
		if (reason !== undefined) reasons.set(profile, reason);
		else if (section !== undefined) lines.replace(keysIn(section), process);
	}
	return {text: lines.text(), reasons};
}

/** The sections of profiles by their names, or why the aws command does not read the text. */
function sectionsIn(text: string, file: 'config' | 'credentials'): Sections | string {
	try {
		return profileSections(text, file);
	} catch (error) {
		if (!(error instanceof PharmerError)) throw error;
		return `can't be read as AWS tools do: ${error.message}`;
	}
}

function reasonToLeave(section: IniSection, beside: IniSection | undefined): string | undefined {
	if (tokens.some(key => !valueIn(section, key).isEmpty)) return 'has temporary keys, which stop working by themselves';
	if (keyNames.slice(0, 2).some(key => valueIn(section, key).isEmpty)) return 'has only a part of its keys in it';
	const odd = keysIn(section).find(each => each.continuedAt !== undefined || each.colon || each.comment);
	if (odd !== undefined) return `has a line that AWS tools read each in its own way: line ${odd.line}`;
	const rival = wayNames.find(name => section.entries.has(name) || beside?.entries.has(name));
	if (rival !== undefined) return `also has \`${rival}\`, which some AWS tools use in place of the keys`;
	return beside !== undefined && keysIn(beside).length > 0 ? 'has keys in two files' : undefined;
}

/** The file may have been written since the keys were found in it. */
function differentReason(section: IniSection, keys: ReadonlyMap<string, Secret>): string | undefined {
	const isSame =
		keys.get('accessKeyID')?.equals(valueIn(section, 'aws_access_key_id')) === true &&
		keys.get('secretAccessKey')?.equals(valueIn(section, 'aws_secret_access_key')) === true;
	return isSame ? undefined : 'has other keys than a moment ago';
}

/** Why nothing can be taken from a text whose profiles inherit keys from each other. */
function inheritedReason(text: string): string | undefined {
	const defaults = parseIni(text).sections.find(({name}) => name === 'DEFAULT');
	return defaults !== undefined && keysIn(defaults).length > 0 ? 'may inherit keys from `[DEFAULT]`' : undefined;
}

function valueIn({entries}: IniSection, key: string): Secret {
	return new Secret(entries.get(key)?.value ?? '');
}

function keysIn({entries}: IniSection): readonly IniEntry[] {
	return keyNames.flatMap(key => entries.get(key) ?? []);
}

/** The lines of a text with their ends, some of which are replaced or left out. */
class Lines {
	readonly #lines: string[];

	constructor(text: string) {
		this.#lines = text.split(/(?<=\r\n|\n|\r(?!\n))/);
	}

	/** Puts a setting in the place of the first of these, as far indented, and leaves out the others. */
	replace(entries: readonly IniEntry[], process: string): void {
		const [first = -1, ...others] = entries.map(({line}) => line - 1).sort((one, another) => one - another);
		const [, indent = '', end = ''] = /^([ \t]*)[^\r\n]*([\r\n]*)$/.exec(this.#lines[first] ?? '') ?? [];
		this.#lines[first] = `${indent}credential_process = ${process}${end}`;
		for (const each of others) this.#lines[each] = '';
	}

	text(): string {
		return this.#lines.join('');
	}
}
