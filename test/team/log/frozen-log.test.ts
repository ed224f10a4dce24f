import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {memoryStore} from '../../../source/stores/memory.js';
import {entryHash} from '../../../source/team/log/entry.js';
import {startOf} from '../../../source/team/log/start.js';
import {sixWords} from '../../../source/team/log/words.js';
import {credentialRecord} from '../../../source/vault/format/credential-record.js';
import {readTeamLog} from '../../helpers/independent-log-reader.js';
import {ana, at, ben, dora, readAll, record, seedOf, vaultId} from '../../helpers/team-log.js';
import {ofCode} from '../../helpers/vault-samples.js';

const fixture = fileURLToPath(new URL('../../fixtures/team-log/', import.meta.url));
const reader = fileURLToPath(new URL('../../helpers/independent-log-reader.ts', import.meta.url));

/** The objects of the frozen log by their keys. */
function frozen(): ReadonlyMap<string, Buffer> {
	const files = fs.readdirSync(fixture, {recursive: true, withFileTypes: true}).filter(each => each.isFile());
	const paths = files.map(({parentPath, name}) => path.join(parentPath, name)).sort();
	return new Map(paths.map(file => [path.relative(fixture, file).replaceAll(path.sep, '/'), fs.readFileSync(file)]));
}

const objects = frozen();
const slots = [...objects].filter(([key]) => key.includes('/log/')).map(([, bytes]) => bytes);

/** What the log says at its end, without what every sample has. */
const content = {
	credentials: [
		['AWS.old', record('aws').id, 'aws', 3, 'third'],
		['new', record('new').id, 'aws', 1, 'first'],
	],
	skipped: [5, 6],
	names: ['ana', 'cleo', 'dora'],
	words: 'chuckle wisdom slogan left talk over',
};

test('a log of format 1 is read for ever', () => {
	const read = readAll(slots, ana.keys);
	const state = read.at(-1)?.state;
	if (state === undefined) throw new Error('nothing was read');
	assert.deepEqual(summary([...state.shared.records.values()].map(credentialRecord)), content.credentials);
	assert.deepEqual(
		read.flatMap(slot => (slot.kind === 'skipped' ? [slot.state.place.seq] : [])),
		content.skipped,
	);
	assert.deepEqual(
		state.roster?.members.map(({name}) => name),
		content.names,
	);
	assert.equal(sixWords(state.place.hash), content.words);
	assert.deepEqual(state.shared.journals, new Map([[record('new').id, '{"id":"größe"}']]));
	assert.equal(state.roster?.epoch, 2);
});

type Plain = {id: string; name: string; provider: string; revision: number; created: string; data: [string, string][]};

/** The same of any program's credentials. */
function summary(records: readonly object[]) {
	const list = (records as readonly Plain[]).map(({id, name, provider, revision, created, data}) => {
		assert.equal(created, at);
		return [name, id, provider, revision, data[1]?.[1]];
	});
	return list.sort(([one = ''], [other = '']) => (one < other ? -1 : 1));
}

test('a newcomer starts in it', async () => {
	const store = memoryStore();
	for (const [key, bytes] of objects) await store.create(key, bytes);
	const hash = entryHash(slots[6] ?? Buffer.of());
	const anchor = {seq: 7, isHash: (other: string) => other === hash};
	const state = await startOf(store, vaultId, dora.keys, anchor);
	assert.equal(sixWords(state.place.hash), content.words);
	await assert.rejects(startOf(store, vaultId, ben.keys, anchor), ofCode('refused'));
});

test('a reader that shares no code with the program says the same, of snapshots too', () => {
	const log = readTeamLog(objects, vaultId, seedOf('ana'));
	assert.deepEqual(summary(log.records), content.credentials);
	assert.deepEqual(log.skipped, content.skipped);
	assert.deepEqual(
		log.names.map(([, name]) => name),
		content.names,
	);
	assert.deepEqual(log.journals, new Map([[record('new').id, '{"id":"größe"}']]));
	assert.equal(sixWords(log.hash), content.words);
	assert.deepEqual([log.seq, log.epoch, log.snapshots], [8, 2, [7, 8]]);
	assert.throws(() => readTeamLog(objects, vaultId, seedOf('zoe')));
});

test('the storage sees no name, provider, person or field in the frozen log', () => {
	const all = Buffer.concat([...objects].flatMap(([key, bytes]) => [Buffer.from(key), bytes]));
	for (const word of ['aws', 'AWS', 'gce', 'ana', 'ben', 'cleo', 'dora', 'AKIA', 'token', 'secret', 'gr\\u00f6'])
		assert.equal(
			all
				.toString('latin1')
				.replace(/"[A-Za-z0-9+/=]{40,}"/g, '')
				.includes(word),
			false,
			word,
		);
});

test('the independent reader has at most 120 lines and uses only node:crypto', () => {
	const text = fs.readFileSync(reader, 'utf8');
	assert.ok(text.trimEnd().split('\n').length <= 120);
	const imports = [...text.matchAll(/(?:from|import\(|require\()\s*'([^']+)'/g)].map(([, name]) => name);
	assert.deepEqual(imports, ['node:crypto']);
});
