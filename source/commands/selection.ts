import {comparedLabels, type LabelCondition, meets} from '../credentials/selector.js';
import type {Credential} from '../domain/credential.js';
import {nameKey} from '../domain/name.js';
import {findProvider, parseProvider} from '../providers/catalog.js';
import {findByName} from '../vault/operations.js';
import type {Content} from '../vault/vault.js';
import {findAll} from './named.js';

/** The credentials that a command is about. */
export type Selection = {
	/** All credentials when empty. */
	readonly names: readonly string[];
	/** From `--provider`, as written. */
	readonly provider: string | undefined;
	/** From `--selector`: the labels that are wanted. */
	readonly selector?: readonly LabelCondition[] | undefined;
};

/**
 * A test whether a credential is for that provider; without one, every credential passes. Throws `invalid` for an
 * unknown provider.
 */
function providerFilter(provider: string | undefined, content: Content): (credential: Credential) => boolean {
	if (provider === undefined) return () => true;
	const id = findProvider(provider)?.id ?? provider;
	const matches = (credential: Credential): boolean => credential.provider === id;
	// A provider that only the vault knows counts too.
	if (!content.credentials.some(matches)) parseProvider(provider);
	return matches;
}

function byName(one: Credential, other: Credential): number {
	const [first, second] = [nameKey(one.name), nameKey(other.name)];
	return first < second ? -1 : first > second ? 1 : 0;
}

/** A test whether a credential has the labels that are wanted. */
function labelFilter(conditions: readonly LabelCondition[]): (credential: Credential) => boolean {
	return ({labels}) => {
		const compared = comparedLabels(labels);
		return conditions.every(each => meets(compared, each));
	};
}

/**
 * The named credentials in that order, or all sorted by name, restricted to the provider and the labels. Throws
 * `not-found`, naming every missing one, and `invalid` for an unknown provider.
 */
export function selectCredentials(
	content: Content,
	{names, provider, selector = []}: Selection,
): readonly Credential[] {
	const wanted = providerFilter(provider, content);
	if (names.length === 0) return content.credentials.filter(wanted).filter(labelFilter(selector)).toSorted(byName);
	const find = (name: string): Credential | undefined => {
		const credential = findByName(content, name);
		return credential !== undefined && wanted(credential) ? credential : undefined;
	};
	return findAll(names, find, {
		what: provider === undefined ? 'there is no credential' : `for ${provider} there is no credential`,
		hint: '`pharmer get credentials` lists what there is',
		known: content.credentials.filter(wanted),
	});
}
