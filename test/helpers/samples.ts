import {keyId, secretKey} from './credentials.js';

type Sample = Readonly<Record<string, string>>;

/** A text of that length and alphabet that no scanner takes for a real key: it counts up. */
function filler(length: number, alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789'): string {
	return Array.from({length}, (_, index) => alphabet[(index * 7 + 3) % alphabet.length]).join('');
}

const samples: Readonly<Record<string, readonly Sample[]>> = {
	aws: [
		{accessKeyID: keyId, secretAccessKey: secretKey, region: 'eu-west-1'},
		{
			accessKeyID: keyId.replace('AKIA', 'ASIA'),
			secretAccessKey: secretKey,
			sessionToken: `${filler(300)}+/==`,
			region: 'us-gov-west-1',
		},
	],
	generic: [{DATABASE_URL: `postgres://u:${filler(12)}'"$\\%@h/d`, apiToken: 'line one\nline two\n'}],
};

/** Data of that provider, of the right shape and invented: one for each way to sign in. */
export function samplesOf(providerId: string): readonly Sample[] {
	return samples[providerId] ?? [];
}
