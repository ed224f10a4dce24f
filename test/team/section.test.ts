import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {parseName} from '../../source/domain/name.js';
import {Secret} from '../../source/domain/secret.js';
import {memberKeys} from '../../source/team/log/member-keys.js';
import {isShared, ownKeys, type TeamSection, teamIn, withTeam} from '../../source/team/section.js';
import {contentText, parseContentText} from '../../source/vault/format/content.js';
import {mergeContents} from '../../source/vault/merge.js';
import {teamSection} from '../../source/vault/team-section.js';
import type {Content} from '../../source/vault/vault.js';
import {at, record, seedOf, vaultId} from '../helpers/team-log.js';
import {ofCode} from '../helpers/vault-samples.js';

const empty: Content = {credentials: [], trash: []};
const base64 = (bytes: Uint8Array): Secret => new Secret(Buffer.from(bytes).toString('base64'));
const key = fc.uint8Array({minLength: 32, maxLength: 32}).map(base64);
const hash = fc.uint8Array({minLength: 32, maxLength: 32}).map(bytes => Buffer.from(bytes).toString('hex'));
const seq = fc.integer({min: 1, max: Number.MAX_SAFE_INTEGER});
const text = fc.string({unit: 'binary'});
const values = fc
	.uniqueArray(fc.tuple(text, text), {selector: ([part]) => part, maxLength: 3})
	.map(list => new Map(list.map(([part, value]) => [part, new Secret(value)])));
const moment = fc.constant(at);
const orNone = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, {nil: undefined});

const anyTeam: fc.Arbitrary<TeamSection> = fc.record({
	url: text,
	opener: orNone(fc.uuid()),
	own: fc.array(fc.uuid(), {maxLength: 3}),
	seed: key,
	log: orNone(
		fc.record({
			vault: fc.uuid(),
			place: fc.record({seq, hash}),
			roster: fc.record({seq, text}),
			keys: fc.uniqueArray(fc.tuple(seq, key), {selector: ([epoch]) => epoch}).map(list => new Map(list)),
			exposed: fc.array(fc.record({id: fc.uuid(), digest: text, members: fc.array(text)}), {maxLength: 3}),
			skipped: fc.array(fc.record({seq, why: text}), {maxLength: 3}),
			lastWord: orNone(moment),
			sent: fc.array(hash, {maxLength: 3}),
		}),
	),
	conflicts: fc.array(
		fc.record({
			id: fc.uuid(),
			name: text,
			unit: fc.array(text, {maxLength: 3}),
			base: values,
			mine: values,
			theirs: values,
			at: moment,
			by: orNone(fc.record({name: text, at: moment})),
		}),
		{maxLength: 3},
	),
	joining: orNone(fc.record({name: fc.constantFrom('box3', 'a.b-c_d').map(parseName), mayShare: fc.boolean()})),
});

/** A team with its secrets in clear, to be compared. */
const plain = (team: TeamSection | undefined): unknown =>
	JSON.parse(
		JSON.stringify(team, (_, value) =>
			value instanceof Map ? [...value].map(([one, other]) => [one, revealed(other)]) : revealed(value),
		),
	);
const revealed = (value: unknown): unknown => (value instanceof Secret ? value.reveal() : value);

const sample: TeamSection = {
	url: 's3://bucket/prefix',
	opener: record('aws').id,
	own: [record('aws').id],
	seed: base64(seedOf('ana')),
	log: {
		vault: vaultId,
		place: {seq: 7, hash: '1'.repeat(64)},
		roster: {seq: 5, text: '{"h":…}'},
		keys: new Map([[2, base64(Buffer.alloc(32, 2))]]),
		exposed: [{id: record('aws').id, digest: 'abc', members: ['ben']}],
		skipped: [{seq: 6, why: 'it is by cleo, who only reads'}],
		lastWord: at,
		sent: ['2'.repeat(64)],
	},
	conflicts: [
		{
			id: record('aws').id,
			name: 'aws',
			unit: ['data.secretAccessKey'],
			base: new Map(),
			mine: new Map([['data.secretAccessKey', new Secret('mine')]]),
			theirs: new Map([['data.secretAccessKey', new Secret('theirs')]]),
			at,
		},
	],
	joining: {name: parseName('box3'), mayShare: true},
};

