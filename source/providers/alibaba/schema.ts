import {expirationField} from '../expiration.js';
import type {Finding, Provider, Values} from '../provider.js';
import {insteadOf, surroundingSpace} from '../shape-rules.js';
import {clusterPolicies as policies} from './policies.js';

const isTemporary = (value: Values): boolean => value('accessKeyID').startsWith('STS.');

/**
 * Key ids. Long-lived: `LTAI` and 12 to 21 letters and digits (gitleaks and trufflehog, rules for Alibaba). Temporary:
 * `STS.` (the STS API's reference, AssumeRole).
 */
function keyIdOddity(value: string): string | undefined {
	const space = surroundingSpace(value);
	if (space !== undefined) return space;
	if (/^STS\.[A-Za-z0-9]+$/.test(value)) return undefined;
	if (!value.startsWith('LTAI')) return 'Alibaba Cloud AccessKey ids start with LTAI, or with STS. for temporary keys';
	return /^LTAI[A-Za-z0-9]{12,21}$/.test(value)
		? undefined
		: 'Alibaba Cloud AccessKey ids are LTAI and 12 to 21 letters and digits';
}

/** A long-lived key's secret has 30 letters and digits (gitleaks, alibaba-secret-key); a temporary key's is longer. */
function secretOddity(value: string, others: Values): string | undefined {
	const space = surroundingSpace(value);
	if (space !== undefined || isTemporary(others)) return space;
	return /^[A-Za-z0-9]{30}$/.test(value)
		? undefined
		: `Alibaba Cloud AccessKey secrets have 30 letters and digits, ${insteadOf(30, value)}`;
}

/** The aliyun command's own check (aliyun-cli, profile.go, `IsRegion`). */
function regionOddity(value: string): string | undefined {
	return /^[A-Za-z0-9-]+$/.test(value) ? undefined : 'Alibaba Cloud regions look like eu-central-1';
}

function check(value: Values): readonly Finding[] {
	const hasToken = value('securityToken') !== '';
	if (isTemporary(value) && !hasToken) {
		return [
			{
				severity: 'wrong',
				field: 'securityToken',
				message: 'a key id that starts with STS. is temporary and needs its security token',
			},
		];
	}
	if (hasToken && value('accessKeyID').startsWith('LTAI')) {
		return [
			{
				severity: 'odd',
				field: 'securityToken',
				message: 'a key id that starts with LTAI is long-lived and has no security token',
			},
		];
	}
	return [];
}

/**
 * Alibaba Cloud. Variables: those of the aliyun command and the SDKs (aliyun-cli, profile.go), then Terraform's
 * (terraform-provider-alicloud, provider.go). aliyun also reads plain `ACCESS_KEY_ID` and `REGION`; these are left out
 * because too many other tools use them. Ansible's names are among them (alibaba.alicloud, ecs.py).
 */
