import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {type Credential, type CredentialContent, contentOf} from '../../../source/domain/credential.js';
import {parseName} from '../../../source/domain/name.js';
import {contentSize, contentText, parseContentText} from '../../../source/vault/format/content.js';
import {historySize, versionsOf, withinSize} from '../../../source/vault/history/history.js';
import {historyText, withHistoryText} from '../../../source/vault/history/section.js';
import {
	addCredential,
	addCredentials,
	deleteCredentials,
	getByName,
	purgeTrash,
	purgeVersions,
	replaceCredential,
	replaceCredentials,
	restoreCredential,
} from '../../../source/vault/operations.js';
import type {Content} from '../../../source/vault/vault.js';
import {growth, mostGrowth} from '../../helpers/cost.js';
import {size} from '../../helpers/rounds.js';
import {anyCredential, draft, ofCode} from '../../helpers/vault-samples.js';

const empty: Content = {credentials: [], trash: []};
const start = Date.UTC(2026, 0, 1);
const day = 86_400_000;
const at = (days: number): Date => new Date(start + days * day);

/** Content with nothing hidden, in its order. */
function shown({data, labels, ...others}: CredentialContent) {
	return {...others, data: [...data].map(([key, value]) => [key, value.reveal()]), labels: [...labels]};
}

function only({credentials, trash}: Content): Credential {
	const [one] = [...credentials, ...trash];
	assert.ok(one);
	return one;
}

/** The content after changes of one credential, each on a day of its own. */
function edited(contents: readonly CredentialContent[]): Content {
	const [first, ...others] = contents;
	assert.ok(first);
	return others.reduce(
		(content, next, index) => replaceCredential(content, only(content), next, at(index + 1)).content,
		addCredential(empty, first, at(0)).content,
	);
}

const tokens = (count: number) => Array.from({length: count}, (_, index) => draft('one', {token: `t${index}`}));
const revisions = (content: Content) => versionsOf(content, only(content)).map(({revision}) => revision);

test('any changes of a credential leave its versions, as they were', () => {
	const all = fc.array(anyCredential.map(contentOf), {minLength: 1, maxLength: 11});
	const check = (contents: readonly CredentialContent[]): void => {
		const written = contentText(edited(contents));
		const content = parseContentText(written, 2);
		assert.equal(contentText(content), written);
		const versions = versionsOf(content, only(content));
		const states = contents.filter((each, index) => {
			const next = contents[index + 1];
			return next !== undefined && JSON.stringify(shown(each)) !== JSON.stringify(shown(next));
		});
		assert.deepEqual(
			versions.map(version => shown(version.content)),
			states.toReversed().map(shown),
		);
		assert.ok(versions.every(({isExact}) => isExact));
	};
	fc.assert(fc.property(all, check), {numRuns: size(200, 10_000)});
});

test('a version says its number, when it was replaced and why', () => {
	const content = edited([draft('one'), draft('two'), draft('two', {token: 'b'})]);
	assert.deepEqual(
		versionsOf(content, only(content)).map(({revision, until, cause}) => [revision, until, cause]),
		[
			[2, '2026-01-03T00:00:00Z', 'edit'],
			[1, '2026-01-02T00:00:00Z', 'rename'],
		],
	);
	const undone = replaceCredential(content, only(content), draft('two'), at(3), 'undo').content;
	assert.equal(versionsOf(undone, only(undone))[0]?.cause, 'undo');
});

test('of one credential ten versions stay, and none for longer than a year', () => {
	assert.deepEqual(revisions(edited(tokens(14))), [13, 12, 11, 10, 9, 8, 7, 6, 5, 4]);
	const content = edited(tokens(5));
	const later = (days: number) => replaceCredential(content, only(content), draft('one'), at(days)).content;
	assert.deepEqual(revisions(later(366)), [5, 4, 3, 2, 1]);
	assert.deepEqual(revisions(later(368)), [5, 4, 3]);
});

