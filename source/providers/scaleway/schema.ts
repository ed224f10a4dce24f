import type {Provider, Values} from '../provider.js';
import {shaped, uuid} from '../shape-rules.js';

/** The shapes are those of the SDK's `validation` package (scaleway-sdk-go). */
const zoneShape = shaped(/^[a-z]{2}-[a-z]{3}-[1-9]$/, 'Scaleway zones look like fr-par-1');

function zoneOddity(value: string, others: Values): string | undefined {
	const region = others('region');
	const elsewhere = region !== '' && !value.startsWith(`${region}-`);
	return zoneShape(value) ?? (elsewhere ? 'the zone is not in the region' : undefined);
}

/**
 * Scaleway. `organization` and `token` (the secret key) are the older tool's keys, and all that its credentials hold:
 * the API needs the secret key alone. `scw`, the SDK and Terraform also want the access key, so it is asked for but not
 * required. Variables are the SDK's, with the deprecated ones after the current ones (scaleway-sdk-go, scw/env.go).
 * Ansible reads SCW_TOKEN, then SCW_API_KEY, SCW_OAUTH_TOKEN and SCW_API_TOKEN, all for the secret key
 * (community.general, scaleway.py).
 */
export const scaleway: Provider = {
	id: 'scaleway',
	title: 'Scaleway',
	purpose: 'clusters, instances, DNS',
	aliases: ['scw'],
	open: false,
	publicId: 'accessKey',
	fields: [
		{
			key: 'organization',
			label: 'Organization ID',
			help: 'a UUID, under Organization settings in the console',
			secret: false,
			required: false,
			// An API key belongs to one organization and has one access key.
			distinguishes: 'whenSet',
			environment: ['SCW_DEFAULT_ORGANIZATION_ID', 'SCW_ORGANIZATION', 'SCALEWAY_ORGANIZATION'],
			aliases: ['organization_id', 'default_organization_id'],
			oddity: uuid('Scaleway organization ids'),
		},
		{
			key: 'accessKey',
			label: 'Access key',
			help: 'starts with SCW; scw, the SDK and Terraform need it with the secret key',
			secret: false,
			required: false,
			distinguishes: 'whenSet',
			environment: ['SCW_ACCESS_KEY', 'SCALEWAY_ACCESS_KEY'],
			aliases: [],
			oddity: shaped(/^SCW[A-Z0-9]{17}$/, 'Scaleway access keys are SCW and 17 capital letters or digits'),
		},
		{
			key: 'token',
			label: 'Secret key',
			help: 'a UUID, shown once when the API key is made',
			secret: true,
			required: true,
			environment: ['SCW_SECRET_KEY', 'SCW_TOKEN', 'SCALEWAY_TOKEN', 'SCW_API_KEY', 'SCW_OAUTH_TOKEN', 'SCW_API_TOKEN'],
			variables: ['SCW_SECRET_KEY', 'SCW_TOKEN'],
			aliases: ['secret_key'],
			oddity: uuid('Scaleway secret keys'),
		},
		{
			key: 'project',
			label: 'Project ID',
			help: 'a UUID, under Project settings in the console; the project that tools use',
			secret: false,
			required: false,
			// The project that tools use by default: a key's policy may be for several.
			unit: 'project',
			environment: ['SCW_DEFAULT_PROJECT_ID'],
			aliases: ['project_id', 'default_project_id'],
			oddity: uuid('Scaleway project ids'),
		},
		{
			key: 'region',
			label: 'Region',
			help: 'such as fr-par',
			secret: false,
			required: false,
			setting: true,
			environment: ['SCW_DEFAULT_REGION', 'SCW_REGION', 'SCALEWAY_REGION'],
			aliases: ['default_region'],
			oddity: shaped(/^[a-z]{2}-[a-z]{3}$/, 'Scaleway regions look like fr-par'),
		},
		{
			key: 'zone',
			label: 'Zone',
			help: 'such as fr-par-1',
			secret: false,
			required: false,
			setting: true,
			// A zone lies in one region.
			unit: 'region',
			environment: ['SCW_DEFAULT_ZONE'],
			aliases: ['default_zone'],
			oddity: zoneOddity,
		},
	],
	tool: 'scw account project list',
	conflicts: ['SCW_PROFILE'],
	guide: {
		page: 'https://console.scaleway.com/iam/api-keys',
		revoke: 'https://console.scaleway.com/iam/api-keys',
		summary:
			'Make an IAM application of its own for pharmer, with a policy that holds just what it needs, and an API key for it.',
		sections: [
			{
				title: 'With the scw command',
				commands: true,
				lines: [
					'scw iam application create name=pharmer',
					'scw iam policy create name=pharmer application-id=APPLICATION_ID rules.0.project-ids.0=PROJECT_ID rules.0.permission-set-names.0=InstancesFullAccess rules.0.permission-set-names.1=KubernetesFullAccess',
					'scw iam api-key create application-id=APPLICATION_ID default-project-id=PROJECT_ID description=pharmer',
				],
			},
			{
				title: 'In the console',
				commands: false,
				lines: [
					'Open IAM, then Applications, and create one. Name it pharmer.',
					'Policies: create one for that application, scoped to your project, with InstancesFullAccess and KubernetesFullAccess.',
					'API keys, Generate API key: the bearer is the application. Choose when it expires.',
					'Copy the access key and the secret key: the secret key is shown only once.',
				],
			},
		],
	},
};
