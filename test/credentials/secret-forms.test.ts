import assert from 'node:assert/strict';
import {test} from 'node:test';
import {secretForms} from '../../source/credentials/secret-forms.js';
import {Secret} from '../../source/domain/secret.js';
import {BytePatterns} from '../../source/text/byte-patterns.js';
import {Masking} from '../../source/text/masking.js';
import {keyId, secretKey, storedCredential} from '../helpers/credentials.js';
import {samplesOf} from '../helpers/samples.js';

const generic = (name: string, data: Readonly<Record<string, string>>) =>
	storedCredential(name, {
		provider: 'generic',
		data: new Map(Object.entries(data).map(([key, value]) => [key, new Secret(value)])),
	});

type Stored = ReturnType<typeof storedCredential>;

const patternsOf = (credential: Stored): BytePatterns => new BytePatterns(secretForms([credential]).forms);

/** What is left of a text once the secrets of a credential are masked. */
function masked(credential: Stored, text: string, patterns = patternsOf(credential)): string {
	const masking = new Masking(patterns, '*');
	return Buffer.concat([masking.push(Buffer.from(text)), masking.end()]).toString();
}

const odd = `it's "a" $x/\\+<b>&\n100 % ~ 漢é`;

test('a secret is masked as it is, and a public field is not', () => {
	assert.equal(masked(storedCredential('a'), `${keyId} ${secretKey}!`), `${keyId} *!`);
	assert.equal(masked(generic('a', {VALUE: odd}), `[${odd}]`), '[*]');
	assert.equal(masked(generic('a', {VALUE: 'with a line feed\n'}), 'with a line feed\n'), '*\n');
});

test('a secret is masked as every JSON writer and every encoder of URLs writes it', () => {
	const credential = generic('a', {VALUE: odd});
	const json = JSON.stringify(odd).slice(1, -1);
	const form = new URLSearchParams({'': odd}).toString().slice(1);
	for (const text of [
		json,
		json.replaceAll('/', '\\/'),
		json.replaceAll('漢', '\\u6f22').replaceAll('é', '\\u00e9'),
		json.replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026'),
		encodeURIComponent(odd),
		encodeURIComponent(odd).replaceAll("'", '%27'),
		encodeURIComponent(odd).toLowerCase(),
		form,
		form.replaceAll('+', '%20'),
	]) {
		assert.equal(masked(credential, `"${text}"`), '"*"', text);
	}
});

test('a secret is masked in base64 and base64url wherever it begins in what is encoded', () => {
	for (const value of [secretKey, odd, '12345678', '\u00ff\u00fe>>>???~~~', 'x'.repeat(100_000)]) {
		const credential = generic('a', {VALUE: value});
		const patterns = patternsOf(credential);
		for (const before of ['', 'a', 'ab', 'abc', 'user:']) {
			for (const after of ['', '1', '12', '\n']) {
				for (const kind of ['base64', 'base64url'] as const) {
					const text = Buffer.from(before + value + after).toString(kind);
					const left = masked(credential, text, patterns);
					assert.match(left, /^[\w/+-]*\*[\w/+=-]*$/, text.slice(0, 100));
					// What is left are the bytes before and behind it, and the characters they share with it.
					const most = Math.ceil((before.length * 8) / 6) + Math.ceil(((after.length + 1) * 8) / 6) + 3;
					assert.ok(left.length <= most, `${left} of ${JSON.stringify(before)} and ${JSON.stringify(after)}`);
				}
			}
		}
	}
});

test('each line of 16 bytes or more is masked by itself', () => {
	const lines = ['first line of it!', 'exactly 16 bytes', '15 bytes longer', 'x', 'the last of the lines'];
	const credential = generic('a', {VALUE: `${lines.join('\r\n')}\n`});
	assert.equal(masked(credential, lines.join(', ')), '*, *, 15 bytes longer, x, *');
	assert.equal(masked(credential, lines.join('\r\n')), '*');
});

test('the lines of the private key of a service account are masked, though it is one line of JSON there', () => {
	const [account] = samplesOf('gce');
	const text = account?.serviceAccount ?? '';
	const {private_key: key = ''} = JSON.parse(text) as {private_key?: string};
	const credential = storedCredential('a', {provider: 'gce', data: new Map([['serviceAccount', new Secret(text)]])});
	assert.match(key, /\n/);
	for (const line of key.split('\n').filter(each => each.length >= 16)) assert.equal(masked(credential, line), '*');
});

test('secrets of less than 8 bytes are named, and not looked for', () => {
	const {forms, tooShort} = secretForms([
		generic('door', {PIN: '1234567', CODE: '12345678', NONE: '', BLANK: '  x  '}),
	]);
	assert.deepEqual(tooShort, [{name: 'door', fields: ['PIN', 'BLANK']}]);
	assert.ok(forms.every(form => form.length >= 8));
	assert.equal(masked(generic('door', {PIN: 'é漢字'}), 'é漢字'), '*', 'eight bytes, three characters');
	assert.equal(masked(generic('blank', {VALUE: ' x       '}), 'x marks the place'), 'x marks the place');
});
