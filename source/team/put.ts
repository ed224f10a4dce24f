import {Unreachable} from '../domain/exchange.js';
import type {Store} from '../stores/store.js';

/** How often one object is sent at most when answers are lost. */
const tries = 4;

/**
 * Creates an object, also when the answer is lost: then it is looked up, and bytes that are ours are ours. Throws as
 * `Store` does, and `Unreachable` when nobody knows whether it is there; then it may be.
 */
export async function put(store: Store, key: string, bytes: Buffer): Promise<'created' | 'exists'> {
	for (let sent = 1; ; sent++) {
		const outcome = await created(store, key, bytes);
		if (outcome === 'created') return outcome;
		const found = await store.get(key, bytes.length);
		if (found !== undefined) return !found.isCut && found.bytes.equals(bytes) ? 'created' : 'exists';
		if (sent === tries) throw outcome instanceof Unreachable ? outcome : unknown(key);
	}
}

/** The error for a storage that neither takes an object nor shows it. */
function unknown(key: string): Unreachable {
	return new Unreachable(`the storage has an object \`${key}\`, as it says, and does not show it`);
}

async function created(store: Store, key: string, bytes: Buffer): Promise<'created' | 'exists' | Unreachable> {
	try {
		return await store.create(key, bytes);
	} catch (error) {
		if (error instanceof Unreachable) return error;
		throw error;
	}
}
