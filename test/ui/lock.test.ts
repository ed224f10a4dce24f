import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {replaceCredential} from '../../source/vault/operations.js';
import {keyId, secretKey} from '../helpers/credentials.js';
import {fakeAgent} from '../helpers/fake-agent.js';
import {contentOf, namesIn, openApp, passphrase} from '../helpers/opened.js';
import {changePassphrase} from '../helpers/vault-samples.js';

/** Every text and every secret in a value, however deep. */
function textsIn(value: unknown, seen = new Set<unknown>()): readonly string[] {
	if (typeof value === 'string') return [value];
	if (value instanceof Secret) return [value.reveal()];
	if (typeof value !== 'object' || value === null || seen.has(value)) return [];
	seen.add(value);
	const parts = value instanceof Map ? [...value].flat() : value instanceof Set ? [...value] : Object.values(value);
	const texts = parts.flatMap(part => textsIn(part, seen));
	// What is typed is kept as a list of characters.
	return Array.isArray(value) && value.every(part => typeof part === 'string') ? [...texts, value.join('')] : texts;
}

test('the vault locks after five minutes without a key, with a countdown before', async context => {
	const {terminal} = await openApp(context, ['prod']);
	await terminal.press('r');
	await terminal.pass(4 * 60_000 + 29_000);
	assert.doesNotMatch(terminal.screen(), /locks in/);
	await terminal.pass(11_000);
	assert.match(terminal.lines()[0] ?? '', /locks in 20 s/);
	await terminal.press('j');
	assert.doesNotMatch(terminal.lines()[0] ?? '', /locks in/);
	await terminal.pass(5 * 60_000);
	assert.match(terminal.screen(), /The vault is locked/);
	assert.doesNotMatch(terminal.screen(), /prod/);
});

test('a key after the machine has slept past the lock time only locks the vault', async context => {
	const {place, terminal} = await openApp(context, ['prod']);
	await terminal.press('d');
	terminal.sleep(60 * 60_000);
	await terminal.press('y');
	assert.match(terminal.screen(), /The vault is locked/);
	assert.deepEqual(await namesIn(place), ['prod']);
	assert.deepEqual(terminal.store.getState().screen.kind, 'unlock');
});

test('the state of a locked vault holds neither its content nor typed text', async context => {
	const {terminal} = await openApp(context, ['prod', 'other']);
	await terminal.press('d', 'y', '/', 'prod', 'enter', 'y', 'e', 'down', 'new-secret-value', 'ctrl+r');
	await terminal.press('ctrl+x');
	const texts = textsIn(terminal.store.getState());
	for (const hidden of [secretKey, keyId, 'prod', 'other', 'new-secret-value']) {
		assert.deepEqual(
			// Which credential was selected is no secret: its id is a random number.
			texts.filter(text => text.includes(hidden) && !text.startsWith('id-of-')),
			[],
			hidden,
		);
	}
	assert.equal(terminal.clipboard(), '', 'the clipboard is cleared');
	assert.match(terminal.screen(), /Your draft is kept, encrypted\./);
});

test('a draft is said to be lost when the vault got a new key while it was locked', async context => {
	const {place, terminal} = await openApp(context, ['prod']);
	await terminal.press('e', 'down', 'down', 'down', 'eu-west-9', 'ctrl+x');
	await changePassphrase(await place.unlock(new Secret(passphrase)), 'a new one');
	await terminal.press('a new one', 'enter');
	// The key is derived beside the screen.
	while (terminal.store.getState().screen.kind === 'unlock') await new Promise(resolve => setImmediate(resolve));
	assert.equal(terminal.store.getState().message?.text, 'Your draft is lost: the vault has got a new key.');
	await terminal.press('up');
	assert.match(terminal.screen(), /Credentials 1/);
});

test('the draft, its screen, the marks and the undo history survive a lock', async context => {
	const {place, terminal} = await openApp(context, ['one', 'prod', 'two']);
	await terminal.press('d', 'y', 'j', ' ', 'k', 'e', 'down', 'down', 'down', 'eu-west-9');
	await terminal.press('ctrl+x', 'wrong', 'enter');
	assert.match(terminal.screen(), /Wrong passphrase/);
	await terminal.press(passphrase, 'enter');
	assert.match(terminal.screen(), /prod · editing · 1 changed/);
	assert.match(terminal.screen(), /Your draft is as you left it/);
	assert.match(terminal.screen(), /eu-west-9/);
	await terminal.press('ctrl+s');
	assert.equal((await contentOf(place)).credentials[0]?.data.get('region')?.reveal(), 'eu-west-9');
	assert.match(terminal.screen(), /1 marked/);
	await terminal.press('z', 'z');
	assert.deepEqual([...(await namesIn(place))].sort(), ['one', 'prod', 'two']);
});

