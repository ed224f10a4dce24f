import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import {keyId, secretKey, storedCredential} from '../helpers/credentials.js';
import {openTerminal, type TerminalOptions} from '../helpers/terminal.js';

/** The wizard over a vault with these credentials, at the review of a new key that was typed. */
async function open(context: TestContext, names: readonly string[] = [], options: Partial<TerminalOptions> = {}) {
	const place = memoryVaultPlace({credentials: names.map(name => storedCredential(name)), trash: []}, 'open sesame');
	const terminal = await openTerminal({place, ...options});
	context.after(() => terminal.close());
	await terminal.press('open sesame', 'enter', 'n', 'enter', 'new', 'enter', 'enter', keyId, 'enter');
	await terminal.press(secretKey, 'enter', 'enter');
	assert.match(terminal.screen(), /● review/);
	const made = async () =>
		(await (await place.unlock(new Secret('open sesame'))).read()).credentials.find(({name}) => !names.includes(name));
	return {terminal, made};
}

test('labels, expiry, note and any field are set in the review, and saved at once', async context => {
	const {terminal, made} = await open(context);
	await terminal.press('env=prod', 'tab', '+90');
	assert.match(terminal.screen(), /that is 2027-02-22/);
	await terminal.press('tab', 'from the console', 'enter', 'second line', 'shift+tab');
	await terminal.press('up', 'up', 'ctrl+u', 'renamed', 'up', 'up', 'eu-west-1', 'enter');
	assert.match(terminal.screen(), /renamed is in the vault/);
	const credential = await made();
	assert.deepEqual(
		[credential?.name, [...(credential?.labels ?? [])], credential?.expires, credential?.note],
		['renamed', [['env', 'prod']], '2027-02-22', 'from the console\nsecond line'],
	);
	assert.equal(credential?.data.get('region')?.reveal(), 'eu-west-1');
});

test('a field that does not fit stops the save at its row', async context => {
	const {terminal, made} = await open(context, ['taken']);
	await terminal.press('no label', 'enter');
	assert.match(terminal.screen(), /❯ {2}labels +no label[\s\S]*✖ .*label/);
	await terminal.press('ctrl+u', 'up', 'ctrl+u', 'taken', 'tab', 'enter');
	assert.match(terminal.screen(), /❯ {2}name +taken[\s\S]*✖ taken exists already/);
	assert.equal(await made(), undefined);
});

test('going back from the review and forward again keeps what was set in it', async context => {
	const {terminal, made} = await open(context);
	await terminal.press('env=prod', 'up', 's', 'esc');
	assert.match(terminal.screen(), /● fields/);
	assert.match(terminal.screen(), /esc again leaves/);
	await terminal.press('enter');
	assert.match(terminal.screen(), /name +news[\s\S]*labels +env=prod/);
	await terminal.press('up', 'ctrl+u', 'no name', 'shift+tab', 'esc', 'enter');
	assert.match(terminal.screen(), /What is it called\?[\s\S]*✖ a name /, 'the review needs a name');
	await terminal.press('ctrl+u', 'again', 'enter', 'enter', 'enter', 'enter', 'enter', 'enter');
	const credential = await made();
	assert.deepEqual([credential?.name, credential?.labels.get('env')], ['again', 'prod']);
});

test('the guide opens over the review, and closing it returns there', async context => {
	const {terminal} = await open(context);
	await terminal.press('env=prod', 'ctrl+g');
	assert.match(terminal.screen(), /aws iam/);
	await terminal.press('esc');
	assert.match(terminal.screen(), /● review[\s\S]*labels +env=prod/);
});

test('a new credential is edited as YAML before it is saved, and the list waits behind it', async context => {
	const {terminal, made} = await open(context, ['other'], {columns: 140, rows: 40});
	assert.doesNotMatch(terminal.screen(), /Credentials 1/);
	await terminal.press('ctrl+y');
	assert.match(terminal.screen(), /─ new · YAML · line 1, column 1 ─[\s\S]*name: new/);
	await terminal.press('ctrl+s');
	assert.match(terminal.screen(), /! other has the same secret; ctrl\+s again to keep both/);
	await terminal.press('ctrl+s');
	assert.match(terminal.screen(), /new is in the vault/);
	assert.equal((await made())?.data.get('secretAccessKey')?.reveal(), secretKey);
});

test('esc twice leaves the wizard after one question, which esc takes back', async context => {
	const {terminal} = await open(context);
	await terminal.press('esc', 'esc');
	assert.match(terminal.screen(), /Discard the draft\?[\s\S]*for the new credential will be/);
	await terminal.press('esc');
	assert.match(terminal.screen(), /● fields/);
	await terminal.press('esc');
	await terminal.pass(2001);
	await terminal.press('esc');
	assert.doesNotMatch(terminal.screen(), /Discard/, 'without the hint esc goes back');
	await terminal.press('esc', 'y');
	assert.match(terminal.screen(), /No credentials yet/);
});

test('esc twice at the review leaves it, and a key between them does not', async context => {
	const {terminal} = await open(context);
	await terminal.press('esc', 'enter', 'esc');
	assert.match(terminal.screen(), /● fields/);
	await terminal.press('esc', 'enter');
	assert.match(terminal.screen(), /● fields/, 'enter keeps the draft');
});
