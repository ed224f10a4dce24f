import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Credential, type CredentialContent, contentOf} from '../../source/domain/credential.js';
import {parseName} from '../../source/domain/name.js';
import {Secret} from '../../source/domain/secret.js';
import type {OpenConflict} from '../../source/domain/team.js';
import {resolveConflict, stillOpen} from '../../source/team/merge/resolve.js';
import {versionsOf} from '../../source/vault/history/history.js';
import {journalOf, withJournal} from '../../source/vault/journals.js';
import {deleteCredentials, replaceCredential} from '../../source/vault/operations.js';
import type {Content} from '../../source/vault/vault.js';
import {rotationOf} from '../helpers/journals.js';
import {contentWith, mergedAt, mergedInto, numbered} from '../helpers/shared.js';
import {ofCode} from '../helpers/vault-samples.js';

const data = (fields: Readonly<Record<string, string>>) =>
	new Map(Object.entries(fields).map(([key, value]) => [key, new Secret(value)]));
const base = contentWith(numbered(1, 'a', {data: data({accessKeyID: 'id', secretAccessKey: 'key', region: 'r'})}));
const first = ({credentials: [credential]}: Content): Credential => credential ?? assert.fail();
const edited = (content: Content, change: Partial<CredentialContent>): Content =>
	replaceCredential(content, first(content), {...contentOf(first(content)), ...change}, mergedAt).content;
const conflictOf = (mine: Content, theirs: Content): readonly [Content, OpenConflict] => {
	const {content, result} = mergedInto(mine, theirs, base);
	return [content, result.conflicts[0] ?? assert.fail('no conflict')];
};
const fieldsOf = (content: Content) =>
	Object.fromEntries([...first(content).data].map(([key, value]) => [key, value.reveal()]));

test('for mine all of the unit is as it was here, also without what came later; a version keeps theirs', () => {
	const theirs = edited(base, {data: data({accessKeyID: 'id2', secretAccessKey: 'key2', region: 'r'})});
	const [content, conflict] = conflictOf(
		edited(base, {data: data({accessKeyID: 'id3', secretAccessKey: 'key3', region: 'r'})}),
		theirs,
	);
	const later = edited(content, {
		data: data({accessKeyID: 'id4', secretAccessKey: 'key4', sessionToken: 't', region: 'r2'}),
	});
	assert.ok(stillOpen(conflict, later));
	const {content: resolved} = resolveConflict(later, conflict, 'mine', mergedAt);
	assert.deepEqual(fieldsOf(resolved), {accessKeyID: 'id3', secretAccessKey: 'key3', region: 'r2'});
	assert.deepEqual(
		versionsOf(resolved, first(resolved)).map(({cause}) => cause),
		['merge', 'edit', 'merge', 'edit'],
	);
	assert.ok(!stillOpen(conflict, resolved));
	assert.equal(resolveConflict(later, conflict, 'theirs', mergedAt).content, later);
});

test('for mine the fields of another provider go', () => {
	const theirs = edited(base, {data: data({accessKeyID: 'id2', secretAccessKey: 'key2', region: 'r'})});
	const [content, conflict] = conflictOf(
		edited(base, {data: data({accessKeyID: 'id3', secretAccessKey: 'key3', region: 'r'})}),
		theirs,
	);
	const later = edited(content, {provider: 'civo', data: data({token: 't', region: 'NYC1'})});
	const {content: resolved} = resolveConflict(later, conflict, 'mine', mergedAt);
	assert.deepEqual(
		[first(resolved).provider, fieldsOf(resolved)],
		['aws', {accessKeyID: 'id3', secretAccessKey: 'key3'}],
	);
});

test('names, notes, labels, days and what newer programs keep are put back, and taken away', () => {
	const [bound, unbound] = [
		{note: 'mine', labels: new Map([['l', 'mine']])},
		{note: 'theirs', labels: new Map([['l', 'theirs']])},
	];
	const carried = (content: Content, text: string): Content => ({
		...content,
		credentials: [{...first(content), carried: {newer: text}}],
	});
	const mine = carried(edited(base, {...bound, name: parseName('mine'), expires: '2027-01-01'}), 'mine');
	const theirs = carried(edited(base, {...unbound, name: parseName('theirs'), expires: '2027-02-02'}), 'theirs');
	const {content, result} = mergedInto(mine, theirs, base);
	assert.deepEqual(result.conflicts.map(({unit}) => unit).sort(), [
		['carried.newer'],
		['expires'],
		['label.l'],
		['name'],
		['note'],
	]);
	const resolved = result.conflicts.reduce(
		(last, conflict) => resolveConflict(last, conflict, 'mine', mergedAt).content,
		content,
	);
	const {name, note, labels, expires, carried: kept} = first(resolved);
	assert.deepEqual(
		[name, note, [...labels], expires, kept],
		['mine', 'mine', [['l', 'mine']], '2027-01-01', {newer: 'mine'}],
	);
	const without = {...(result.conflicts.find(({unit: [part]}) => part === 'note') ?? assert.fail()), mine: new Map()};
	assert.equal(first(resolveConflict(resolved, without, 'mine', mergedAt).content).note, undefined);
});

test('a name that is taken meanwhile is refused, and so is a credential that is not there', () => {
	const [content, conflict] = conflictOf(
		edited(base, {name: parseName('mine')}),
		edited(base, {name: parseName('theirs')}),
	);
	const taken = {...content, credentials: [...content.credentials, numbered(2, 'MINE')]};
	assert.throws(() => resolveConflict(taken, conflict, 'mine', mergedAt), ofCode('exists'));
	const gone = deleteCredentials(content, content.credentials, mergedAt).content;
	assert.ok(!stillOpen(conflict, gone));
	assert.throws(() => resolveConflict(gone, conflict, 'mine', mergedAt), ofCode('not-found'));
});

test('while something else is under way for it, mine is refused; then it comes back with its fields', () => {
	const before = edited(base, {data: data({accessKeyID: 'id', secretAccessKey: 'key'})});
	const {id} = first(before);
	const mine = withJournal(before, rotationOf(id, {step: 'stored', freshId: 'mine'}));
	const theirs = withJournal(before, rotationOf(id, {step: 'stored', freshId: 'theirs'}));
	const {content, result} = mergedInto(mine, theirs, before);
	const conflict = result.conflicts[0] ?? assert.fail();
	assert.ok(stillOpen(conflict, content));
	assert.throws(
		() => resolveConflict(content, conflict, 'mine', mergedAt),
		ofCode('busy', /something else is under way/),
	);
	const over = edited(
		{...content, sections: {}},
		{data: data({accessKeyID: 'id2', secretAccessKey: 'key2', region: 'r2'})},
	);
	const {content: resolved} = resolveConflict(over, conflict, 'mine', mergedAt);
	assert.deepEqual(journalOf(resolved, id), journalOf(mine, id));
	assert.deepEqual(fieldsOf(resolved), fieldsOf(before));
	assert.ok(!stillOpen(conflict, resolved));
	const gone = {credentials: [], trash: []};
	assert.ok(stillOpen(conflict, gone), 'its key is known nowhere else');
});

test('fields of a credential whose key is being replaced are not put back', () => {
	const theirs = edited(base, {data: data({accessKeyID: 'id2', secretAccessKey: 'key2'})});
	const [content, conflict] = conflictOf(
		edited(base, {data: data({accessKeyID: 'id3', secretAccessKey: 'key3'})}),
		theirs,
	);
	const busy = withJournal(content, rotationOf(conflict.id));
	assert.throws(() => resolveConflict(busy, conflict, 'mine', mergedAt), ofCode('busy', /being replaced/));
});