export const alibaba: Provider = {
	id: 'alibaba',
	title: 'Alibaba Cloud',
	purpose: 'clusters, servers, storage, DNS',
	aliases: ['aliyun', 'alicloud', 'alibabacloud'],
	open: false,
	publicId: 'accessKeyID',
	fields: [
		{
			key: 'accessKeyID',
			label: 'AccessKey ID',
			help: 'starts with LTAI, or with STS. for temporary keys',
			secret: false,
			required: true,
			environment: [
				'ALIBABA_CLOUD_ACCESS_KEY_ID',
				'ALIBABACLOUD_ACCESS_KEY_ID',
				'ALICLOUD_ACCESS_KEY',
				'ALICLOUD_ACCESS_KEY_ID',
			],
			variables: ['ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALICLOUD_ACCESS_KEY'],
			aliases: [],
			oddity: keyIdOddity,
		},
		{
			key: 'accessKeySecret',
			label: 'AccessKey secret',
			help: '30 characters, shown once when the key is made',
			secret: true,
			required: true,
			environment: [
				'ALIBABA_CLOUD_ACCESS_KEY_SECRET',
				'ALIBABACLOUD_ACCESS_KEY_SECRET',
				'ALICLOUD_SECRET_KEY',
				'ALICLOUD_ACCESS_KEY_SECRET',
				'ALICLOUD_SECRET_ACCESS_KEY',
			],
			variables: ['ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'ALICLOUD_SECRET_KEY'],
			aliases: [],
			oddity: secretOddity,
		},
		{
			key: 'securityToken',
			label: 'Security token',
			help: 'only for temporary keys, the ones that start with STS.',
			secret: true,
			required: false,
			environment: ['ALIBABA_CLOUD_SECURITY_TOKEN', 'ALIBABACLOUD_SECURITY_TOKEN', 'ALICLOUD_SECURITY_TOKEN'],
			variables: ['ALIBABA_CLOUD_SECURITY_TOKEN', 'ALICLOUD_SECURITY_TOKEN'],
			aliases: ['sts_token'],
			oddity: surroundingSpace,
			asked: value => !value('accessKeyID').startsWith('LTAI'),
		},
		{
			key: 'region',
			label: 'Region',
			help: 'such as eu-central-1',
			secret: false,
			required: false,
			setting: true,
			environment: [
				'ALIBABA_CLOUD_REGION_ID',
				'ALIBABACLOUD_REGION_ID',
				'ALICLOUD_REGION',
				'ALIBABA_CLOUD_REGION',
				'ALICLOUD_REGION_ID',
			],
			variables: ['ALIBABA_CLOUD_REGION_ID', 'ALICLOUD_REGION', 'ALIBABA_CLOUD_REGION'],
			aliases: ['region_id'],
			oddity: regionOddity,
		},
		// The second variable is alicloud-vault's. In files: the STS API's reference, AssumeRole; aliyun-cli, profile.go.
		expirationField(
			{
				environment: ['ALIBABA_CLOUD_STS_EXPIRATION', 'ALICLOUD_SESSION_EXPIRATION'],
				aliases: ['expiration', 'sts_expiration'],
				asked: value => !value('accessKeyID').startsWith('LTAI'),
			},
			'securityToken',
		),
	],
	check,
	tool: 'env ALIBABA_CLOUD_IGNORE_PROFILE=TRUE aliyun sts GetCallerIdentity',
	conflicts: [
		'ALIBABA_CLOUD_PROFILE',
		'ALIBABACLOUD_PROFILE',
		'ALICLOUD_PROFILE',
		'ALIBABA_CLOUD_PROFILE_MODE',
		'ALIBABA_CLOUD_BEARER_TOKEN',
		'ALIBABA_CLOUD_ROLE_ARN',
		'ALIBABACLOUD_ROLE_ARN',
		'ALICLOUD_ASSUME_ROLE_ARN',
		'ALICLOUD_ECS_ROLE_NAME',
	],
	guide: {
		page: 'https://ram.console.alibabacloud.com/users',
		revoke: 'https://ram.console.alibabacloud.com/users',
		summary: 'Make a RAM user of its own for pharmer, with the policies that running clusters takes.',
		sections: [
			{
				title: 'With the aliyun command',
				commands: true,
				lines: [
					'aliyun ram CreateUser --UserName pharmer',
					...policies.map(
						policy => `aliyun ram AttachPolicyToUser --UserName pharmer --PolicyType System --PolicyName ${policy}`,
					),
					'aliyun ram CreateAccessKey --UserName pharmer',
				],
			},
			{
				title: 'In the console',
				commands: false,
				lines: [
					'Open RAM, Users, Create User. Name it pharmer, without console access, with a permanent AccessKey.',
					'Copy both keys: the secret is shown only once.',
					`Add Permissions: ${policies.slice(0, -1).join(', ')} and ${policies.at(-1)}.`,
				],
			},
			{
				title: 'To use it',
				commands: false,
				lines: [
					'Where the aliyun command has a profile of its own, it uses that and not the variables.',
					'With ALIBABA_CLOUD_IGNORE_PROFILE set to TRUE it uses the variables.',
				],
			},
		],
	},
};
