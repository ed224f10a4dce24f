import type {Credential} from '../../domain/credential.js';
import {PharmerError} from '../../domain/errors.js';
import {escapeInQuotes} from '../../text/visible.js';
import {valuesOf} from '../data.js';
import {expirationOf} from '../expiration.js';
import {awsFields, awsId} from './fields.js';

/**
 * The output of a `credential_process`: one JSON object and a line feed (AWS SDKs and tools reference guide, process
 * credential provider). `SessionToken` is set when the credential has one.
 *
 * `Expiration` marks the keys as temporary and tells a client when to ask again; without it they count as long-lived.
 * So only keys with a session token get it: their own expiration, or else the end of the day in `expires`, in UTC. For
 * long-lived keys, `expires` is the day somebody plans to replace them; AWS still accepts them afterwards.
 *
 * Throws `invalid` for a credential of another provider, one that lacks a key, and temporary keys whose time has
 * passed.
 */
export function credentialProcessOutput({name, provider, data, expires}: Credential, now: Date): string {
	if (provider !== awsId) {
		throw new PharmerError(
			'invalid',
			`\`${name}\` is a credential for ${provider}, not for ${awsId}`,
			'`pharmer get credentials -p aws` lists those for aws',
		);
	}
	const value = valuesOf(data);
	const missing = awsFields.find(field => field.required && value(field.key) === '');
	if (missing !== undefined) {
		throw new PharmerError(
			'invalid',
			`\`${name}\` has no \`${missing.key}\``,
			`\`pharmer edit credential ${name}\` adds it`,
		);
	}
	const token = value('sessionToken');
	const ends = token === '' ? undefined : (expirationOf({fields: awsFields}, data) ?? (expires && endOfDay(expires)));
	if (ends !== undefined && Date.parse(ends) <= now.getTime()) {
		const when = expirationOf({fields: awsFields}, data) ?? expires;
		throw new PharmerError(
			'invalid',
			`the temporary keys of \`${name}\` expired on \`${when}\``,
			`\`pharmer edit credential ${name}\` takes new ones`,
		);
	}
	const output = {
		Version: 1,
		AccessKeyId: value('accessKeyID'),
		SecretAccessKey: value('secretAccessKey'),
		...(token === '' ? {} : {SessionToken: token}),
		...(ends === undefined ? {} : {Expiration: ends}),
	};
	return escapeInQuotes(`${JSON.stringify(output)}\n`);
}

/** The end of a day in UTC: `2027-02-01T00:00:00Z` for `2027-01-31`. */
function endOfDay(day: string): string {
	const midnight = new Date(`${day}T00:00:00Z`);
	midnight.setUTCDate(midnight.getUTCDate() + 1);
	return midnight.toISOString().replace('.000Z', 'Z');
}
