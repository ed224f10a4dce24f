import {PharmerError} from '../../domain/errors.js';
import {Secret} from '../../domain/secret.js';
import {parseMoment} from '../../domain/time.js';
import {type Ini, type IniEntry, type IniSection, parseIni} from '../../text/ini.js';
import {Budget} from '../budget.js';
import {arrangeData} from '../data.js';
import {spellingsOf} from '../field-map.js';
import type {Refused} from '../importer.js';
import {assertOneLine, refusalOf, unreadable} from '../ini-file.js';
import {fold} from '../provider.js';
import {aws} from './schema.js';

/** A profile of an AWS file. */
export type Profile = {
	readonly name: string;
	/** The line of its first section. */
	readonly line: number;
	readonly data: ReadonlyMap<string, Secret>;
	/** The names of all its settings. */
	readonly settings: ReadonlySet<string>;
	/** What only some of AWS's tools take, as a sentence with its line. */
	readonly remark?: string;
};

export type Profiles = {
	readonly profiles: ReadonlyMap<string, Profile>;
	readonly refused: readonly Refused[];
	/** The profiles of which a line can't be read. */
	readonly broken: ReadonlySet<string>;
	/** The error about the first line that can't be read. */
	readonly problem?: PharmerError;
};

/** Whether it is the credentials file, the config file, or either of them. */
export type AwsFile = 'credentials' | 'config' | 'either';

/**
 * Settings used in place of keys, and what they do (AWS SDKs and tools reference guide, settings reference), in
 * botocore's order (credentials.py, create_credential_resolver). The first of which a profile has all counts.
 */
const ways: readonly (readonly [settings: readonly string[], reason: string])[] = [
	[['web_identity_token_file'], 'signs in with a token of another service, for keys that expire by themselves'],
	[['role_arn', 'source_profile'], 'assumes a role with the keys of another profile, and has none of its own'],
	[
		['role_arn', 'credential_source'],
		'has its keys from the machine or container it runs on, or from environment variables',
	],
	...['sso_session', 'sso_start_url', 'sso_account_id', 'login_session'].map(
		each => [[each], 'signs in with a browser, for keys that expire by themselves'] as const,
	),
	[['credential_process'], 'gets its keys from a program, which pharmer does not run'],
	[['role_arn'], 'assumes a role, but does not say with whose keys'],
	...['source_profile', 'credential_source'].map(
		each => [[each], 'says whose keys to assume a role with, but not which role'] as const,
	),
];

/** The names of all settings that are used in place of keys. */
export const wayNames: readonly string[] = ways.flatMap(([names]) => names);

/** Why a profile with these settings has no keys of its own; undefined when nothing says so. */
export function wayOf(settings: Pick<ReadonlySet<string>, 'has'>): string | undefined {
	return ways.find(([names]) => names.every(name => settings.has(name)))?.[1];
}

const fields = spellingsOf(aws);

/** The fields that say nothing without a key. */
const beside: readonly string[] = ['region', 'expiration'];

/** Whether the data holds a key. */
export function hasKeys(data: ReadonlyMap<string, Secret>): boolean {
	return [...data.keys()].some(key => !beside.includes(key));
}

/**
 * The profile named by a config file section `[profile name]` or `[profile "name"]`; undefined for any other section.
 */
