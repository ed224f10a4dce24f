import fc from 'fast-check';
import {type Credential, type CredentialContent, contentOf, sameData} from '../../source/domain/credential.js';
import {PharmerError} from '../../source/domain/errors.js';
import type {Journal, Rotation} from '../../source/domain/journal.js';
import {parseName} from '../../source/domain/name.js';
import {Secret} from '../../source/domain/secret.js';
import {providers} from '../../source/providers/catalog.js';
import {beginJournal, endJournal, exchangeFields, putJournal} from '../../source/vault/journal-changes.js';
import {journalsOf} from '../../source/vault/journals.js';
import {
	addCredential,
	deleteCredentials,
	findByName,
	replaceCredential,
	restoreCredential,
} from '../../source/vault/operations.js';
import type {Content} from '../../source/vault/vault.js';

/** What somebody does to a vault: what, to which credential, and how. */
export type Step = readonly [kind: number, target: number, how: number];

/** What two do to the same vault, and what it was before. */
export type Histories = {readonly base: Content; readonly one: Content; readonly other: Content};

const names = ['a', 'b', 'A-2', 'b-2', 'c'].map(parseName);
const day = (nth: number): Date => new Date(Date.UTC(2026, 10, 1 + nth));

/** The fields that are no part of signing in, with their units. */
export const unitsApart: Readonly<Record<string, string>> = {
	'aws region': 'region',
	'azure subscriptionID': 'subscription',
	'scaleway project': 'project',
	'scaleway region': 'region',
	'scaleway zone': 'region',
	'cloudflare accountID': 'account',
	'alibaba region': 'region',
	'oci region': 'region',
	'civo region': 'region',
	'exoscale zone': 'zone',
	'openstack region': 'region',
};
const signingIn = '';
const unitOf = (provider: string, key: string): string => unitsApart[`${provider} ${key}`] ?? signingIn;

/** Makes values that nobody made before; those of one write have the same stamp. */
class Maker {
	#count = 0;
	readonly #by: string;

	constructor(by: string) {
		this.#by = by;
	}

	stamp(): string {
		return `${this.#by}${++this.#count}`;
	}

	/** New values for a unit of a provider; an open one has fields of any key. */
	unit(provider: string, unit: string, how: number): ReadonlyMap<string, Secret> {
		const stamp = this.stamp();
		const fields = providers.find(({id}) => id === provider)?.fields ?? [];
		const keys = fields.length === 0 ? ['user', 'password', 'more'] : fields.map(({key}) => key);
		const those = keys.filter(key => unitOf(provider, key) === unit);
		const some = those.filter((_, nth) => nth === 0 || (how + nth) % 3 > 0);
		return new Map(some.map(key => [key, new Secret(`${key}=${stamp}`)]));
	}

	credential(name: CredentialContent['name'], how: number): CredentialContent {
		const provider = providers[how % providers.length]?.id ?? 'generic';
		return {name, provider, data: this.unit(provider, signingIn, how), labels: new Map()};
	}

