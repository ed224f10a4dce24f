import {memoryStore} from '../../source/stores/memory.js';
import type {Store} from '../../source/stores/store.js';

/** Stores that break one of their promises each, by what they do. */
export const brokenStores: Readonly<Record<string, () => Store>> = {
	'looks first and writes a moment later'() {
		const objects = new Map<string, Buffer>();
		return {
			...inMap(objects),
			async create(key, bytes) {
				if (objects.has(key)) return 'exists';
				await Promise.resolve();
				objects.set(key, bytes);
				return 'created';
			},
		};
	},
	'ignores the condition'() {
		const objects = new Map<string, Buffer>();
		return {
			...inMap(objects),
			async create(key, bytes) {
				objects.set(key, bytes);
				return 'created';
			},
		};
	},
	'tells one that it won and keeps the bytes of another'() {
		const objects = new Map<string, Buffer>();
		return {
			...inMap(objects),
			async create(key, bytes) {
				const result = objects.has(key) ? 'exists' : 'created';
				objects.set(key, bytes);
				return result;
			},
		};
	},
	'replaces what was there long before'() {
		const store = memoryStore();
		const objects = new Map<string, Buffer>();
		return {
			...store,
			async get(key, most) {
				const bytes = objects.get(key);
				return bytes === undefined ? store.get(key, most) : {bytes, isCut: false};
			},
			async create(key, bytes) {
				if (bytes.includes('once more')) objects.set(key, bytes);
				return store.create(key, bytes);
			},
		};
	},
	'creates again what was there long before'() {
		const store = memoryStore();
		return {
			...store,
			create: async (key, bytes) => (bytes.includes('once more') ? 'created' : store.create(key, bytes)),
		};
	},
	'tells nobody that it won': () => ({...memoryStore(), create: async () => 'exists'}),
	'forgets what it took': () => ({...memoryStore(), get: async () => undefined}),
	'cuts what it took'() {
		const store = memoryStore();
		return {...store, get: async key => store.get(key, 5)};
	},
	'lists nothing': () => ({...memoryStore(), list: async () => []}),
	'lists backwards'() {
		const store = memoryStore();
		return {...store, list: async (prefix, after) => (await store.list(prefix, after)).toReversed()};
	},
	'lists from the start whatever comes before'() {
		const store = memoryStore();
		return {...store, list: prefix => store.list(prefix, '')};
	},
	'lists the first only'() {
		const store = memoryStore(1);
		return {...store, list: async (prefix, after) => (after === '' ? store.list(prefix, after) : [])};
	},
};

function inMap(objects: ReadonlyMap<string, Buffer>): Omit<Store, 'create'> {
	return {
		async get(key) {
			const bytes = objects.get(key);
			return bytes && {bytes, isCut: false};
		},
		list: async () => [...objects.keys()].sort(),
		close() {},
	};
}