export function configProfile(section: string): string | undefined {
	if (!/^profile\s/.test(section)) return undefined;
	// No pattern for the whole header: a name can hold anything, at any length.
	const name = section.slice('profile'.length).trim();
	const quote = name[0] ?? '';
	return /["']/.test(quote) && name.length > 2 && name.endsWith(quote) ? name.slice(1, -1) : name;
}

/** Sections of sign-on sessions and services are not profiles. */
const isProfile = (name: string): boolean => !/^(?:sso-session|services)\s/.test(name);

/**
 * The profiles of an AWS file, by the rules of both of AWS's readers: botocore (configloader.py) and the SDKs
 * (smithy-rs, profile-parser-tests.json). Sections of one profile are merged, and the last value counts. Of `[NAME]`
 * and `[profile NAME]` the second counts in a config file and the first in a credentials file. What one of the two
 * readers takes is taken, with a remark. `[DEFAULT]` fills what a profile lacks unless the profile has its keys from
 * elsewhere (botocore). Never throws: a profile with a line that can't be read is refused with that line, and so is
 * one with keys that no reader uses.
 */
export function readProfiles(text: string, file: AwsFile, isWanted = (_: IniSection): boolean => true): Profiles {
	const ini = parseIni(text);
	const isConfig = file === 'config' || (file === 'either' && ini.sections.some(({name}) => configProfile(name)));
	const profiles = new Map<string, Profile>();
	const refused: Refused[] = [];
	const broken = new Set<string>();
	let problem: PharmerError | undefined;
	const refuse = (label: string, error: PharmerError): void => {
		problem ??= error;
		refused.push(refusalOf(label, error));
	};
	if (ini.problem !== undefined) refuse('', unreadable(ini.problem));
	for (const section of inOrder(ini, isConfig)) {
		const prefixed = configProfile(section.name);
		const name = prefixed ?? section.name;
		try {
			if (section.problem !== undefined) throw unreadable(section.problem);
			if (!isProfile(section.name) || !isWanted(section)) continue;
			const profile = profileOf(name, section, file === 'credentials' && prefixed !== undefined);
			const before = profiles.get(name);
			const isOther = (prefixed !== undefined) !== isConfig;
			const isDefault = prefixed === undefined && /^default$/i.test(name);
			const isPassedOver = file === 'config' && isOther && !isDefault;
			if (isPassedOver || (isOther && before !== undefined)) {
				if (hasKeys(profile.data)) refused.push({label: name, reason: passedOverReason(section, isConfig, before)});
			} else profiles.set(name, before === undefined ? profile : merged(before, profile));
		} catch (error) {
			if (!(error instanceof PharmerError)) throw error;
			refuse(name, error);
			broken.add(name);
		}
	}
	for (const name of broken) profiles.delete(name);
	const defaults = profiles.get('DEFAULT');
	const shared = ini.sections.find(({name}) => name === 'DEFAULT')?.entries.values() ?? [];
	const size = [...shared].reduce((sum, {value}) => sum + value.length, 0);
	const budget = new Budget();
	const whole = [...profiles.values()]
		.flatMap(each => {
			if (defaults === undefined || each === defaults || !inherits(each, defaults)) return [each];
			if (budget.take(size)) return [inheriting(each, defaults)];
			const sentence = 'too many profiles inherit from `[DEFAULT]`';
			refused.push(refusalOf(each.name, unreadable({line: each.line, sentence, hint: 'write its values into them'})));
			return [];
		})
		.sort((one, other) => one.line - other.line);
	return {
		profiles: new Map(whole.map(each => [each.name, each])),
		refused,
		broken,
		...(problem === undefined ? {} : {problem}),
	};
}

/** The sections whose form counts in such a file, then the others, which count where there is none of the first. */
function inOrder({sections}: Ini, isConfig: boolean): readonly IniSection[] {
	const isOwn = ({name}: IniSection): boolean => (configProfile(name) !== undefined) === isConfig;
	return [...sections.filter(isOwn), ...sections.filter(each => !isOwn(each))];
}

function passedOverReason({name, line}: IniSection, isConfig: boolean, before: Profile | undefined): string {
	const [written, read] = isConfig ? ['[NAME]', '[profile NAME]'] : ['[profile NAME]', '[NAME]'];
	const file = isConfig ? 'config' : 'credentials';
	// botocore puts one default profile in the place of the other (configloader.py, build_profile_map).
	const isTaken = isConfig && name === 'default' && before !== undefined && before.line < line;
	const but = isTaken ? ', but the aws command the last of both' : '';
	return `stands as \`${written}\` on line ${line}: AWS tools read \`${read}\` in the ${file} file${but}`;
}

function inherits(profile: Profile, defaults: Profile): boolean {
	return [...defaults.data.keys()].some(key => !profile.data.has(key)) && wayOf(profile.settings) === undefined;
}

/** The profile with what it lacks of `[DEFAULT]`, and with the remark on that. */
function inheriting(profile: Profile, defaults: Profile): Profile {
	const remark = profile.remark ?? defaults.remark;
	const data = arrangeData(aws, new Map([...defaults.data, ...profile.data]));
	return {...profile, data, ...(remark === undefined ? {} : {remark})};
}

/** Merges two sections of a profile; what the second sets counts. */
function merged(first: Profile, second: Profile): Profile {
	const remark = second.remark ?? first.remark;
	return {
		name: first.name,
		line: Math.min(first.line, second.line),
		data: arrangeData(aws, new Map([...first.data, ...second.data])),
		settings: new Set([...first.settings, ...second.settings]),
		...(remark === undefined ? {} : {remark}),
	};
}

/**
 * A section as a profile. Throws `invalid` with the line for a key that continues on the next line, or a session token
 * that is set under two names with different values.
 */
function profileOf(name: string, section: IniSection, isPrefixed: boolean): Profile {
	const {line, entries} = section;
	const remark =
		remarkOf(section) ??
		(isPrefixed
			? `line ${line}: AWS SDKs pass over \`[profile NAME]\` in the credentials file, the aws command takes both words for the name`
			: undefined);
	return {
		name,
		line,
		data: dataOf(entries),
		settings: new Set(entries.keys()),
		...(remark === undefined ? {} : {remark}),
	};
}

/** What only some of AWS's tools take of a section. */
function remarkOf({entries, repeat}: IniSection): string | undefined {
	if (repeat !== undefined) {
		return `line ${repeat.line}: ${repeat.sentence}; AWS SDKs take the last value, the aws command refuses the file`;
	}
	const all = [...entries.values()];
	const own = all.filter(({key}) => fields.has(fold(key)));
	const colon = own.find(each => each.colon);
	if (colon) {
		return `line ${colon.line}: AWS SDKs do not take a \`:\` for \`=\`, only the aws command and the SDK for Go do`;
	}
	const comment = own.find(each => each.comment);
	if (comment)
		return `line ${comment.line}: the aws command takes the comment for a part of the value, AWS SDKs do not`;
	const unnamed = all.find(each => each.unnamedAt !== undefined)?.unnamedAt;
	if (unnamed === undefined) return undefined;
	return `line ${unnamed}: this nested line is not \`name = value\`, for which some AWS tools refuse the file`;
}

function dataOf(entries: ReadonlyMap<string, IniEntry>): ReadonlyMap<string, Secret> {
	const data = new Map<string, Secret>();
	const moments: string[] = [];
	let unread: string | undefined;
	for (const entry of entries.values()) {
		const key = fields.get(fold(entry.key))?.key;
		if (key === undefined) continue;
		assertOneLine(entry);
		if (key === 'expiration') {
			// Each tool writes a name of its own and leaves the others behind: the last moment is that of the keys.
			const moment = parseMoment(entry.value);
			if (moment === undefined) unread = entry.value;
			else moments.push(moment);
			continue;
		}
		const value = new Secret(entry.value);
		// Older tools also write the session token under its old name.
		if (data.get(key)?.equals(value) === false) {
			const sentence = `\`${key}\` is there a second time in its profile, with another value`;
			throw unreadable({line: entry.line, sentence});
		}
		data.set(key, value);
	}
	const moment = moments.sort().at(-1) ?? unread;
	if (moment !== undefined && data.has('sessionToken')) data.set('expiration', new Secret(moment));
	return arrangeData(aws, data);
}
