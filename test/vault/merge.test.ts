import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {
	type Credential,
	type CredentialContent,
	sameContent,
	type TrashedCredential,
} from '../../source/domain/credential.js';
import type {Decision, Decisions, Side} from '../../source/domain/merge.js';
import {changesNothing, mergedText} from '../../source/domain/merge.js';
import {type Name, parseName} from '../../source/domain/name.js';
import {contentText} from '../../source/vault/format/content.js';
import {versionsOf} from '../../source/vault/history/history.js';
import {historyText} from '../../source/vault/history/section.js';
import {mergeContents} from '../../source/vault/merge.js';
import type {Content} from '../../source/vault/vault.js';
import {lookupsOf, searchedOf} from '../helpers/counted.js';
import {storedCredential} from '../helpers/credentials.js';
import {size} from '../helpers/rounds.js';
import {anyContent, plain} from '../helpers/vault-samples.js';

const now = new Date('2026-11-29T12:00:00Z');
const none: Decisions = new Map();
const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const stored = (id: number, name: string, extra: Partial<Credential> = {}) =>
	storedCredential(name, {id: uuid(id), ...extra});
const contents = (credentials: readonly Credential[], trash: readonly TrashedCredential[] = []): Content => ({
	credentials,
	trash,
	sections: {shelves: {version: 1, of: 'this vault'}},
});
const decided = (mine: Credential, side: Side): Decision => ({side, mine});
const names = ({credentials}: Content): readonly string[] => credentials.map(({name}) => name);

test('adds what is not here with its own id and times, and leaves out what is equal', () => {
	const [same, elsewhere, fresh] = [stored(1, 'same'), stored(2, 'elsewhere'), stored(3, 'fresh')];
	const mine = contents([same, elsewhere]);
	const other = contents([
		{...same, changed: '2026-05-05T05:05:05Z', revision: 7},
		{...elsewhere, id: uuid(20)},
		fresh,
	]);
	const {content, result} = mergeContents(mine, other, none, now);
	assert.deepEqual(content.credentials, [same, elsewhere, fresh]);
	assert.deepEqual([result.equal, result.added, result.open], [2, [fresh], []]);
	assert.equal(content.sections, mine.sections);
	assert.deepEqual(mergedText(result), ['added `fresh`']);
	assert.ok(changesNothing(mergeContents(content, other, none, now).result));
});

test('what differs under the same id or the same name is a conflict, about which nothing is done undecided', () => {
	const [byId, byName] = [stored(1, 'by-id'), stored(2, 'By-Name')];
	const [renamed, note] = [stored(1, 'renamed'), stored(3, 'by-name', {note: 'other'})];
	const {content, result} = mergeContents(contents([byId, byName]), contents([renamed, note]), none, now);
	assert.deepEqual(content.credentials, [byId, byName]);
	assert.deepEqual(result.open, [
		{mine: byId, theirs: renamed},
		{mine: byName, theirs: note},
	]);
	assert.ok(changesNothing(result));
});

test('a decision keeps the one here, takes the other one, or keeps both', () => {
	const mine = ['a', 'b', 'c'].map((name, index) => stored(index + 1, name));
	const [changed, secretSince] = ['2025-01-01T00:00:00Z', '2024-01-01T00:00:00Z'];
	const theirs = mine.map(each => ({...each, note: 'theirs', changed, secretSince}));
	const sides: readonly Side[] = ['mine', 'theirs', 'both'];
	const decisions = new Map(mine.map((each, index) => [each.id, decided(each, sides[index] ?? 'mine')]));
	const {content, result} = mergeContents(contents(mine), contents(theirs), decisions, now);
	assert.deepEqual(names(content), ['a', 'b', 'c', 'c-2']);
	assert.deepEqual(
		content.credentials.map(({note, changed}) => [note, changed]),
		[
			[undefined, mine[0]?.changed],
			['theirs', '2025-01-01T00:00:00Z'],
			[undefined, mine[2]?.changed],
			['theirs', '2025-01-01T00:00:00Z'],
		],
	);
	assert.deepEqual([content.credentials[1]?.id, content.credentials[1]?.revision], [uuid(2), 2]);
	const ages = content.credentials.map(each => each.secretSince);
	assert.deepEqual(ages, [undefined, secretSince, undefined, secretSince]);
	const [, second] = content.credentials;
	assert.ok(second !== undefined);
	assert.deepEqual(
		versionsOf(content, second).map(({cause, content: {name, note}}) => [cause, name, note]),
		[['merge', 'b', undefined]],
		'what was replaced',
	);
	assert.deepEqual([result.kept, result.replaced.length, result.added.length], [1, 1, 1]);
	assert.match(mergedText(result).join(), /took `b` from the file, what was here stays as a version/);
	contentText(content);
});

