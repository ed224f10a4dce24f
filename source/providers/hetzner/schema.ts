import type {Provider} from '../provider.js';
import {shaped} from '../shape-rules.js';

/**
 * Hetzner Cloud. The variable and the token length are hcloud's, which accepts no other length (hetznercloud/cli,
 * `context create`).
 */
export const hetzner: Provider = {
	id: 'hetzner',
	title: 'Hetzner Cloud',
	purpose: 'servers, volumes, DNS',
	aliases: ['hcloud'],
	open: false,
	fields: [
		{
			key: 'token',
			label: 'API token',
			help: '64 characters; made under Security, API tokens in a project of the console',
			secret: true,
			required: true,
			environment: ['HCLOUD_TOKEN'],
			aliases: [],
			oddity: shaped(/^\S{64}$/, 'Hetzner Cloud tokens have 64 characters'),
		},
	],
	tool: 'hcloud location list',
	conflicts: ['HCLOUD_CONTEXT'],
	guide: {
		page: 'https://console.hetzner.com/projects',
		revoke: 'https://console.hetzner.com/projects',
		summary: 'Make an API token in the project that it is for: a token sees that project and no other.',
		sections: [
			{
				title: 'In the console',
				commands: false,
				lines: [
					'Open the project, then Security on the left, then API tokens at the top.',
					'Generate API token: describe it as pharmer.',
					'Choose Read & Write to create and delete, or Read to look only.',
					'Copy the token: it is shown only once.',
				],
			},
		],
		another: [
			{
				title: 'In the console',
				commands: false,
				lines: [
					'Open the project of the old token, then Security on the left, then API tokens at the top.',
					'Generate API token: describe it as pharmer, and choose what the old one may, Read & Write or Read.',
					'Copy the token: it is shown only once. The old one works on beside it.',
					'Once nothing uses the old one: delete it in the same list.',
				],
			},
		],
	},
};
