import assert from 'node:assert/strict';
import {test} from 'node:test';
import {memoryVaultPlace} from '../../../source/vault/memory-vault.js';
import type {VaultPlace} from '../../../source/vault/vault.js';
import {storedCredential} from '../../helpers/credentials.js';
import {openedApp, played} from '../../helpers/played.js';
import {openTerminal, type TerminalOptions} from '../../helpers/terminal.js';

const [mine, theirs] = ['the passphrase of mine', 'the passphrase of work'];
const at = (place: VaultPlace, path: string): VaultPlace => ({...place, path});

/** The app on a vault `default` beside `work`, which has another passphrase, and `new`, which is not there. */
const opened = async (more: Partial<TerminalOptions> = {}) => {
	const credentials = [storedCredential('aws-mine'), storedCredential('dns-mine')];
	const work = memoryVaultPlace({credentials: [storedCredential('aws-work')], trash: []}, theirs);
	const terminal = await openTerminal({
		place: at(memoryVaultPlace({credentials, trash: []}, mine), '/v/default.json'),
		vaultName: 'default',
		others: {work: at(work, '/v/work.json'), new: at(memoryVaultPlace(), '/v/new.json')},
		...more,
	});
	await terminal.play(mine, 'enter');
	return terminal;
};

test('@ goes to another vault by its passphrase, and the title says which is open', async () => {
	const terminal = await opened();
	assert.match(terminal.screen(), /^ pharmer @default /);
	await terminal.play('@', 'enter');
	assert.match(terminal.screen(), /pharmer @work › locked[\s\S]*\/v\/work\.json/);
	assert.doesNotMatch(terminal.screen(), /mine/);
	await terminal.play(mine, 'enter');
	assert.match(terminal.screen(), /Wrong passphrase/);
	await terminal.play(theirs, 'enter');
	assert.match(terminal.screen(), /pharmer @work[\s\S]*aws-work/);
	assert.doesNotMatch(terminal.screen(), /mine/);
	assert.equal(terminal.store.getState().vault, 'work', 'what is copied as a command line names it');
});

test('the vault that was left comes back with its place, its filter and its undo', async () => {
	const terminal = await opened();
	await terminal.play('d', 'y', '/', 'dns', 'enter', '@', 'enter', theirs, 'enter');
	assert.doesNotMatch(terminal.screen(), /mine|dns/);
	await terminal.play('z');
	assert.match(terminal.screen(), /[Nn]othing/, 'nothing of the one is undone in the other');
	await terminal.play('@', 'def', 'enter', mine, 'enter');
	assert.match(terminal.screen(), /pharmer @default[\s\S]*dns-mine/);
	await terminal.play('esc', 'z');
	assert.match(terminal.screen(), /aws-mine/);
});

test('a vault that is not there yet is made', async () => {
	const terminal = await opened();
	await terminal.play('@', 'new', 'enter');
	assert.match(terminal.screen(), /pharmer @new › welcome[\s\S]*\/v\/new\.json/);
	await terminal.play('correct horse battery', 'enter', 'correct horse battery', 'enter');
	assert.match(terminal.screen(), /pharmer @new +0 credentials/);
});

test('one can change one’s mind at a vault that is locked, and at one that is not there', async () => {
	const terminal = await opened();
	await terminal.play('@', 'esc');
	assert.match(terminal.screen(), /aws-mine/);
	await terminal.play('@', 'default', 'enter');
	assert.match(terminal.screen(), /aws-mine/);
	for (const name of ['work', 'new']) {
		await terminal.play('@', name, 'enter');
		assert.match(terminal.screen(), /ctrl\+n other vault/);
		await terminal.play('ctrl+n', 'esc', 'ctrl+n', 'default', 'enter', mine, 'enter');
		assert.match(terminal.screen(), /aws-mine/);
	}
});

test('esc goes back to the vault that was open, and leaves only from there', async () => {
	const terminal = await opened();
	for (const name of ['work', 'new']) {
		await terminal.play('/', 'dns', 'enter', '@', name, 'enter');
		assert.match(terminal.screen(), /esc back/);
		assert.doesNotMatch(terminal.screen(), /esc quit/);
		await terminal.play('esc');
		assert.match(terminal.screen(), /pharmer @default › locked[\s\S]*esc quit/);
		await terminal.play(mine, 'enter');
		assert.match(terminal.screen(), /pharmer @default[\s\S]*dns-mine/, 'as it was left');
		assert.doesNotMatch(terminal.screen(), /aws-mine/);
		await terminal.play('esc');
	}
	await terminal.play('@', 'work', 'enter', 'ctrl+n', 'new', 'enter', 'esc');
	assert.match(terminal.screen(), /pharmer @default › locked/, 'also from the second one');
	await terminal.play(mine, 'enter', '@', 'work', 'enter', theirs, 'enter', 'ctrl+x');
	assert.match(terminal.screen(), /pharmer @work › locked[\s\S]*esc quit/, 'one that was open is no way to another');
});

test('a draft that a lock has sealed waits for its own vault, and is not lost in silence', async () => {
	const terminal = await opened();
	await terminal.play('e', 'x');
	await terminal.pass(6 * 60_000);
	await terminal.play('ctrl+n', 'work', 'enter');
	assert.match(terminal.screen(), /Your draft is kept/);
	await terminal.play('esc');
	assert.match(terminal.screen(), /Your draft is lost when you leave now/);
	await terminal.play(theirs, 'enter');
	assert.match(terminal.screen(), /This is another vault: your draft stays/);
	await terminal.play('@', 'default', 'enter', mine, 'enter');
	assert.match(terminal.screen(), /edit[\s\S]*changed|dirty|x/);
	assert.equal(terminal.store.getState().screen.kind, 'edit');
});

test('a vault that can not be looked for leaves the one that is open as it is', async () => {
	const gone: TerminalOptions['others'] = {};
	const terminal = await opened({others: gone});
	await terminal.play('@');
	terminal.store.dispatch({type: 'vaults-listed', vaults: [{name: 'gone', path: '/v/gone.json', state: 'locked'}]});
	await terminal.play('enter');
	assert.match(terminal.screen(), /there is no such vault/);
	await terminal.play('esc');
	assert.match(terminal.screen(), /aws-mine/);
});

test('a vault that no passphrase opens says why, and another one can be chosen', async () => {
	const {PharmerError} = await import('../../../source/domain/errors.js');
	const damaged = (): never => {
		throw new PharmerError('damaged', 'the vault is damaged');
	};
	const work = {...at(memoryVaultPlace({credentials: [], trash: []}, theirs), '/v/work.json'), inspect: damaged};
	const terminal = await opened({others: {work}});
	await terminal.play('@', 'enter');
	assert.match(terminal.screen(), /The vault is damaged/);
	await terminal.play('ctrl+n', 'default', 'enter', mine, 'enter');
	assert.match(terminal.screen(), /aws-mine/);
});

test('the demo has no other vault, and says so', () => {
	const state = played(openedApp({demo: true}), '@');
	assert.equal(state.screen.kind, 'list');
	assert.match(state.message?.text ?? '', /demo has one vault/);
});

test('a screen reader is told the vaults, and which is chosen', async () => {
	const terminal = await opened({linear: true});
	await terminal.play('@');
	assert.match(terminal.screen(), /Vaults: type a part of a name[\s\S]*work, locked, 2 of 3/);
	await terminal.play('down');
	assert.match(terminal.screen(), /new, not there yet, 3 of 3/);
});
