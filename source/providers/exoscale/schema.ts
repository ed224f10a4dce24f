import type {Provider} from '../provider.js';
import {shaped, surroundingSpace} from '../shape-rules.js';

const policy = '{"default-service-strategy":"deny","services":{"compute":{"type":"allow"}}}';

/**
 * Exoscale. Variables are in the order in which the `exo` command reads them (exoscale/cli, cmd/root.go); the zone is
 * its cloud controller manager's.
 */
export const exoscale: Provider = {
	id: 'exoscale',
	title: 'Exoscale',
	purpose: 'compute, Kubernetes, DNS, storage',
	aliases: [],
	open: false,
	publicId: 'apiKey',
	fields: [
		{
			key: 'apiKey',
			label: 'API key',
			help: 'starts with EXO',
			secret: false,
			required: true,
			environment: ['EXOSCALE_API_KEY', 'EXOSCALE_KEY', 'CLOUDSTACK_KEY', 'CLOUDSTACK_API_KEY'],
			aliases: ['key'],
			oddity: shaped(/^EXO\w+$/, 'Exoscale API keys start with EXO and have letters and digits after it'),
		},
		{
			key: 'apiSecret',
			label: 'API secret',
			help: 'shown once when the key is made',
			secret: true,
			required: true,
			environment: [
				'EXOSCALE_API_SECRET',
				'EXOSCALE_SECRET',
				'EXOSCALE_SECRET_KEY',
				'CLOUDSTACK_SECRET',
				'CLOUDSTACK_SECRET_KEY',
			],
			aliases: ['secret'],
			oddity: surroundingSpace,
		},
		{
			key: 'zone',
			label: 'Zone',
			help: 'such as ch-gva-2',
			secret: false,
			required: false,
			setting: true,
			environment: ['EXOSCALE_ZONE'],
			aliases: ['defaultZone'],
			oddity: shaped(/^[a-z]{2}-[a-z]+-\d+$/, 'Exoscale zones look like ch-gva-2'),
		},
	],
	tool: 'exo limits',
	conflicts: ['EXOSCALE_ACCOUNT', 'EXOSCALE_CONFIG'],
	guide: {
		page: 'https://portal.exoscale.com/iam/keys',
		revoke: 'https://portal.exoscale.com/iam/keys',
		summary: 'Make an IAM role for pharmer that allows just the services it needs, and an API key of that role.',
		sections: [
			{
				title: 'With the exo command',
				commands: true,
				lines: [`exo iam role create pharmer --policy '${policy}'`, 'exo iam api-key create pharmer pharmer'],
			},
			{
				title: 'In the portal',
				commands: false,
				lines: [
					'Open IAM, Roles, Add. Name it pharmer, with the default service strategy DENY.',
					'Add the service class compute, which Kubernetes clusters are part of, and allow it.',
					'Open IAM, Keys, Add. Name it pharmer and choose the role pharmer.',
					'Copy the key and its secret: the secret is shown only once.',
				],
			},
		],
	},
};
