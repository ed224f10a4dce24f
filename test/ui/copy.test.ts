import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {keyId, secretKey, storedCredential} from '../helpers/credentials.js';
import {openApp} from '../helpers/opened.js';

test('y copies the secret without showing it, counts down and clears the clipboard', async context => {
	const {terminal} = await openApp(context, ['prod']);
	await terminal.press('y');
	assert.equal(terminal.clipboard(), secretKey);
	assert.match(terminal.screen(), /Copied Secret access key of prod; cleared in 45 s\./);
	assert.match(terminal.lines()[0] ?? '', /clipboard 45 s/);
	await terminal.pass(30_000);
	assert.match(terminal.lines()[0] ?? '', /clipboard 15 s/);
	assert.equal(terminal.clipboard(), secretKey);
	await terminal.pass(15_000);
	assert.equal(terminal.clipboard(), '');
	assert.match(terminal.screen(), /The clipboard is clear again/);
	assert.doesNotMatch(terminal.lines()[0] ?? '', /clipboard/);
	assert.ok(!terminal.written().includes(secretKey));
});

test('a text that somebody copied meanwhile stays in the clipboard', async context => {
	const {terminal} = await openApp(context, ['prod']);
	await terminal.press('y');
	terminal.copyElsewhere('a shopping list');
	await terminal.pass(45_000);
	assert.equal(terminal.clipboard(), 'a shopping list');
	assert.match(terminal.screen(), /Something else was copied meanwhile/);
});

test('an id replaces a copied secret and stays in the clipboard', async context => {
	const {terminal} = await openApp(context, ['prod']);
	await terminal.press('y', 'u');
	assert.equal(terminal.clipboard(), keyId);
	assert.match(terminal.screen(), /Copied Access key ID of prod/);
	await terminal.pass(60_000);
	assert.equal(terminal.clipboard(), keyId);
});

test('Y asks for the field to copy and shows no secret', async context => {
	const {terminal} = await openApp(context, [
		storedCredential('hook', {
			provider: 'generic',
			data: new Map([
				['one', new Secret('first-secret')],
				['two', new Secret('second-secret')],
			]),
		}),
	]);
	await terminal.press('y');
	assert.match(terminal.screen(), /Copy which field of hook\?/, 'of several secrets y asks which');
	await terminal.press('j', 'enter');
	assert.equal(terminal.clipboard(), 'second-secret');
	await terminal.press('Y', 'enter');
	assert.equal(terminal.clipboard(), 'first-secret');
	assert.ok(!terminal.written().includes('-secret'));
});

test('quitting clears the clipboard first', async context => {
	const {terminal} = await openApp(context, ['prod']);
	await terminal.press('y', 'q');
	assert.equal(terminal.clipboard(), '');
	assert.deepEqual(terminal.outcome(), {kind: 'quit'});
});

test('a copy that cannot be confirmed is reported as sent, not as copied', async context => {
	const {terminal} = await openApp(context, ['prod'], {clipboard: 'unsure', columns: 120});
	await terminal.press('y');
	assert.match(
		terminal.screen(),
		/ Sent, cleared in 45 s: Secret access key of prod, to the clipboard, which does not say/,
	);
	assert.doesNotMatch(terminal.screen(), /Copied/);
	await terminal.pass(45_000);
	assert.match(terminal.screen(), /told to clear; whether it did can't be known/);
});

test('y names a program to install when no clipboard works', async context => {
	const {terminal} = await openApp(context, ['prod'], {clipboard: 'none'});
	await terminal.press('y');
	assert.match(terminal.screen(), /✖ no clipboard works here; install xclip/);
	assert.doesNotMatch(terminal.lines()[0] ?? '', /clipboard/);
});

test('y copies the selected command of the guide, and Y copies all commands', async context => {
	const {terminal} = await openApp(context, []);
	await terminal.press('n', 'ctrl+g', 'y');
	assert.match(terminal.clipboard(), /^aws iam create-group --group-name pharmer$/);
	await terminal.press('tab', 'y');
	assert.match(terminal.clipboard(), /^aws iam attach-group-policy /);
	await terminal.press('Y');
	assert.ok(terminal.clipboard().split('\n').length > 5);
	assert.doesNotMatch(terminal.clipboard(), /\\$/m);
	assert.match(terminal.screen(), /^❯ aws iam/m);
});
