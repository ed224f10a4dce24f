import type {Provider} from '../provider.js';
import {shaped, surroundingSpace} from '../shape-rules.js';

/**
 * UpCloud. Variables: upcloud-go-api's credentials/parse.go; the older ones are the Packer plugin's and, with PASSWD,
 * those of its first modules for Ansible.
 */
export const upcloud: Provider = {
	id: 'upcloud',
	title: 'UpCloud',
	purpose: 'servers, Kubernetes, databases, storage',
	aliases: [],
	open: false,
	publicId: 'username',
	alternatives: [
		{title: 'an API token', fields: ['token']},
		{title: 'a user name and password', fields: ['username', 'password']},
	],
	fields: [
		{
			key: 'token',
			label: 'API token',
			help: 'starts with ucat_, shown once when it is made',
			secret: true,
			required: false,
			environment: ['UPCLOUD_TOKEN'],
			aliases: ['api_token'],
			oddity: shaped(/^ucat_\w+$/, 'UpCloud API tokens start with ucat_ and have letters and digits after it'),
		},
		{
			key: 'username',
			label: 'User name',
			help: 'a subaccount that may use the API',
			secret: false,
			required: false,
			environment: ['UPCLOUD_USERNAME', 'UPCLOUD_API_USER'],
			aliases: ['user'],
			oddity: surroundingSpace,
		},
		{
			key: 'password',
			label: 'Password',
			help: 'of that subaccount',
			secret: true,
			required: false,
			environment: ['UPCLOUD_PASSWORD', 'UPCLOUD_API_PASSWORD', 'UPCLOUD_API_PASSWD'],
			aliases: [],
			oddity: surroundingSpace,
		},
	],
	tool: 'upctl account show',
	guide: {
		page: 'https://hub.upcloud.com/account/api-tokens',
		revoke: 'https://hub.upcloud.com/account/api-tokens',
		summary: 'Make a subaccount for pharmer with just the permissions it needs, and an API token of that subaccount.',
		sections: [
			{
				title: 'With the upctl command',
				commands: true,
				lines: ['upctl account token create --name pharmer --expires-in 2160h'],
			},
			{
				title: 'In the control panel',
				commands: false,
				lines: [
					'Open People, Add: make a subaccount pharmer, allow API connections, give it what it needs.',
					'Sign in as that subaccount. Open Account, API Tokens, Add new API token.',
					'Name it pharmer, choose when it expires and from which addresses it works, and copy it: it is shown only once.',
				],
			},
		],
		another: [
			{
				title: 'For a token, in the control panel',
				commands: false,
				lines: [
					'Sign in as the same subaccount. Open Account, API Tokens, Add new API token, for the addresses of the old one.',
					'Copy it: it is shown only once. The old one works on beside it.',
					'Once nothing uses the old one: delete it in the same list.',
				],
			},
			{
				title: 'For a password',
				commands: false,
				lines: [
					'A subaccount has one password: the old one stops at once when it is changed.',
					'So that nothing stops, make an API token of that subaccount, and use it in the place of the password.',
					'Otherwise sign in as that subaccount, and change the password of its account.',
				],
			},
		],
	},
};
