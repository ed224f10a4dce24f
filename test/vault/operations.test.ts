import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Credential, contentOf, timesOf, trashDays} from '../../source/domain/credential.js';
import {parseName} from '../../source/domain/name.js';
import {
	addCredential,
	assertNameFree,
	deleteCredentials,
	findByName,
	getByName,
	purgeTrash,
	replaceCredential,
	replaceCredentials,
	restoreCredential,
	restoreCredentials,
} from '../../source/vault/operations.js';
import type {Content} from '../../source/vault/vault.js';
import {draft, ofCode} from '../helpers/vault-samples.js';

const empty: Content = {credentials: [], trash: []};
const monday = new Date('2024-05-06T07:08:09.999Z');
const tuesday = new Date('2024-05-07T00:00:00Z');

function withNames(...names: readonly string[]): Content {
	return names.reduce((content, name) => addCredential(content, draft(name), monday).content, empty);
}

function named(content: Content, name: string) {
	return getByName(content, name);
}

const namesOf = (content: Content) => content.credentials.map(each => each.name);

test('a credential is found whatever the case of its name', () => {
	const content = withNames('Aws-Prod', 'aws');
	assert.equal(findByName(content, 'AWS-PROD')?.name, 'Aws-Prod');
	assert.equal(findByName(content, 'AWS')?.name, 'aws');
	assert.equal(findByName(content, 'aw'), undefined);
	assert.throws(() => getByName(content, 'other'), ofCode('not-found', /no credential `other`/));
});

test('a name is taken whatever its case, but not by the credential itself', () => {
	const content = withNames('aws');
	assert.throws(() => assertNameFree(content, 'AWS'), ofCode('exists', /`aws` exists/));
	assertNameFree(content, 'AWS', named(content, 'aws').id);
	assertNameFree(content, 'other');
});

test('an added credential comes last, at revision 1, with its own id and times', () => {
	const {content, result} = addCredential(withNames('one'), draft('two', {a: 'b'}), monday);
	assert.deepEqual(namesOf(content), ['one', 'two']);
	assert.equal(result.revision, 1);
	assert.equal(result.created, '2024-05-06T07:08:09Z');
	assert.equal(result.changed, '2024-05-06T07:08:09Z');
	assert.notEqual(result.id, named(content, 'one').id);
	const older = addCredential(empty, {...draft('x'), created: '2019-04-04T09:33:32Z'}, monday).result;
	assert.deepEqual([older.created, older.changed], ['2019-04-04T09:33:32Z', '2024-05-06T07:08:09Z']);
	assert.throws(() => addCredential(content, draft('TWO'), monday), ofCode('exists'));
});

test('a replaced credential keeps its place, id and creation time, and nothing of its old content', () => {
	const before = addCredential(withNames('one'), {...draft('two'), note: 'old'}, monday).content;
	const full = addCredential(before, draft('three'), monday).content;
	const old = named(full, 'two');
	const {content, result} = replaceCredential(full, old, draft('zwei', {b: 'c'}), tuesday);
	assert.deepEqual(namesOf(content), ['one', 'zwei', 'three']);
	assert.deepEqual([result.id, result.created], [old.id, old.created]);
	assert.deepEqual([result.revision, result.changed], [2, '2024-05-07T00:00:00Z']);
	assert.equal('note' in result, false);
	assert.equal(named(full, 'two').revision, 1);
	assert.equal(replaceCredential(content, result, draft('ZWEI'), tuesday).result.name, 'ZWEI');
});

test('a replacement that is based on an older state, or uses a taken name, is refused', () => {
	const content = withNames('one', 'two');
	const old = named(content, 'two');
	assert.throws(() => replaceCredential(content, old, draft('ONE'), tuesday), ofCode('exists'));
	const changed = replaceCredential(content, old, draft('two'), tuesday).content;
	assert.throws(() => replaceCredential(changed, old, draft('two'), tuesday), ofCode('conflict', /changed/));
	const deleted = deleteCredentials(content, [old], tuesday).content;
	assert.throws(() => replaceCredential(deleted, old, draft('two'), tuesday), ofCode('conflict', /deleted/));
});

test('all named credentials are deleted, or none', () => {
	const content = withNames('one', 'two', 'three');
	const bases = [named(content, 'three'), named(content, 'one')];
	const {content: left, result} = deleteCredentials(content, bases, tuesday);
	assert.deepEqual(namesOf(left), ['two']);
	assert.deepEqual(
		left.trash.map(each => each.name),
		['three', 'one'],
	);
	assert.ok(result.every(each => each.deleted === '2024-05-07T00:00:00Z'));
	const stale = {...named(content, 'two'), revision: 7};
	assert.throws(() => deleteCredentials(content, [...bases, stale], tuesday), ofCode('conflict'));
	assert.deepEqual(namesOf(content), ['one', 'two', 'three']);
});

