import type {Provider} from '../provider.js';
import {shaped, surroundingSpace} from '../shape-rules.js';
import {clusterFamilies} from './policies.js';
import {fingerprintOf, passphraseOddity, privateKeyOddity} from './private-key.js';

/**
 * OCIDs are `ocid1.user.oc1..…`; the oldest are `ocidv1:user:oc1:…` (Oracle's documentation, resource identifiers; the
 * Python SDK's config.py accepts both).
 */
function ocid(kind: string, pattern: RegExp): (value: string) => string | undefined {
	return shaped(pattern, `it looks like ocid1.${kind}.oc1..…`);
}

const statements = clusterFamilies.map(family => `Allow group pharmer to manage ${family} in compartment COMPARTMENT`);

/**
 * Oracle Cloud Infrastructure, with an API signing key. The command reads `OCI_CLI_…` (Oracle's documentation, CLI
 * environment variables); the Terraform provider reads `TF_VAR_…`, then `OCI_…` (its internal/provider/provider.go).
 * The names OCI_USER_…, OCI_TENANCY and OCI_REGION are Ansible's (oracle.oci, oci_config_utils.py).
 */
export const oci: Provider = {
	id: 'oci',
	title: 'Oracle Cloud Infrastructure',
	purpose: 'compute, networks, Kubernetes, storage',
	aliases: ['oracle'],
	open: false,
	publicId: 'fingerprint',
	fields: [
		{
			key: 'user',
			label: 'User OCID',
			help: 'ocid1.user.oc1..…, on the page of the user in the console',
			secret: false,
			required: true,
			environment: ['OCI_CLI_USER', 'TF_VAR_user_ocid', 'OCI_USER_OCID', 'OCI_USER_ID'],
			variables: ['OCI_CLI_USER', 'TF_VAR_user_ocid', 'OCI_USER_ID'],
			aliases: ['user_ocid'],
			oddity: ocid('user', /^ocidv?1[.:]user[.:]\S+$/),
		},
		{
			key: 'tenancy',
			label: 'Tenancy OCID',
			help: 'ocid1.tenancy.oc1..…, on the page of the tenancy in the console',
			secret: false,
			required: true,
			environment: ['OCI_CLI_TENANCY', 'TF_VAR_tenancy_ocid', 'OCI_TENANCY_OCID', 'OCI_TENANCY'],
			variables: ['OCI_CLI_TENANCY', 'TF_VAR_tenancy_ocid', 'OCI_TENANCY'],
			aliases: ['tenancy_ocid'],
			oddity: ocid('tenancy', /^ocidv?1[.:]tenancy[.:]\S+$/),
		},
		{
			key: 'fingerprint',
			label: 'Fingerprint',
			help: '16 pairs of hex, as the console lists them; left empty, it is worked out',
			secret: false,
			required: true,
			environment: ['OCI_CLI_FINGERPRINT', 'TF_VAR_fingerprint', 'OCI_FINGERPRINT', 'OCI_USER_FINGERPRINT'],
			variables: ['OCI_CLI_FINGERPRINT', 'TF_VAR_fingerprint', 'OCI_USER_FINGERPRINT'],
			aliases: [],
			oddity: shaped(
				/^([0-9a-f]{2}:){15}[0-9a-f]{2}$/,
				'fingerprints are 16 pairs of 0 to 9 and a to f with colons between',
			),
			derived: value => fingerprintOf(value('privateKey'), value('passphrase')),
		},
		{
			key: 'privateKey',
			label: 'Private key',
			help: 'the text of the .pem file that was downloaded when the API key was made',
			secret: true,
			required: true,
			multiline: true,
			environment: ['OCI_CLI_KEY_CONTENT', 'TF_VAR_private_key', 'OCI_PRIVATE_KEY'],
			environmentFiles: ['OCI_CLI_KEY_FILE', 'TF_VAR_private_key_path', 'OCI_PRIVATE_KEY_PATH', 'OCI_USER_KEY_FILE'],
			variables: ['OCI_CLI_KEY_CONTENT', 'TF_VAR_private_key'],
			file: {name: 'oci-api-key.pem', variables: ['OCI_CLI_KEY_FILE', 'TF_VAR_private_key_path', 'OCI_USER_KEY_FILE']},
			aliases: ['key_content', 'private_key'],
			oddity: (value, others) => privateKeyOddity(value, others('passphrase'), others('fingerprint')),
		},
		{
			key: 'passphrase',
			label: 'Passphrase',
			help: 'only for a private key that is encrypted',
			secret: true,
			required: false,
			environment: [
				'OCI_CLI_PASSPHRASE',
				'TF_VAR_private_key_password',
				'OCI_PRIVATE_KEY_PASSWORD',
				'OCI_USER_KEY_PASS_PHRASE',
			],
			variables: ['OCI_CLI_PASSPHRASE', 'TF_VAR_private_key_password', 'OCI_USER_KEY_PASS_PHRASE'],
			aliases: ['pass_phrase', 'private_key_password'],
			oddity: (value, others) => surroundingSpace(value) ?? passphraseOddity(others('privateKey')),
		},
		{
			key: 'region',
			label: 'Region',
			help: 'such as eu-frankfurt-1',
			secret: false,
			required: true,
			// The same key signs for all regions that the tenancy is subscribed to.
			unit: 'region',
			environment: ['OCI_CLI_REGION', 'TF_VAR_region', 'OCI_REGION'],
			variables: ['OCI_CLI_REGION', 'TF_VAR_region', 'OCI_REGION'],
			aliases: [],
			oddity: shaped(/^[a-z]+(-[a-z]+)*(-\d+)?$/, 'OCI regions look like eu-frankfurt-1'),
		},
	],
	tool: 'oci iam region list',
	conflicts: [
		'OCI_CLI_PROFILE',
		'OCI_CLI_AUTH',
		'OCI_CLI_SECURITY_TOKEN_FILE',
		'OCI_AUTH',
		'OCI_CONFIG_FILE_PROFILE',
		'OCI_CONFIG_PROFILE',
		'OCI_ANSIBLE_AUTH_TYPE',
		'TF_VAR_auth',
		'TF_VAR_config_file_profile',
	],
	guide: {
		page: 'https://cloud.oracle.com/identity/domains/my-profile/api-keys',
		revoke: 'https://cloud.oracle.com/identity/domains/my-profile/api-keys',
		summary: 'Make a user of its own for pharmer, in a group that a policy lets do just what it needs.',
		sections: [
			{
				title: 'With the oci command',
				commands: true,
				lines: [
					'oci iam group create --name pharmer --description "made for pharmer"',
					'oci iam user create --name pharmer --description "made for pharmer"',
					'oci iam group add-user --group-id GROUP_OCID --user-id USER_OCID',
					`oci iam policy create --compartment-id TENANCY_OCID --name pharmer --description "made for pharmer" --statements '${JSON.stringify(statements)}'`,
					'openssl genrsa -out ~/.oci/pharmer.pem 2048',
					'chmod go-rwx ~/.oci/pharmer.pem',
					'openssl rsa -pubout -in ~/.oci/pharmer.pem -out ~/.oci/pharmer_public.pem',
					'oci iam user api-key upload --user-id USER_OCID --key-file ~/.oci/pharmer_public.pem',
				],
			},
			{
				title: 'In the console',
				commands: false,
				lines: [
					'Open Identity & Security, Domains, your domain. Make a group pharmer and a user pharmer in it.',
					`Identity & Security, Policies, Create Policy. Its statements: ${statements.join('; ')}.`,
					'Open the user, API keys, Add API key, Generate API key pair. Download the private key, then Add.',
					'The preview that is shown then holds the user, the fingerprint, the tenancy and the region.',
				],
			},
		],
	},
};
