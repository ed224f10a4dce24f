import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Credential, contentOf} from '../../source/domain/credential.js';
import {Secret} from '../../source/domain/secret.js';
import {versionsOf} from '../../source/vault/history/history.js';
import {deleteCredentials, replaceCredential} from '../../source/vault/operations.js';
import type {Content} from '../../source/vault/vault.js';
import {contentWith, mergedAt, mergedInto, numbered, shown} from '../helpers/shared.js';
import {plain} from '../helpers/vault-samples.js';

const later = new Date('2026-11-20T10:00:00Z');
const data = (fields: Readonly<Record<string, string>>) =>
	new Map(Object.entries(fields).map(([key, value]) => [key, new Secret(value)]));
const first = ({credentials: [credential]}: Content): Credential => {
	assert.ok(credential !== undefined);
	return credential;
};
const edited = (content: Content, change: Partial<Credential>, at = later): Content => {
	const before = first(content);
	return replaceCredential(content, before, {...contentOf(before), ...change}, at).content;
};
const deleted = (content: Content): Content => deleteCredentials(content, content.credentials, later).content;

test('takes what only others have changed, with its times, and keeps what was here as a version', () => {
	const base = contentWith(numbered(1, 'a'), numbered(2, 'untouched'));
	const theirs = edited(edited(base, {note: 'theirs'}), {data: data({accessKeyID: 'id2', secretAccessKey: 'key2'})});
	const {content, result} = mergedInto(base, theirs, base);
	const [taken, untouched] = content.credentials;
	assert.ok(taken !== undefined);
	assert.deepEqual(plain(contentWith(taken)), plain(contentWith({...first(theirs), revision: 4})));
	assert.equal(untouched, base.credentials[1], 'the same object');
	assert.deepEqual(
		versionsOf(content, taken).map(({cause, content: {note}, isExact}) => [cause, note, isExact]),
		[['merge', undefined, true]],
	);
	assert.deepEqual(result, {conflicts: [], said: []});
});

test('merges what both have changed in different places: labels one by one, the note, the day it ends, the region', () => {
	const base = contentWith(
		numbered(1, 'a', {
			labels: new Map([
				['team', 'x'],
				['old', 'y'],
			]),
			note: 'n',
		}),
	);
	const key = {accessKeyID: 'id2', secretAccessKey: 'key2'};
	const theirs = edited(base, {
		labels: new Map([
			['team', 'theirs'],
			['old', 'y'],
		]),
		data: data(key),
		expires: '2027-01-01',
	});
	const fields = new Map([...first(base).data, ['region', new Secret('eu-west-1')]]);
	const mine = edited(
		base,
		{
			labels: new Map([
				['team', 'x'],
				['mine', 'z'],
			]),
			data: fields,
			note: 'mine',
		},
		new Date('2026-11-21T10:00:00Z'),
	);
	const {content, result} = mergedInto(mine, theirs, base);
	const [merged] = plain(content).credentials;
	assert.deepEqual(merged?.labels, [
		['team', 'theirs'],
		['mine', 'z'],
	]);
	assert.deepEqual(merged?.data, [...Object.entries(key), ['region', 'eu-west-1']]);
	assert.deepEqual([merged?.note, merged?.expires], ['mine', '2027-01-01']);
	assert.deepEqual([merged?.revision, merged?.changed], [3, '2026-11-30T12:00:00Z']);
	assert.equal(merged?.secretSince, first(theirs).changed, 'the age of the key that came');
	assert.deepEqual(result.conflicts, []);
});

test('of a key that both have changed theirs stays whole, and mine is kept whole', () => {
	const base = contentWith(numbered(1, 'a', {data: data({accessKeyID: 'id', secretAccessKey: 'key'})}));
	const theirs = edited(base, {data: data({accessKeyID: 'id2', secretAccessKey: 'key2'})});
	const mine = edited(base, {data: data({accessKeyID: 'id3', secretAccessKey: 'key3', sessionToken: 'token3'})});
	const {content, result} = mergedInto(mine, theirs, base);
	assert.deepEqual(plain(content).credentials[0]?.data, [
		['accessKeyID', 'id2'],
		['secretAccessKey', 'key2'],
	]);
	assert.deepEqual(result.said, ['`a` was changed by others too: theirs stays, yours is kept']);
	assert.deepEqual(result.conflicts.map(shown), [
		{
			unit: ['provider', 'data.accessKeyID', 'data.secretAccessKey', 'data.sessionToken'],
			base: {provider: 'aws', 'data.accessKeyID': 'id', 'data.secretAccessKey': 'key'},
			mine: {provider: 'aws', 'data.accessKeyID': 'id3', 'data.secretAccessKey': 'key3', 'data.sessionToken': 'token3'},
			theirs: {provider: 'aws', 'data.accessKeyID': 'id2', 'data.secretAccessKey': 'key2'},
		},
	]);
	assert.equal(result.conflicts[0]?.at, '2026-11-30T12:00:00Z');
	const again = mergedInto(content, theirs, base);
	assert.equal(again.content, content, 'the same once more');
	assert.deepEqual(again.result.conflicts, []);
});

