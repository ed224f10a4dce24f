import type {Provider, Values} from '../provider.js';
import {insteadOf, surroundingSpace} from '../shape-rules.js';

/**
 * IBM Cloud keys have 44 characters (IBM's detect-secrets, ibm_cloud_iam.py). A user of classic infrastructure has a
 * key of 64 letters and digits, or the user name `apikey` with an IBM Cloud key (softlayer-python,
 * docs/config_file.rst).
 */
function apiKeyOddity(value: string, others: Values): string | undefined {
	const space = surroundingSpace(value);
	if (space !== undefined) return space;
	const username = others('username');
	if (username === '' || username === 'apikey') {
		return /^[A-Za-z0-9_-]{44}$/.test(value)
			? undefined
			: `IBM Cloud API keys have 44 letters, digits, \`_\` and \`-\`, ${insteadOf(44, value)}`;
	}
	return /^[A-Za-z0-9]{64}$/.test(value)
		? undefined
		: `API keys of classic infrastructure have 64 letters and digits, ${insteadOf(64, value)}`;
}

/**
 * IBM Cloud and its classic infrastructure, formerly SoftLayer. Variables: those of ibmcloud and Terraform
 * (terraform-provider-ibm, provider.go), of softlayer-python (config.py), and of the older tool.
 */
export const ibm: Provider = {
	id: 'ibm',
	title: 'IBM Cloud',
	purpose: 'clusters, servers, SoftLayer',
	aliases: ['softlayer', 'bluemix', 'ibmcloud'],
	open: false,
	publicId: 'username',
	fields: [
		{
			key: 'username',
			label: 'Classic username',
			help: 'only for classic infrastructure (SoftLayer); leave it empty for an IBM Cloud API key',
			secret: false,
			required: false,
			environment: ['SL_USERNAME', 'IAAS_CLASSIC_USERNAME', 'SOFTLAYER_API_USERNAME', 'SOFTLAYER_USERNAME'],
			variables: ['SL_USERNAME', 'IAAS_CLASSIC_USERNAME'],
			aliases: [],
			oddity: surroundingSpace,
		},
		{
			key: 'apiKey',
			label: 'API key',
			help: '44 characters, shown once by IBM Cloud; 64 for classic infrastructure',
			secret: true,
			required: true,
			environment: [
				'IBMCLOUD_API_KEY',
				'IC_API_KEY',
				'BLUEMIX_API_KEY',
				'BM_API_KEY',
				'SL_API_KEY',
				'IAAS_CLASSIC_API_KEY',
				'SOFTLAYER_API_KEY',
			],
			variables: ['IBMCLOUD_API_KEY', 'IC_API_KEY'],
			variablesWith: {key: 'username', variables: ['SL_API_KEY', 'IAAS_CLASSIC_API_KEY']},
			aliases: ['api_key'],
			oddity: apiKeyOddity,
		},
	],
	conflicts: [
		'IBMCLOUD_CR_TOKEN',
		'IBMCLOUD_IAM_TOKEN',
		'IC_IAM_TOKEN',
		'IBMCLOUD_IAM_PROFILE_ID',
		'IC_IAM_PROFILE_ID',
	],
	guide: {
		page: 'https://cloud.ibm.com/iam/apikeys',
		revoke: 'https://cloud.ibm.com/iam/apikeys',
		summary: 'Make a service ID of its own for pharmer, with the roles it needs, and an API key for it.',
		sections: [
			{
				title: 'With the ibmcloud command',
				commands: true,
				lines: [
					'ibmcloud iam service-id-create pharmer',
					'ibmcloud iam service-policy-create pharmer --roles Administrator,Manager --service-name containers-kubernetes',
					'ibmcloud iam service-policy-create pharmer --roles Editor --service-name is',
					'ibmcloud iam service-api-key-create pharmer pharmer',
				],
			},
			{
				title: 'In the console',
				commands: false,
				lines: [
					'Open Manage, Access (IAM), Service IDs, then Create. Name it pharmer.',
					'Access, Assign access: give it Editor on VPC Infrastructure Services, Administrator and Manager on Kubernetes Service.',
					'API keys, Create. Copy or download the key: it is shown only once.',
				],
			},
			{
				title: 'For classic infrastructure',
				commands: false,
				lines: [
					'Open Manage, Access (IAM), API keys, and choose Classic infrastructure API keys, then Create.',
					'The username is in its details; most look like 1234567_name@example.com.',
					'An IBM Cloud API key works there too, with the username apikey.',
				],
			},
		],
		another: [
			{
				title: 'With the ibmcloud command, for the service ID pharmer',
				commands: true,
				lines: [
					'ibmcloud iam service-api-key-create pharmer-2 pharmer',
					'ibmcloud iam service-api-key-delete pharmer pharmer',
				],
			},
			{
				title: 'In the console',
				commands: false,
				lines: [
					'Open Manage, Access (IAM), Service IDs, the one that the key is of, then API keys, Create.',
					'Copy or download the key: it is shown only once. The old one works on beside it.',
					'Once nothing uses the old one: delete it in the same list.',
				],
			},
			{
				title: 'For classic infrastructure',
				commands: false,
				lines: [
					'A user has one classic key: it has to be deleted before there can be another, and what uses it stops at once.',
					'So that nothing stops, make an IBM Cloud API key: it works there too, with the username apikey.',
					'Otherwise open Manage, Access (IAM), API keys, and choose Classic infrastructure API keys.',
					'Delete the key in its menu, then Create a classic infrastructure key, and copy it.',
				],
			},
		],
	},
};
