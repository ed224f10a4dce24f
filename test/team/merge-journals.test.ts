import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Holder, Journal} from '../../source/domain/journal.js';
import {Secret} from '../../source/domain/secret.js';
import {difference} from '../../source/team/merge/difference.js';
import {mergeShared} from '../../source/team/merge/merge.js';
import {forgetHolder, newHolder} from '../../source/vault/journal-changes.js';
import {journalSection} from '../../source/vault/journal-section.js';
import {journalOf, withJournal, withoutJournal} from '../../source/vault/journals.js';
import type {Content} from '../../source/vault/vault.js';
import {issueOf, rotationOf} from '../helpers/journals.js';
import {contentWith, mergedAt, mergedInto, numbered, sharedOf, shown} from '../helpers/shared.js';
import {ofCode} from '../helpers/vault-samples.js';

const credential = numbered(1, 'a');
const {id} = credential;
const base = contentWith(credential, numbered(2, 'admin'));
const journal = rotationOf(id);
const next = {...rotationOf(id, {step: 'stored'}), at: '2026-11-29T00:00:00Z'};
const noneShared: ReadonlySet<string> = new Set();
const inContent = (content: Content): Journal | undefined => journalOf(content, id);
const stepIn = (content: Content): string | undefined => {
	const found = inContent(content);
	return found && 'step' in found ? found.step : undefined;
};
const changedKey = (content: Content, key: string): Content => ({
	...content,
	credentials: content.credentials.map(each =>
		each.id === id ? {...each, revision: each.revision + 1, data: new Map([['accessKeyID', new Secret(key)]])} : each,
	),
});

test('what is under way comes in, goes on and ends as the others say', () => {
	const begun = mergedInto(base, withJournal(base, journal), base);
	assert.deepEqual(inContent(begun.content), journal);
	assert.equal(begun.content.credentials, base.credentials);
	const gone = mergedInto(begun.content, withJournal(base, next), withJournal(base, journal));
	assert.equal(stepIn(gone.content), 'stored');
	const over = mergedInto(gone.content, base, withJournal(base, next));
	assert.equal(inContent(over.content), undefined);
	for (const {result} of [begun, gone, over]) assert.deepEqual(result, {conflicts: [], said: []});
});

test('who goes on with it is no conflict: theirs stays, unless this process goes on with it', () => {
	const other: Holder = {run: 'other', pid: 1, host: 'elsewhere', space: '', started: '', at: '2026-11-30T11:59:59Z'};
	const there = withJournal(base, {...journal, holder: other});
	const gone: Holder = {...other, run: 'gone', at: '2026-01-01T00:00:00Z'};
	const before = mergedInto(withJournal(base, {...journal, holder: gone}), there, withJournal(base, journal));
	assert.equal(inContent(before.content)?.holder?.run, 'other');
	const own = newHolder(mergedAt);
	const here = withJournal(base, {...journal, holder: own});
	const held = mergedInto(here, there, withJournal(base, journal));
	assert.equal(held.content, here);
	assert.deepEqual(mergedInto(here, there, here).content, there, 'they have taken it over');
	const [left, asBefore] = [withJournal(base, journal), withJournal(base, {...journal, holder: gone})];
	assert.equal(mergedInto(left, asBefore, asBefore).content, left, 'nobody here goes on with it any more');
	for (const {result} of [before, held]) assert.deepEqual(result.conflicts, []);
	forgetHolder(own);
});

test('steps of both are a conflict that keeps mine, with its secrets and the fields that it is about', () => {
	const mine = withJournal(base, {...next, freshId: 'mine'});
	const {content, result} = mergedInto(mine, withJournal(base, next), withJournal(base, journal));
	assert.deepEqual(inContent(content), next);
	assert.equal(result.conflicts.length, 1);
	const {unit, mine: kept} = shown(result.conflicts[0] ?? assert.fail());
	assert.deepEqual(unit, ['provider', 'data.accessKeyID', 'data.secretAccessKey', 'journal']);
	assert.match(kept.journal ?? '', /"freshId":"mine"/);
});

test('a step counts before the end of it, whoever made it', () => {
	const [begun, gone] = [withJournal(base, journal), withJournal(base, next)];
	assert.equal(stepIn(mergedInto(gone, base, begun).content), 'stored');
	const ended = mergedInto(base, gone, begun);
	assert.equal(stepIn(ended.content), 'stored');
	assert.deepEqual(ended.result.conflicts, []);
});