	mark(): string {
		return (Number.parseInt(this.#by, 36) * 4096 + ++this.#count).toString(16).padStart(8, '0').slice(-8);
	}
}

/** Whether all fields that sign in are of one write. */
export function isWhole({provider, data}: Pick<Credential, 'provider' | 'data'>): boolean {
	const stamps = [...data].flatMap(([key, value]) =>
		unitOf(provider, key) === signingIn ? [value.reveal().split('=')[1]] : [],
	);
	return new Set(stamps).size <= 1;
}

function replaced(content: Content, credential: Credential, change: Partial<CredentialContent>, now: Date): Content {
	return replaceCredential(content, credential, {...contentOf(credential), ...change}, now).content;
}

function withField({data, provider}: Credential, fields: ReadonlyMap<string, Secret>, unit: string) {
	const others = [...data].filter(([key]) => unitOf(provider, key) !== unit);
	return {data: new Map([...others, ...fields])};
}

function settingOf({provider}: Credential, how: number): string | undefined {
	const fields = providers.find(({id}) => id === provider)?.fields ?? [];
	const units = [...new Set(fields.map(({key}) => unitOf(provider, key)))].filter(unit => unit !== signingIn);
	return units[how % Math.max(1, units.length)];
}

function rotation(content: Content, {id, data}: Credential, maker: Maker, nth: number): Content {
	const at = `${day(nth).toISOString().slice(0, 19)}Z`;
	const work = {id, mark: maker.mark(), began: at, at};
	const journal: Rotation = {...work, kind: 'rotate', step: 'intent', known: ['k'], oldId: 'old', old: data, grace: 0};
	return beginJournal(
		content,
		journal,
		content.credentials.find(each => each.id === id),
	).content;
}

/** The next step of what is under way for a credential. */
function goneOn(content: Content, journal: Journal, credential: Credential, maker: Maker, nth: number): Content {
	if (journal.kind !== 'rotate') return endJournal(content, journal).content;
	if (journal.step === 'verified') return endJournal(content, journal).content;
	if (journal.step === 'stored') {
		const next = {...journal, step: 'verified' as const};
		return exchangeFields(content, next, {data: journal.fresh ?? new Map(), cause: 'rotate'}, day(nth)).content;
	}
	const fresh = maker.unit(credential.provider, signingIn, 1);
	const others = [...credential.data].filter(([key]) => unitOf(credential.provider, key) !== signingIn);
	const step = {step: 'stored' as const, fresh: new Map([...fresh, ...others]), freshId: 'new'};
	return putJournal(content, {...journal, ...step}, day(nth)).content;
}

function done(content: Content, [kind, target, how]: Step, maker: Maker, nth: number): Content {
	const now = day(nth);
	const credential = content.credentials[target % Math.max(1, content.credentials.length)];
	const name = names[how % names.length] ?? parseName('a');
	if (kind === 0 || credential === undefined) {
		return findByName(content, name) === undefined
			? addCredential(content, maker.credential(name, how), now).content
			: content;
	}
	const {provider, labels, id} = credential;
	const setting = settingOf(credential, how);
	switch (kind) {
		case 1:
			return replaced(content, credential, withField(credential, maker.unit(provider, signingIn, how), signingIn), now);
		case 2:
			if (setting === undefined) return content;
			return replaced(content, credential, withField(credential, maker.unit(provider, setting, how), setting), now);
		case 3:
			return replaced(content, credential, {labels: new Map([...labels, [`l${how % 2}`, maker.stamp()]])}, now);
		case 4:
			return replaced(content, credential, {labels: new Map([...labels].slice(1))}, now);
		case 5:
			return replaced(content, credential, {note: maker.stamp()}, now);
		case 6:
			return replaced(content, credential, {expires: `20${10 + (how % 80)}-01-01`}, now);
		case 7:
			return replaced(content, credential, {name}, now);
		case 8:
			return deleteCredentials(content, [credential], now).content;
		case 9: {
			const trashed = content.trash[target % Math.max(1, content.trash.length)];
			return trashed === undefined ? content : restoreCredential(content, trashed.id, now).content;
		}
		case 10: {
			const {data, provider: other} = maker.credential(name, how);
			return replaced(content, credential, {data, provider: other}, now);
		}
		case 11: {
			const carried = {...credential.carried, [`new${how % 2}`]: [maker.stamp(), how]};
			const next = {...credential, carried, revision: credential.revision + 1};
			return {...content, credentials: content.credentials.map(each => (each === credential ? next : each))};
		}
		case 12:
			return rotation(content, credential, maker, nth);
		default: {
			const journal = journalsOf(content)?.find(each => each.id === id) ?? journalsOf(content)?.[0];
			const about = content.credentials.find(each => each.id === journal?.id);
			return journal === undefined || about === undefined ? content : goneOn(content, journal, about, maker, nth);
		}
	}
}

/** Whether the keys that a replacement is about are those that its credential has. */
export function isInStep(content: Content): boolean {
	return (journalsOf(content) ?? []).every(journal => {
		const credential = content.credentials.find(({id}) => id === journal.id);
		if (credential === undefined || journal.kind !== 'rotate') return false;
		return sameData(credential, {data: (journal.step === 'verified' ? journal.fresh : journal.old) ?? new Map()});
	});
}

/** The vault after all that; what is refused is not done. `by` is the beginning of each value that comes in. */
export function after(content: Content, steps: readonly Step[], by: string): Content {
	const maker = new Maker(by);
	return steps.reduce((last, step, nth) => {
		try {
			return done(last, step, maker, nth);
		} catch (error) {
			if (error instanceof PharmerError && error.code !== 'bug') return last;
			throw error;
		}
	}, content);
}

const anyStep: fc.Arbitrary<Step> = fc.tuple(fc.nat({max: 15}), fc.nat({max: 5}), fc.nat({max: 40}));
/** Some steps, one after the other. */
export const steps = (most: number): fc.Arbitrary<readonly Step[]> => fc.array(anyStep, {maxLength: most});

/** What two can do to the same vault of a few credentials. */
export const anyHistories: fc.Arbitrary<Histories> = fc
	.tuple(fc.array(fc.nat({max: 100}), {maxLength: 4}), steps(6), steps(8), steps(8))
	.map(([first, common, mine, theirs]) => {
		const made = first.map((how, nth): Step => [0, 0, how * names.length + nth]);
		const base = after({credentials: [], trash: []}, [...made, ...common], 'o');
		return {base, one: after(base, mine, 'a'), other: after(base, theirs, 'b')};
	});