test('a decision counts only for the credential that it was made for', () => {
	const mine = stored(1, 'a');
	const decisions = new Map([[uuid(1), decided(mine, 'theirs')]]);
	const changed = {...mine, revision: 2, note: 'changed meanwhile'};
	const {content, result} = mergeContents(contents([changed]), contents([{...mine, note: 'x'}]), decisions, now);
	assert.deepEqual([content.credentials, result.open.length], [[changed], 1]);
});

test('names that go around in a ring are taken over', () => {
	const mine = ['a', 'b', 'c'].map((name, index) => stored(index + 1, name));
	const theirs = ['b', 'c', 'a'].map((name, index) => stored(index + 1, name, {note: 'x'}));
	const decisions = new Map(mine.map(each => [each.id, decided(each, 'theirs')]));
	const {content, result} = mergeContents(contents(mine), contents(theirs), decisions, now);
	assert.deepEqual(names(content), ['b', 'c', 'a']);
	assert.deepEqual(
		result.replaced.map(({before, after}) => [before.name, after.name]),
		[
			['a', 'b'],
			['b', 'c'],
			['c', 'a'],
		],
	);
	contentText(content);
});

test('one here that two of the other vault are in conflict with takes one, and has the other one beside it', () => {
	const mine = stored(1, 'a');
	const [renamed, newer] = [stored(1, 'z', {note: 'x'}), stored(2, 'a', {note: 'y'})];
	const both = new Map([renamed, newer].map(({id}) => [id, decided(mine, 'theirs')]));
	const {content} = mergeContents(contents([mine]), contents([renamed, newer]), both, now);
	assert.deepEqual(
		content.credentials.map(({id, name, note}) => [id, name, note]),
		[
			[uuid(1), 'z', 'x'],
			[uuid(2), 'a', 'y'],
		],
	);
	contentText(content);
});

test('what was deleted here and lives in the other vault is back; its trash comes where it is in neither', () => {
	const trashed = (id: number, name: string, deleted = '2026-11-20T00:00:00Z', note = '') => ({
		...stored(id, name, note === '' ? {} : {note}),
		deleted,
	});
	const here = contents([stored(9, 'lives')], [trashed(1, 'same'), trashed(2, 'other'), trashed(3, 'in-both')]);
	const other = contents(
		[stored(1, 'same'), stored(2, 'other', {note: 'x'})],
		[
			trashed(3, 'in-both', '2026-11-21T00:00:00Z'),
			trashed(4, 'new'),
			trashed(9, 'lives'),
			trashed(5, 'old', '2026-01-01T00:00:00Z'),
		],
	);
	const {content, result} = mergeContents(here, other, none, now);
	assert.deepEqual(names(content), ['lives', 'same', 'other']);
	assert.deepEqual(
		content.trash.map(({name, note, deleted}) => [name, note, deleted]),
		[
			['other', undefined, '2026-11-20T00:00:00Z'],
			['in-both', undefined, '2026-11-20T00:00:00Z'],
			['new', undefined, '2026-11-20T00:00:00Z'],
		],
	);
	contentText(content);
	assert.deepEqual(mergedText(result), [
		'brought back `same` and `other`, deleted here before',
		'added 1 deleted credential to the trash',
	]);
});

/** Another vault that has grown from the same one: each credential the same, changed, renamed, anew or gone. */
const twoVaults: fc.Arbitrary<readonly [Content, Content]> = fc
	.tuple(anyContent, anyContent, fc.array(fc.nat({max: 4}), {minLength: 5, maxLength: 5}), fc.infiniteStream(fc.uuid()))
	.map(([one, two, changes, ids]) => {
		const taken = new Set<string>();
		const isNew = (text: string): boolean => !taken.has(text.toLowerCase()) && Boolean(taken.add(text.toLowerCase()));
		const freeName = (name: Name): Name => (isNew(name) ? name : freeName(parseName(`x${name}`.slice(0, 63))));
		const freeId = (id: string): string => (isNew(id) ? id : freeId(ids.next().value));
		const derived = one.credentials.flatMap((each, index): readonly Credential[] => {
			const change = changes[index % changes.length];
			if (change === 0) return [];
			if (change === 1) return [each];
			if (change === 2) return [{...each, note: `${each.note ?? ''}!`}];
			const next = one.credentials[(index + 1) % one.credentials.length] ?? each;
			return [change === 3 ? {...each, name: next.name} : {...each, id: ids.next().value, note: 'anew'}];
		});
		const credentials = [...derived, ...two.credentials].map(each => ({
			...each,
			id: freeId(each.id),
			name: freeName(each.name),
		}));
		const trash = [
			...one.credentials.slice(0, 1).map(each => ({...each, deleted: each.changed})),
			...one.trash,
			...two.trash,
		];
		const countable = <Each extends Credential>(all: readonly Each[]): readonly Each[] =>
			all.map(each => ({...each, revision: Math.min(each.revision, 2 ** 53 - 10)}));
		return [
			{...one, credentials: countable(one.credentials), trash: countable(one.trash)},
			{credentials, trash: trash.map(each => ({...each, id: freeId(each.id)})), sections: two.sections ?? {}},
		];
	});