test('changes of many go before others, and the versions left are as they were', () => {
	const pair = addCredentials(empty, [draft('one'), draft('two')], at(0)).content;
	const change = (content: Content, names: readonly string[], next: Partial<CredentialContent>, days: number) =>
		replaceCredentials(
			content,
			names.map(name => {
				const basis = getByName(content, name);
				return {basis, next: {...contentOf(basis), ...next}};
			}),
			at(days),
		).content;
	let content = change(pair, ['one'], {note: 'first'}, 1);
	content = change(content, ['one', 'two'], {labels: new Map([['team', 'core']]), expires: '2027-01-31'}, 2);
	content = change(content, ['one', 'two'], {data: new Map(draft('x', {key: 'b', token: 'c'}).data)}, 3);
	for (let index = 4; index < 13; index++) content = change(content, ['one'], {note: `note ${index}`}, index);
	const versions = versionsOf(content, getByName(content, 'one'));
	// Of twelve the two of two credentials are gone; the first of them lies before the second and after revision 1.
	assert.deepEqual(
		versions.map(({revision}) => revision),
		[12, 11, 10, 9, 8, 7, 6, 5, 4, 1],
	);
	assert.ok(versions.every(({isExact}) => isExact));
	const first = versions.at(-1);
	assert.ok(first !== undefined);
	assert.deepEqual(shown(first.content), shown(draft('one')));
	assert.equal(versionsOf(content, getByName(content, 'two')).length, 2);
});

test('what a program without a history has changed is not taken for a version', () => {
	const content = edited(tokens(4));
	const foreign = {...only(content), data: draft('any', {token: 'foreign'}).data, revision: 5, note: 'foreign'};
	const changed: Content = {...content, credentials: [foreign]};
	const versions = versionsOf(changed, foreign);
	assert.deepEqual(
		versions.map(({isExact, content: {data, note}}) => [data.get('token')?.reveal(), note, isExact]),
		[
			['t2', 'foreign', false],
			['t1', 'foreign', false],
			['t0', 'foreign', false],
		],
	);
	const next = replaceCredential(changed, foreign, draft('one', {token: 'mine'}), at(9)).content;
	assert.deepEqual(
		versionsOf(next, only(next)).map(({isExact}) => isExact),
		[true, false, false, false],
	);
});

test('versions stay with a deleted credential, and go with a purged one', () => {
	const content = edited(tokens(4));
	const basis = only(content);
	const deleted = deleteCredentials(content, [basis], at(5)).content;
	assert.deepEqual(revisions(deleted), [3, 2, 1]);
	const restored = restoreCredential(deleted, basis.id, at(6), parseName('again'));
	assert.deepEqual(
		versionsOf(restored.content, restored.result).map(({cause, content: {name}}) => [cause, name]),
		[
			['rename', 'one'],
			['edit', 'one'],
			['edit', 'one'],
			['edit', 'one'],
		],
	);
	const purged = purgeTrash(deleted, [basis]).content;
	assert.equal(historyText(purged), '');
	assert.deepEqual(purged.sections, {});
	const other = addCredential(deleted, draft('other'), at(6)).content;
	const later = deleteCredentials(other, [getByName(other, 'other')], at(5 + 31)).content;
	assert.equal(historyText(later), '');
});

test('the versions of one credential are purged, and those of others stay', () => {
	const two = addCredential(edited(tokens(3)), draft('two'), at(3)).content;
	const content = replaceCredential(two, getByName(two, 'two'), draft('two', {token: 'b'}), at(4)).content;
	const basis = getByName(content, 'one');
	const purged = purgeVersions(content, basis).content;
	assert.deepEqual(versionsOf(purged, basis), []);
	assert.equal(versionsOf(purged, getByName(purged, 'two')).length, 1);
	assert.throws(() => purgeVersions(content, {...basis, revision: 1}), ofCode('conflict'));
	const trashed = deleteCredentials(content, [basis], at(5)).content;
	assert.deepEqual(versionsOf(purgeVersions(trashed, basis).content, basis), []);
});

