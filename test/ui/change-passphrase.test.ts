import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {passphraseSlot} from '../../source/vault/keys/passphrase.js';
import {newRecoveryKey, recoverySlot} from '../../source/vault/keys/recovery.js';
import type {VaultPlace} from '../../source/vault/vault.js';
import {openApp, passphrase} from '../helpers/opened.js';

const next = 'four new random words';

const opens = (place: VaultPlace, text: string | Secret): Promise<boolean> =>
	place.unlock(typeof text === 'string' ? new Secret(text) : text).then(
		() => true,
		() => false,
	);

/** Waits until no effect is running: keys are derived beside the screen. */
async function idle(terminal: Awaited<ReturnType<typeof openApp>>['terminal']): Promise<void> {
	while (terminal.store.getState().underWay.length > 0) await new Promise(resolve => setImmediate(resolve));
	await terminal.settle();
}

async function opened(context: TestContext) {
	const app = await openApp(context, ['prod']);
	const vault = await app.place.unlock(new Secret(passphrase));
	return {...app, vault};
}

test('the settings change the passphrase, and the app goes on with the vault', async context => {
	const {place, terminal} = await opened(context);
	await terminal.press(',');
	assert.match(terminal.lines().at(-1) ?? '', /p change passphrase/);
	await terminal.press('p', 'wrong', 'enter');
	assert.match(terminal.screen(), /wrong passphrase/);
	await terminal.press(passphrase, 'enter', next, 'enter', next, 'enter');
	await idle(terminal);
	assert.match(terminal.screen(), /Settings[\s\S]*The passphrase is changed\./);
	assert.deepEqual([await opens(place, passphrase), await opens(place, next)], [false, true]);
	await terminal.press('esc', 'd', 'y');
	assert.match(terminal.screen(), /Deleted prod/);
	assert.ok(!terminal.written().includes(next));
});

test('all of it can be typed ahead in one read, and a question stops it', async context => {
	const {place, terminal, vault} = await opened(context);
	await terminal.burst(',', 'p', passphrase, 'enter', next, 'enter', next, 'enter');
	await idle(terminal);
	assert.equal(await opens(place, next), true);
	await vault.addSlot(passphraseSlot(new Secret('of somebody else')));
	await terminal.burst('p', next, 'enter', 'another one now', 'enter', 'another one now', 'enter', 'y', 'y');
	await idle(terminal);
	assert.match(terminal.screen(), /Drop another way in\?/);
	assert.deepEqual([await opens(place, next), await opens(place, 'of somebody else')], [true, true]);
	await terminal.press('n');
	assert.match(terminal.screen(), /Nothing was changed: a new passphrase drops the other ways in\./);
	await terminal.press('enter');
	await idle(terminal);
	await terminal.press('y');
	await idle(terminal);
	assert.deepEqual(await Promise.all([next, 'of somebody else', 'another one now'].map(each => opens(place, each))), [
		false,
		false,
		true,
	]);
});

test('a recovery key is taken for the current passphrase, pasted too', async context => {
	const {place, terminal, vault} = await opened(context);
	const words = await newRecoveryKey();
	await vault.addSlot(recoverySlot(words));
	await terminal.press(',', 'p');
	await terminal.paste(words.reveal());
	await terminal.press('enter');
	await idle(terminal);
	await terminal.paste(next);
	await terminal.press('enter');
	await terminal.paste(next);
	await terminal.press('enter');
	assert.match(terminal.screen(), /\(a passphrase\) opens\s/);
	await terminal.press('y');
	assert.match(terminal.screen(), /\(a recovery key\) opens\s/);
	await terminal.press('y');
	await idle(terminal);
	assert.match(terminal.screen(), /New recovery key: `pharmer slots add recovery`/);
	assert.deepEqual(
		[await opens(place, passphrase), await opens(place, words), await opens(place, next)],
		[false, false, true],
	);
});

test('a lock after it is opened by the new passphrase, and brings the draft back', async context => {
	const {terminal} = await opened(context);
	await terminal.press(',', 'p', passphrase, 'enter', next, 'enter', next, 'enter');
	await idle(terminal);
	await terminal.press('esc', 'e', 'down', 'down', 'down', 'eu-west-9', 'ctrl+x', next, 'enter');
	await idle(terminal);
	assert.match(terminal.screen(), /Your draft is as you left it/);
});

test('whoever asked to leave while the current passphrase was checked leaves, also when it was wrong', async context => {
	const {terminal} = await opened(context);
	await terminal.burst(',', 'p', 'a wrong one', 'enter', 'and more', 'ctrl+c');
	await idle(terminal);
	assert.notEqual(terminal.outcome(), undefined);
});
