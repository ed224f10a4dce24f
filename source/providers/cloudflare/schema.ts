import type {Provider} from '../provider.js';
import {shaped, surroundingSpace} from '../shape-rules.js';

const tokenShape = shaped(
	/^(?:[\w-]{40}|cf[ua]t_\w{41,})$/,
	'Cloudflare API tokens start with cfut_ or cfat_, and older ones have 40 characters',
);

/**
 * Tokens have prefixes since 2026; older ones have 40 characters and no prefix (Cloudflare documentation, token
 * formats).
 */
function tokenOddity(value: string): string | undefined {
	if (value.startsWith('cfk_'))
		return 'a value that starts with cfk_ is a global API key, which goes with an email address';
	return tokenShape(value);
}

function globalKeyOddity(value: string): string | undefined {
	if (/^cf[ua]t_/.test(value)) return 'a value that starts with cfut_ or cfat_ is an API token, not the global API key';
	return surroundingSpace(value);
}

/**
 * Cloudflare. Variables: those of its SDKs, Terraform and wrangler, then wrangler's deprecated names and the one that
 * ExternalDNS reads; CLOUDFLARE_TOKEN is Ansible's (community.general, cloudflare_dns.py). Terraform reports an error
 * when `CLOUDFLARE_API_USER_SERVICE_KEY` is set beside a token (terraform-provider-cloudflare#1939).
 */
export const cloudflare: Provider = {
	id: 'cloudflare',
	title: 'Cloudflare',
	purpose: 'DNS, Workers, R2',
	aliases: [],
	open: false,
	publicId: 'accountID',
	alternatives: [
		{title: 'an API token', fields: ['apiToken']},
		{title: 'the global API key with its email address', fields: ['apiKey', 'email']},
	],
	fields: [
		{
			key: 'apiToken',
			label: 'API token',
			help: 'starts with cfut_ or cfat_; older ones have 40 characters. Shown once',
			secret: true,
			required: false,
			environment: ['CLOUDFLARE_API_TOKEN', 'CF_API_TOKEN', 'CLOUDFLARE_TOKEN'],
			variables: ['CLOUDFLARE_API_TOKEN', 'CLOUDFLARE_TOKEN'],
			aliases: [],
			oddity: tokenOddity,
		},
		{
			key: 'apiKey',
			label: 'Global API key',
			help: 'can do everything you can; under API tokens in your profile',
			secret: true,
			required: false,
			environment: ['CLOUDFLARE_API_KEY', 'CF_API_KEY'],
			aliases: ['global_api_key'],
			oddity: globalKeyOddity,
		},
		{
			key: 'email',
			label: 'Email address',
			help: 'the one you sign in with; only for the global API key',
			secret: false,
			required: false,
			environment: ['CLOUDFLARE_EMAIL', 'CF_EMAIL', 'CF_API_EMAIL'],
			aliases: ['api_email'],
			oddity: shaped(/^\S[^\s@]*@\S+$/, 'an email address has an @ in it'),
		},
		{
			key: 'accountID',
			label: 'Account ID',
			help: '32 hexadecimal digits, in the address of the dashboard',
			secret: false,
			required: false,
			// Only the addresses of requests name it: a token or a key may work on several accounts.
			unit: 'account',
			environment: ['CLOUDFLARE_ACCOUNT_ID', 'CF_ACCOUNT_ID'],
			aliases: [],
			oddity: shaped(/^[\da-f]{32}$/, 'Cloudflare account ids have 32 hexadecimal digits'),
		},
	],
	tool: 'wrangler whoami',
	conflicts: ['CLOUDFLARE_API_USER_SERVICE_KEY'],
	guide: {
		page: 'https://dash.cloudflare.com/profile/api-tokens',
		revoke: 'https://dash.cloudflare.com/profile/api-tokens',
		summary:
			'Make an API token that may do just what is needed, in just the zones it is for. The global API key may do everything.',
		sections: [
			{
				title: 'In the dashboard',
				commands: false,
				lines: [
					'Open My Profile, then API Tokens. For a token not tied to a person, Manage Account, then API Tokens.',
					'Create Token: for DNS take the template Edit zone DNS, for Workers take Edit Cloudflare Workers.',
					'Name it pharmer. Under Zone Resources choose the zones it is for.',
					'Limit the addresses it may be used from, and choose when it expires.',
					'Continue to summary, Create Token. Copy the token: it is shown only once.',
				],
			},
		],
	},
};
