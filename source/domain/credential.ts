import {PharmerError} from './errors.js';
import type {JsonObject} from './json.js';
import type {Name} from './name.js';
import type {Secret} from './secret.js';

/** The part of a credential that the user decides. */
export type CredentialContent = {
	readonly name: Name;
	/** A provider's id, such as `aws`. */
	readonly provider: string;
	/** `spec.data`: field key to value, kept byte for byte, in the provider's field order. */
	readonly data: ReadonlyMap<string, Secret>;
	readonly labels: ReadonlyMap<string, string>;
	readonly note?: string;
	/** A date, such as `2027-01-31`. */
	readonly expires?: string;
};

/** A credential in a vault. */
export type Credential = CredentialContent & {
	/** A UUID that never changes, not even on rename. */
	readonly id: string;
	/** Incremented by every change; a write names the revision it is based on. */
	readonly revision: number;
	/** RFC 3339, UTC, to the second. */
	readonly created: string;
	readonly changed: string;
	/** Since when `data` is what it is (RFC 3339), where that is not since `changed`. */
	readonly secretSince?: string;
	/** What a newer program keeps with it. This one neither shows nor changes it, and never drops it. */
	readonly carried?: JsonObject;
};

/** The credential and revision that a change is based on. */
export type Basis = Pick<Credential, 'id' | 'revision' | 'name'>;

/** When a credential was changed, and since when its data is what it is where that is another time. */
export type Times = Pick<Credential, 'changed' | 'secretSince'>;

export function timesOf({changed, secretSince}: Times): Times {
	return {changed, ...(secretSince === undefined ? {} : {secretSince})};
}

/** The new content for a credential. Its times (RFC 3339) are kept when given, otherwise it is changed now. */
export type Replacement = {readonly basis: Basis; readonly next: CredentialContent} & (
	| Times
	| {readonly changed?: never}
);

/** A credential to take out of the trash. `changed` (RFC 3339) is kept when given, otherwise it is now. */
export type Restoration = {readonly id: string; readonly changed?: string};

/** A deleted credential, kept until `trashDays` after `deleted` (RFC 3339). */
export type TrashedCredential = Credential & {readonly deleted: string};

export const trashDays = 30;

/** The part that the user decides, without what the vault adds. */
export function contentOf({name, provider, data, labels, note, expires}: CredentialContent): CredentialContent {
	return {
		name,
		provider,
		data,
		labels,
		...(note === undefined ? {} : {note}),
		...(expires === undefined ? {} : {expires}),
	};
}

/**
 * A key of `spec.data`. Throws `invalid` unless it has 1 to 63 letters, digits, `.`, `_` or `-` and starts with a
 * letter or a digit; `constructor` and `prototype` are refused too.
 */
export function parseFieldKey(text: string): string {
	if (!/^(?!(?:constructor|prototype)$)[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(text)) {
		throw new PharmerError(
			'invalid',
			`\`${text}\` can't be a field: a field has 1 to 63 letters, digits, \`.\`, \`_\` or \`-\` and starts with a letter or a digit`,
		);
	}
	return text;
}

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

/** True when the fields are the same, in whatever order. */
export function sameData({data}: Pick<CredentialContent, 'data'>, other: Pick<CredentialContent, 'data'>): boolean {
	return sameEntries(data, other.data, (value, match) => value.equals(match));
}

/** True when everything the user decides is the same. The order of fields and labels does not matter. */
export function sameContent(one: CredentialContent, other: CredentialContent): boolean {
	return (
		one.name === other.name &&
		one.provider === other.provider &&
		one.note === other.note &&
		one.expires === other.expires &&
		sameData(one, other) &&
		sameEntries(one.labels, other.labels, (value, match) => value === match)
	);
}
