import assert from 'node:assert/strict';
import path from 'node:path';
import {test} from 'node:test';
import {type Credential, contentOf} from '../../source/domain/credential.js';
import {parseName} from '../../source/domain/name.js';
import {Secret} from '../../source/domain/secret.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {contentText, parseContentText} from '../../source/vault/format/content.js';
import {newest} from '../../source/vault/format/envelope.js';
import {journalOf, journalsOf, withJournal} from '../../source/vault/journals.js';
import {mergeContents} from '../../source/vault/merge.js';
import {
	deleteCredentials,
	purgeVersions,
	replaceCredential,
	replaceCredentials,
} from '../../source/vault/operations.js';
import type {Content} from '../../source/vault/vault.js';
import {storedCredential} from '../helpers/credentials.js';
import {issueOf, revocationOf, rotationOf} from '../helpers/journals.js';
import {changePassphrase, passphrase, quick, temporaryFolder} from '../helpers/vault-samples.js';

const now = new Date('2026-11-30T10:00:00Z');
const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const [turning, admin, other] = [1, 2, 3].map(id => storedCredential(`key-${id}`, {id: uuid(id)})) as [
	Credential,
	Credential,
	Credential,
];
const fresh = new Map([...turning.data, ['secretAccessKey', new Secret('another')] as const]);
const content: Content = withJournal(
	{credentials: [turning, admin, other], trash: []},
	rotationOf(turning.id, {admin: admin.id}),
);
const change = (credential: Credential, next: Partial<Credential>) =>
	replaceCredential(content, credential, {...contentOf(credential), ...next}, now);

test('while a key is replaced, its fields stay, and the error says how to go on', () => {
	const refused = {
		code: 'busy',
		message: /the key of `key-1` is being replaced/,
		hint: /rotate key-1 --resume.*--undo/,
	};
	assert.throws(() => change(turning, {data: fresh}), refused);
	assert.throws(() => change(turning, {provider: 'generic'}), refused);
	assert.throws(
		() =>
			replaceCredentials(
				content,
				[other, turning].map(each => ({basis: each, next: {...contentOf(each), data: fresh}})),
				now,
			),
		refused,
	);
	assert.throws(() => deleteCredentials(content, [other, turning], now), refused);
	assert.throws(() => deleteCredentials(content, [admin], now), {
		code: 'busy',
		message: /`key-2` signs what is under way/,
	});
	const theirs = {...turning, data: fresh, revision: 9};
	const decisions = new Map([[turning.id, {side: 'theirs' as const, mine: turning}]]);
	assert.throws(() => mergeContents(content, {credentials: [theirs], trash: []}, decisions, now), refused);
});

test('meanwhile it is renamed, labelled and noted, and its versions are purged: the journal stays', () => {
	for (const next of [
		{name: parseName('new')},
		{labels: new Map([['a', 'b']])},
		{note: 'x'},
		{expires: '2027-01-31'},
	]) {
		const {content: changed, result} = change(turning, next);
		assert.deepEqual(journalsOf(changed), journalsOf(content));
		assert.deepEqual(journalsOf(purgeVersions(changed, result).content), journalsOf(content));
	}
	assert.equal(change(other, {data: fresh}).result.data, fresh, 'others are free');
	assert.equal(deleteCredentials(content, [other], now).result.length, 1);
});

test('a journal is read as it was written, of each kind, beside what a newer program wrote', () => {
	const holder = {run: 'r', pid: 1, host: 'h', space: 's', started: '5', at: '2026-11-30T10:00:00.000Z'};
	const journals = [
		rotationOf(uuid(1), {
			step: 'off',
			fresh,
			freshId: 'AKIA2',
			oldExpires: '2027-01-31',
			freshExpires: '2028-01-31',
			oldSince: '2026-01-31T10:00:00Z',
			tried: ['0badcafe'],
			offAt: '2026-11-30T10:00:00Z',
			until: '2026-12-01T10:00:00Z',
			holder,
			admin: uuid(2),
		}),
		issueOf(uuid(7), {freshExpires: '2028-01-31'}),
		revocationOf(uuid(3), {step: 'off'}),
	];
	const filled = journals.reduce<Content>((all, each) => withJournal(all, each), {credentials: [turning], trash: []});
	const read = parseContentText(contentText(filled), newest);
	assert.deepEqual(journalsOf(read), journals);
	const newer = {
		...read,
		sections: {...read.sections, journals: {version: 1, entries: `{"kind":"turn"}\n${text(read)}`}},
	};
	const {sections} = withJournal(newer, journals[0] ?? assert.fail());
	assert.deepEqual(sections, newer.sections, 'what is not known stays, in its place');
	const newest2 = {...read, sections: {journals: {version: 2, entries: 'x'}}};
	assert.equal(journalsOf(newest2), undefined);
	assert.throws(() => withJournal(newest2, rotationOf(uuid(1))), {code: 'newer-version'});
	assert.equal(journalOf(newest2, uuid(1)), undefined);
});

function text({sections = {}}: Content): string {
	const {journals} = sections;
	return typeof journals === 'object' && 'entries' in journals ? String(journals.entries) : '';
}

test('another passphrase and another vault key carry what is under way', async t => {
	const place = fileVaultPlace(path.join(temporaryFolder(t), 'v'), quick);
	const vault = await place.create(passphrase);
	await vault.change(() => ({content, result: undefined}));
	await changePassphrase(vault, 'another passphrase');
	await vault.close();
	const again = await place.unlock(new Secret('another passphrase'));
	assert.deepEqual(journalsOf(await again.read()), journalsOf(content));
	await again.close();
});
