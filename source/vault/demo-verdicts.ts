import type {Credential} from '../domain/credential.js';
import {timestamp} from '../domain/time.js';
import type {KeptVerdict, Verdict} from '../domain/verdict.js';
import type {Content} from './vault.js';
import {withVerdicts} from './verdicts.js';

const hour = 3_600_000;
const day = 24 * hour;

/** What an invented provider said, at which host, and how many milliseconds ago; `ends` is in days from now. */
type Invented = Omit<Verdict, 'expires'> & {
	readonly host: string;
	readonly before: number;
	readonly ends?: number;
};

const inAws = {account: '123456789012'};

const invented: Readonly<Record<string, Invented>> = {
	prod: {
		is: 'valid',
		why: 'AWS knows it',
		who: {...inAws, user: 'user/deploy'},
		host: 'sts.eu-west-1.amazonaws.com',
		before: 2 * hour,
	},
	'prod-eu-cluster-autoscaler': {
		is: 'limited',
		why: 'it may not even ask who it is',
		who: {},
		host: 'sts.eu-central-1.amazonaws.com',
		before: 2 * hour,
	},
	ci: {
		is: 'valid',
		why: 'AWS knows it',
		who: {...inAws, user: 'user/ci'},
		host: 'sts.us-east-1.amazonaws.com',
		before: 41 * day,
	},
	'legacy-billing': {
		is: 'invalid',
		why: 'the key is deleted or switched off',
		who: {},
		host: 'sts.amazonaws.com',
		before: 2 * hour,
	},
	'edge-zones': {
		is: 'valid',
		why: 'Cloudflare says that the token is active',
		who: {key: 'e0e0e0e0example'},
		host: 'api.cloudflare.com',
		before: 6 * day,
		ends: 128,
	},
	'hetzner-runners': {
		is: 'valid',
		why: 'Hetzner takes it',
		who: {},
		host: 'api.hetzner.cloud',
		before: 6 * day,
	},
};

/** An invented vault after some providers were asked; `digestOf` gives the digest of a credential's data. */
export function withDemoVerdicts(content: Content, now: Date, digestOf: (credential: Credential) => string): Content {
	const verdicts = content.credentials.flatMap((credential): readonly KeptVerdict[] => {
		const said = invented[credential.name];
		if (said === undefined) return [];
		const {before, ends, ...verdict} = said;
		const moment = (from: number): string => timestamp(new Date(now.getTime() + from));
		return [
			{
				...verdict,
				id: credential.id,
				digest: digestOf(credential),
				at: moment(-before),
				...(ends === undefined ? {} : {expires: moment(ends * day)}),
			},
		];
	});
	return withVerdicts(content, {verdicts, consents: []});
}
