import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {test} from 'node:test';
import {type ClosedFile, closedDays, closedLimit} from '../../../source/domain/closed-file.js';
import {Secret} from '../../../source/domain/secret.js';
import {timestamp} from '../../../source/domain/time.js';
import {sealFile, settleFiles} from '../../../source/vault/closed/closed.js';
import {closedFiles, oldBytesOf} from '../../../source/vault/closed/section.js';
import {contentText, parseContentText} from '../../../source/vault/format/content.js';
import {mergeContents} from '../../../source/vault/merge.js';
import {
	addCredential,
	deleteCredentials,
	getByName,
	purgeTrash,
	purgeVersions,
	replaceCredential,
	restoreCredential,
} from '../../../source/vault/operations.js';
import type {Content} from '../../../source/vault/vault.js';
import {draft, ofCode} from '../../helpers/vault-samples.js';

const start = new Date('2026-03-01T12:00:00Z');
const later = (days: number): Date => new Date(start.getTime() + days * 86_400_000);

const two = ['one', 'two'].reduce<Content>((content, name) => addCredential(content, draft(name), start).content, {
	credentials: [],
	trash: [],
});

function fileOf(content: Content, names: readonly string[], more: Partial<ClosedFile> = {}): ClosedFile {
	return {
		id: randomUUID(),
		machine: randomUUID(),
		path: '/home/me/.aws/credentials',
		target: '/home/me/dotfiles/aws',
		closing: 'process',
		mode: 0o644,
		closedMode: 0o600,
		owner: 1000,
		at: timestamp(start),
		sha256: 'ab'.repeat(32),
		old: new Secret(Buffer.from([0, 255, 10, 13]).toString('base64')),
		size: 4,
		credentials: names.map(name => getByName(content, name).id),
		isDone: false,
		...more,
	};
}

const pathsIn = (content: Content): readonly string[] => closedFiles(content)?.map(({path}) => path) ?? ['unknown'];

/** A vault with a file of `one`, a file of both, and one that is of nothing. */
function withFiles(): Content {
	return [
		fileOf(two, ['one'], {path: 'a'}),
		fileOf(two, ['one', 'two'], {path: 'b'}),
		fileOf(two, [], {path: 'c'}),
	].reduce((content, file) => sealFile(content, file, start).content, two);
}

test('a closed file comes back as it was kept, from the text of a vault', () => {
	const {old: _, ...mode} = fileOf(two, ['two'], {closing: 'mode', size: 0, isDone: true});
	const files = [fileOf(two, ['one', 'two'], {path: 'C:\\x\n\u202e"'}), mode];
	const content = files.reduce((each, file) => sealFile(each, file, start).content, two);
	const read = parseContentText(contentText(content), 2);
	assert.deepEqual(closedFiles(read), files);
	assert.deepEqual(closedFiles(read)?.map(oldBytesOf), [Buffer.from([0, 255, 10, 13]), undefined]);
	assert.doesNotMatch(JSON.stringify(closedFiles(read)), /AP8KDQ/, 'the old text is a secret');
});

test('a section of a newer program is carried, and nothing is closed beside it', () => {
	const [file] = closedFiles(withFiles()) ?? [];
	for (const closed of [
		{version: 2, files: []},
		{version: 1, files: [], more: 1},
		{version: 1, files: [{...file, old: 'x', credentials: [], isDone: true, more: 1}]},
		{version: 1, files: ['x']},
	]) {
		const content = {...two, sections: {closed}} as unknown as Content;
		assert.equal(closedFiles(content), undefined);
		assert.throws(() => sealFile(content, fileOf(two, ['one']), start), ofCode('newer-version'));
		assert.throws(() => settleFiles(content, new Set(), new Set(), start), ofCode('newer-version'));
		assert.deepEqual(addCredential(content, draft('three'), later(99)).content.sections, {closed});
		const gone = deleteCredentials(content, [getByName(content, 'one')], start).content;
		assert.deepEqual(purgeTrash(gone, gone.trash).content.sections, {closed});
	}
});