test('above its share of the vault the oldest versions go, those of changes of many first', () => {
	const long = (index: number) => ({...draft('one'), note: `${index}`.padEnd(9000, 'x')});
	const many = addCredentials(
		edited(Array.from({length: 6}, (_, index) => long(index))),
		Array.from({length: 300}, (_, index) => ({...draft(`n${index}`), note: 'y'.repeat(100)})),
		at(6),
	).content;
	const labelled = replaceCredentials(
		many,
		many.credentials.slice(1).map(basis => ({basis, next: {...basis, labels: new Map([['team', 'core']])}})),
		at(7),
	).content;
	const fitting = withinSize(labelled, contentSize);
	const {bytes = 0, versions = 0, most} = historySize(fitting, contentSize) ?? {};
	assert.equal(most, 65_536);
	assert.ok(bytes <= 65_536 && bytes > 64_000, `${bytes}`);
	assert.ok(versions > 100 && versions < 305);
	assert.deepEqual(
		versionsOf(fitting, getByName(fitting, 'one')).map(({revision}) => revision),
		[5, 4, 3, 2, 1],
	);
	const lost = fitting.credentials.slice(1).filter(each => versionsOf(fitting, each).length === 0);
	assert.deepEqual(lost, fitting.credentials.slice(1, 1 + lost.length));

	const bigger = addCredential(fitting, {...draft('big'), note: 'z'.repeat(300_000)}, at(8)).content;
	assert.equal(withinSize(bigger, contentSize), bigger);
	const single = withinSize(withLong(40), contentSize);
	const kept = versionsOf(single, only(single)).map(({revision}) => revision);
	assert.deepEqual(kept, [11, 10, 9, 8, 7, 6]);
});

/** A credential with one long note after the other. */
function withLong(count: number): Content {
	return edited(Array.from({length: 12}, (_, index) => ({...draft('one'), note: `${index}`.padEnd(count * 250, 'x')})));
}

test('a history as version 1 of its section has it is read forever', () => {
	const id = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff';
	const entries = [
		`${id} 1 2026-01-02T03:04:05Z edit many WlJhaqdeUUQZ {"keys":["token"],"note":null}`,
		`${id} 2 2026-02-03T04:05:06Z rename one vuaBSGdMUs8f {"name":"old-name"}`,
		`${id} 3 2026-03-04T05:06:07Z undo one Kli56nozUtzD {"fields":[["token","größe\\n+/="]],"labels":[["a","b"]],"provider":"aws","expires":"2027-01-31"}`,
	].join('\n');
	const now: Credential = {
		...draft('name', {token: 'now', key: 'k'}),
		id,
		revision: 4,
		note: 'said',
		created: '2026-01-01T00:00:00Z',
		changed: '2026-03-04T05:06:07Z',
	};
	const sections = {history: {version: 1, entries}};
	const content = parseContentText(contentText({credentials: [now], trash: [], sections}), 2);
	const third = {token: 'größe\n+/=', key: 'k'};
	const state = {labels: new Map([['a', 'b']]), note: 'said', expires: '2027-01-31', provider: 'aws'};
	const {note: _, ...first} = state;
	assert.deepEqual(
		versionsOf(content, now).map(version => ({...version, content: shown(version.content)})),
		[
			{
				revision: 3,
				until: '2026-03-04T05:06:07Z',
				cause: 'undo',
				isExact: true,
				content: shown({...draft('name', third), ...state}),
			},
			{
				revision: 2,
				until: '2026-02-03T04:05:06Z',
				cause: 'rename',
				isExact: true,
				content: shown({...draft('old-name', third), ...state}),
			},
			{
				revision: 1,
				until: '2026-01-02T03:04:05Z',
				cause: 'edit',
				isExact: true,
				content: shown({...draft('old-name', {token: third.token}), ...first}),
			},
		],
	);
	assert.deepEqual(content.sections, sections);
});

