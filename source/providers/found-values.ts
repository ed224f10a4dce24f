import {PharmerError} from '../domain/errors.js';
import {Secret} from '../domain/secret.js';
import {arrangeData} from './data.js';
import type {Found, Reading, Refused} from './importer.js';
import {refusalOf} from './ini-file.js';
import type {Provider} from './provider.js';

/** A find with these values by field key, in the provider's order; empty values are dropped. */
export function foundValues(provider: Provider, label: string, values: Readonly<Record<string, string>>): Found {
	const data = new Map(Object.entries(values).map(([key, value]) => [key, new Secret(value)]));
	return {label, provider, data: arrangeData(provider, data)};
}

/** What `judge` returns for the entry with this label; its refusal when `judge` throws `invalid`. */
export function judged(label: string, judge: () => Found | Refused | undefined): Found | Refused | undefined {
	try {
		return judge();
	} catch (error) {
		if (!(error instanceof PharmerError)) throw error;
		return refusalOf(label, error);
	}
}

/** Sorts judged entries into finds and refusals; undefined stands for an entry with nothing to keep or report. */
export function readingOf(judged: readonly (Found | Refused | undefined)[]): Reading {
	const all = judged.filter(each => each !== undefined);
	return {found: all.filter(each => 'data' in each), refused: all.filter(each => 'reason' in each)};
}

/** The reading, and a refusal for each damaged part of its file. Throws the first damage when nothing else was read. */
export function withDamage({found, refused}: Reading, damage: readonly PharmerError[]): Reading {
	const [first] = damage;
	if (first !== undefined && found.length + refused.length === 0) throw first;
	return {found, refused: [...refused, ...damage.map(error => refusalOf('', error))]};
}