test('the day on which a key of mine ends is kept with it', () => {
	const base = contentWith(numbered(1, 'a', {expires: '2026-12-31'}));
	const theirs = edited(base, {data: data({accessKeyID: 'id2', secretAccessKey: 'key2'})});
	const mine = edited(base, {data: data({accessKeyID: 'id3', secretAccessKey: 'key3'}), expires: '2027-03-03'});
	const {content, result} = mergedInto(mine, theirs, base);
	assert.equal(first(content).expires, '2026-12-31');
	assert.deepEqual(
		result.conflicts.map(each => shown(each).mine.expires),
		['2027-03-03'],
	);
});

test('with another provider all fields are one unit', () => {
	const base = contentWith(numbered(1, 'a'));
	const theirs = edited(base, {data: new Map([...first(base).data, ['region', new Secret('eu-west-1')]])});
	const mine = edited(base, {provider: 'generic', data: data({token: 't'})});
	const {content, result} = mergedInto(mine, theirs, base);
	assert.deepEqual([first(content).provider, first(content).data.get('region')?.reveal()], ['aws', 'eu-west-1']);
	assert.deepEqual(shown(result.conflicts[0] ?? assert.fail()).mine, {provider: 'generic', 'data.token': 't'});
});

test('what newer programs keep is merged member by member', () => {
	const base = contentWith(numbered(1, 'a', {carried: {one: [1], two: 2}}));
	const with_ = (carried: NonNullable<Credential['carried']>): Content => contentWith({...first(base), carried});
	const {content, result} = mergedInto(
		with_({one: [1], two: 'mine', mine: true}),
		with_({one: {a: 1}, two: 'theirs'}),
		base,
	);
	assert.deepEqual(first(content).carried, {one: {a: 1}, two: 'theirs', mine: true});
	assert.deepEqual(
		result.conflicts.map(({unit}) => unit),
		[['carried.two']],
	);
	assert.deepEqual(shown(result.conflicts[0] ?? assert.fail()).mine, {'carried.two': '"mine"'});
});

test('what others have deleted comes into the trash, now; what was changed here stays', () => {
	const base = contentWith(numbered(1, 'a'));
	const gone = mergedInto(base, contentWith(), base);
	assert.deepEqual(gone.content, {credentials: [], trash: [{...first(base), deleted: '2026-11-30T12:00:00Z'}]});
	assert.deepEqual(gone.result.said, []);
	const mine = edited(base, {note: 'mine'});
	const stays = mergedInto(mine, contentWith(), base);
	assert.equal(stays.content, mine);
	assert.deepEqual(stays.result.said, ['`a` was deleted by others, but it was changed here: it stays']);
});

test('what was deleted here stays deleted, and is back when others have changed it', () => {
	const base = contentWith(numbered(1, 'a'));
	const mine = deleted(edited(base, {note: 'mine'}));
	assert.equal(mergedInto(mine, base, base).content, mine);
	const {content, result} = mergedInto(mine, edited(base, {note: 'theirs'}), base);
	assert.deepEqual([content.trash, first(content).note, first(content).revision], [[], 'theirs', 3]);
	assert.deepEqual(
		versionsOf(content, first(content)).map(each => each.content.note),
		['mine', undefined],
	);
	assert.deepEqual(result.said, ['`a` was deleted here, but others have changed it: it is back']);
});

