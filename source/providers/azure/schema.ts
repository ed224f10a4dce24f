import type {Provider} from '../provider.js';
import {shaped, surroundingSpace, uuid} from '../shape-rules.js';

/** A tenant is named by its id or by one of its domains (Microsoft identity platform, endpoints). */
const tenantOddity = shaped(
	/^(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[a-z\d-]+(?:\.[a-z\d-]+)+)$/i,
	'tenants are UUIDs, or a domain such as contoso.onmicrosoft.com',
);

const isUuid = uuid('ids');

/**
 * The portal shows a secret's value once but its id, a UUID, always (Microsoft's error AADSTS7000215 says the same).
 */
function secretOddity(value: string): string | undefined {
	const space = surroundingSpace(value);
	if (space !== undefined) return space;
	return isUuid(value) === undefined
		? 'it is a UUID, like the id of a secret: the value of the secret is needed'
		: undefined;
}

/**
 * Microsoft Azure: a service principal with a client secret. AZURE_ variables are those of Azure's libraries
 * (azure-identity, EnvironmentCredential). AZURE_SECRET and AZURE_TENANT are Ansible's and those of older SDKs for
 * Python, for which a profile comes first (azure.azcollection, azure_rm_common.py). ARM_ variables are Terraform's
 * (terraform-provider-azurerm, provider reference), which prefers a certificate to a secret. `az` reads none of them.
 */
export const azure: Provider = {
	id: 'azure',
	title: 'Microsoft Azure',
	purpose: 'clusters, DNS',
	aliases: ['aks'],
	open: false,
	publicId: 'clientID',
	fields: [
		{
			key: 'tenantID',
			label: 'Tenant ID',
			help: 'a UUID, called Directory (tenant) ID in the portal and `tenant` by az',
			secret: false,
			required: true,
			environment: ['AZURE_TENANT_ID', 'ARM_TENANT_ID', 'AZURE_TENANT'],
			variables: ['AZURE_TENANT_ID', 'ARM_TENANT_ID', 'AZURE_TENANT'],
			aliases: ['tenant'],
			oddity: tenantOddity,
		},
		{
			key: 'subscriptionID',
			label: 'Subscription ID',
			help: 'a UUID, under Subscriptions in the portal; Terraform needs it, signing in does not',
			secret: false,
			required: false,
			// Signing in does not need it, and one service principal may work on several.
			unit: 'subscription',
			environment: ['AZURE_SUBSCRIPTION_ID', 'ARM_SUBSCRIPTION_ID'],
			variables: ['AZURE_SUBSCRIPTION_ID', 'ARM_SUBSCRIPTION_ID'],
			aliases: ['subscription'],
			oddity: uuid('Azure subscription ids'),
		},
		{
			key: 'clientID',
			label: 'Client ID',
			help: 'a UUID, called Application (client) ID in the portal and `appId` by az',
			secret: false,
			required: true,
			environment: ['AZURE_CLIENT_ID', 'ARM_CLIENT_ID'],
			variables: ['AZURE_CLIENT_ID', 'ARM_CLIENT_ID'],
			aliases: ['appId'],
			oddity: uuid('Azure client ids'),
		},
		{
			key: 'clientSecret',
			label: 'Client secret',
			help: 'the value of the secret, shown once when it is made, not its id; `password` by az',
			secret: true,
			required: true,
			environment: ['AZURE_CLIENT_SECRET', 'ARM_CLIENT_SECRET', 'AZURE_SECRET'],
			variables: ['AZURE_CLIENT_SECRET', 'ARM_CLIENT_SECRET', 'AZURE_SECRET'],
			aliases: ['password'],
			oddity: secretOddity,
		},
	],
	conflicts: [
		'AZURE_TOKEN_CREDENTIALS',
		'AZURE_CLIENT_CERTIFICATE_PATH',
		'AZURE_USERNAME',
		'AZURE_PASSWORD',
		'AZURE_PROFILE',
		'AZURE_AD_USER',
		'AZURE_X509_CERTIFICATE_PATH',
		'AZURE_THUMBPRINT',
		'ANSIBLE_AZURE_AUTH_SOURCE',
		'ARM_CLIENT_CERTIFICATE',
		'ARM_CLIENT_CERTIFICATE_PATH',
		'ARM_CLIENT_ID_FILE_PATH',
		'ARM_CLIENT_SECRET_FILE_PATH',
	],
	guide: {
		page: 'https://portal.azure.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade',
		revoke: 'https://portal.azure.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade',
		summary: 'Make a service principal of its own for pharmer, with the role Contributor on one subscription.',
		sections: [
			{
				title: 'With the az command',
				commands: true,
				lines: [
					'az account list --output table',
					'az ad sp create-for-rbac --name pharmer --role Contributor --scopes /subscriptions/SUBSCRIPTION_ID',
				],
			},
			{
				title: 'In the portal',
				commands: false,
				lines: [
					'Open Microsoft Entra ID, then App registrations, New registration. Name it pharmer, one tenant, no redirect.',
					'Copy the Application (client) ID and the Directory (tenant) ID from its overview.',
					'Certificates & secrets, New client secret: choose when it expires, and copy its value at once.',
					'Subscriptions: open yours, copy its id, then Access control (IAM), Add role assignment, Contributor, and choose pharmer.',
				],
			},
		],
	},
};
