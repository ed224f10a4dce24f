import type {Field, Provider, Values} from '../provider.js';
import {surroundingSpace} from '../shape-rules.js';

/** keystoneauth's name for signing in with an application credential. Its default is a password. */
export const byApplication = 'v3applicationcredential';

const hasApplication = (value: Values): boolean =>
	value('applicationCredentialID') !== '' && value('applicationCredentialSecret') !== '';

function addressOddity(value: string): string | undefined {
	return /^https?:\/\/[^\s/]\S*$/.test(value) ? undefined : 'it is not an address that begins with https:// or http://';
}

function versionOddity(value: string): string | undefined {
	return /^v?[23](\.\d+)?$/.test(value) ? undefined : 'versions of the identity API are 3 and, on old clouds, 2.0';
}

function authTypeOddity(value: string, others: Values): string | undefined {
	return value === byApplication && !hasApplication(others)
		? 'it is for an application credential, and there is none'
		: undefined;
}

type Given = Pick<Field, 'key' | 'label' | 'help' | 'secret' | 'environment'> & Partial<Field>;

function part(field: Given): Field {
	return {required: false, aliases: [], oddity: surroundingSpace, ...field};
}

/** A field for a user only: an application credential is tied to one user and one project and does not need it. */
function ofUser(field: Given, also: (value: Values) => boolean = () => true): Field {
	return part({asked: value => value('username') !== '' && !hasApplication(value) && also(value), ...field});
}

/**
 * Any OpenStack cloud, and its object storage, Swift. Variables: `OS_` plus the names of keystoneauth's options
 * (loading/_plugins/identity), as in openstacksdk (config/loader.py) and Horizon's openrc files. Aliases: the older
 * tool's keys for Swift.
 */
