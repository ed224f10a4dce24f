import type {Credential} from '../../domain/credential.js';
import {PharmerError} from '../../domain/errors.js';
import {fieldsInClear, notCarried} from '../../domain/fields-in-clear.js';
import {aws} from './schema.js';

/**
 * AWS's names for the fields in its files (AWS SDKs and tools reference guide, shared config and credentials files).
 */
const settings: Readonly<Record<string, string>> = {
	accessKeyID: 'aws_access_key_id',
	secretAccessKey: 'aws_secret_access_key',
	sessionToken: 'aws_session_token',
	expiration: 'expiration',
	region: 'region',
};

/**
 * An AWS credentials file with a profile for each credential. Throws `invalid` for a credential of another provider and
 * for a value that can't be written on one line.
 */
export function exportAws(credentials: readonly Credential[]): string {
	const other = credentials.find(({provider}) => provider !== aws.id);
	if (other !== undefined) {
		throw new PharmerError(
			'invalid',
			`\`${other.name}\` is for ${other.provider}, and an AWS credentials file holds keys of ${aws.id} only`,
			'`-p aws` leaves the others out',
		);
	}
	return credentials.map(profile).join('\n');
}

function profile(credential: Credential): string {
	const lines = fieldsInClear(credential).map(([key, value]) => {
		// White space can start a comment, and a value ends with its line.
		const fits = !/[\r\n\0]|^\s|\s$|\s[#;]|^[#;]/.test(value);
		const setting = settings[key];
		if (!fits || setting === undefined) throw notCarried(credential.name, key, 'an AWS credentials file');
		return `${setting} = ${value}\n`;
	});
	return `[${credential.name}]\n${lines.join('')}`;
}
