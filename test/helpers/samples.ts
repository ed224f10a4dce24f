import {createHash, createPrivateKey, createPublicKey, generateKeyPairSync} from 'node:crypto';
import {keyId, secretKey} from './credentials.js';
import {serviceAccountText} from './service-account.js';

type Sample = Readonly<Record<string, string>>;

/** A text of that length and alphabet that no scanner takes for a real key: it counts up. */
function filler(length: number, alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789'): string {
	return Array.from({length}, (_, index) => alphabet[(index * 7 + 3) % alphabet.length]).join('');
}

const hex = '0123456789abcdef';
const uuidOf = (digit: string): string =>
	`${digit.repeat(8)}-${digit.repeat(4)}-4${digit.repeat(3)}-8${digit.repeat(3)}-${digit.repeat(12)}`;

/** A fresh key with the fingerprint that Oracle Cloud has of it. */
function ociKey(passphrase?: string): Sample {
	const encoding = {type: 'pkcs8', format: 'pem'} as const;
	const {privateKey} = generateKeyPairSync('rsa', {
		modulusLength: 2048,
		publicKeyEncoding: {type: 'spki', format: 'pem'},
		privateKeyEncoding: passphrase === undefined ? encoding : {...encoding, cipher: 'aes-256-cbc', passphrase},
	});
	const open = createPublicKey(createPrivateKey({key: privateKey, ...(passphrase === undefined ? {} : {passphrase})}));
	const digest = createHash('md5')
		.update(open.export({type: 'spki', format: 'der'}))
		.digest('hex');
	return {
		fingerprint: digest.replace(/(..)(?=.)/g, '$1:'),
		privateKey,
		...(passphrase === undefined ? {} : {passphrase}),
	};
}

const oracle = {
	user: `ocid1.user.oc1..${filler(60)}`,
	tenancy: `ocid1.tenancy.oc1..${filler(60)}`,
	region: 'eu-frankfurt-1',
};

const samples: Readonly<Record<string, readonly Sample[]>> = {
	aws: [
		{accessKeyID: keyId, secretAccessKey: secretKey, region: 'eu-west-1'},
		{
			accessKeyID: keyId.replace('AKIA', 'ASIA'),
			secretAccessKey: secretKey,
			sessionToken: `${filler(300)}+/==`,
			expiration: '2099-01-31T12:00:00Z',
			region: 'us-gov-west-1',
		},
	],
	gce: [{projectID: 'invented-prod-123456', serviceAccount: serviceAccountText()}],
	azure: [
		{
			tenantID: uuidOf('5'),
			subscriptionID: uuidOf('6'),
			clientID: uuidOf('7'),
			clientSecret: `~${filler(38)}.`,
		},
	],
	digitalocean: [{token: `dop_v1_${filler(64, hex)}`}],
	linode: [{token: filler(64, hex)}],
	azureStorage: [{account: 'invented0', key: `/+${filler(84)}==`}],
	vultr: [{token: filler(36).toUpperCase()}],
	scaleway: [
		{
			token: uuidOf('1'),
			accessKey: `SCW${filler(17).toUpperCase()}`,
			organization: uuidOf('2'),
			project: uuidOf('3'),
			region: 'fr-par',
			zone: 'fr-par-1',
		},
	],
	hetzner: [{token: filler(64)}],
	cloudflare: [
		{apiToken: `cfut_${filler(48)}`, accountID: filler(32, hex)},
		{apiKey: filler(37, hex), email: 'me@example.com'},
	],
	oci: [
		{...oracle, ...ociKey()},
		{...oracle, ...ociKey(`it's "a" $x`)},
		{...oracle, ...ociKey()},
	],
	civo: [{token: filler(50), region: 'LON1'}],
	upcloud: [{token: `ucat_${filler(26).toUpperCase()}`}, {username: 'me', password: `${filler(20)}#'" $`}],
	exoscale: [{apiKey: `EXO${filler(24, hex)}`, apiSecret: filler(43), zone: 'ch-gva-2'}],
	packet: [{projectID: uuidOf('4'), apiKey: filler(32)}],
	ovh: [
		{
			endpoint: 'ovh-eu',
			applicationKey: filler(16),
			applicationSecret: filler(32),
			consumerKey: filler(32),
		},
		{endpoint: 'ovh-ca', clientID: `CA.${filler(16)}`, clientSecret: filler(32)},
		{accessToken: `${filler(120)}-_.`},
		{username: 'user-Invented', password: `${filler(20)}#'" $\\`, tenantID: filler(32, '0123456789abcdef')},
	],
	ibm: [{apiKey: `${filler(42)}_-`}, {username: '1234567_me@example.com', apiKey: filler(64)}],
	alibaba: [
		{accessKeyID: `LTAI${filler(20).toUpperCase()}`, accessKeySecret: filler(30), region: 'eu-central-1'},
		{
			accessKeyID: `STS.${filler(20).toUpperCase()}`,
			accessKeySecret: filler(44),
			securityToken: `${filler(300)}+/==`,
			expiration: '2099-01-31T12:00:00Z',
			region: 'cn-hangzhou',
		},
	],
	openstack: [
		{
			authURL: 'https://cloud.example.com:5000/v3',
			username: 'demo',
			password: `${filler(20)}#'" $\\`,
			userDomainName: 'Default',
			projectID: filler(32, '0123456789abcdef'),
			region: 'RegionOne',
			identityAPIVersion: '3',
		},
		{
			authURL: 'https://cloud.example.com:5000/v3',
			applicationCredentialID: filler(32, '0123456789abcdef'),
			applicationCredentialSecret: `${filler(80)}-_`,
			region: 'RegionOne',
			authType: 'v3applicationcredential',
		},
		{
			authURL: 'http://192.0.2.7/identity',
			username: 'demo',
			password: filler(12),
			userDomainID: 'default',
			projectName: 'demo',
			projectDomainID: 'default',
		},
		{
			authURL: 'http://192.0.2.7/identity',
			username: 'demo',
			password: filler(12),
			userDomainName: 'Default',
			projectName: 'demo',
			projectDomainName: 'Default',
		},
	],
	generic: [{DATABASE_URL: `postgres://u:${filler(12)}'"$\\%@h/d`, apiToken: 'line one\nline two\n'}],
};

/** Data of that provider, of the right shape and invented: one for each way to sign in. */
export function samplesOf(providerId: string): readonly Sample[] {
	return samples[providerId] ?? [];
}
