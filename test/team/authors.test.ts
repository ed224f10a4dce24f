import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Author} from '../../source/domain/team.js';
import {Authors} from '../../source/team/authors.js';
import type {Difference} from '../../source/team/shared.js';
import {ana, at, ben, GrowingLog, type Person, record} from '../helpers/team-log.js';

const secret = ['data.accessKeyID', 'data.secretAccessKey'];
const {id} = record('aws');

/** Who has changed the parts of `aws` last, after these changes. */
function authorsOf(...changes: readonly (readonly [Person, Partial<Difference>])[]) {
	const log = new GrowingLog();
	log.roster(ana, [ana, ben]);
	const authors = new Authors();
	for (const [author, change] of changes) {
		const before = log.state;
		authors.note(before, log.change(author, change));
	}
	return (...unit: readonly string[]): Author | undefined => authors.of({id, unit});
}

test('each part has the one who has changed it last', () => {
	const by = authorsOf(
		[ana, {records: [record('aws')]}],
		[ben, {records: [record('aws', 'second')]}],
		[ana, {records: [record('aws', 'second', {note: 'a note'})]}],
	);
	assert.deepEqual(by(...secret), {name: 'ben', at});
	assert.deepEqual(by('note'), {name: 'ana', at});
	assert.deepEqual(by(...secret, 'note'), {name: 'ana', at});
	assert.deepEqual(by('label.env'), {name: 'ana', at}, 'it was new');
});

test('of what was not changed nobody is known', () => {
	const by = authorsOf([ana, {records: [record('other')]}]);
	assert.equal(by(...secret), undefined);
});

test('who has changed what is under way is known too', () => {
	const by = authorsOf([ana, {records: [record('aws')]}], [ben, {journals: new Map([[id, '{}']])}]);
	assert.deepEqual(by('journal'), {name: 'ben', at});
	assert.deepEqual(by(...secret), {name: 'ana', at});
});

test('nothing is kept of what is gone, or of what a writer has ended that never was there', () => {
	assert.equal(authorsOf([ben, {ended: [id]}])('journal'), undefined);
	const line = new Map([[id, '{}']]);
	assert.equal(authorsOf([ana, {journals: line}], [ben, {ended: [id]}])('journal'), undefined);
	const by = authorsOf([ana, {records: [record('aws')], journals: line}], [ben, {ended: [id]}]);
	assert.deepEqual(by('journal'), {name: 'ben', at});
});