test('the wizard survives a lock with its answers, secrets masked', async context => {
	const {terminal} = await openApp(context, []);
	await terminal.press('n', 'enter', 'prod', 'enter', 'enter', keyId, 'enter', secretKey, 'ctrl+r');
	assert.ok(terminal.screen().includes(secretKey));
	await terminal.pass(5 * 60_000);
	await terminal.press(passphrase, 'enter');
	assert.ok(!terminal.screen().includes(secretKey));
	await terminal.press('enter', 'enter', 'enter');
	assert.match(terminal.screen(), /prod is in the vault/);
});

test('a change by somebody else during a lock leads to a conflict', async context => {
	const {place, terminal} = await openApp(context, ['prod']);
	await terminal.press('e', 'down', 'down', 'down', 'eu-west-9', 'ctrl+x');
	const other = await place.unlock(new Secret(passphrase));
	await other.change(now => {
		const [basis] = now.credentials;
		assert.ok(basis);
		return replaceCredential(now, basis, {...basis, note: 'theirs'}, new Date());
	});
	await terminal.press(passphrase, 'enter', 'ctrl+s');
	assert.match(terminal.screen(), /prod was changed meanwhile/);
	assert.match(terminal.screen(), /note +not changed +theirs/);
});

test('ctrl+z locks the vault before the shell has the terminal', async context => {
	const {terminal} = await openApp(context, ['prod']);
	let screen = '';
	terminal.onSuspend(() => {
		screen = terminal.store.getState().screen.kind;
	});
	await terminal.press('r', 'ctrl+z');
	assert.equal(screen, 'unlock');
	assert.equal(terminal.store.getState().credentials.length, 0);
});

test('quitting a locked vault warns once when a draft would be lost', async context => {
	const {terminal} = await openApp(context, ['prod']);
	await terminal.press('e', 'x', 'ctrl+x', 'esc');
	assert.match(terminal.screen(), /Your draft is lost when you leave now/);
	await terminal.press('o');
	assert.equal(terminal.outcome(), undefined);
	await terminal.press('ctrl+c', 'ctrl+c');
	assert.deepEqual(terminal.outcome(), {kind: 'quit'});
});

test('the warning that a draft would be lost is given again once it is no longer shown', async context => {
	const {terminal} = await openApp(context, ['prod']);
	await terminal.press('e', 'x', 'ctrl+x');
	const away = [
		() => terminal.pass(10_000),
		() => terminal.store.dispatch({type: 'mouse', action: {kind: 'wheel-up', column: 5, row: 5}}),
		() => terminal.store.dispatch({type: 'mouse', action: {kind: 'click', column: 1, row: 1}}),
	];
	for (const look of away) {
		await terminal.press('ctrl+c');
		assert.match(terminal.screen(), /Your draft is lost when you leave now/);
		await look();
		await terminal.settle();
		assert.doesNotMatch(terminal.screen(), /Your draft is lost/);
	}
	await terminal.press('ctrl+c');
	assert.match(terminal.screen(), /Your draft is lost when you leave now/);
	assert.equal(terminal.outcome(), undefined);
});

test('the palette locks the vault, and a setting gives the minutes until the lock', async context => {
	const {terminal} = await openApp(context, ['prod'], {settings: {lockMinutes: 1}});
	await terminal.press(':', 'lock', 'enter');
	assert.match(terminal.screen(), /The vault is locked/);
	await terminal.press(passphrase, 'enter');
	await terminal.pass(60_000);
	assert.match(terminal.screen(), /The vault is locked/);
});

test('ctrl+x locks for commands too, also where this screen is locked already, and says so', async context => {
	const agent = fakeAgent();
	const {terminal} = await openApp(context, ['prod'], {agent});
	const held = {path: '/vault.json', id: 'id', total: 60};
	await agent.hold(held, Buffer.alloc(32));
	await terminal.press('ctrl+x');
	assert.equal(agent.held, undefined);
	assert.match(terminal.screen(), /The vault is locked/);
	assert.match(terminal.screen(), /It is locked for commands, too\./);
	await terminal.press('ctrl+x');
	assert.match(terminal.screen(), /Nothing was unlocked for commands\./);
	await agent.hold(held, Buffer.alloc(32));
	await terminal.press('sesame', 'ctrl+x');
	assert.equal(agent.held, undefined);
	assert.match(terminal.screen(), /It is locked for commands, too\./);
	await terminal.press('ctrl+c');
});

test('ctrl+x says that an agent is silent, and what can be done', async context => {
	const {terminal} = await openApp(context, ['prod'], {agent: {...fakeAgent(), end: async () => 'silent'}});
	await terminal.press('ctrl+x');
	assert.match(terminal.screen(), /The agent does not answer and may hold keys: end `agent.mjs` yourself/);
});
