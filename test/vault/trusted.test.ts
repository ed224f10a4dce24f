import assert from 'node:assert/strict';
import {join} from 'node:path';
import {test} from 'node:test';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {contentText, parseContentText} from '../../source/vault/format/content.js';
import {mergeContents} from '../../source/vault/merge.js';
import {addCredential, deleteCredentials, restoreCredential} from '../../source/vault/operations.js';
import {distrustFile, trustedFiles, trustFile, trustIn} from '../../source/vault/trusted.js';
import type {Content} from '../../source/vault/vault.js';
import {changePassphrase, draft, ofCode, passphrase, quick, temporaryFolder} from '../helpers/vault-samples.js';

const empty: Content = {credentials: [], trash: []};
const file = (path: string, digit = 'a') => ({path, sha256: digit.repeat(64), at: '2026-11-29T12:00:00Z'});
const trusting = (...paths: readonly string[]): Content =>
	paths.reduce((content, path) => trustFile(content, file(path)).content, empty);
const readAgain = (content: Content): Content => parseContentText(contentText(content), 2);

test('a file is trusted at its path and with its content only', () => {
	const content = readAgain(trusting('/shop/.pharmer.yaml'));
	assert.equal(trustIn(content, file('/shop/.pharmer.yaml')), 'trusted');
	assert.equal(trustIn(content, file('/shop/.pharmer.yaml', 'b')), 'changed');
	assert.equal(trustIn(content, file('/shop2/.pharmer.yaml')), 'unknown');
	assert.equal(trustIn(empty, file('/shop/.pharmer.yaml')), 'unknown');
	const anew = trustFile(content, file('/shop/.pharmer.yaml', 'b')).content;
	assert.deepEqual(trustedFiles(anew), [file('/shop/.pharmer.yaml', 'b')], 'one entry a file');
	const {content: without, result} = distrustFile(anew, '/shop/.pharmer.yaml');
	assert.deepEqual([result, trustedFiles(without), without.sections], [true, [], {}]);
	assert.deepEqual(distrustFile(without, '/shop/.pharmer.yaml'), {content: without, result: false});
});

test('any path is kept as it is', () => {
	const paths = ['/a b/"c"', '/a\nb', "/a'$(x)`y`", '/ü\u0000\ud800', '/\u2028', '/'];
	assert.deepEqual(
		trustedFiles(readAgain(trusting(...paths))).map(({path}) => path),
		paths,
	);
});

test('of very many files those that were trusted first are asked about again', () => {
	const paths = Array.from({length: 300}, (_, index) => `/${index}`);
	const kept = trustedFiles(trusting(...paths)).map(({path}) => path);
	assert.deepEqual(kept, paths.slice(300 - 256));
});

test('a list that a newer program keeps is neither read nor changed', () => {
	for (const section of [
		{version: 2, entries: ''},
		{version: 1, entries: '', more: true},
		{version: 1, entries: []},
	]) {
		const content = {...empty, sections: {trusted: section}};
		assert.deepEqual(trustedFiles(content), []);
		assert.throws(() => trustFile(content, file('/x')), ofCode('newer-version'));
		assert.throws(() => distrustFile(content, '/x'), ofCode('newer-version'));
		assert.deepEqual(readAgain(content).sections, content.sections);
	}
});

test('a line that no program wrote trusts nothing', () => {
	const {sha256, at} = file('/x');
	const lines = [
		'',
		sha256,
		`${sha256} ${at} /x`,
		`${sha256} ${at} "\\x"`,
		`${sha256.slice(1)} ${at} "/x"`,
		'x y "/x"',
	];
	const content = {...empty, sections: {trusted: {version: 1, entries: lines.join('\n')}}};
	assert.deepEqual(trustedFiles(readAgain(content)), []);
	assert.deepEqual(trustedFiles(trustFile(content, file('/y')).content), [file('/y')]);
});

test('other changes, an undo, a merge and a new key of the vault keep the list', async context => {
	const now = new Date(0);
	const place = fileVaultPlace(join(temporaryFolder(context), 'vault.json'), quick);
	const vault = await place.create(passphrase);
	await vault.change(content => trustFile(content, file('/x')));
	const added = await vault.change(content => addCredential(content, draft('one'), now));
	await vault.change(content => deleteCredentials(content, [added], now));
	await vault.change(content => restoreCredential(content, added.id, now));
	await vault.change(content => mergeContents(content, trusting('/y'), new Map(), now));
	await changePassphrase(vault, 'another passphrase');
	assert.deepEqual(trustedFiles(await vault.read()), [file('/x')]);
	await vault.close();
});