test('closed files are noted as done and forgotten by their ids; the section goes with the last', () => {
	const content = withFiles();
	const [a, b, c] = closedFiles(content) ?? [];
	const ids = (...files: readonly (ClosedFile | undefined)[]): Set<string> =>
		new Set(files.map(each => each?.id ?? ''));
	const settled = settleFiles(content, ids(a, c), ids(b, fileOf(two, [])), start).content;
	assert.deepEqual(
		closedFiles(settled)?.map(({path, isDone}) => [path, isDone]),
		[
			['a', true],
			['c', true],
		],
	);
	assert.deepEqual(settleFiles(settled, ids(a), ids(a, c), start).content.sections, {});
});

test('old texts are kept for thirty days, and every change that has the time drops them then', () => {
	const content = withFiles();
	const [one] = content.credentials;
	assert.ok(one);
	const trashed = deleteCredentials(content, [getByName(content, 'two')], start).content;
	for (const [what, change] of [
		['add', (now: Date) => addCredential(content, draft('new'), now)],
		['replace', (now: Date) => replaceCredential(content, one, {...one, note: 'x'}, now)],
		['delete', (now: Date) => deleteCredentials(content, [one], now)],
		['restore', (now: Date) => restoreCredential(trashed, trashed.trash[0]?.id ?? '', now)],
		['close', (now: Date) => sealFile(content, fileOf(content, [], {path: 'd', at: timestamp(now)}), now)],
		['settle', (now: Date) => settleFiles(content, new Set(), new Set(), now)],
	] as const) {
		const left = what === 'close' ? ['d'] : [];
		assert.deepEqual(pathsIn(change(later(closedDays)).content), ['a', 'b', 'c', ...left], what);
		assert.deepEqual(pathsIn(change(later(closedDays + 1)).content), left, what);
	}
});

test('a vault keeps at most 1 MiB of old texts', () => {
	const half = fileOf(two, [], {size: closedLimit / 2});
	const full = [half, half].reduce((content, file) => sealFile(content, file, start).content, two);
	assert.throws(() => sealFile(full, fileOf(two, [], {size: 1}), start), ofCode('invalid', /at most 1 MiB/));
	assert.equal(closedFiles(sealFile(full, fileOf(two, [], {size: 0}), start).content)?.length, 3);
	assert.equal(closedFiles(sealFile(full, half, later(31)).content)?.length, 1, 'what is too old makes room');
});

test('what is purged from the trash, or leaves it, is in no old text any more', () => {
	const content = withFiles();
	const trashed = deleteCredentials(content, [getByName(content, 'one')], start).content;
	assert.deepEqual(pathsIn(trashed), ['a', 'b', 'c'], 'what is in the trash can come back');
	assert.deepEqual(pathsIn(purgeTrash(trashed, trashed.trash).content), ['c']);
	// A file that was closed when the credential was in the trash for long lives shorter than it could.
	const fresh = sealFile(trashed, fileOf(two, ['one'], {path: 'd', at: timestamp(later(20))}), later(20)).content;
	assert.deepEqual(pathsIn(deleteCredentials(fresh, [getByName(fresh, 'two')], later(29)).content), [
		'a',
		'b',
		'c',
		'd',
	]);
	assert.deepEqual(pathsIn(deleteCredentials(fresh, [getByName(fresh, 'two')], later(31)).content), []);
});

test('a purge of versions takes the old texts with it, which may hold an earlier secret', () => {
	const content = withFiles();
	const one = getByName(content, 'one');
	const edited = replaceCredential(content, one, {...one, data: draft('x', {token: 'b'}).data}, start).content;
	assert.deepEqual(pathsIn(edited), ['a', 'b', 'c']);
	assert.deepEqual(pathsIn(purgeVersions(edited, getByName(edited, 'one')).content), ['c']);
});

test('a merge keeps the closed files of this vault, and takes none of the other', () => {
	const other = sealFile(two, fileOf(two, ['one'], {path: 'elsewhere'}), start).content;
	assert.deepEqual(pathsIn(mergeContents(withFiles(), other, new Map(), start).content), ['a', 'b', 'c']);
	assert.deepEqual(pathsIn(mergeContents(two, other, new Map(), start).content), []);
});
