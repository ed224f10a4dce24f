import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseName} from '../../source/domain/name.js';
import {Secret} from '../../source/domain/secret.js';
import {apply, difference} from '../../source/team/merge/difference.js';
import {isNothing} from '../../source/team/part.js';
import {contentWith, numbered, sharedOf} from '../helpers/shared.js';

const [none, at] = [new Set<string>(), '2026-11-29T00:00:00Z'];
const one = numbered(1, 'a');
const base = contentWith(one, numbered(2, 'b'));

test('says what is new, changed, renamed and gone, by the keys of fields and never by their values', () => {
	const changed = {...one, note: 'n', data: new Map([...one.data, ['sessionToken', new Secret('t')]])};
	const content = contentWith(changed, numbered(3, 'c', {labels: new Map([['x', 'y']])}));
	const {records, gone, what} = difference(sharedOf(base), content, none);
	assert.deepEqual([records, gone], [content.credentials, [numbered(2, 'b').id]]);
	assert.deepEqual(what, [
		{id: one.id, name: 'a', verb: 'changed', fields: ['data.sessionToken', 'note']},
		{
			id: numbered(3, 'c').id,
			name: 'c',
			verb: 'added',
			fields: ['provider', 'data.accessKeyID', 'data.secretAccessKey', 'name', 'label.x'],
		},
		{id: numbered(2, 'b').id, name: 'b', verb: 'deleted', fields: []},
	]);
	const renamed = difference(sharedOf(base), contentWith({...one, name: parseName('z')}, numbered(2, 'b')), none);
	assert.deepEqual(renamed.what, [{id: one.id, name: 'z', verb: 'renamed', fields: ['a']}]);
});

test('times, revisions and the order of fields are no difference alone', () => {
	const data = new Map([...one.data].reverse());
	const touched = {...one, data, revision: 9, changed: at, secretSince: at, created: at};
	assert.ok(isNothing(difference(sharedOf(base), contentWith(touched, numbered(2, 'b')), none)));
});

test('what signs for the storage is neither shared nor deleted', () => {
	const content = contentWith(one, numbered(3, 'storage'));
	assert.ok(isNothing(difference(sharedOf(base), content, new Set([numbered(2, 'b').id, numbered(3, 'storage').id]))));
});

test('differences one after the other make what all of them have made', () => {
	const [first, second] = [contentWith(one), contentWith({...one, note: 'x'}, numbered(3, 'c'))];
	const shared = sharedOf(base);
	const step = difference(shared, first, none);
	const next = difference(apply(shared, step), second, none);
	assert.deepEqual(apply(shared, step, next), sharedOf(second));
	assert.deepEqual(shared, sharedOf(base), 'as it was');
});
