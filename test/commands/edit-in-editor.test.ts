import assert from 'node:assert/strict';
import {test} from 'node:test';
import {clear, runCommandLine, type World} from '../helpers/command-line.js';
import {keyId, secretKey, storedCredential} from '../helpers/credentials.js';

const aws = storedCredential('aws', {note: 'a note'});
const credentials = [aws, storedCredential('other')];
const environment = {EDITOR: 'ed'};

async function edit(editor: World['editor'], world: World = {}, flags: readonly string[] = []) {
	const argv = ['edit', 'credential', 'aws', '--editor', ...flags];
	const outcome = await runCommandLine(argv, {credentials, environment, editor: editor ?? [], ...world});
	const after = (await outcome.content())?.credentials.find(credential => credential.id === aws.id);
	assert.equal(outcome.editorClosed, true, 'nothing is left of the text');
	return {...outcome, after: after ?? assert.fail()};
}

const replace = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to);
const same = (text: string) => text;

test('keeps the saved changes, and a new name renames', async () => {
	const {code, stderr, after, edited} = await edit([
		text => text.replace('name: aws', 'name: prod').replace('a note', 'another').replace(keyId, 'AKIANEWNEWNEWNEWNEWN'),
	]);
	assert.deepEqual([code, stderr], [0, 'changed `aws`, now `prod`\n']);
	assert.deepEqual([after.name, after.note, after.revision], ['prod', 'another', 2]);
	assert.equal(clear(after.data)[0]?.[1], 'AKIANEWNEWNEWNEWNEWN');
	assert.match(edited[0] ?? '', new RegExp(`secretAccessKey: ${secretKey}`));
});

test('labels, note and expiry can be removed', async () => {
	const {after} = await edit([replace(/ {2}annotations:\n.*\n/, '')]);
	assert.equal(after.note, undefined);
});

test('an unchanged text changes nothing', async () => {
	for (const change of [same, replace('# ', '#  '), replace('kind: Credential\n', 'kind: Credential\n\n')]) {
		const {code, stderr, after} = await edit([change]);
		assert.deepEqual([code, stderr, after.revision], [0, 'no changes to `aws`\n', 1]);
	}
});

test('an empty text cancels', async () => {
	for (const text of ['', '\n\n', '# only a comment\n']) {
		const {code, stderr, after} = await edit([() => text]);
		assert.deepEqual([code, after.revision], [3, 1]);
		assert.match(stderr, /the text is empty: nothing was changed/);
	}
});

test('reopens an invalid text with the problem at the top, until it is valid', async () => {
	const {code, edited, after} = await edit(
		[
			replace('kind: Credential', 'kind: Cluster'),
			text => text.replace('kind: Cluster', 'kind: Credential').replace('name: aws', 'name: OTHER'),
			text => text.replace('name: OTHER', 'name: mine').replace(keyId, 'short'),
			replace('accessKeyID: short', `accessKeyID: ${keyId}`),
		],
		{answers: []},
	);
	assert.equal(code, 0);
	assert.equal(edited.length, 4);
	assert.match(edited[1] ?? '', /^# problem: .*`kind`/);
	assert.match(edited[2] ?? '', /^# problem: .*`other` exists already/);
	assert.match(edited[3] ?? '', /^# problem: warning: accessKeyID: .*AKIA.*--force/);
	for (const text of edited.slice(1)) assert.equal(text.match(/# problem/g)?.length, 1, 'the earlier one is gone');
	assert.equal(after.name, 'mine');
});

test('fails with the problem when the text is saved again unchanged', async () => {
	const {code, stderr, after, edited} = await edit([replace(keyId, 'short'), same], {answers: []});
	assert.deepEqual([code, after.revision, edited.length], [7, 1, 2]);
	assert.match(stderr, /warning: accessKeyID: .*\npharmer: this does not look like/);
});

test('does not reopen the text without a terminal', async () => {
	const {code, edited} = await edit([replace('kind: Credential', 'kind: Cluster')]);
	assert.deepEqual([code, edited.length], [7, 1]);
	const silent = await runCommandLine(['edit', 'cred', 'aws', '--editor'], {credentials});
	assert.equal(silent.code, 2);
	assert.match(silent.stderr, /no terminal for an editor\nset VISUAL or EDITOR/);
});

test('version, kind, provider and creation time must not change', async () => {
	for (const change of [
		replace('apiVersion: v1beta1', 'apiVersion: v2'),
		replace('apiVersion: v1beta1\n', ''),
		replace('kind: Credential', 'kind: Secret'),
		replace('provider: aws', 'provider: generic'),
		replace('2026-01-02T03:04:05Z', '2020-01-02T03:04:05Z'),
		replace('  name: aws\n', ''),
		replace('name: aws', 'name: a/b'),
		replace(/ {4}secretAccessKey.*\n/, ''),
		replace('spec:', 'spec: ['),
	]) {
		const {code, after, stderr} = await edit([change]);
		assert.deepEqual([code, after.revision], [7, 1], stderr);
		assert.equal(stderr.includes(secretKey), false);
	}
});

test('--force keeps odd values', async () => {
	const {code, stderr, after} = await edit([replace(keyId, 'short')], {}, ['--force']);
	assert.deepEqual([code, clear(after.data)[0]?.[1]], [0, 'short']);
	assert.match(stderr, /warning: accessKeyID: /);
});

test('warns about a file on a disk', async () => {
	assert.match((await edit([same], {editorOnDisk: true})).stderr, /^warning: .* on a disk/);
});

test('a failing editor leaves everything as it was', async () => {
	const {code, after} = await edit([
		() => {
			throw new Error('what the editor said');
		},
	]);
	assert.deepEqual([code, after.revision], [1, 1]);
});

test('does not overwrite a credential that was changed meanwhile', async () => {
	const {code, after} = await edit([replace('a note', 'mine')], {
		meanwhile: content => ({
			...content,
			credentials: content.credentials.map(each => ({...each, revision: 9, note: 'theirs'})),
		}),
	});
	assert.deepEqual([code, after.note], [12, 'theirs']);
});
