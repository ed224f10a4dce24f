import type {Provider} from '../provider.js';
import {shaped, surroundingSpace} from '../shape-rules.js';

/**
 * Civo. The command and the Terraform provider read `CIVO_TOKEN`; `civo apikey save --load-from-env` reads
 * `CIVO_API_KEY` (civo/cli, config.go and apikey_save.go).
 */
export const civo: Provider = {
	id: 'civo',
	title: 'Civo',
	purpose: 'Kubernetes, instances, DNS',
	aliases: [],
	open: false,
	fields: [
		{
			key: 'token',
			label: 'API key',
			help: 'letters and digits, on the Security page of your profile',
			secret: true,
			required: true,
			environment: ['CIVO_TOKEN', 'CIVO_API_KEY'],
			variables: ['CIVO_TOKEN', 'CIVO_API_KEY'],
			aliases: ['apiKey', 'api_key'],
			oddity: surroundingSpace,
		},
		{
			key: 'region',
			label: 'Region',
			help: 'such as LON1',
			secret: false,
			required: false,
			setting: true,
			environment: ['CIVO_REGION'],
			aliases: ['default_region'],
			oddity: shaped(/^[A-Za-z]+\d+$/, 'Civo regions look like LON1'),
		},
	],
	tool: 'civo quota show',
	guide: {
		page: 'https://dashboard.civo.com/security',
		revoke: 'https://dashboard.civo.com/security',
		summary: 'A Civo API key is for a whole account: every account has one, which can be regenerated.',
		sections: [
			{
				title: 'In the dashboard',
				commands: false,
				lines: [
					'Open your profile, then Security.',
					'Copy the API key. In an organization there is one for each account: take that of the right one.',
					'Regenerate makes a new key, and the old one stops working at once.',
				],
			},
		],
		another: [
			{
				title: 'In the dashboard',
				commands: false,
				lines: [
					'An account has one key: what uses the old one stops at once, until it gets the new one.',
					'Open your profile, then Security. In an organization there is a key for each account: take that of the right one.',
					'Regenerate, and copy the new key. The old one is gone: there is nothing to revoke.',
				],
			},
		],
	},
};
