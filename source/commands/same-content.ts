import type {CredentialContent} from '../domain/credential.js';

function sameEntries<Value>(
	one: ReadonlyMap<string, Value>,
	other: ReadonlyMap<string, Value>,
	same: (one: Value, other: Value) => boolean,
): boolean {
	return (
		one.size === other.size &&
		[...one].every(([key, value]) => {
			const match = other.get(key);
			return match !== undefined && same(value, match);
		})
	);
}

/** True when nothing that a person decides differs. The order of fields and labels does not count. */
export function sameContent(one: CredentialContent, other: CredentialContent): boolean {
	return (
		one.name === other.name &&
		one.provider === other.provider &&
		one.note === other.note &&
		one.expires === other.expires &&
		sameEntries(one.data, other.data, (value, match) => value.equals(match)) &&
		sameEntries(one.labels, other.labels, (value, match) => value === match)
	);
}
