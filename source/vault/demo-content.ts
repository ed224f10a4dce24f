import type {Credential, CredentialContent, TrashedCredential} from '../domain/credential.js';
import {parseName} from '../domain/name.js';
import {Secret} from '../domain/secret.js';
import {timestamp} from '../domain/time.js';
import type {Use, UseKind} from '../domain/use.js';
import {getByName, replaceCredential} from './operations.js';
import type {Content} from './vault.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * An invented credential; `age`, `changed`, `deleted` and its last use are milliseconds before now, `expires` is in
 * days from now.
 */
type Invented = {
	readonly name: string;
	readonly provider?: string;
	readonly data: Readonly<Record<string, string>>;
	readonly age: number;
	readonly changed?: number;
	/** What it was before its changes, oldest first, and when each was replaced. */
	readonly earlier?: readonly (Partial<Pick<Invented, 'data' | 'labels' | 'note'>> & {readonly replaced: number})[];
	readonly expires?: number;
	readonly labels?: Readonly<Record<string, string>>;
	readonly note?: string;
	readonly deleted?: number;
	readonly used?: readonly [before: number, kind: UseKind];
};

/**
 * A key pair of AWS's form that ends like those in AWS's own documentation. `tail` is nine characters of A to Z and 2
 * to 7.
 */
function aws(tail: string, region?: string, prefix = 'AKIA') {
	const secretAccessKey = `EXAMPLE/${tail}/NotARealSecretAccessKeyAtAll`.slice(0, 40).padEnd(40, '0');
	return {accessKeyID: `${prefix}${tail}EXAMPLE`, secretAccessKey, ...(region === undefined ? {} : {region})};
}

const runbook = [
	'Break glass only. The steps are in the runbook, under "prod is down":',
	'1. say so in #incidents and name somebody who watches',
	'2. take this key, write down why and since when',
	'3. rotate it when it is over',
].join('\n');

/** The key file of a service account of that project; what stands in the place of its key is no key. */
const serviceAccount = (name: string, project: string): string =>
	JSON.stringify(
		{
			type: 'service_account',
			project_id: project,
			private_key_id: `${name}0000example0000`,
			private_key: `-----BEGIN EXAMPLE KEY-----\nbm90IGEgcmVhbCBrZXksIG9ubHkgYW4gZXhhbXBsZQ==\n${name}\n-----END EXAMPLE KEY-----\n`,
			client_email: `${name}@${project}.iam.example.com`,
		},
		null,
		2,
	);

