import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {apply, difference} from '../../source/team/merge/difference.js';
import {isNothing, partOf} from '../../source/team/part.js';
import {type Difference, nothingShared, type Shared, sharedLimit, sizeOf} from '../../source/team/shared.js';
import {withJournal} from '../../source/vault/journals.js';
import type {Content} from '../../source/vault/vault.js';
import {rotationOf} from '../helpers/journals.js';
import {contentWith, numbered, sharedOf} from '../helpers/shared.js';

const stateOf = (shared: Shared) => ({shared, size: sizeOf(shared)});
const none: ReadonlySet<string> = new Set();
const large = (nth: number) =>
	numbered(nth, `c${nth}`, {data: new Map([['accessKeyID', new Secret('x'.repeat(100_000))]])});

test('what is under way goes with the fields that it is about, in as many parts as it takes', () => {
	const credentials = Array.from({length: 12}, (_, nth) => large(nth));
	const content = credentials.reduce((all, {id}) => withJournal(all, rotationOf(id)), contentWith(...credentials));
	let shared = nothingShared;
	let parts = 0;
	for (;;) {
		const {part} = partOf(difference(shared, content, none), stateOf(shared));
		if (isNothing(part)) break;
		shared = apply(shared, part);
		parts++;
		assert.deepEqual([...shared.journals.keys()].sort(), [...shared.records.keys()].sort());
		assert.ok(parts < 12);
	}
	assert.ok(parts > 1);
	assert.deepEqual(shared, sharedOf(content));
});

/** A credential with a note of so many bytes. */
const noted = (nth: number, name: string, bytes: number) => numbered(nth, name, {note: 'x'.repeat(bytes)});
const partFor = (before: Content, after: Content, size = sizeOf(sharedOf(before))) =>
	partOf(difference(sharedOf(before), after, none), {shared: sharedOf(before), size});
const namesOf = ({records}: Difference) => records.map(({name}) => name);

test('what exchanges names goes together, or waits for the next entry together', () => {
	const first = noted(0, 'first', 300_000);
	const before = contentWith(numbered(1, 'one'), numbered(2, 'two'));
	const after = contentWith(first, noted(1, 'two', 150_000), noted(2, 'one', 150_000));
	const {part, rest} = partFor(before, after);
	assert.deepEqual(namesOf(part), ['two', 'one']);
	assert.deepEqual(namesOf(rest), ['first']);
});

test('a ring of names that is larger than an entry is left whole, and stops nothing', () => {
	const before = contentWith(numbered(1, 'one'), numbered(2, 'two'));
	const after = contentWith(noted(1, 'two', 300_000), noted(2, 'one', 300_000), numbered(3, 'three'));
	const {part, left} = partFor(before, after);
	assert.deepEqual(namesOf(part), ['three']);
	assert.deepEqual(left, {tooLarge: ['two', 'one'], noRoom: []});
});

test('what takes the name of a credential that is too large waits with it', () => {
	const before = contentWith(numbered(1, 'one'), numbered(2, 'two'));
	const after = contentWith(noted(1, 'larger', 600_000), numbered(2, 'one'), numbered(3, 'two'), numbered(4, 'four'));
	const {part, left} = partFor(before, after);
	assert.deepEqual(namesOf(part), ['four']);
	assert.deepEqual(left, {tooLarge: ['larger', 'one', 'two'], noRoom: []});
});

test('what has no room stays, what is smaller goes, and what is gone makes room first', () => {
	const before = contentWith(noted(1, 'one', 10_000), numbered(2, 'two'));
	const after = contentWith(noted(2, 'two', 5000), noted(3, 'three', 8000), numbered(4, 'four'));
	assert.deepEqual(partFor(before, after, sharedLimit).left.noRoom, ['three']);
	assert.deepEqual(namesOf(partFor(before, after, sharedLimit).part), ['two', 'four']);
	assert.deepEqual(partFor(before, after, sharedLimit - 5000).left.noRoom, []);
});

test('a journal takes room too, and leaves it when it ends', () => {
	const [one, two] = [numbered(1, 'one'), numbered(2, 'two')];
	const idle = contentWith(one, two);
	const busy = withJournal(idle, rotationOf(one.id));
	assert.deepEqual(partFor(idle, busy, sharedLimit).left.noRoom, ['one']);
	const next = withJournal(idle, rotationOf(two.id));
	assert.deepEqual(partFor(busy, next, sharedLimit).left.noRoom, []);
});
