import type {Provider} from '../provider.js';
import {shaped} from '../shape-rules.js';
import {clusterRoles as roles} from './roles.js';
import {readServiceAccount, serviceAccountOddity} from './service-account.js';

const account = 'pharmer@PROJECT_ID.iam.gserviceaccount.com';

/** 6 to 30 of a to z, digits and `-` (Resource Manager, creating projects); older ids start with a domain and a `:`. */
const projectIdOddity = shaped(
	/^(?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
	'Google Cloud project ids have 6 to 30 lower-case letters, digits and hyphens: give the id, not the name or the number',
);

function tellsAccount(text: string): string | undefined {
	const email = readServiceAccount(text)?.clientEmail ?? '';
	return /^[\w.+-]+@[\w.-]+$/.test(email) ? `of ${email}` : undefined;
}

/**
 * Google Cloud. Libraries read `GOOGLE_CLOUD_PROJECT` and the file that `GOOGLE_APPLICATION_CREDENTIALS` names
 * (google-auth, environment_vars.py). Terraform reads the text in `GOOGLE_CREDENTIALS` (terraform-provider-google,
 * provider reference). `gcloud` has a variable for each of its properties (Cloud SDK, core/properties.py); the one for
 * the file is `auth/credential_file_override`. GCP_ and GCE_ variables are Ansible's (google.cloud,
 * gcp_utils.py and its inventory), which needs GCP_AUTH_KIND too.
 */
export const gce: Provider = {
	id: 'gce',
	title: 'Google Cloud',
	purpose: 'clusters, DNS, storage',
	aliases: ['GoogleCloud', 'gke', 'gcp', 'google'],
	open: false,
	publicId: 'projectID',
	tool: 'gcloud compute regions list',
	fields: [
		{
			key: 'projectID',
			label: 'Project ID',
			help: 'such as my-project-123456; left empty, it is that of the service account',
			secret: false,
			required: true,
			environment: [
				'GOOGLE_CLOUD_PROJECT',
				'GOOGLE_PROJECT',
				'GCLOUD_PROJECT',
				'CLOUDSDK_CORE_PROJECT',
				'GCE_PROJECT_ID',
				'GCP_PROJECT',
				'GCE_PROJECT',
			],
			variables: ['GOOGLE_CLOUD_PROJECT', 'CLOUDSDK_CORE_PROJECT', 'GCP_PROJECT'],
			aliases: ['project'],
			oddity: projectIdOddity,
			derived: value => readServiceAccount(value('serviceAccount'))?.projectID,
		},
		{
			key: 'serviceAccount',
			label: 'Service account key',
			help: 'the whole text of the JSON file that Google made for the service account',
			secret: true,
			required: true,
			multiline: true,
			environment: ['GOOGLE_CREDENTIALS', 'GCE_SERVICE_ACCOUNT', 'GCP_SERVICE_ACCOUNT_CONTENTS'],
			environmentFiles: [
				'GOOGLE_APPLICATION_CREDENTIALS',
				'CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE',
				'GCP_SERVICE_ACCOUNT_FILE',
				'GCE_CREDENTIALS_FILE_PATH',
			],
			variables: ['GOOGLE_CREDENTIALS', 'GCP_SERVICE_ACCOUNT_CONTENTS'],
			file: {
				name: 'service-account.json',
				variables: [
					'GOOGLE_APPLICATION_CREDENTIALS',
					'CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE',
					'GCP_SERVICE_ACCOUNT_FILE',
				],
			},
			aliases: ['credentials'],
			oddity: serviceAccountOddity,
			tells: tellsAccount,
		},
	],
	conflicts: [
		'GOOGLE_CLOUD_KEYFILE_JSON',
		'GCLOUD_KEYFILE_JSON',
		'GOOGLE_OAUTH_ACCESS_TOKEN',
		'GOOGLE_IMPERSONATE_SERVICE_ACCOUNT',
		'CLOUDSDK_AUTH_ACCESS_TOKEN_FILE',
		'CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT',
		'CLOUDSDK_ACTIVE_CONFIG_NAME',
		'GCP_ACCESS_TOKEN',
		'GCP_SERVICE_ACCOUNT_EMAIL',
		'GCE_EMAIL',
		'GCE_PEM_FILE_PATH',
	],
	guide: {
		page: 'https://console.cloud.google.com/iam-admin/serviceaccounts',
		revoke: 'https://console.cloud.google.com/iam-admin/serviceaccounts',
		summary: 'Make a service account of its own for pharmer, with just the roles it needs, and a JSON key for it.',
		sections: [
			{
				title: 'With the gcloud command',
				commands: true,
				lines: [
					'gcloud iam service-accounts create pharmer --display-name pharmer --project PROJECT_ID',
					...roles.map(
						role =>
							`gcloud projects add-iam-policy-binding PROJECT_ID --member serviceAccount:${account} --role ${role} --condition None`,
					),
					`gcloud iam service-accounts keys create pharmer.json --iam-account ${account} --project PROJECT_ID`,
				],
			},
			{
				title: 'In the console',
				commands: false,
				lines: [
					'Open IAM & Admin, then Service Accounts, choose the project, then Create service account. Name it pharmer.',
					'Give it the roles Compute Admin, Kubernetes Engine Admin, DNS Administrator, Storage Admin and Service Account User.',
					'Open the account, then Keys, Add key, Create new key, and choose JSON: a file is downloaded, only this once.',
					'Give pharmer that file, then delete it.',
				],
			},
		],
	},
};
