import type {Credential} from '../domain/credential.js';
import type {Changed} from '../domain/team.js';
import {credentialRecord} from '../vault/format/credential-record.js';

/**
 * What a team has in common: the credentials by their ids, and what is under way at providers, as the lines of the
 * vault's journals by the ids of their credentials. Revisions in it are those of whoever wrote the record.
 */
export type Shared = {
	readonly records: ReadonlyMap<string, Credential>;
	readonly journals: ReadonlyMap<string, string>;
};

export const nothingShared: Shared = {records: new Map(), journals: new Map()};

/**
 * The most bytes that it takes. A vault holds that beside what only this device has, its trash and its versions: so no
 * writer can fill the vaults of the others.
 */
export const sharedLimit = 24 * 2 ** 20;

/** The bytes that all of it takes. */
export function sizeOf({records, journals}: Shared): number {
	let size = 0;
	for (const id of new Set([...records.keys(), ...journals.keys()]))
		size += sizeOfOne(id, records.get(id), journals.get(id));
	return size;
}

/** What each record and journal takes besides, as it does elsewhere: a crowd of tiny ones is large too. */
const besides = 256;

/** The bytes of it that the credential with that id takes: its record as JSON, and its journal with the id. */
export function sizeOfOne(id: string, record: Credential | undefined, line: string | undefined): number {
	const texts = [record && JSON.stringify(credentialRecord(record)), line && JSON.stringify([id, line])];
	return texts.reduce((size, text) => (text === undefined ? size : size + besides + Buffer.byteLength(text)), 0);
}

/** What makes one state of a team's content of another: whole records, and what is gone. */
export type Difference = {
	readonly records: readonly Credential[];
	/** The ids of credentials that are gone. */
	readonly gone: readonly string[];
	readonly journals: ReadonlyMap<string, string>;
	/** The ids of credentials whose journals have ended. */
	readonly ended: readonly string[];
	/** The same for whoever reads the log. */
	readonly what: readonly Changed[];
};
