import assert from 'node:assert/strict';
import {test} from 'node:test';
import {inspect} from 'node:util';
import type {Journal} from '../../source/domain/journal.js';
import {forgetHolder, newHolder} from '../../source/vault/journal-changes.js';
import {withJournal} from '../../source/vault/journals.js';
import type {Content} from '../../source/vault/vault.js';
import {worksIn} from '../../source/vault/works.js';
import {keyId, secretKey} from '../helpers/credentials.js';
import {issueOf, revocationOf, rotationOf} from '../helpers/journals.js';

const now = new Date('2026-11-29T12:00:00Z');
const contentWith = (...journals: readonly Journal[]): Content =>
	journals.reduce<Content>(withJournal, {credentials: [], trash: []});

test('what is under way is told in order, without secrets', () => {
	const works = worksIn(
		contentWith(
			rotationOf('a', {step: 'off', until: '2026-11-30T10:00:00Z'}),
			issueOf('b', {admin: 'a'}),
			revocationOf('c'),
		),
		now,
	);
	const times = {began: '2026-11-28T10:00:00Z', at: '2026-11-28T10:00:05Z', isHeld: false};
	assert.deepEqual(works, [
		{id: 'a', ...times, kind: 'rotate', step: 'off', oldId: keyId, grace: 86_400, until: '2026-11-30T10:00:00Z'},
		{id: 'b', ...times, admin: 'a', kind: 'issue', name: 'made', provider: 'aws', made: ['user']},
		{id: 'c', ...times, kind: 'revoke', step: 'intent'},
	]);
	const text = inspect(works, {depth: Number.POSITIVE_INFINITY});
	assert.ok(!text.includes(secretKey));
});

test('what a process goes on with is held, until that run or the process is over', () => {
	const held = rotationOf('a', {holder: newHolder(now)});
	const isHeld = (journal: Journal) => worksIn(contentWith(journal), now).map(each => each.isHeld);
	assert.deepEqual(isHeld(held), [true]);
	forgetHolder(held.holder ?? assert.fail());
	assert.deepEqual(isHeld(held), [false]);
	const {holder} = held;
	assert.ok(holder !== undefined);
	// No process has such a number.
	assert.deepEqual(isHeld({...held, holder: {...holder, pid: 2 ** 22 + 1}}), [false]);
	const elsewhere = {...holder, host: 'another', at: now.toISOString()};
	assert.deepEqual(isHeld({...held, holder: elsewhere}), [true]);
	assert.deepEqual(isHeld({...held, holder: {...elsewhere, at: '2026-11-29T11:00:00Z'}}), [false]);
});

test('where a newer program keeps it, nothing is told', () => {
	const content = {credentials: [], trash: [], sections: {journals: {version: 2, entries: 'x'}}};
	assert.deepEqual(worksIn(content, now), []);
});
