import assert from 'node:assert/strict';
import {test} from 'node:test';
import {writes} from '../../../source/app/session/under-way.js';
import type {Credential} from '../../../source/domain/credential.js';
import {PharmerError} from '../../../source/domain/errors.js';
import {parseName} from '../../../source/domain/name.js';
import {
	addCredentials,
	deleteCredentials,
	purgeTrash,
	replaceCredentials,
	restoreCredentials,
} from '../../../source/vault/operations.js';
import type {Content} from '../../../source/vault/vault.js';
import {growth, mostGrowth} from '../../helpers/cost.js';
import {after, many, now, tasks} from '../../helpers/many.js';

for (const [name, keys] of Object.entries(tasks)) {
	test(`the time grows linearly with the number of credentials: ${name}`, () => {
		const vaults = new Map([250, 4000].map(count => [count, {credentials: many(count), trash: []}]));
		const factor = growth(count => after(vaults.get(count) ?? assert.fail(), keys(count)), 250);
		assert.ok(factor < mostGrowth, `${factor.toFixed(0)} times`);
	});
}

test('a label, delete, undo, purge or import of many reaches every credential', () => {
	const content = {credentials: many(300), trash: []};
	const keysOf = (name: string): ReturnType<(typeof tasks)[string]> => tasks[name]?.(300) ?? assert.fail(name);
	const labelled = after(content, keysOf('a label for all')).content;
	assert.ok(labelled.credentials.every(({labels, revision}) => labels.get('bulk') === '1' && revision === 2));
	assert.deepEqual(
		labelled.credentials.map(({id}) => id),
		content.credentials.map(({id}) => id),
	);
	const back = after(content, [...keysOf('two labels, the last taken back'), 'z']).content;
	assert.ok(back.credentials.every(({labels, revision}) => labels.size === 0 && revision === 5));
	const again = after(content, keysOf('a label done again')).content;
	assert.ok(again.credentials.every(({labels, revision}) => labels.get('bulk') === '1' && revision === 4));
	assert.equal(after(content, keysOf('a delete done again')).content.trash.length, 300);
	assert.equal(after(content, keysOf('a delete of all')).content.trash.length, 300);
	assert.equal(after(content, keysOf('a delete taken back')).content.credentials.length, 300);
	assert.equal(after(content, keysOf('a purge of all')).content.trash.length, 0);
	assert.equal(after(content, keysOf('an import of as many')).content.credentials.length, 600);
});

/** How often ids and names of a vault of so many are read by an operation on all of them. */
function reads(count: number, operation: (content: Content, all: readonly Credential[]) => unknown): number {
	let sum = 0;
	const read = <Value>(value: Value): Value => {
		sum++;
		return value;
	};
	const counted = many(count).map(credential =>
		Object.defineProperties(
			{...credential, deleted: '2026-11-20T00:00:00Z'},
			{
				id: {enumerable: true, get: () => read(credential.id)},
				name: {enumerable: true, get: () => read(credential.name)},
			},
		),
	);
	operation({credentials: counted, trash: []}, many(count));
	operation({credentials: [], trash: counted}, many(count));
	return sum;
}

test('an operation on 200 credentials reads at most 24 ids and names for each', () => {
	const quietly = (task: () => unknown): void => {
		try {
			task();
		} catch (error) {
			// They are not all in a vault that is empty.
			if (!(error instanceof PharmerError)) throw error;
		}
	};
	const operations: Readonly<Record<string, Parameters<typeof reads>[1]>> = {
		add: (content, all) =>
			addCredentials(
				content,
				all.map(each => ({...each, name: parseName(`new-${each.name}`)})),
				now,
			),
		replace: (content, all) =>
			quietly(() =>
				replaceCredentials(
					content,
					all.map(basis => ({basis, next: {...basis, note: 'changed'}})),
					now,
				),
			),
		delete: (content, all) => quietly(() => deleteCredentials(content, all, now)),
		restore: (content, all) =>
			quietly(() =>
				restoreCredentials(
					content,
					all.map(({id}) => ({id})),
					now,
				),
			),
		purge: (content, all) => purgeTrash(content, all),
	};
	for (const [name, operation] of Object.entries(operations)) {
		const sum = reads(200, operation);
		assert.ok(sum <= 200 * 24, `${name}: ${sum} reads`);
	}
});

type Counts = {readonly reads: number; readonly compared: number};

/** How much of the credentials is read, one member by one or in a copy, and how often two names are compared. */
function countsOf(work: (seen: (content: Content) => Content) => unknown): Counts {
	let [reads, compared] = [0, 0];
	const watched = <Kind extends Credential>(credential: Kind): Kind =>
		new Proxy(credential, {
			get(target, key, receiver) {
				reads++;
				return Reflect.get(target, key, receiver);
			},
		});
	const own = Object.getOwnPropertyDescriptor(Intl.Collator.prototype, 'compare') ?? assert.fail();
	Object.defineProperty(Intl.Collator.prototype, 'compare', {
		configurable: true,
		get(this: Intl.Collator) {
			compared++;
			return own.get?.call(this);
		},
	});
	try {
		work(({credentials, trash, ...rest}) => ({
			...rest,
			credentials: credentials.map(watched),
			trash: trash.map(watched),
		}));
	} finally {
		Object.defineProperty(Intl.Collator.prototype, 'compare', own);
	}
	return {reads, compared};
}

/** The same credentials in an order that nobody has sorted. */
function shuffled(credentials: readonly Credential[]): readonly Credential[] {
	return credentials.map((_, index) => credentials[(index * 7919) % credentials.length] ?? assert.fail());
}

/** How many writes a task takes: one for each thing that is done. */
const writesOf: Readonly<Record<string, number>> = {
	'a label for all': 1,
	'a label taken back': 2,
	'a label done again': 3,
	'two labels, the last taken back': 3,
	'a delete of all': 1,
	'a delete taken back': 2,
	'a delete done again': 3,
	'a purge of all': 2,
	'an export of all': 1,
	'an import of as many': 1,
};

for (const [name, keys] of Object.entries(tasks)) {
	test(`one write each, and no more reads and comparisons for each of 10,000 than of 1,000: ${name}`, () => {
		for (const count of [1000, 10_000]) {
			const content = {credentials: shuffled(many(count)), trash: []};
			const opened = countsOf(seen => after(content, [], seen));
			const done = countsOf(seen => {
				const {asked} = after(content, keys(count), seen);
				assert.equal(asked.filter(type => writes.includes(type)).length, writesOf[name]);
			});
			const most = count * (writesOf[name] ?? 0);
			const [reads, compared] = [done.reads - opened.reads, done.compared - opened.compared];
			assert.ok(reads <= 45 * most, `${reads} reads of ${count}`);
			assert.ok(compared <= 3 * most, `${compared} comparisons of ${count}`);
		}
	});
}
