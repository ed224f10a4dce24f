import type {Store} from './store.js';

/** What a storage has to keep for nobody's change to be lost. */
type StorePromise = 'one-winner' | 'create-only' | 'same-bytes' | 'order';

/** What a probe found: the first promise that was broken, and how, as a sentence without its full stop. */
export type ProbeFinding = {readonly broken: undefined} | {readonly broken: StorePromise; readonly how: string};

/** How many create each object at the same moment, and how many objects. */
const racers = 16;
const keys = 5;
const most = 1024;

/**
 * Tries whether a storage lets only one of many create an object, keeps it as it is, and lists what there is. It leaves
 * its few small objects below `probe/NAME`, as nobody may delete there: the name (of `a-z0-9-`) is random. A passed
 * probe is evidence, not a proof. Throws as the store does where the storage is not reached or says no.
 */
export async function probe(store: Store, name: string): Promise<ProbeFinding> {
	const prefix = `probe/${name}/`;
	const names = Array.from({length: keys}, (_, index) => `${prefix}${String(index).padStart(12, '0')}`);
	for (const key of names) {
		const finding = (await race(store, key)) ?? (await again(store, key));
		if (finding !== undefined) return finding;
	}
	return (await ordered(store, prefix, names)) ?? {broken: undefined};
}

/** One object that many create at the same moment. */
async function race(store: Store, key: string): Promise<ProbeFinding | undefined> {
	const bodies = Array.from({length: racers}, (_, index) => Buffer.from(`${key} by ${index}`));
	const results = await Promise.all(bodies.map(bytes => store.create(key, bytes)));
	const winners = bodies.filter((_, index) => results[index] === 'created');
	const [winner] = winners;
	if (winner === undefined) return {broken: 'one-winner', how: `none of ${racers} that created an object was told so`};
	if (winners.length > 1)
		return {
			broken: 'one-winner',
			how: `${winners.length} of ${racers} that created the same object were told that they did`,
		};
	const stored = await store.get(key, most);
	if (stored === undefined) return {broken: 'same-bytes', how: 'an object that was created is not there'};
	if (stored.isCut || !stored.bytes.equals(winner))
		return {
			broken: 'same-bytes',
			how: 'an object does not have the bytes of the only one that was told to have created it',
		};
	return undefined;
}

/** An object that is there is created once more. */
async function again(store: Store, key: string): Promise<ProbeFinding | undefined> {
	const before = await store.get(key, most);
	const result = await store.create(key, Buffer.from(`${key} once more`));
	const after = await store.get(key, most);
	if (result !== 'exists') return {broken: 'create-only', how: 'an object that was there was created again'};
	if (before === undefined || after === undefined || !before.bytes.equals(after.bytes))
		return {broken: 'create-only', how: 'an object was replaced, although that was refused'};
	return undefined;
}

/** All are listed, in their order and from a place on. */
async function ordered(store: Store, prefix: string, names: readonly string[]): Promise<ProbeFinding | undefined> {
	for (const from of [-1, 1]) {
		const listed: string[] = [];
		for (let after = names[from] ?? ''; ; after = listed.at(-1) ?? '') {
			const page = await store.list(prefix, after);
			listed.push(...page);
			if (page.length === 0 || listed.length > names.length) break;
		}
		const expected = names.slice(from + 1);
		if (listed.length !== expected.length || expected.some((name, index) => listed[index] !== name))
			return {broken: 'order', how: 'what was created is not listed, or not in its order'};
	}
	return undefined;
}
