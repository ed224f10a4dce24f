import type {Provider} from '../provider.js';
import {shaped} from '../shape-rules.js';

const tokenShape = shaped(
	/^(?:do[opr]_v1_)?[\da-f]{64}$/,
	'DigitalOcean tokens are dop_v1_ and 64 hexadecimal digits; older ones have the digits alone',
);

/**
 * `dop` is a personal token, `doo` a sign-in's token, and `dor` renews a sign-in's token (DigitalOcean, token formats
 * of 2022; gitleaks' rules).
 */
function tokenOddity(value: string): string | undefined {
	if (value.startsWith('dor_')) return 'a token that starts with dor_ only renews others: no tool can sign in with it';
	return tokenShape(value);
}

function tellsKind(value: string): string | undefined {
	if (value.startsWith('dop_v1_')) return 'a personal access token';
	return value.startsWith('doo_v1_') ? 'the token of a sign-in, which expires by itself' : undefined;
}

/**
 * DigitalOcean. `doctl` reads DIGITALOCEAN_ACCESS_TOKEN for its default context only; Terraform prefers
 * DIGITALOCEAN_TOKEN to it (doctl, commands/command_config.go; terraform-provider-digitalocean, provider.go).
 * Ansible reads DO_API_TOKEN before DO_API_KEY and DO_OAUTH_TOKEN (community.digitalocean, digital_ocean.py).
 */
export const digitalocean: Provider = {
	id: 'digitalocean',
	title: 'DigitalOcean',
	purpose: 'clusters, DNS',
	aliases: ['dokube'],
	open: false,
	tool: 'doctl account get',
	fields: [
		{
			key: 'token',
			label: 'Personal access token',
			help: 'starts with dop_v1_, shown once when it is made',
			secret: true,
			required: true,
			environment: ['DIGITALOCEAN_ACCESS_TOKEN', 'DIGITALOCEAN_TOKEN', 'DO_API_TOKEN', 'DO_API_KEY', 'DO_OAUTH_TOKEN'],
			variables: ['DIGITALOCEAN_ACCESS_TOKEN', 'DIGITALOCEAN_TOKEN', 'DO_API_TOKEN'],
			aliases: ['accessToken'],
			oddity: tokenOddity,
			tells: tellsKind,
		},
	],
	conflicts: ['DIGITALOCEAN_CONTEXT', 'DIGITALOCEAN_CONFIG'],
	guide: {
		page: 'https://cloud.digitalocean.com/account/api/tokens/new',
		revoke: 'https://cloud.digitalocean.com/account/api/tokens',
		summary: 'Make a personal access token for pharmer, with custom scopes and a day on which it expires.',
		sections: [
			{
				title: 'In the control panel',
				commands: false,
				lines: [
					'Choose the team, then API, Tokens, Generate New Token. Name it pharmer and choose when it expires.',
					'Custom Scopes: all of droplet, kubernetes, domain, load_balancer, block_storage, ssh_key, vpc and tag, and account read.',
					'Generate it and copy it at once: it is shown only once.',
				],
			},
		],
		another: [
			{
				title: 'In the control panel',
				commands: false,
				lines: [
					'Choose the same team, then API, Tokens, Generate New Token. Name it pharmer, and give it the scopes of the old one.',
					'Generate it and copy it at once: it is shown only once. The old one works on beside it.',
					'Once nothing uses the old one: delete it in the same list.',
				],
			},
		],
	},
};
