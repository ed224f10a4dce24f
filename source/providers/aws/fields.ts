import {expirationField} from '../expiration.js';
import type {Field} from '../provider.js';

function surroundingSpace(value: string): string | undefined {
	return /^\s|\s$/.test(value) ? 'it begins or ends with white space' : undefined;
}

/**
 * Key ids: `AKIA` for long-lived keys, `ASIA` for temporary ones, `ABIA` and `ACCA` for service credentials, then 16
 * characters of base32 (AWS IAM reference, unique identifiers; gitleaks' rule).
 */
function keyIdOddity(value: string): string | undefined {
	const space = surroundingSpace(value);
	if (space !== undefined) return space;
	if (!/^(AKIA|ASIA|ABIA|ACCA)/.test(value)) return 'AWS access key ids start with AKIA or ASIA';
	if (value.length !== 20) return `AWS access key ids have 20 characters, this has ${value.length}`;
	if (!/^[A-Z2-7]+$/.test(value.slice(4)))
		return 'AWS access key ids have only A to Z and 2 to 7 after the first four letters';
	return undefined;
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * The account of a key id: the bits after the first one of the six bytes that start at its fifth character (Tal Be'ery,
 * "A short note on AWS key ID", 2023; trufflehog does the same). Older ids, AKIAI… and AKIAJ…, do not hold it.
 */
function accountOf(value: string): string | undefined {
	if (keyIdOddity(value) !== undefined || /^AKIA[IJ]/.test(value)) return undefined;
	const bits = [...value.slice(4, 14)].reduce((sum, character) => sum * 32n + BigInt(base32.indexOf(character)), 0n);
	const account = ((bits >> 2n) & 0x7fffffffff80n) >> 7n;
	return `a key of the account ${account.toString().padStart(12, '0')}`;
}

/** Secret access keys: 40 characters of base64. */
function secretKeyOddity(value: string): string | undefined {
	const space = surroundingSpace(value);
	if (space !== undefined) return space;
	if (value.length !== 40) return `AWS secret access keys have 40 characters, this has ${value.length}`;
	if (!/^[A-Za-z0-9/+=]+$/.test(value)) return 'AWS secret access keys have only letters, digits, `/`, `+` and `=`';
	return undefined;
}

function regionOddity(value: string): string | undefined {
	return /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(value) ? undefined : 'AWS regions look like eu-west-1';
}

/** Whether a key id is of a key that does not expire by itself. */
export function isLongLived(accessKeyID: string): boolean {
	return accessKeyID.startsWith('AKIA');
}

/** The provider's id. */
export const awsId = 'aws';

/**
 * The fields of AWS, without the rest of the provider: what tools ask for all day loads no guide. Keys and names of
 * variables are the older tool's, plus AWS's own (AWS CLI user guide, environment variables).
 */
export const awsFields: readonly Field[] = [
	{
		key: 'accessKeyID',
		label: 'Access key ID',
		help: 'starts with AKIA, or with ASIA for temporary keys; 20 characters',
		secret: false,
		required: true,
		environment: ['AWS_ACCESS_KEY_ID', 'AWS_ACCESS_KEY', 'AMAZON_ACCESS_KEY_ID', 'EC2_ACCESS_KEY'],
		aliases: ['accessKeyID', 'aws_access_key_id', 'aws_access_key'],
		oddity: keyIdOddity,
		tells: accountOf,
	},
	{
		key: 'secretAccessKey',
		label: 'Secret access key',
		help: '40 characters, shown once by AWS when the key is made',
		secret: true,
		required: true,
		environment: ['AWS_SECRET_ACCESS_KEY', 'AWS_SECRET_KEY', 'AMAZON_SECRET_ACCESS_KEY', 'EC2_SECRET_KEY'],
		aliases: ['secretAccessKey', 'aws_secret_access_key', 'aws_secret_key'],
		oddity: secretKeyOddity,
	},
	{
		key: 'sessionToken',
		label: 'Session token',
		help: 'only for temporary keys, the ones that start with ASIA',
		secret: true,
		required: false,
		environment: ['AWS_SESSION_TOKEN', 'AWS_SECURITY_TOKEN', 'EC2_SECURITY_TOKEN'],
		aliases: ['sessionToken', 'aws_session_token', 'aws_security_token'],
		oddity: surroundingSpace,
		asked: value => !isLongLived(value('accessKeyID')),
	},
	{
		key: 'region',
		label: 'Region',
		help: 'such as eu-west-1',
		secret: false,
		required: false,
		setting: true,
		environment: ['AWS_REGION', 'AWS_DEFAULT_REGION', 'EC2_REGION'],
		variables: ['AWS_REGION', 'AWS_DEFAULT_REGION'],
		aliases: ['region', 'aws_region'],
		oddity: regionOddity,
	},
	// botocore, credentials.py; aws-vault. In files: aws-mfa, sts, aws-azure-login, saml2aws, the cache of `aws login`.
	expirationField(
		{
			environment: ['AWS_CREDENTIAL_EXPIRATION', 'AWS_SESSION_EXPIRATION'],
			aliases: [
				'expiration',
				'aws_expiration',
				'aws_session_token_expiration',
				'aws_token_expiration',
				'x_security_token_expires',
				'expiresAt',
			],
			asked: value => !isLongLived(value('accessKeyID')),
		},
		'sessionToken',
	),
];
