import type {Provider} from '../provider.js';
import {surroundingSpace} from '../shape-rules.js';

/**
 * Vultr. The field key is the older tool's; vultr-cli, govultr and Terraform read `VULTR_API_KEY` (vultr-cli's README),
 * and `api-key` is the key in vultr-cli's file. There is no shape rule for keys because Vultr documents none.
 */
export const vultr: Provider = {
	id: 'vultr',
	title: 'Vultr',
	purpose: 'clusters, servers, DNS',
	aliases: [],
	open: false,
	fields: [
		{
			key: 'token',
			label: 'API key',
			help: 'shown once, when it is made under Users in the Vultr console',
			secret: true,
			required: true,
			environment: ['VULTR_API_KEY', 'VULTR_TOKEN'],
			aliases: ['api-key'],
			oddity: surroundingSpace,
		},
	],
	tool: 'vultr-cli account',
	guide: {
		page: 'https://console.vultr.com/',
		revoke: 'https://console.vultr.com/',
		summary:
			'Make an API key of its own for pharmer, and allow it only from your addresses: a key may do all that its user may.',
		sections: [
			{
				title: 'In the console',
				commands: false,
				lines: [
					'Click the name of the organization, then Manage Organization, then Users. Open your user, or one made for pharmer.',
					'Under API Access, Create API Key: name it pharmer and choose when it expires.',
					'Copy the key: it is shown only once.',
					'Under Access Control List, add the addresses you work from and turn off Any IPv4 and Any IPv6.',
				],
			},
		],
	},
};