test('a name that two have is that of the one in the team; the other one gets a number', () => {
	const base = contentWith(numbered(1, 'a'));
	const theirs = contentWith(numbered(1, 'a'), numbered(2, 'Both'));
	const mine = contentWith(numbered(1, 'a'), numbered(3, 'both', {note: 'mine'}), numbered(4, 'both-2'));
	const {content, result} = mergedInto(mine, theirs, base);
	assert.deepEqual(
		content.credentials.map(({name}) => name),
		['a', 'both-3', 'both-2', 'Both'],
	);
	assert.deepEqual(result.said, ['another one in the team is called `both`: this one is `both-3` now']);
	assert.deepEqual(
		content.credentials.map(({revision}) => revision),
		[1, 2, 1, 1],
	);
	const renamed = edited(base, {name: first(contentWith(numbered(9, 'both'))).name});
	assert.deepEqual(
		mergedInto(renamed, theirs, base).content.credentials.map(({name}) => name),
		['both-2', 'Both'],
	);
});

test('a rename that is kept does not end where it began', () => {
	const base = contentWith(numbered(1, 'b-2'));
	const mine = edited(base, {name: first(contentWith(numbered(9, 'b'))).name});
	const theirs = contentWith(numbered(2, 'b', {note: 'x'}));
	const {content} = mergedInto(mine, theirs, base);
	assert.deepEqual(
		content.credentials.map(({name}) => name),
		['b-3', 'b'],
	);
	assert.equal(mergedInto(content, theirs, base).content, content, 'merged once more');
});

test('names that go around in a ring are taken over', () => {
	const names = (...all: readonly string[]): Content => contentWith(...all.map((name, nth) => numbered(nth, name)));
	const {content} = mergedInto(names('a', 'b', 'c'), names('b', 'c', 'a'), names('a', 'b', 'c'));
	assert.deepEqual(
		content.credentials.map(({name}) => name),
		['b', 'c', 'a'],
	);
});

test('a credential that the team has already comes once', () => {
	const theirs = contentWith(numbered(1, 'a'));
	const {content, result} = mergedInto(contentWith(numbered(2, 'A')), theirs, contentWith());
	assert.deepEqual(content.credentials, theirs.credentials);
	assert.deepEqual(
		content.trash.map(({id}) => id),
		[numbered(2, 'A').id],
	);
	assert.deepEqual(result.said, ['the team has the same `A`: the one that was here is in the trash']);
});

test('what signs for the storage takes no part, but gives its name away', () => {
	const own = numbered(1, 'storage');
	const mine = contentWith(own, numbered(2, 'b'));
	const theirs = contentWith(
		{...own, note: 'of another device'},
		numbered(2, 'b'),
		numbered(3, 'storage', {note: 'x'}),
	);
	const {content} = mergedInto(mine, theirs, contentWith(numbered(2, 'b')), new Set([own.id]));
	assert.deepEqual(
		content.credentials.map(({id, name, note}) => [id, name, note]),
		[
			[own.id, 'storage-2', undefined],
			[numbered(2, 'b').id, 'b', undefined],
			[numbered(3, 'x').id, 'storage', 'x'],
		],
	);
});

test('what signed for the storage here and is deleted does not come in', () => {
	const theirs = contentWith(numbered(1, 'storage'));
	assert.equal(
		mergedInto(contentWith(), theirs, contentWith(), new Set([numbered(1, 'x').id])).content.credentials.length,
		0,
	);
});

test('a revision that leaves no room for another one is not taken over', () => {
	const base = contentWith(numbered(1, 'a'));
	const most = contentWith(
		numbered(1, 'a', {note: 'x', revision: Number.MAX_SAFE_INTEGER}),
		numbered(2, 'b', {revision: 2 ** 53 - 1}),
	);
	assert.deepEqual(
		mergedInto(base, most, base).content.credentials.map(({revision}) => revision),
		[2, 1],
	);
});

test('a vault that has nothing in common with the team yet keeps what it has', () => {
	const same = numbered(1, 'a', {note: 'mine', labels: new Map([['x', 'mine']])});
	const theirs = contentWith(numbered(1, 'a', {note: 'theirs', labels: new Map([['y', 'theirs']])}));
	const {content, result} = mergedInto(contentWith(same), theirs, contentWith());
	assert.deepEqual(
		[...first(content).labels],
		[
			['y', 'theirs'],
			['x', 'mine'],
		],
	);
	assert.deepEqual(result.conflicts.map(shown), [
		{unit: ['note'], base: {}, mine: {note: 'mine'}, theirs: {note: 'theirs'}},
	]);
	assert.equal(mergedAt.toISOString().slice(0, 10), result.conflicts[0]?.at.slice(0, 10));
});
