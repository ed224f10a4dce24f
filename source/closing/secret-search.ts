import {secretBytes} from '../credentials/secret-forms.js';
import type {Credential} from '../domain/credential.js';
import {BytePatterns, nothing, type State} from '../text/byte-patterns.js';

/** What a credential is or was, with its id. */
export type Holder = Pick<Credential, 'id' | 'provider' | 'data'>;

/** The ids of the credentials that have a secret which is in these bytes. */
export type SecretSearch = (bytes: Uint8Array) => ReadonlySet<string>;

/** Looks for the secrets of all holders at once, but for those that are too short to be told from words. */
export function secretSearch(holders: readonly Holder[]): SecretSearch {
	const ids = new Map<string, Set<string>>();
	for (const holder of holders) {
		for (const bytes of secretBytes([holder])) {
			const secret = bytes.toString('latin1');
			const those = ids.get(secret);
			if (those === undefined) ids.set(secret, new Set([holder.id]));
			else those.add(holder.id);
		}
	}
	const patterns = new BytePatterns(Array.from(ids.keys(), secret => Buffer.from(secret, 'latin1')));
	return bytes => {
		const found = new Set<string>();
		const seen = new Set<State>([nothing]);
		let state = nothing;
		for (const byte of bytes) {
			state = patterns.after(state, byte);
			if (seen.has(state)) continue;
			seen.add(state);
			for (const secret of patterns.ending(state))
				for (const id of ids.get(secret.toString('latin1')) ?? []) found.add(id);
		}
		return found;
	};
}
