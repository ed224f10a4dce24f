import type {Field, Provider} from '../provider.js';
import {surroundingSpace} from '../shape-rules.js';

/** The names of the APIs (go-ovh, ovh.go, `Endpoints`; the same in python-ovh). */
export const ovhEndpoints: readonly string[] = [
	'ovh-eu',
	'ovh-ca',
	'ovh-us',
	'kimsufi-eu',
	'kimsufi-ca',
	'soyoustart-eu',
	'soyoustart-ca',
];

/** An endpoint's name, or its URL: go-ovh takes everything with a `/` for one. */
function endpointOddity(value: string): string | undefined {
	if (ovhEndpoints.includes(value) || /^https:\/\/\S+$/.test(value)) return undefined;
	return `OVHcloud endpoints are ${ovhEndpoints.join(', ')} or an https address`;
}

type Given = Pick<Field, 'key' | 'label' | 'help' | 'secret' | 'environment'>;

/** A field of one of the ways to sign in. */
function part(field: Given): Field {
	return {...field, required: false, aliases: [], oddity: surroundingSpace};
}

/**
 * OVHcloud. The variables are those of go-ovh (configuration.go) and of the Terraform provider. The user is an
 * OpenStack user, with the keys and variables of the older tool.
 */
export const ovh: Provider = {
	id: 'ovh',
	title: 'OVHcloud',
	purpose: 'clusters, DNS, servers',
	aliases: ['ovhcloud'],
	open: false,
	publicId: 'applicationKey',
	fields: [
		{
			key: 'endpoint',
			label: 'Endpoint',
			help: 'the API that it is for, such as ovh-eu, ovh-ca or ovh-us',
			secret: false,
			required: false,
			environment: ['OVH_ENDPOINT'],
			aliases: [],
			oddity: endpointOddity,
		},
		part({
			key: 'applicationKey',
			label: 'Application key',
			help: 'names the application, shown when the keys are made',
			secret: false,
			environment: ['OVH_APPLICATION_KEY'],
		}),
		part({
			key: 'applicationSecret',
			label: 'Application secret',
			help: 'shown beside the application key, only once',
			secret: true,
			environment: ['OVH_APPLICATION_SECRET'],
		}),
		part({
			key: 'consumerKey',
			label: 'Consumer key',
			help: 'ties the application to an account and to the calls it may make',
			secret: true,
			environment: ['OVH_CONSUMER_KEY'],
		}),
		part({
			key: 'clientID',
			label: 'Client ID',
			help: 'of an OAuth2 client, which is a service account',
			secret: false,
			environment: ['OVH_CLIENT_ID'],
		}),
		part({
			key: 'clientSecret',
			label: 'Client secret',
			help: 'shown once when the OAuth2 client is made',
			secret: true,
			environment: ['OVH_CLIENT_SECRET'],
		}),
		part({
			key: 'accessToken',
			label: 'Access token',
			help: 'a bearer token, which expires by itself',
			secret: true,
			environment: ['OVH_ACCESS_TOKEN'],
		}),
		part({
			key: 'username',
			label: 'OpenStack user',
			help: 'made under Public Cloud, Users & Roles',
			secret: false,
			environment: ['OS_USERNAME'],
		}),
		part({
			key: 'password',
			label: 'OpenStack password',
			help: 'shown once when the OpenStack user is made',
			secret: true,
			environment: ['OS_PASSWORD'],
		}),
		part({
			key: 'tenantID',
			label: 'OpenStack project ID',
			help: 'the ID of the Public Cloud project, 32 digits and letters',
			secret: false,
			environment: ['OS_TENANT_ID'],
		}),
	],
	alternatives: [
		{title: 'an application key with its consumer key', fields: ['applicationKey', 'applicationSecret', 'consumerKey']},
		{title: 'an OAuth2 client', fields: ['clientID', 'clientSecret']},
		{title: 'an access token', fields: ['accessToken']},
		{title: 'an OpenStack user', fields: ['username', 'password', 'tenantID']},
	],
	tool: 'ovhcloud account get',
	conflicts: ['OVH_PROFILE', 'OS_CLOUD'],
	guide: {
		page: 'https://eu.api.ovh.com/createToken/',
		revoke: 'https://manager.eu.ovhcloud.com/#/iam/api-keys',
		summary: 'Make keys of their own for pharmer, which may do just what it needs.',
		sections: [
			{
				title: 'In the browser',
				commands: false,
				lines: [
					'Open the page of your region: eu.api.ovh.com/createToken, ca.api.ovh.com/createToken, or us.ovhcloud.com/auth/api/createToken.',
					'Sign in, name the application pharmer, and choose how long the keys are valid.',
					'Rights: GET, POST, PUT and DELETE on /cloud/*, and on /domain/zone/* for DNS. GET on /auth/details lets tools check the keys.',
					'Create the keys, and copy all three: the secret is shown only once.',
					'The endpoint is ovh-eu, ovh-ca or ovh-us, to match the page.',
				],
			},
			{
				title: 'For OpenStack',
				commands: false,
				lines: [
					'In the control panel open Public Cloud, your project, Users & Roles, and add a user.',
					'The project ID is under the name of the project.',
					'With its address, https://auth.cloud.ovh.net/v3, it can be kept for OpenStack too: choose the provider openstack.',
				],
			},
		],
		another: [
			{
				title: 'For the three keys, in the browser',
				commands: false,
				lines: [
					'Open the page of your region again: eu.api.ovh.com/createToken, ca.api.ovh.com/createToken, or us.ovhcloud.com/auth/api/createToken.',
					'Give the new keys the rights of the old ones, and copy all three. The old ones work on beside them.',
					'Once nothing uses the old ones: delete them in the control panel, under IAM, API keys.',
				],
			},
			{
				title: 'For OpenStack',
				commands: false,
				lines: [
					'A user has one password: the old one stops at once when another is made.',
					'So that nothing stops, add another user with the same roles under Public Cloud, your project, Users & Roles.',
					'Use that one, and once nothing uses the old one: Delete, in its menu with the three dots.',
					'Otherwise choose Generate a password in that menu: it is shown only once.',
				],
			},
		],
	},
};