test('whatever a vault knows of its sharing comes back the same, through the bytes of the vault', () => {
	fc.assert(
		fc.property(anyTeam, team => {
			const read = parseContentText(contentText(withTeam(empty, team)), 2);
			assert.equal(isShared(read), true);
			assert.deepEqual(plain(teamIn(read)), plain(team));
		}),
	);
});

test('a vault that is shared with nobody has no such section, and keeps the others', () => {
	const other: Content = {...empty, sections: {other: {version: 1}}};
	const shared = withTeam(other, sample);
	assert.deepEqual(withTeam(shared, undefined), other);
	assert.deepEqual([teamIn(other), isShared(other)], [undefined, false]);
});

test('the keys of this device follow from what is kept', () => {
	assert.equal(ownKeys(sample).id, memberKeys(seedOf('ana')).id);
	const again = ownKeys(sample);
	assert.equal(ownKeys(sample).ed, again.ed, 'the seed is there still');
});

test('a vault that was shared before names were kept while joining is read, to the byte', () => {
	const whole = teamSection.textIn(withTeam(empty, sample)) ?? '';
	const before = whole.replace(/,"joining":\{.*?\}/, '');
	assert.notEqual(before, whole);
	const read = teamIn(teamSection.put(empty, before));
	assert.equal(read?.joining, undefined);
	assert.equal(read && teamSection.textIn(withTeam(empty, read)), before);
});

test('a conflict keeps who has changed theirs, and one of an older program has nobody', () => {
	const [old] = sample.conflicts;
	assert.ok(old);
	const by = {name: 'ben', at};
	const read = teamIn(withTeam(empty, {...sample, conflicts: [old, {...old, by}]}));
	assert.deepEqual(
		read?.conflicts.map(each => each.by),
		[undefined, by],
	);
	const text = teamSection.textIn(withTeam(empty, {...sample, conflicts: [{...old, by}]})) ?? '';
	for (const wrong of ['"by":["ben"]', '"by":["ben","yesterday"]', `"by":["ben","${at}",1]`])
		assert.throws(() => teamIn(teamSection.put(empty, text.replace(/"by":[^\]]*\]/, wrong))), ofCode('damaged'));
});

test('text that no program would write is damage, and nothing of it is shown', () => {
	const whole = teamSection.textIn(withTeam(empty, sample)) ?? '';
	for (const [from, to] of [
		[whole, 'hello'],
		[whole, '[]'],
		['{"url"', '{"more":1,"url"'],
		['"url":"s3://bucket/prefix"', '"url":7'],
		['"seed":"', '"seed":"AA'],
		['"opener":"', '"opener":"x'],
		['[7,"', '[0,"'],
		['[7,"1', '[7,"x'],
		['[7,"', '[7.0,"'],
		['[[2,', '[[2,"AAAA"],[2,'],
		['"exposed":[[', '"exposed":[["x",'],
		['"sent":["', '"sent":["z'],
		[`"lastWord":"${at}"`, '"lastWord":"yesterday"'],
		['["data.secretAccessKey","mine"]', '["data.secretAccessKey","mine",""]'],
		['"name":"box3"', '"name":""'],
		['"mayShare":true', '"mayShare":1'],
		['{"url"', '{ "url"'],
		['"conflicts":[', '"conflicts":[],"conflicts":['],
	] as const) {
		assert.ok(whole.includes(from), from);
		const content = teamSection.put(empty, whole.replace(from, to));
		assert.throws(
			() => teamIn(content),
			error => ofCode('damaged')(error) && !/mine|hello|s3:/.test(String(error)),
			to,
		);
		assert.equal(isShared(content), true);
	}
});

test('what a newer program keeps of it is left as it is', () => {
	const sections = {team: {version: 2, entries: 'any', more: 1}};
	const content = parseContentText(contentText({...empty, sections}), 2);
	assert.throws(() => teamIn(content), ofCode('newer-version', /a newer pharmer shares this vault/));
	assert.equal(isShared(content), true);
	assert.deepEqual(content.sections, sections);
});

test('a merge with another vault neither takes nor loses it', () => {
	const mine = withTeam(empty, sample);
	const theirs = withTeam(empty, {...sample, url: 'git+file:///x'});
	const merge = (own: Content, other: Content): Content => mergeContents(own, other, new Map(), new Date(at)).content;
	assert.deepEqual(plain(teamIn(merge(mine, theirs))), plain(sample));
	assert.equal(teamIn(merge(empty, theirs)), undefined);
});
