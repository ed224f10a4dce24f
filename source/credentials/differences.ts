import type {CredentialContent} from '../domain/credential.js';
import {Secret} from '../domain/secret.js';
import {fieldOf, providerOf} from '../providers/catalog.js';

/** A part of a credential that is not the same in two states of it; undefined where a state has none. */
export type Part = {
	/** A field's key, `name`, `provider`, `note`, `expires`, or `label` with a label's key. */
	readonly key: string;
	/** What it is called on the screen. */
	readonly label: string;
	readonly isSecret: boolean;
	readonly was: Secret | undefined;
	readonly is: Secret | undefined;
};

/** The parts in which two states of a credential are different, in the order of the detail. */
export function differences(before: CredentialContent, after: CredentialContent): readonly Part[] {
	const provider = providerOf(after.provider);
	const field = (key: string): Omit<Part, 'was' | 'is'> => {
		const {label, secret} = fieldOf(provider, key);
		return {key, label, isSecret: secret};
	};
	const plain = (key: string): Omit<Part, 'was' | 'is'> => ({key, label: key, isSecret: false});
	const all: readonly Part[] = [
		{...plain('name'), was: textOf(before.name), is: textOf(after.name)},
		{...plain('provider'), was: textOf(before.provider), is: textOf(after.provider)},
		...keysOf(before.data, after.data).map(key => ({
			...field(key),
			was: before.data.get(key),
			is: after.data.get(key),
		})),
		{...plain('expires'), was: textOf(before.expires), is: textOf(after.expires)},
		...keysOf(before.labels, after.labels).map(key => ({
			...plain(`label ${key}`),
			was: textOf(before.labels.get(key)),
			is: textOf(after.labels.get(key)),
		})),
		{...plain('note'), was: textOf(before.note), is: textOf(after.note)},
	];
	return all.filter(part => !isSame(part.was, part.is));
}

function keysOf(one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): readonly string[] {
	return [...new Set([...one.keys(), ...other.keys()])];
}

function textOf(text: string | undefined): Secret | undefined {
	return text === undefined ? undefined : new Secret(text);
}

function isSame(one: Secret | undefined, other: Secret | undefined): boolean {
	return one === undefined || other === undefined ? one === other : one.equals(other);
}
