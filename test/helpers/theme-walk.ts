import assert from 'node:assert/strict';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import {secretKey, storedCredential} from './credentials.js';
import {openTerminal, type TerminalOptions, type TestTerminal} from './terminal.js';

/**
 * Every kind of screen there is, one after the other: a text that only it has, and the keys to it from the one
 * before.
 */
const steps: readonly (readonly [shows: string, ...keys: string[]])[] = [
	['The vault is locked'],
	['Wrong passphrase', 'wrong', 'enter'],
	['❯ prod-0', 'open sesame', 'enter'],
	['❯ stage-0', 'j', 'j'],
	['/ name, tag:x', '/'],
	['/ pro', 'p', 'r', 'o'],
	['2 of 4', 'enter'],
	['Nothing matches', '/', 'x', 'q', 'enter'],
	['prod-0', 'esc', 'g', 'enter'],
	[secretKey, 'r'],
	['prod-0 · editing', 'e'],
	['typing or pasting replaces', 'down'],
	[secretKey.slice(-18), 'ctrl+r'],
	['1 changed', 'x'],
	['Region', 'down', 'down'],
	['Discard the draft?', 'esc'],
	['Keys and commands', 'y', 'esc', '?'],
	['Keys and commands', 'down', 'down'],
	[': de', 'd', 'e'],
	['y delete', 'esc', 'esc', 'd'],
	['in 2 days', 'y'],
	['enter purge (not yet)', 'T', 'd'],
	['enter delete  ', 'prod-0'],
	['in 2 days', 'esc', 'esc'],
	['Which provider is it for?', 'n'],
	['✓ one is free', 'enter', 'one'],
	['Where do its values come from?', 'enter'],
	['Access key ID', 'enter', 'AKIAQ4J5K6L7M2N3P4Q5'],
	['3 typed', 'enter', 'abc'],
	['40 characters', 'enter'],
	['Make a dedicated IAM user', 'ctrl+g'],
];

/** Walks through the app in a theme and calls `look` at every screen. */
export async function walkThrough(
	options: Omit<TerminalOptions, 'place'>,
	look: (terminal: TestTerminal, where: string) => void,
): Promise<void> {
	const credentials = ['prod-0', 'prod-1', 'stage-0', 'stage-1'].map((name, index) =>
		storedCredential(name, index === 1 ? {expires: '2026-11-26'} : {note: 'the key of 倉庫, '.repeat(8)}),
	);
	const first = await openTerminal({...options, place: memoryVaultPlace()});
	look(first, 'first run');
	await first.press('short');
	look(first, 'first run, weak passphrase');
	first.close();
	const terminal = await openTerminal({...options, place: memoryVaultPlace({credentials, trash: []}, 'open sesame')});
	for (const [index, [shows, ...keys]] of steps.entries()) {
		await terminal.play(...keys);
		const where = `screen ${index + 1}, ${shows}`;
		assert.ok(terminal.screen().includes(shows), `${where}\n${terminal.screen()}`);
		look(terminal, where);
	}
	await terminal.resize(30, 8);
	look(terminal, 'window too small');
	await terminal.resize(101, 31);
	look(terminal, 'window large again');
	terminal.close();
}