test('a secret is as old as it is, whatever else of the credential is changed', () => {
	const wednesday = new Date('2024-05-08T00:00:00Z');
	const timesIn = ({changed, secretSince}: Credential) => [changed.slice(8, 10), secretSince?.slice(8, 10)];
	const content = withNames('one');
	const one = named(content, 'one');
	const noted = replaceCredential(content, one, {...contentOf(one), note: 'n'}, tuesday);
	assert.deepEqual(timesIn(noted.result), ['07', '06']);
	const renamed = replaceCredential(noted.content, noted.result, {...contentOf(one), name: parseName('x')}, wednesday);
	assert.deepEqual(timesIn(renamed.result), ['08', '06']);
	const reordered = new Map([...one.data].reverse());
	const moved = replaceCredential(noted.content, noted.result, {...contentOf(one), data: reordered}, wednesday);
	assert.deepEqual(timesIn(moved.result), ['08', '06']);

	const other = replaceCredential(noted.content, noted.result, draft('one', {token: 'new'}), wednesday);
	assert.deepEqual(timesIn(other.result), ['08', undefined], 'another secret begins anew');
	const undo = {basis: other.result, next: contentOf(noted.result), ...timesOf(noted.result)};
	const undone = replaceCredentials(other.content, [undo], wednesday, 'undo');
	assert.deepEqual(undone.result[0] && timesIn(undone.result[0].after), ['07', '06'], 'an undo gives both times back');

	const {content: without} = deleteCredentials(noted.content, [noted.result], tuesday);
	assert.deepEqual(timesIn(restoreCredential(without, one.id, wednesday).result), ['08', '06']);
	const [back] = restoreCredentials(without, [{id: one.id, changed: noted.result.changed}], wednesday).result;
	assert.deepEqual(back && timesIn(back), ['07', '06']);
});

test('no change drops what a newer program keeps', () => {
	const [first, second] = withNames('one', 'two').credentials;
	assert.ok(first !== undefined && second !== undefined);
	const carried = {rating: [1, {a: 'b'}]};
	const sections = {history: {version: 3, entries: ['x']}};
	const content: Content = {credentials: [{...first, carried}, second], trash: [], sections};
	const basis = named(content, 'one');

	const edited = replaceCredential(content, basis, draft('other', {token: 'b'}), tuesday);
	assert.deepEqual(edited.result.carried, carried);
	const taken = replaceCredential(edited.content, edited.result, contentOf(basis), tuesday);
	assert.deepEqual(taken.result.carried, carried);

	const deleted = deleteCredentials(content, [basis], tuesday);
	assert.deepEqual(deleted.result[0]?.carried, carried);
	const restored = restoreCredential(deleted.content, basis.id, tuesday, parseName('again'));
	assert.deepEqual(restored.result.carried, carried);

	const added = addCredential(content, draft('three'), tuesday);
	const purged = purgeTrash(deleted.content, deleted.result);
	for (const {content: after} of [edited, taken, deleted, restored, added, purged])
		assert.deepEqual(after.sections, sections);
});

test('the trash is kept for its number of days and no longer', () => {
	const content = withNames('one', 'two');
	const first = deleteCredentials(content, [named(content, 'one')], monday).content;
	const after = (days: number, seconds: number) =>
		deleteCredentials(first, [named(content, 'two')], new Date(monday.getTime() + days * 86_400_000 + seconds * 1000));
	assert.deepEqual(
		after(trashDays, 0).content.trash.map(each => each.name),
		['one', 'two'],
	);
	assert.deepEqual(
		after(trashDays, 1).content.trash.map(each => each.name),
		['two'],
	);
});

test('a restored credential is as it was, one revision later', () => {
	const content = addCredential(empty, {...draft('one', {a: 'b'}), note: 'n'}, monday).content;
	const one = named(content, 'one');
	const deleted = deleteCredentials(content, [one], monday).content;
	const {content: back, result} = restoreCredential(deleted, one.id, tuesday);
	assert.deepEqual(result, {...one, revision: 2, changed: '2024-05-07T00:00:00Z', secretSince: one.changed});
	assert.equal('deleted' in result, false);
	assert.deepEqual(back.trash, []);
	assert.throws(() => restoreCredential(back, one.id, tuesday), ofCode('not-found'));
	const taken = addCredential(deleted, draft('ONE'), monday).content;
	assert.throws(() => restoreCredential(taken, one.id, tuesday), ofCode('exists'));
	assert.equal(taken.trash.length, 1);
});
