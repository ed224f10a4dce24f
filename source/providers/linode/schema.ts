import type {Provider} from '../provider.js';
import {shaped} from '../shape-rules.js';

/** What running clusters needs, as scopes of a token. */
export const clusterScopes = ['linodes', 'lke', 'domains', 'nodebalancers', 'volumes', 'vpc'].map(
	name => `${name}:read_write`,
);

/**
 * Linode, now Akamai. Its libraries and Terraform read LINODE_TOKEN (linodego, client.go); linode-cli reads
 * LINODE_CLI_TOKEN (its configuration/config.py); Ansible reads LINODE_API_TOKEN and LINODE_ACCESS_TOKEN (linode.cloud,
 * linode_common.py; community.general, linode_v4.py).
 */
export const linode: Provider = {
	id: 'linode',
	title: 'Linode (Akamai)',
	purpose: 'clusters, DNS',
	aliases: ['lke', 'akamai'],
	open: false,
	tool: 'linode-cli profile view',
	fields: [
		{
			key: 'token',
			label: 'Personal access token',
			help: '64 hexadecimal digits, shown once when it is made',
			secret: true,
			required: true,
			environment: ['LINODE_TOKEN', 'LINODE_CLI_TOKEN', 'LINODE_API_TOKEN', 'LINODE_ACCESS_TOKEN'],
			variables: ['LINODE_TOKEN', 'LINODE_CLI_TOKEN', 'LINODE_API_TOKEN', 'LINODE_ACCESS_TOKEN'],
			aliases: ['accessToken'],
			oddity: shaped(/^[\da-f]{64}$/, 'Linode tokens have 64 hexadecimal digits'),
		},
	],
	guide: {
		page: 'https://cloud.linode.com/profile/tokens',
		revoke: 'https://cloud.linode.com/profile/tokens',
		summary:
			'Make a personal access token for pharmer, with access to just what it needs and a day on which it expires.',
		sections: [
			{
				title: 'With the linode-cli command',
				commands: true,
				lines: [`linode-cli profile token-create --label pharmer --scopes "${clusterScopes.join(' ')}"`],
			},
			{
				title: 'In the Cloud Manager',
				commands: false,
				lines: [
					'Open your profile, then API Tokens, Create a Personal Access Token. Name it pharmer and choose when it expires.',
					'Choose No Access for all, then Read/Write for Linodes, Kubernetes, Domains, NodeBalancers, Volumes and VPCs.',
					'Create it and copy it at once: it is shown only once.',
				],
			},
		],
	},
};
