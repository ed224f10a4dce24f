import type {Credential} from '../domain/credential.js';
import type {LastUses} from './last-use.js';
import {orderKey} from './name-order.js';

type Compare = (one: Credential, other: Credential) => number;

const collator = new Intl.Collator('en', {numeric: true, sensitivity: 'base'});

const byName: Compare = (one, other) => collator.compare(one.name, other.name);

/** Days such as `2027-01-31` compare as text; a credential without an expiry sorts last. */
const never = '9999-99-99';

/** Compares texts that `of` gives, and names where they are the same. */
function byText(of: (credential: Credential) => string, isReverse = false): Compare {
	return (one, other) => {
		const [first, second] = isReverse ? [of(other), of(one)] : [of(one), of(other)];
		return first === second ? byName(one, other) : first < second ? -1 : 1;
	};
}

const orders = {
	name: () => byName,
	provider: () => (one, other) => collator.compare(one.provider, other.provider) || byName(one, other),
	/** The newest first. */
	age: () => byText(({created}) => created, true),
	expires: () => byText(({expires = never}) => expires),
	/** Those used last first, and those that were not used last. */
	used: ({byId}) => byText(({id}) => byId.get(id)?.at ?? '', true),
	/** Those changed last first. */
	changed: () => byText(({changed}) => changed, true),
} as const satisfies Readonly<Record<string, (uses: LastUses) => Compare>>;

/** What credentials are sorted by, in the words of `--sort`. */
export type Order = keyof typeof orders;

/** Compares credentials for that order; `uses` is needed for `used` only. */
export function orderBy(order: Order, uses: LastUses): Compare {
	return orders[order](uses);
}

const unsorted = new WeakMap<readonly Credential[], readonly Credential[]>();

/**
 * The same credentials as they were before they were sorted, which is as they lie in memory: whoever looks at all of
 * 100,000 and needs no order takes a third of the time.
 */
export function beforeSorting(credentials: readonly Credential[]): readonly Credential[] {
	return unsorted.get(credentials) ?? credentials;
}

/** Credentials in that order. */
export function inOrder(credentials: readonly Credential[], order: Order, uses: LastUses): readonly Credential[] {
	const sorted = order === 'name' ? byKey(credentials) : credentials.toSorted(orderBy(order, uses));
	unsorted.set(sorted, beforeSorting(credentials));
	return sorted;
}

function byKey(credentials: readonly Credential[]): readonly Credential[] {
	const keyed = credentials.map(credential => ({credential, key: orderKey(credential.name)}));
	keyed.sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0));
	return keyed.map(({credential}) => credential);
}
