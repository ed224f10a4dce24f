import {generateKeyPairSync} from 'node:crypto';

/** Made anew for every run, and short, so that it is nobody's and costs nothing. */
const {privateKey} = generateKeyPairSync('rsa', {modulusLength: 1024});

/** A private key as Google writes it. */
export const privateKeyPem = privateKey.export({type: 'pkcs8', format: 'pem'}).toString();

/**
 * The text of a service account's key file, as Google writes one, with some members changed or, when undefined, taken
 * away.
 */
export function serviceAccountText(changes: Readonly<Record<string, unknown>> = {}): string {
	const members = {
		type: 'service_account',
		project_id: 'invented-prod-123456',
		private_key_id: '0000000000000000000000000000000000000001',
		private_key: privateKeyPem,
		client_email: 'pharmer@invented-prod-123456.iam.gserviceaccount.com',
		client_id: '100000000000000000001',
		token_uri: 'https://oauth2.googleapis.com/token',
		...changes,
	};
	return `${JSON.stringify(members, null, 2)}\n`;
}