const nameless = ({name: _, provider, data, labels, note, expires}: CredentialContent): CredentialContent => ({
	name: parseName('any'),
	provider,
	data,
	labels,
	...(note === undefined ? {} : {note}),
	...(expires === undefined ? {} : {expires}),
});
const isThere = (each: CredentialContent, all: readonly CredentialContent[]): boolean =>
	all.some(other => sameContent(nameless(each), nameless(other)));

test('a merge of any two vaults can be written, and loses nothing of either, whatever is decided', () => {
	const sides: readonly (Side | undefined)[] = ['mine', 'theirs', 'both', undefined];
	fc.assert(
		fc.property(twoVaults, fc.array(fc.nat({max: 3}), {minLength: 1, maxLength: 9}), ([mine, other], choices) => {
			const {open} = mergeContents(mine, other, none, now).result;
			const decisions = new Map(
				open.flatMap(({mine: each, theirs}, index) => {
					const side = sides[choices[index % choices.length] ?? 0];
					return side === undefined ? [] : [[theirs.id, decided(each, side)] as const];
				}),
			);
			const {content, result} = mergeContents(mine, other, decisions, now);
			contentText(content);
			const {history: _, ...kept} = content.sections ?? {};
			const {history: __, ...before} = mine.sections ?? {};
			assert.deepEqual(kept, before);
			const earlier =
				historyText(mine) === undefined ? [] : content.credentials.flatMap(each => versionsOf(content, each));
			const all = [...content.credentials, ...content.trash, ...earlier.map(version => version.content)];
			// Where a newer program keeps the history, only that one can tell.
			if (historyText(mine) !== undefined) for (const each of mine.credentials) assert.ok(isThere(each, all));
			const undone = new Set(
				[...result.open, ...open.filter(({theirs}) => decisions.get(theirs.id)?.side === 'mine')].map(
					({theirs}) => theirs.id,
				),
			);
			for (const each of other.credentials) {
				if (!undone.has(each.id)) assert.ok(isThere(each, content.credentials), each.name);
			}
			const left = other.credentials.length - result.equal - result.kept - result.open.length;
			assert.equal(result.added.length + result.replaced.length, left);
			for (const each of mine.credentials) {
				if (!decisions.size) assert.ok(content.credentials.includes(each), 'as it is');
			}
		}),
		{numRuns: size(300, 10_000)},
	);
});

test('a vault merged with itself stays as it is', () => {
	fc.assert(
		fc.property(anyContent, content => {
			const {content: merged, result} = mergeContents(content, content, none, now);
			assert.ok(changesNothing(result));
			assert.deepEqual(plain(merged), plain(content));
		}),
		{numRuns: size(100, 2000)},
	);
});

test('merging 10,000 with 10,000 is linear', async () => {
	const work = (count: number, side: Side) => {
		const each = (start: number, note: string) =>
			Array.from({length: count}, (_, index) => stored(start + index, `c${start + index}`, {note}));
		const mine = each(0, 'mine');
		// Half are in conflict, half are new.
		const theirs = each(count / 2, 'theirs');
		const decisions = new Map(mine.map(known => [known.id, decided(known, side)]));
		return () => {
			const {result} = mergeContents(contents(mine), contents(theirs), decisions, now);
			assert.equal(result.added.length + result.replaced.length + result.kept, count);
		};
	};
	for (const side of ['mine', 'theirs', 'both'] as const) {
		const [few, many] = [await lookupsOf(work(1000, side)), await lookupsOf(work(10_000, side))];
		assert.ok(few <= 12 * 1000 && many <= 12 * 10_000, `${side}: ${few} and ${many} look-ups`);
		assert.equal(await searchedOf(work(1000, side)), 0);
		assert.equal(await searchedOf(work(10_000, side)), 0);
	}
});
