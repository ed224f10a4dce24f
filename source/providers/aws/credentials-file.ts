import {PharmerError} from '../../domain/errors.js';
import type {Secret} from '../../domain/secret.js';
import {hasKeys, readProfiles} from './profiles.js';

export type AwsProfile = {readonly name: string; readonly data: ReadonlyMap<string, Secret>};

/**
 * The profiles that hold keys in an AWS shared credentials or config file, with their region if set. Roles, sign-on
 * sessions, helpers and settings are left out because they hold nothing to keep, and so are profiles that can't be
 * read. Returns at least one profile. Throws `invalid` when there is none, with the line of the first that can't be
 * read.
 */
export function readAwsCredentials(text: string): readonly [AwsProfile, ...AwsProfile[]] {
	const {profiles, problem} = readProfiles(text, 'either');
	const [first, ...others] = [...profiles.values()].filter(({data}) => hasKeys(data));
	if (first !== undefined) return [first, ...others];
	if (problem !== undefined) throw problem;
	throw new PharmerError(
		'invalid',
		'no profile of this AWS file holds access keys',
		'profiles that only have a role, a sign-on or a helper hold nothing to keep',
	);
}
