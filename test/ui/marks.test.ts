import assert from 'node:assert/strict';
import {test} from 'node:test';
import {secretKey, storedCredential} from '../helpers/credentials.js';
import {contentOf, namesIn, openApp} from '../helpers/opened.js';

test('marked credentials are deleted together, and restored together', async context => {
	const {place, terminal} = await openApp(context, ['a', 'b', 'c', 'd'], {settings: {deleteAsks: 'name'}});
	await terminal.press(' ', 'j', ' ', 'd');
	assert.match(terminal.screen(), /Delete 2 credentials\?/);
	assert.match(terminal.screen(), /a, c/);
	await terminal.press('delete 3', 'enter');
	assert.deepEqual(await namesIn(place), ['a', 'b', 'c', 'd'], 'another number is not a yes');
	await terminal.press('ctrl+u', 'delete 2', 'enter');
	assert.deepEqual(await namesIn(place), ['b', 'd']);
	assert.doesNotMatch(terminal.screen(), /marked/);
	await terminal.press('z');
	assert.match(terminal.screen(), /2 credentials are back/);
	assert.deepEqual([...(await namesIn(place))].sort(), ['a', 'b', 'c', 'd']);
});

test('KEY=VALUE labels all marked credentials, KEY- removes a label, and z undoes it', async context => {
	const {place, terminal} = await openApp(
		context,
		[storedCredential('a', {labels: new Map([['env', 'dev']])}), 'b', 'c'].map(each =>
			typeof each === 'string' ? storedCredential(each) : each,
		),
	);
	const labels = async () => (await contentOf(place)).credentials.map(each => [...each.labels].join());
	await terminal.press('a', 't', 'env', 'enter');
	assert.match(terminal.screen(), /write KEY=VALUE to set a label/);
	await terminal.press('=prod', 'enter');
	assert.match(terminal.screen(), /Labelled 3 credentials/);
	assert.deepEqual(await labels(), ['env,prod', 'env,prod', 'env,prod']);
	await terminal.press('z');
	assert.deepEqual(await labels(), ['env,dev', '', '']);
	assert.deepEqual((await contentOf(place)).trash, [], 'a label alone leaves nothing in the trash');
	await terminal.press('a', 't', 'env=x, team=dns', 'enter');
	assert.deepEqual(await labels(), ['env,x,team,dns', 'env,x,team,dns', 'env,x,team,dns'], 'as the form takes them');
	await terminal.press('z', 'g', 't', 'env-', 'enter');
	assert.deepEqual(await labels(), ['', '', '']);
});

test('marks survive a filter, and esc clears them before it clears the filter', async context => {
	const {terminal} = await openApp(context, ['aws-1', 'aws-2', 'gcp-1']);
	await terminal.press('/', 'aws-', 'enter', 'a');
	assert.match(terminal.screen(), /2 marked/);
	await terminal.press('/', 'ctrl+u', 'gcp', 'enter', 'd');
	assert.match(terminal.screen(), /Nothing that is marked is in the list now/, 'what is not seen is not deleted');
	await terminal.press('/', 'ctrl+u', 'aws-', 'enter', 'esc');
	assert.doesNotMatch(terminal.screen(), /marked/);
	assert.match(terminal.screen(), /2 of 3/);
	await terminal.press('esc');
	assert.doesNotMatch(terminal.screen(), /2 of 3/);
});

test('marked credentials are exported as manifests, with a note about secrets in clear', async context => {
	const {terminal} = await openApp(context, ['a', 'b', 'c']);
	await terminal.press(' ', ' ', 'x', 'out.yaml', 'enter');
	assert.match(terminal.screen(), /2 manifests, secrets in clear, in out\.yaml/);
	const text = terminal.exported().get('out.yaml') ?? '';
	assert.match(text, /kind: CredentialList/);
	assert.equal(text.split(secretKey).length, 3);
	assert.ok(!terminal.written().includes(secretKey));
});
