import {assertKey} from './key.js';
import type {Store} from './store.js';

/** A store in memory, which answers with so many keys at a time. */
export function memoryStore(page = 1000): Store {
	const objects = new Map<string, Buffer>();
	return {
		async get(key, most) {
			assertKey(key);
			const bytes = objects.get(key);
			return bytes && {bytes: Buffer.from(bytes.subarray(0, most)), isCut: bytes.length > most};
		},
		async create(key, bytes) {
			assertKey(key);
			if (objects.has(key)) return 'exists';
			objects.set(key, Buffer.from(bytes));
			return 'created';
		},
		async list(prefix, after) {
			const found = [...objects.keys()].filter(key => key.startsWith(prefix) && key > after);
			return found.sort().slice(0, page);
		},
		close() {},
	};
}
