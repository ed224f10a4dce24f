import {PharmerError} from '../../domain/errors.js';
import {Secret} from '../../domain/secret.js';
import {type IniEntry, type IniSection, parseIni} from '../../text/ini.js';
import {profileSection} from './config-edit.js';
import {wayNames} from './profiles.js';

/** A profile whose keys leave the file, and the command line that gives them from then on. */
export type ClosedProfile = {
	readonly profile: string;
	readonly process: string;
	/** Whether the text is that of the config file or of the credentials file. */
	readonly file: 'config' | 'credentials';
};

/** The text without a profile's keys; or why they stay in it, as the rest of a sentence about the profile. */
export type Closed =
	| {readonly text: string; readonly keys: readonly [id: Secret, secret: Secret]}
	| {readonly reason: string};

const tokens = ['aws_session_token', 'aws_security_token'];
const keys = ['aws_access_key_id', 'aws_secret_access_key', ...tokens];

/**
 * Puts a `credential_process` in the place of a profile's keys, in the file in which they stand: the aws command merges
 * both files (botocore, session.py, full_config), the SDKs for Go, Java, JavaScript, PHP, Ruby and Rust read it in
 * either; only that for C++ reads it in the config file alone (AWSCredentialsProvider.cpp). All other bytes stay.
 * `other` is the text of the other file, empty when there is none. Nothing is changed where AWS's tools may take the
 * keys from somewhere else, or read the lines each in its own way.
 */
export function closeProfile(text: string, other: string, {profile, process, file}: ClosedProfile): Closed {
	try {
		const section = profileSection(text, profile, file);
		if (section === undefined) return {reason: 'does not stand in it as AWS tools read it'};
		const beside = profileSection(other, profile, file === 'config' ? 'credentials' : 'config');
		const reason = reasonToLeave(section, beside) ?? inheritedReason(text) ?? inheritedReason(other);
		if (reason !== undefined) return {reason};
		const secretOf = (key: string): Secret => new Secret(section.entries.get(key)?.value ?? '');
		const stood = [secretOf('aws_access_key_id'), secretOf('aws_secret_access_key')] as const;
		return {text: replaced(text, section, process), keys: stood};
	} catch (error) {
		if (!(error instanceof PharmerError)) throw error;
		return {reason: `can't be read as AWS tools do: ${error.message}`};
	}
}

function reasonToLeave(section: IniSection, beside: IniSection | undefined): string | undefined {
	const textOf = (key: string): string => section.entries.get(key)?.value ?? '';
	if (tokens.some(key => textOf(key) !== '')) return 'has temporary keys, which stop working by themselves';
	if (textOf('aws_access_key_id') === '' || textOf('aws_secret_access_key') === '')
		return 'has only a part of its keys in it';
	const odd = keysIn(section).find(each => each.continuedAt !== undefined || each.colon || each.comment);
	if (odd !== undefined) return `has a line that AWS tools read each in its own way: line ${odd.line}`;
	const rival = wayNames.find(name => section.entries.has(name) || beside?.entries.has(name));
	if (rival !== undefined) return `also has \`${rival}\`, which some AWS tools use in place of the keys`;
	return beside !== undefined && keysIn(beside).length > 0 ? 'has keys in two files' : undefined;
}

/** Why nothing can be taken from a text whose profiles inherit keys from each other. */
function inheritedReason(text: string): string | undefined {
	const defaults = parseIni(text).sections.find(({name}) => name === 'DEFAULT');
	return defaults !== undefined && keysIn(defaults).length > 0 ? 'may inherit keys from `[DEFAULT]`' : undefined;
}

function keysIn({entries}: IniSection): readonly IniEntry[] {
	return keys.flatMap(key => entries.get(key) ?? []);
}

/** The text with the first of the keys replaced and the others removed, each with its line. */
function replaced(text: string, section: IniSection, process: string): string {
	const lines = text.split(/(?<=\r\n|\n|\r(?!\n))/);
	const [first, ...others] = keysIn(section)
		.map(({line}) => line - 1)
		.sort((one, another) => one - another);
	const [, indent = '', end = ''] = /^([ \t]*)[^\r\n]*([\r\n]*)$/.exec(lines[first ?? -1] ?? '') ?? [];
	return lines
		.map((line, at) => (at === first ? `${indent}credential_process = ${process}${end}` : line))
		.filter((_, at) => !others.includes(at))
		.join('');
}
