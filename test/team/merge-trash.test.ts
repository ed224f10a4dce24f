import assert from 'node:assert/strict';
import {test} from 'node:test';
import {versionsOf} from '../../source/vault/history/history.js';
import {deleteCredentials, replaceCredential} from '../../source/vault/operations.js';
import type {Content} from '../../source/vault/vault.js';
import {contentWith, mergedInto, numbered} from '../helpers/shared.js';

const mebibyte = 2 ** 20;
const [early, late] = [new Date('2026-11-20T10:00:00Z'), new Date('2026-11-21T10:00:00Z')];
const large = (nth: number, size = 3 * mebibyte) => numbered(nth, `large-${nth}`, {note: 'x'.repeat(size)});
const without = (content: Content, names: readonly string[], at = late): Content => {
	const gone = content.credentials.filter(({name}) => names.includes(name));
	return deleteCredentials(content, gone, at).content;
};
const trashOf = ({trash}: Content) => trash.map(({name}) => name);

test('what others delete goes into the trash, and what was deleted longest ago goes where that is full', () => {
	const whole = contentWith(large(1), large(2), large(3), numbered(4, 'small'));
	const mine = without(without(whole, ['large-1'], early), ['large-2']);
	const {content, result} = mergedInto(mine, without(mine, ['large-3', 'small']), mine);
	assert.deepEqual(trashOf(content), ['large-2', 'large-3', 'small']);
	assert.deepEqual(result.said, ['the trash was full: 1 credential in it had to go']);
});

test('a trash that is larger already stays as large, and nothing of it goes where others delete nothing', () => {
	const whole = contentWith(large(1, 9 * mebibyte), large(2), numbered(3, 'small'), numbered(4, 'other'));
	const mine = without(without(whole, ['large-1'], early), ['large-2']);
	assert.deepEqual(trashOf(mergedInto(mine, mine, mine).content), ['large-1', 'large-2']);
	const base = contentWith(...mine.credentials, numbered(5, 'new'));
	const theirs = without(base, ['small']);
	assert.deepEqual(trashOf(mergedInto(mine, theirs, mine).content), ['large-2', 'small']);
});

test('nothing is left of a credential that had to leave the trash', () => {
	const start = contentWith(large(1), large(2), large(3));
	const [first] = start.credentials;
	assert.ok(first);
	const changed = replaceCredential(start, first, {...first, note: `y${first.note}`}, early).content;
	const mine = without(changed, ['large-1'], early);
	const [trashed] = mine.trash;
	assert.ok(trashed && versionsOf(mine, trashed).length === 1);
	const {content} = mergedInto(mine, without(mine, ['large-2', 'large-3']), mine);
	assert.deepEqual(trashOf(content), ['large-2', 'large-3']);
	assert.equal(versionsOf(content, trashed).length, 0);
});
