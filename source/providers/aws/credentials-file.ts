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
 * The profiles of an AWS shared credentials or config file that hold keys, with their region when it is there. Roles, sign-on
 * sessions, helpers and settings are left out: there is nothing in them to keep. At least one comes back. Throws `invalid` with
 * the line for what `parseIni()` refuses, a profile that is there twice, and a key that is continued on the next line.
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
			'profiles with a role, a sign-on or a helper only have nothing to keep here',
		);
	}
	return [first, ...others];
}

const fields = spellingsOf(aws);

/** Whether it is more than a region. */
export function hasKeys(data: ReadonlyMap<string, Secret>): boolean {
	return [...data.keys()].some(key => key !== 'region');
}

/** The profile of a section `[profile name]` or `[profile "name"]` of the config file; undefined for every other section. */
export function configProfile(section: string): string | undefined {
	if (!/^profile\s/.test(section)) return undefined;
	// No pattern for the whole of it: a name is whatever somebody put there, and however long.
	const name = section.slice('profile'.length).trim();
	const quote = name[0] ?? '';
	return /["']/.test(quote) && name.length > 2 && name.endsWith(quote) ? name.slice(1, -1) : name;
}

/** What a section's profile is called: `[name]` in the credentials file, as `configProfile()` says in the config file. */
export function profileName(section: string): string {
	return configProfile(section) ?? section;
}

/** The keys and the region of a profile. Throws `invalid` with the line for a key that is continued on the next, or there twice under two names. */
export function profileData(section: IniSection): ReadonlyMap<string, Secret> {
	const data = new Map<string, Secret>();
	for (const entry of section.entries.values()) {
		const key = fields.get(fold(entry.key))?.key;
		if (key === undefined) continue;
		if (entry.continuedAt !== undefined) {
			throw invalidLine(
				entry.continuedAt,
				'this line is indented, so it goes on with the value above it',
				'take away the white space at its start',
			);
		}
		const value = new Secret(entry.value);
		// Older tools write the session token under its old name as well.
		if (data.get(key)?.equals(value) === false) {
			throw invalidLine(entry.line, `\`${key}\` is there a second time in its profile, with another value`);
		}
		data.set(key, value);
	}
	return arrangeData(aws, data);
}
