import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {closestTo, findCredentials, marksOf} from '../../source/credentials/query.js';
import {Secret} from '../../source/domain/secret.js';
import {fuzzyPositions} from '../../source/text/fuzzy.js';
import {secretKey, storedCredential} from '../helpers/credentials.js';

const now = new Date('2026-11-24T12:00:00Z');
const credentials = [
	storedCredential('aws-prod-root', {labels: new Map([['team', 'infra']]), expires: '2026-12-01'}),
	storedCredential('aws-preview', {note: 'for product demos', expires: '2026-11-01'}),
	storedCredential('postgres-prod', {
		provider: 'generic',
		data: new Map([['password', new Secret('hunter2')]]),
		expires: '2027-06-01',
	}),
	storedCredential('paid-roads', {labels: new Map([['team', 'web']])}),
];
const names = (query: string) => findCredentials(credentials, query, now).map(credential => credential.name);

test('sorts by match: the start of a word, then runs, then scattered letters', () => {
	assert.equal(names('prod')[0], 'aws-prod-root');
	assert.deepEqual(names('prod').slice(0, 2).sort(), ['aws-prod-root', 'postgres-prod']);
	assert.equal(names('apr')[0], 'aws-prod-root');
	assert.equal(names('pgp')[0], 'postgres-prod');
	assert.deepEqual(names('zzz'), []);
	assert.deepEqual(
		names(''),
		credentials.map(credential => credential.name),
	);
});

test('every word has to match somewhere', () => {
	assert.deepEqual(names('aws demos'), ['aws-preview']);
	assert.deepEqual(names('prod generic'), ['postgres-prod']);
});

test('tag, provider and expires narrow', () => {
	assert.deepEqual(names('tag:infra'), ['aws-prod-root']);
	assert.deepEqual(names('label:team=web'), ['paid-roads']);
	assert.deepEqual(names('provider:generic'), ['postgres-prod']);
	assert.deepEqual(names('expires:<30d'), ['aws-prod-root', 'aws-preview']);
	assert.deepEqual(names('expires:expired'), ['aws-preview']);
	assert.deepEqual(names('expires:none'), ['paid-roads']);
	assert.equal(names('expires:<').length, 4, 'half a word narrows nothing yet');
});

test('secrets are never searched', () => {
	assert.deepEqual(names('hunter2'), []);
	assert.deepEqual(names(secretKey.slice(0, 12)), []);
});

test('marks the matched letters', () => {
	const marked = (credential: (typeof credentials)[number] | undefined, query: string) =>
		credential === undefined ? '' : [...marksOf(credential, query).name].map(at => credential.name[at]).join('');
	assert.equal(marked(credentials[0], 'prod'), 'prod');
	assert.equal(marked(credentials[2], 'pgp tag:x'), 'pgp');
	assert.equal(marksOf(storedCredential('x'), 'aws').provider.size, 3);
	fc.assert(
		fc.property(
			fc.string({unit: 'grapheme', maxLength: 30}),
			fc.string({unit: 'grapheme', minLength: 1, maxLength: 5}),
			(text, wanted) => {
				const positions = fuzzyPositions(text, wanted);
				if (positions === undefined) return;
				assert.equal(positions.map(at => text[at]).join(''), wanted);
				assert.deepEqual(
					positions.toSorted((one, other) => one - other),
					positions,
				);
			},
		),
	);
});

test('offers the nearest name when nothing matches', () => {
	assert.equal(closestTo(credentials, 'postgrez')?.name, 'postgres-prod');
	assert.equal(closestTo(credentials, 'zz'), undefined);
});

test('a provider goes by older ids and the words of its title too', () => {
	const all = [storedCredential('mine'), storedCredential('other', {provider: 'gce'})];
	const found = (query: string) => findCredentials(all, query, now).map(({name}) => name);
	for (const query of ['provider:amazon', 'provider:web', 'provider:AWS', 'provider:a'])
		assert.deepEqual(found(query), ['mine'], query);
	for (const query of ['provider:google', 'provider:gcp', 'provider:GoogleCloud'])
		assert.deepEqual(found(query), ['other'], query);
});

test('a minus leaves out what has the word or meets the filter', () => {
	assert.deepEqual(names('-aws'), ['postgres-prod'], 'the provider is looked at too');
	assert.deepEqual(names('-prod'), ['paid-roads'], 'a note about products counts');
	assert.deepEqual(names('-tag:team'), ['aws-preview', 'postgres-prod']);
	assert.deepEqual(names('-provider:aws'), ['postgres-prod']);
	assert.deepEqual(names('prod -expires:<30d'), ['postgres-prod', 'paid-roads']);
	for (const typed of ['-', '-tag:', '-provider:', '-expires:', '-expires:<'])
		assert.equal(names(typed).length, 4, typed);
});

test('labels are found by `tag:` as a selector finds them, and by their key and a colon', () => {
	assert.deepEqual(names('tag:!team'), ['aws-preview', 'postgres-prod']);
	assert.deepEqual(names('tag:team!=web'), ['aws-prod-root', 'aws-preview', 'postgres-prod']);
	assert.deepEqual(names('tag:te,infra'), ['aws-prod-root'], 'beginnings too, since it is being typed');
	assert.deepEqual(names('team:infra'), ['aws-prod-root']);
	assert.equal(names('tag:').length, 4);
});

test('a word typed letter by letter, and taken back, finds what it finds at once', () => {
	const words = ['prod', 'aprod', 'team:infra', 'team:w', 'demos', 'gen', 'rr', 'x', 'tag:team', '-prod'];
	const typing = fc.array(fc.record({word: fc.constantFrom(...words), length: fc.nat(10)}), {maxLength: 20});
	fc.assert(
		fc.property(typing, steps => {
			for (const {word, length} of steps) {
				const query = word.slice(0, length);
				assert.deepEqual(
					findCredentials(credentials, query, now),
					findCredentials([...credentials], query, now),
					query,
				);
			}
		}),
	);
});

test('a longer word is looked for only where its beginning was found', context => {
	const list = [...credentials];
	assert.equal(findCredentials(list, 'postg', now).length, 1);
	const includes = context.mock.method(String.prototype, 'indexOf');
	findCredentials(list, 'postgres', now);
	assert.ok(includes.mock.callCount() <= 3, `${includes.mock.callCount()} looks`);
});
