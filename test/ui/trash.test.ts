import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {addCredential} from '../../source/vault/operations.js';
import {awsContent} from '../helpers/credentials.js';
import {contentOf, namesIn, openApp, passphrase} from '../helpers/opened.js';

test('the trash shows deleted credentials, and enter restores one', async context => {
	const {place, terminal} = await openApp(context, ['one', 'two']);
	await terminal.press('T');
	assert.match(terminal.screen(), /Nothing is in the trash/);
	await terminal.press('esc', 'd', 'y', 'T');
	assert.match(terminal.screen(), /❯ one +aws +AKIAQ4J5K6L7M2N3P4Q5 +just now +30 days/);
	await terminal.press('enter');
	assert.match(terminal.screen(), /one is back in the list/);
	assert.deepEqual(await namesIn(place), ['two', 'one']);
	await terminal.press('z');
	assert.match(terminal.screen(), /one is in the trash again/);
	assert.deepEqual(await namesIn(place), ['two']);
});

test('a restore asks for another name when its name was taken meanwhile', async context => {
	const {place, terminal} = await openApp(context, ['one']);
	await terminal.press('d', 'y');
	const other = await place.unlock(new Secret(passphrase));
	await other.change(now => addCredential(now, awsContent('One'), new Date()));
	await terminal.settle();
	await terminal.press('T', 'enter');
	assert.match(terminal.screen(), /There is another one now\. What should this one be called\?/);
	assert.match(terminal.screen(), /❯ one-2/);
	await terminal.press('ctrl+u', 'ONE', 'enter');
	assert.match(terminal.screen(), /One exists already/);
	await terminal.press('ctrl+u', 'old-one', 'enter');
	assert.deepEqual(await namesIn(place), ['One', 'old-one']);
});

test('a purge asks for the name and is permanent', async context => {
	const {place, terminal} = await openApp(context, ['one', 'two', 'three']);
	await terminal.press('d', 'y', 'd', 'y', 'd', 'y', 'T', 'd');
	assert.match(terminal.screen(), /It is deleted for good, with its versions\./);
	await terminal.press('enter');
	assert.match(terminal.screen(), /Type .* first/);
	await terminal.press('two', 'enter');
	assert.match(terminal.screen(), /One credential is gone for good/);
	assert.deepEqual(
		(await contentOf(place)).trash.map(({name}) => name),
		['one', 'three'],
	);
	await terminal.press('D', 'purge 2', 'enter');
	assert.deepEqual((await contentOf(place)).trash, []);
	assert.match(terminal.screen(), /Nothing is in the trash/);
});

test('an empty list points to the credentials in the trash', async context => {
	const {terminal} = await openApp(context, ['prod']);
	await terminal.press('d', 'y');
	assert.match(terminal.screen(), /No credentials +│\n.*\n.*T shows the 1 in the trash/);
	assert.doesNotMatch(terminal.screen(), /yet/);
});