test('what is being made has no credential yet: it merges the same way, and mine is kept under its name', () => {
	const issued = (step: string): Content => withJournal(base, issueOf('made', {made: new Map([['user', step]])}));
	const begun = issued('begun');
	assert.deepEqual(mergedInto(base, issued('theirs'), begun).result.conflicts, [], 'ended here, gone on with there');
	const {content, result} = mergedInto(issued('mine'), issued('theirs'), begun);
	assert.equal(content.sections?.journals && journalSection.textIn(content)?.includes('"theirs"'), true);
	assert.deepEqual(
		result.conflicts.map(({id: about, name, unit}) => [about, name, unit]),
		[['made', 'made', ['journal']]],
	);
	const {what} = difference(sharedOf(base), begun, noneShared);
	assert.deepEqual(what, [{id: 'made', name: 'made', verb: 'changed', fields: ['journal']}]);
});

test('other fields and what is under way for those before are never together', () => {
	const changed = changedKey(base, 'mine');
	const {content, result} = mergedInto(changed, withJournal(base, journal), base);
	assert.deepEqual([inContent(content), content.credentials[0]?.data], [journal, credential.data]);
	assert.equal(shown(result.conflicts[0] ?? assert.fail()).mine['data.accessKeyID'], 'mine');
	const other = mergedInto(withJournal(base, journal), changed, base);
	assert.deepEqual(
		[inContent(other.content), other.content.credentials[0]?.data.get('accessKeyID')?.reveal()],
		[undefined, 'mine'],
	);
	assert.ok(shown(other.result.conflicts[0] ?? assert.fail()).mine.journal);
});

test('a credential that something under way is about, or that signs it, is not deleted', () => {
	const signed = withJournal(base, {...journal, admin: numbered(2, 'admin').id});
	const here = mergedInto(signed, contentWith(credential), base);
	assert.equal(here.content, signed);
	assert.deepEqual(here.result.said, ['`admin` was deleted by others, but what is under way here needs it: it stays']);
	const deleted: Content = {
		credentials: [],
		trash: base.credentials.map(each => ({...each, deleted: '2026-11-29T00:00:00Z'})),
	};
	const there = mergedInto(deleted, signed, base);
	assert.deepEqual([there.content.credentials.length, there.content.trash], [2, []]);
	assert.equal(there.result.said[1], '`admin` was deleted here, but what others have under way needs it: it is back');
});

test('a line of a newer program comes and goes as it is', () => {
	const line = `{"id":"${id}","kind":"later","secret":"x","holder":{"run":"r"}}`;
	const there = journalSection.put(base, line);
	const {content} = mergedInto(base, there, base);
	assert.equal(journalSection.textIn(content), line);
	assert.equal(journalSection.textIn(mergedInto(content, base, there).content), '');
});

test('of two lines about one credential the first counts, and the other one stays here', () => {
	const [known, strange] = [journalSection.textIn(withJournal(base, journal)), `{"id":"${id}","kind":"later"}`];
	const mine = journalSection.put(base, `${known}\n${strange}`);
	assert.deepEqual([...difference(sharedOf(base), mine, noneShared).journals], [[id, known]]);
	const {content} = mergedInto(mine, base, withJournal(base, journal));
	assert.equal(journalSection.textIn(content), strange);
});

test('lines that say of another credential, or nothing, are nobody’s', () => {
	for (const line of ['{"id":"other","kind":"later"}', 'no JSON', '[]']) {
		const theirs = {...sharedOf(base), journals: new Map([[id, line]])};
		assert.equal(mergeShared(sharedOf(base), theirs, base, {now: mergedAt, notShared: noneShared}).content, base);
		assert.deepEqual(difference(theirs, base, noneShared).ended, [id]);
	}
});

test('where a newer program keeps the journals, changes of others are refused and nothing is ended', () => {
	const newer: Content = {...base, sections: {journals: {version: 2, lines: []}}};
	const shared = withJournal(base, journal);
	assert.throws(() => mergedInto(newer, shared, base), ofCode('newer-version', /what is under way/));
	assert.equal(mergedInto(newer, shared, shared).content, newer);
	const {journals, ended} = difference(sharedOf(shared), newer, noneShared);
	assert.deepEqual([journals.size, ended], [0, []]);
});

test('times of a journal are not shared alone, but who goes on with it is', () => {
	const holder: Holder = {run: 'r', pid: 1, host: 'h', space: '', started: '', at: '2026-11-30T11:59:59Z'};
	const shared = sharedOf(withJournal(base, {...journal, holder}));
	const touched = {...journal, at: '2026-11-30T00:00:00Z', holder: {...holder, at: '2026-11-30T12:10:00Z'}};
	assert.equal(difference(shared, withJournal(base, touched), noneShared).journals.size, 0);
	const {journals, what} = difference(shared, withJournal(base, journal), noneShared);
	assert.equal(journals.size, 1);
	assert.deepEqual(what, [{id, name: 'a', verb: 'changed', fields: ['journal']}]);
	assert.deepEqual(difference(shared, withoutJournal(withJournal(base, journal), id), noneShared).ended, [id]);
});
