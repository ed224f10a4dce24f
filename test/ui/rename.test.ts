import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {replaceCredentials} from '../../source/vault/operations.js';
import {contentOf, namesIn, openApp, passphrase} from '../helpers/opened.js';

test('R asks for a name in one line: enter renames, and z undoes it', async context => {
	const {place, terminal} = await openApp(context, ['prod', 'stage']);
	await terminal.press('R');
	assert.match(terminal.screen(), /─ Rename prod ─/);
	await terminal.press('-eu', 'enter');
	assert.match(terminal.screen(), /prod is called prod-eu now; z undoes it/);
	assert.match(terminal.screen(), /Credentials 2/);
	await terminal.press('z');
	assert.deepEqual(await namesIn(place), ['prod', 'stage']);
});

test('the name is checked as it is typed, without regard to case, and esc leaves it', async context => {
	const {place, terminal} = await openApp(context, ['prod', 'stage']);
	await terminal.press('enter', 'R', 'ctrl+u', 'STAGE');
	assert.match(terminal.screen(), /✖ stage exists already; choose another name/);
	await terminal.press('enter');
	assert.match(terminal.screen(), /─ Rename prod ─/);
	await terminal.press('!');
	assert.match(terminal.screen(), /✖ a name has only letters, digits/);
	await terminal.press('ctrl+u', 'enter');
	assert.match(terminal.screen(), /✖ type a name/);
	await terminal.press('PROD');
	assert.doesNotMatch(terminal.screen(), /✖/, 'its own name in other letters is free');
	await terminal.press('ctrl+u', 'prod', 'enter');
	assert.match(terminal.screen(), /Nothing has changed/);
	await terminal.press('R', 'x', 'esc');
	assert.match(terminal.screen(), /Secret access key/, 'back in the detail');
	assert.deepEqual(await namesIn(place), ['prod', 'stage']);
});

test('a credential that somebody else has changed meanwhile is renamed as it is now', async context => {
	const {place, terminal} = await openApp(context, ['prod']);
	await terminal.press('R', '-eu');
	const other = await place.unlock(new Secret(passphrase));
	await other.change(now => {
		const [basis] = now.credentials;
		assert.ok(basis !== undefined);
		return replaceCredentials(now, [{basis, next: {...basis, note: 'theirs'}}], new Date());
	});
	await terminal.settle();
	await terminal.press('enter');
	const [saved] = (await contentOf(place)).credentials;
	assert.deepEqual([saved?.name, saved?.note], ['prod-eu', 'theirs']);
});