// Everything here is invented: no key opens anything, no name is anybody's. The first pair is from AWS's
// documentation.
const invented: readonly Invented[] = [
	{
		name: 'prod',
		data: {
			accessKeyID: 'AKIAIOSFODNN7EXAMPLE',
			secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
			region: 'eu-west-1',
		},
		used: [2 * hour, 'exec'],
		age: 64 * day,
		changed: 3 * day,
		earlier: [
			{data: aws('PRODHAND2', 'us-east-1'), labels: {env: 'prod'}, note: 'made by hand', replaced: 61 * day},
			{data: aws('PRODHAND2', 'eu-west-1'), replaced: 3 * day},
		],
		expires: 16,
		labels: {team: 'platform', env: 'prod'},
		note: runbook,
	},
	{
		name: 'prod-eu-cluster-autoscaler',
		data: aws('CLUSTER2A', 'eu-central-1'),
		used: [12 * minute, 'credential-process'],
		age: 41 * day,
		labels: {team: 'platform', env: 'prod', service: 'autoscaler'},
	},
	{
		name: 'staging',
		data: aws('STAGING3B', 'eu-west-1'),
		used: [1 * day, 'exec'],
		age: 12 * day,
		labels: {team: 'platform', env: 'staging'},
	},
	{
		name: 'dev',
		data: aws('STAGING3B', 'eu-west-1'),
		used: [5 * day, 'env'],
		age: 11 * day,
		labels: {env: 'dev'},
		note: 'the same key as staging until dev has a user of its own',
	},
	{
		name: 'ci',
		data: aws('CIRUNNER5', 'us-east-1'),
		used: [9 * minute, 'exec'],
		age: 200 * day,
		changed: 200 * day,
		labels: {team: 'build', env: 'ci'},
		note: 'rotated by hand, see the calendar',
	},
	{
		name: 'ci-temporary',
		data: {
			...aws('CITEMP66C', 'us-east-1', 'ASIA'),
			sessionToken: 'EXAMPLE//notARealSessionToken'.padEnd(120, 'ABCDEFGH01234567'),
		},
		age: 7 * minute,
		labels: {env: 'ci'},
	},
	{
		name: 'dns',
		data: aws('DNSZONE7D'),
		used: [24 * day, 'exec'],
		age: 88 * day,
		expires: 248,
		labels: {team: 'network'},
		note: 'Route 53, the zone example.com only',
	},
	{
		name: 'backups',
		data: aws('BACKUPS2E', 'eu-north-1'),
		used: [10 * hour, 'exec'],
		age: 3 * 365 * day + 20 * day,
		changed: 430 * day,
		expires: -9,
		labels: {team: 'storage', retention: '7y'},
		note: 'expired and still in the old cron job\nask storage before it is deleted',
	},
	{
		name: 'legacy-billing',
		data: {...aws('BILLING4F'), accessKeyID: 'AKIALEGACY01'},
		used: [411 * day, 'get'],
		age: 5 * 365 * day,
		note: 'odd key id',
	},
	{
		name: 'registry',
		provider: 'generic',
		data: {username: 'robot$deploy', token: 'example-token-not-a-real-one'},
		used: [3 * hour, 'copy'],
		age: 26 * hour,
		labels: {team: 'build'},
	},
	{
		name: 'status-page',
		provider: 'generic',
		data: {apiKey: 'example_0000000000000000', pageID: 'example-page'},
		age: 3 * hour,
		expires: 89,
		note: '🚦 the page everybody looks at first',
	},
	{
		name: 'tokyo-reports',
		provider: 'generic',
		data: {serviceAccount: serviceAccount('reports', 'example-analytics')},
		used: [16 * day, 'export'],
		age: 33 * day,
		labels: {team: 'analytics', region: '東京'},
		note: '東京チームのレポート用。質問は #analytics へ 🗼',
	},
	{name: 'mail-relay', provider: 'generic', data: {host: 'smtp.example.com', password: 'example only'}, age: 2 * day},
	{
		name: 'webhook-signing',
		provider: 'generic',
		data: {secret: 'whsec_EXAMPLEexampleEXAMPLEexample'},
		age: 20_000,
		labels: {service: 'payments', 'on-call': 'payments-primary'},
	},
	{
		name: 'do-kubernetes',
		provider: 'digitalocean',
		data: {token: `dop_v1_${'0'.repeat(64)}`},
		used: [26 * minute, 'env'],
		age: 8 * day,
		labels: {env: 'staging'},
	},
	{
		name: 'edge-zones',
		provider: 'cloudflare',
		data: {apiToken: 'example-'.repeat(5), accountID: 'e0'.repeat(16)},
		used: [4 * hour, 'exec'],
		age: 52 * day,
		expires: 128,
		labels: {team: 'network'},
		note: 'may edit the DNS records of example.org, nothing else',
	},
	{
		name: 'gcp-warehouse',
		provider: 'gce',
		data: {
			projectID: 'example-warehouse-204816',
			serviceAccount: serviceAccount('loader', 'example-warehouse-204816'),
		},
		used: [6 * hour, 'exec'],
		age: 19 * day,
		labels: {team: 'analytics'},
		note: 'pasted from a chat: get a new key file',
	},
	{
		name: 'hetzner-runners',
		provider: 'hetzner',
		data: {token: 'example0'.repeat(8)},
		used: [31 * minute, 'exec'],
		age: 5 * day,
		labels: {team: 'build', env: 'ci'},
	},
	{
		name: 'invoices-azure',
		provider: 'azure',
		data: {
			tenantID: '00000000-0000-4000-8000-00000000e001',
			subscriptionID: '00000000-0000-4000-8000-00000000e002',
			clientID: '00000000-0000-4000-8000-00000000e003',
			clientSecret: 'example~'.repeat(5),
		},
		used: [2 * day, 'env'],
		age: 61 * day,
		expires: 5,
		labels: {team: 'finance'},
		note: 'ask finance for the new secret before this one ends',
	},
	{
		name: 'mirror-linode',
		provider: 'linode',
		data: {token: 'e0'.repeat(32)},
		used: [201 * day, 'exec'],
		age: 280 * day,
		changed: 70 * day,
		labels: {service: 'package-mirror'},
	},
	{name: 'old-prod', data: aws('OLDPROD5G', 'eu-west-1'), age: 700 * day, deleted: 6 * day, note: 'rotated away'},
	{name: 'sandbox', provider: 'generic', data: {token: 'example-sandbox'}, age: 95 * day, deleted: 27 * day},
];

function idOf(index: number): string {
	return `00000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`;
}

/** When the invented credentials were handed out. */
export function demoUses(now: Date): readonly Use[] {
	const uses = invented.flatMap(({used}, index): readonly Use[] => {
		if (used === undefined) return [];
		const [before, kind] = used;
		return [{id: idOf(index), kind, at: timestamp(new Date(now.getTime() - before))}];
	});
	return uses.sort((a, b) => (a.at < b.at ? 1 : -1));
}

/**
 * An invented vault for demonstrations and for trying the app: the same for the same `now`, with ages and expiries
 * relative to it.
 */
export function demoContent(now: Date): Content {
	const moment = (before: number): string => timestamp(new Date(now.getTime() - before));
	const contentOf = ({name, provider = 'aws', data, labels = {}, note, expires}: Invented): CredentialContent => ({
		name: parseName(name),
		provider,
		data: new Map(Object.entries(data).map(([key, value]) => [key, new Secret(value)])),
		labels: new Map(Object.entries(labels)),
		...(note === undefined ? {} : {note}),
		...(expires === undefined ? {} : {expires: moment(-expires * day).slice(0, 10)}),
	});
	const credentials: Credential[] = [];
	const trash: TrashedCredential[] = [];
	for (const [index, each] of invented.entries()) {
		const {age, changed = age, deleted, earlier: [first] = []} = each;
		const credential: Credential = {
			...contentOf({...each, ...first}),
			id: idOf(index),
			revision: changed === age || first !== undefined ? 1 : 2,
			created: moment(age),
			changed: moment(first === undefined ? changed : age),
		};
		if (deleted === undefined) credentials.push(credential);
		else trash.push({...credential, deleted: moment(deleted)});
	}
	return invented.reduce<Content>(
		(content, each) =>
			(each.earlier ?? []).reduce<Content>((before, {replaced}, index) => {
				const next = contentOf({...each, ...each.earlier?.[index + 1]});
				const basis = getByName(before, each.name);
				return replaceCredential(before, basis, next, new Date(now.getTime() - replaced)).content;
			}, content),
		{credentials, trash},
	);
}
