import {PharmerError} from '../../domain/errors.js';
import {Secret} from '../../domain/secret.js';
import {type IniSection, parseIni} from '../../text/ini.js';
import {invalidLine} from '../../text/position.js';
import {arrangeData} from '../data.js';
import {spellingsOf} from '../field-map.js';
import {fold} from '../provider.js';
import {aws} from './schema.js';

export type AwsProfile = {readonly name: string; readonly data: ReadonlyMap<string, Secret>};

/**
 * The profiles that hold keys in an AWS shared credentials or config file, with their region if set. Roles, sign-on
 * sessions, helpers and settings are left out because they hold nothing to keep. Returns at least one profile. Throws
 * `invalid` with the line for what `parseIni()` refuses, a duplicate profile, and a key that continues on the next
 * line.
 */
export function readAwsCredentials(text: string): readonly [AwsProfile, ...AwsProfile[]] {
	const profiles = new Map<string, AwsProfile>();
	for (const section of parseIni(text)) {
		const name = profileName(section.name);
		const data = profileData(section);
		if (!hasKeys(data)) continue;
		if (profiles.has(name)) throw invalidLine(section.line, 'this profile is there a second time');
		profiles.set(name, {name, data});
	}
	const [first, ...others] = profiles.values();
	if (first === undefined) {
		throw new PharmerError(
			'invalid',
			'no profile of this AWS file holds access keys',
			'profiles that only have a role, a sign-on or a helper hold nothing to keep',
		);
	}
	return [first, ...others];
}

const fields = spellingsOf(aws);

/** Whether the data holds more than a region. */
export function hasKeys(data: ReadonlyMap<string, Secret>): boolean {
	return [...data.keys()].some(key => key !== 'region');
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

/** The profile name of a section: `[name]` in the credentials file, `configProfile()` in the config file. */
export function profileName(section: string): string {
	return configProfile(section) ?? section;
}

/**
 * A profile's keys and region. Throws `invalid` with the line for a key that continues on the next line, or is set
 * twice under two names with different values.
 */
export function profileData(section: IniSection): ReadonlyMap<string, Secret> {
	const data = new Map<string, Secret>();
	for (const entry of section.entries.values()) {
		const key = fields.get(fold(entry.key))?.key;
		if (key === undefined) continue;
		if (entry.continuedAt !== undefined) {
			throw invalidLine(
				entry.continuedAt,
				'this line is indented, so it continues the value above it',
				'remove the white space at its start',
			);
		}
		const value = new Secret(entry.value);
		// Older tools also write the session token under its old name.
		if (data.get(key)?.equals(value) === false) {
			throw invalidLine(entry.line, `\`${key}\` is there a second time in its profile, with another value`);
		}
		data.set(key, value);
	}
	return arrangeData(aws, data);
}