test('a line that no program writes is passed over, and a newer history is left alone', () => {
	const content = edited(tokens(4));
	const text = historyText(content) ?? '';
	const lines = text.split('\n');
	for (const broken of ['', 'x', '{}', `${lines[1]?.slice(0, -1)}`, `${lines[1]?.replace('fields', 'felder')}`]) {
		const damaged = withHistoryText(content, [lines[0], broken, lines[2]].join('\n'));
		assert.deepEqual(
			versionsOf(damaged, only(damaged)).map(({revision, isExact}) => [revision, isExact]),
			[
				[3, true],
				[1, false],
			],
			broken,
		);
		const next = replaceCredential(damaged, only(damaged), draft('one'), at(9)).content;
		assert.equal(versionsOf(next, only(next))[0]?.isExact, true);
	}
	const newer: Content = {...content, sections: {history: {version: 2, entries: 'x', more: []}}};
	assert.deepEqual(versionsOf(newer, only(newer)), []);
	const changed = replaceCredential(newer, only(newer), draft('two'), at(5)).content;
	assert.deepEqual(changed.sections, newer.sections);
	assert.equal(withinSize(newer, contentSize), newer);
});

test('a version with a number, time or place that no program gives it is passed over', () => {
	const content = edited(tokens(4));
	const lines = (historyText(content) ?? '').split('\n');
	const second = lines[1] ?? '';
	const {revision, until} = versionsOf(content, only(content))[1] ?? assert.fail();
	for (const broken of [
		second.replace(until, '\u001b]52;c;aGFoYQ==\u0007abcd'),
		second.replace(until, '2026-13-01T00:00:00Z'),
		second.replace(` ${revision} `, ' 9007199254740993 '),
		second.replace(` ${revision} `, ' 0 '),
		second.replace(` ${revision} `, ' 02 '),
		second.replace(` ${revision} `, ' 3 '),
		second.replace(` ${revision} `, ' 7 '),
	]) {
		assert.notEqual(broken, second);
		const damaged = withHistoryText(content, [lines[0], broken, lines[2]].join('\n'));
		assert.deepEqual(revisions(damaged), [3, 1], broken);
	}
});

test('a history of lines that no program writes makes way for changes', () => {
	for (const text of ['x'.repeat(70_000), 'x\n'.repeat(40_000)]) {
		const damaged = withHistoryText(addCredential(empty, draft('one'), at(0)).content, text);
		assert.equal(historyText(withinSize(damaged, contentSize)), '');
	}
	const content = edited(tokens(4));
	const damaged = withHistoryText(content, `${historyText(content)}\n${'x'.repeat(70_000)}`);
	assert.deepEqual(revisions(withinSize(damaged, contentSize)), [3, 2, 1]);
});

test('a change takes time for the length of a history, whatever its lines are', () => {
	const content = addCredential(empty, draft('one'), at(0)).content;
	const {id} = only(content);
	const line = (revision: number, count: string, difference: object): string =>
		`${id} ${revision} 2026-01-02T03:04:05Z edit ${count} AAAAAAAAAAAA ${JSON.stringify(difference)}`;
	const fields = (count: number) => Array.from({length: count}, (_, index) => [`k${index}`, '']);
	const many = (count: number): string =>
		Array.from({length: count}, (_, index) =>
			line(index + 1, index === 0 ? 'one' : 'many', {fields: [[`k${index}`, '']]}),
		).join('\n');
	const wide = (count: number): string =>
		Array.from({length: 10}, (_, index) =>
			line(index + 1, index === 0 ? 'one' : 'many', {
				fields: fields(count),
				keys: fields(count).map(([key]) => key),
			}),
		).join('\n');
	for (const [text, few] of [
		[many, 500],
		[wide, 1000],
	] as const) {
		const factor = growth(count => {
			const hostile = withHistoryText(content, text(count));
			versionsOf(hostile, only(hostile));
			withinSize(replaceCredential(hostile, only(hostile), draft('one', {token: 'b'}), at(3)).content, contentSize);
		}, few);
		assert.ok(factor < mostGrowth, `${factor}`);
	}
});
