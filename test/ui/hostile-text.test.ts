import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Name} from '../../source/domain/name.js';
import {Secret} from '../../source/domain/secret.js';
import '../helpers/long.js';
import {keyId, secretKey, storedCredential} from '../helpers/credentials.js';
import {openApp} from '../helpers/opened.js';

const hostile: Readonly<Record<string, string>> = {
	'a title': '\u001b]0;owned\u0007x',
	'the clipboard': '\u001b]52;c;b3duZWQ=\u0007x',
	'a link': '\u001b]8;;http://evil.example\u0007click\u001b]8;;\u0007',
	'a cleared screen': '\u001b[2J\u001b[Hx',
	'C1 controls': '\u009b2J\u009d0;owned\u009cx',
	'a device query': '\u001b[c\u001b[6n\u001bP$q"p\u001b\\x',
	'bidirectional text': 'safe\u202Egnp.exe\u2066x\u2069',
	'zero width': 'a\u200Bb\u200Dc\uFEFFd\u2060e',
	tags: 'x\u{E0041}\u{E0042}',
	'lone surrogates': 'x\uD800y',
	'ten thousand columns': 'x'.repeat(10_000),
	'wide and joined': '漢字👩‍👩‍👧🇩🇪e\u0301',
	'line ends': 'a\r\nb\u2028c\u2029d\u0085e\u000bf',
};

/** A machine with that text as the name of a profile, of a cluster of clouds, and of a file. */
function machineWith(text: string): Readonly<Record<string, string>> {
	const fields = {accessKeyID: keyId, secretAccessKey: secretKey};
	return {
		'/home/me/.civo.json': JSON.stringify({apikeys: {[text]: `${secretKey}0123456789`}, meta: {current_apikey: text}}),
		'/home/me/.aws/credentials': `[${text}]\naws_access_key_id = ${keyId}\naws_secret_access_key = ${secretKey}\n`,
		[`/hostile/${text}.json`]: JSON.stringify(fields),
		[`/hostile/${text}.yaml`]: `${text}: [`,
	};
}

for (const [what, text] of Object.entries(hostile)) {
	test(`the terminal is safe from ${what} in every text of a credential`, async context => {
		const credential = storedCredential('x', {
			id: 'hostile',
			// A vault that somebody else wrote need not keep to the rules for names.
			name: text as Name,
			provider: 'generic',
			data: new Map([[text, new Secret(text)]]),
			labels: new Map([[text, text]]),
			note: text,
		});
		const {terminal} = await openApp(context, [credential, storedCredential('other', {note: text})], {
			columns: 120,
			rows: 30,
			machine: machineWith(text),
		});
		const walk = [
			'r',
			'enter',
			'esc',
			'Y',
			'esc',
			't',
			'esc',
			'd',
			'esc',
			'e',
			'ctrl+r',
			'esc',
			'esc',
			'H',
			'esc',
			'/',
		];
		for (const key of walk) await terminal.press(key);
		await terminal.paste(text);
		await terminal.press('esc', 'n', 'enter');
		await terminal.paste(text);
		await terminal.press('esc', 'esc', 'esc', 'y', 'e', 'up');
		await terminal.paste(text);
		await terminal.press('ctrl+y', 'esc', 'y', 'esc');
		// As the name of a file that is read, and of one that is written.
		await terminal.press('n', 'enter', 'fresh', 'enter', 'down', 'down', 'enter');
		assert.match(terminal.screen(), /Which file\?/);
		await terminal.paste(text);
		await terminal.press('enter', 'esc', 'esc', 'y', 'x');
		assert.match(terminal.screen(), /Write to which new file/);
		await terminal.paste(text);
		await terminal.press('enter');
		await terminal.press('esc', 'U', 'down', 'esc', 'i', 'down', 'down', 'g', 'R');
		// One that can't be kept is given no name.
		if (/be called\?/.test(terminal.screen())) await terminal.press('esc');
		await terminal.press('o');
		assert.match(terminal.screen(), /Which file or directory/);
		await terminal.paste('/hostile');
		await terminal.press('enter', 'R', 'esc', 'down', 'down', 'g', 'R', 'esc');
		const written = terminal.written();
		for (const begun of [
			'\u001b]0;',
			'\u001b]52',
			'\u001b]8;;http',
			'\u001b[c',
			'\u001b[6n',
			'\u001bP',
			'\u009b',
			'\u009d',
		]) {
			assert.ok(!written.includes(begun), `${what}: ${JSON.stringify(begun)}`);
		}
		const at = written.search(/[\u202A-\u202E\u2066-\u2069\u200B\u2060\uFEFF\u2028\u2029\u0085]/);
		assert.equal(at, -1, `${what}: ${JSON.stringify(written.slice(Math.max(0, at - 80), at + 20))}`);
		for (const line of terminal.lines()) assert.ok([...line].length <= 120);
		assert.equal(terminal.titles().length, 0);
		assert.equal(terminal.outcome(), undefined);
	});
}