export const openstack: Provider = {
	id: 'openstack',
	title: 'OpenStack',
	purpose: 'private and public clouds, Swift',
	aliases: ['swift'],
	open: false,
	publicId: 'username',
	fields: [
		part({
			key: 'authURL',
			label: 'Identity address',
			help: 'of Keystone, such as https://cloud.example.com:5000/v3',
			secret: false,
			required: true,
			environment: ['OS_AUTH_URL'],
			aliases: ['tenantAuthURL'],
			oddity: addressOddity,
		}),
		part({
			key: 'username',
			label: 'Username',
			help: 'leave it empty for an application credential',
			asked: value => !hasApplication(value),
			secret: false,
			environment: ['OS_USERNAME'],
			aliases: ['user_name'],
		}),
		ofUser({
			key: 'password',
			label: 'Password',
			help: 'of that user',
			secret: true,
			environment: ['OS_PASSWORD'],
			aliases: ['key'],
		}),
		part({
			key: 'applicationCredentialID',
			label: 'Application credential ID',
			help: '32 digits and letters, shown when it is made',
			secret: false,
			environment: ['OS_APPLICATION_CREDENTIAL_ID'],
		}),
		part({
			key: 'applicationCredentialSecret',
			label: 'Application credential secret',
			help: 'shown once when the application credential is made',
			asked: value => value('applicationCredentialID') !== '',
			secret: true,
			environment: ['OS_APPLICATION_CREDENTIAL_SECRET'],
		}),
		ofUser({
			key: 'userDomainName',
			label: 'Domain of the user',
			help: 'its name, Default on most clouds',
			secret: false,
			environment: ['OS_USER_DOMAIN_NAME'],
			aliases: ['domain'],
		}),
		ofUser(
			{
				key: 'userDomainID',
				label: 'Domain ID of the user',
				help: 'when it is known by its ID',
				secret: false,
				environment: ['OS_USER_DOMAIN_ID'],
			},
			value => value('userDomainName') === '',
		),
		ofUser({
			key: 'projectID',
			label: 'Project ID',
			help: '32 digits and letters; leave it empty to give a name',
			secret: false,
			environment: ['OS_PROJECT_ID', 'OS_TENANT_ID'],
			aliases: ['tenantID'],
		}),
		ofUser(
			{
				key: 'projectName',
				label: 'Project name',
				help: 'with the domain that it is in',
				secret: false,
				environment: ['OS_PROJECT_NAME', 'OS_TENANT_NAME'],
				aliases: ['tenantName'],
			},
			value => value('projectID') === '',
		),
		ofUser(
			{
				key: 'projectDomainName',
				label: 'Domain of the project',
				help: 'its name, Default on most clouds',
				secret: false,
				environment: ['OS_PROJECT_DOMAIN_NAME'],
				aliases: ['tenantDomain'],
			},
			value => value('projectName') !== '',
		),
		ofUser(
			{
				key: 'projectDomainID',
				label: 'Domain ID of the project',
				help: 'when it is known by its ID',
				secret: false,
				environment: ['OS_PROJECT_DOMAIN_ID'],
			},
			value => value('projectName') !== '' && value('projectDomainName') === '',
		),
		part({
			key: 'region',
			label: 'Region',
			help: 'such as RegionOne',
			secret: false,
			// Chooses among the endpoints of the catalog that comes once one has signed in.
			unit: 'region',
			environment: ['OS_REGION_NAME'],
		}),
		part({
			key: 'identityAPIVersion',
			label: 'Identity API version',
			help: '3, unless the cloud is very old',
			secret: false,
			distinguishes: 'never',
			environment: ['OS_IDENTITY_API_VERSION'],
			oddity: versionOddity,
		}),
		part({
			key: 'authType',
			label: 'Way to sign in',
			help: `${byApplication} for an application credential; left out, a password is meant`,
			secret: false,
			distinguishes: 'never',
			environment: ['OS_AUTH_TYPE'],
			oddity: authTypeOddity,
			derived: value => (hasApplication(value) ? byApplication : undefined),
			asked: () => false,
		}),
	],
	alternatives: [
		{title: 'a user with a password', fields: ['username', 'password']},
		{title: 'an application credential', fields: ['applicationCredentialID', 'applicationCredentialSecret']},
	],
	tool: 'openstack catalog list',
	conflicts: [
		'OS_CLOUD',
		'OS_TOKEN',
		'OS_AUTH_TOKEN',
		'OS_USER_ID',
		'OS_DOMAIN_ID',
		'OS_DOMAIN_NAME',
		'OS_SYSTEM_SCOPE',
		'OS_TRUST_ID',
		'OS_APPLICATION_CREDENTIAL_NAME',
	],
	guide: {
		page: 'https://docs.openstack.org/keystone/latest/user/application_credentials.html',
		revoke: 'https://docs.openstack.org/keystone/latest/user/application_credentials.html',
		summary: 'Make an application credential for pharmer: it holds no password of yours and is for one project.',
		sections: [
			{
				title: 'With the openstack command',
				commands: true,
				lines: [
					'openstack application credential create pharmer --role member',
					'openstack configuration show -c auth.auth_url -c region_name',
				],
			},
			{
				title: 'In the dashboard',
				commands: false,
				lines: [
					'Open Identity, Application Credentials, Create Application Credential. Name it pharmer.',
					'Choose the role member and a day on which it expires. Leave Unrestricted off.',
					'Copy the ID and the secret, or download clouds.yaml: the secret is shown only once.',
					'The identity address is under Project, API Access.',
					'To revoke it, delete it in the same list.',
				],
			},
		],
		another: [
			{
				title: 'With the openstack command, for the application credential pharmer',
				commands: true,
				lines: [
					'openstack application credential create pharmer-2 --role member',
					'openstack application credential delete pharmer',
				],
			},
			{
				title: 'In the dashboard',
				commands: false,
				lines: [
					'Open Identity, Application Credentials, Create Application Credential, in the project of the old one.',
					'Give it another name, the roles of the old one, and a day on which it expires.',
					'Copy the ID and the secret: the secret is shown only once. The old one works on beside it.',
					'Once nothing uses the old one: delete it in the same list.',
				],
			},
			{
				title: 'For a password',
				commands: false,
				lines: [
					'A user has one password: the old one stops at once when it is changed. Application credentials live on.',
					'So that nothing stops, make an application credential, and use it in the place of the password.',
					'Otherwise open Settings, Change Password in the dashboard, or run openstack user password set, which asks for both.',
				],
			},
		],
	},
};
