import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {PharmerError} from '../../source/domain/errors.js';
import type {Exposure} from '../../source/domain/exposure.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import type {VaultPlace} from '../../source/vault/vault.js';
import {storedCredential} from '../helpers/credentials.js';
import {openTerminal, type TerminalOptions} from '../helpers/terminal.js';

const passphrase = 'correct horse battery staple';
const directory = {path: '/home/me/d', what: 'directory', others: 'write in', remedy: 'chmod go-w'} as const;
const file = {path: '/home/me/d/v', what: 'file', others: 'read', remedy: 'chmod go-rwx'} as const;
const foreign = {path: '/srv', what: 'directory', others: 'write in'} as const;

/** A vault that others can get at until that is ended. */
function exposed(exposures: readonly Exposure[], protect?: VaultPlace['protect']) {
	let left = exposures;
	const place: VaultPlace = {
		...memoryVaultPlace({credentials: [storedCredential('prod')], trash: []}, passphrase),
		exposures: () => left,
		protect(exposure) {
			protect?.(exposure);
			left = left.filter(each => each !== exposure || each.remedy === undefined);
		},
	};
	return {place, left: () => left};
}

async function open(context: TestContext, place: VaultPlace, options: Partial<TerminalOptions> = {}) {
	const terminal = await openTerminal({...options, place});
	context.after(() => terminal.close());
	return terminal;
}

test('the unlock screen warns about access by others, and ctrl+g keeps them out', async context => {
	const {place, left} = exposed([directory, file]);
	const terminal = await open(context, place);
	assert.match(terminal.screen(), /Others can write in its directory, and read it\./);
	assert.match(terminal.lines().at(-1) ?? '', /ctrl\+g keep others out/);
	await terminal.press(...passphrase.slice(0, 7), 'ctrl+g');
	assert.deepEqual(left(), []);
	assert.match(terminal.screen(), /Nobody else can get at the vault now\./);
	assert.doesNotMatch(terminal.screen(), /Others can|ctrl\+g/);
	await terminal.press(passphrase.slice(7), 'enter');
	assert.match(terminal.screen(), /prod/);
});

test('ctrl+g changes nothing where only moving the vault helps, and the screen says so', async context => {
	const {place, left} = exposed([foreign]);
	const terminal = await open(context, place);
	assert.match(terminal.screen(), /Others can write in its directory\.\s[\s\S]*Move it to a directory of yours\./);
	assert.doesNotMatch(terminal.screen(), /ctrl\+g/);
	await terminal.press('ctrl+g');
	assert.match(terminal.screen(), /Only moving the vault/);
	assert.deepEqual(left(), [foreign]);
});

test('the warning stays when ctrl+g fails, and the vault can still be unlocked', async context => {
	const {place} = exposed([directory], () => {
		throw new PharmerError('file', "can't change the mode of `/home/me/d`: permission denied");
	});
	const terminal = await open(context, place);
	await terminal.press('ctrl+g');
	assert.match(terminal.screen(), /can't change the mode of/);
	assert.match(terminal.screen(), /Others can write in its directory/);
	await terminal.press(passphrase, 'enter');
	assert.match(terminal.screen(), /prod/);
	await terminal.press('ctrl+x');
	assert.match(terminal.screen(), /Others can write in its directory/);
});

test('a private vault shows no warning', async context => {
	const terminal = await open(context, exposed([]).place);
	assert.doesNotMatch(terminal.screen(), /Others|ctrl\+g/);
	await terminal.press('ctrl+g');
	assert.match(terminal.screen(), /Nobody else can get at the vault\./);
});

for (const [columns, rows] of [
	[40, 12],
	[60, 20],
	[200, 60],
] as const) {
	test(`the warning, the passphrase field and its problem fit a window of ${columns}×${rows}`, async context => {
		const terminal = await open(context, exposed([directory, file]).place, {columns, rows});
		await terminal.press('wrong', 'enter');
		const text = terminal.screen().replace(/[│┃|\s]+/g, ' ');
		assert.match(text, /Others can write in its directory, and read it\. ctrl\+g keeps them out\./);
		assert.match(text, /Passphrase/);
		assert.match(text, /Wrong passphrase\./);
	});
}

test('a screen reader hears the warning, the key and the result', async context => {
	const terminal = await open(context, exposed([directory]).place, {linear: true, columns: 200});
	const heard = () => terminal.kept().join('\n');
	assert.match(
		heard(),
		/Others can write in its directory\.\nctrl\+g keeps them out\.\nkeys: .*ctrl\+g keep others out/,
	);
	await terminal.press('ctrl+g');
	assert.match(heard(), /Nobody else can get at the vault now\./);
});
