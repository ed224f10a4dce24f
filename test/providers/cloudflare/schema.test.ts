import assert from 'node:assert/strict';
import {test} from 'node:test';
import {isFieldAsked} from '../../../source/credentials/check.js';
import {cloudflare} from '../../../source/providers/cloudflare/schema.js';
import {valuesOf} from '../../../source/providers/data.js';
import {secrets} from '../../documents/samples.js';
import {findingsOf, oddityOf} from '../../helpers/findings.js';

const older = 'invented_token_invented_token_invented_t';
/** Assembled here so that no scanner takes them for real keys. */
const prefixed = (prefix: string): string => [prefix, 'invented'.repeat(5), '00000000'].join('');
const apiKey = 'invented0key0invented0key0invented0ke';
const email = 'someone@example.com';

test('requires an API token, or the global API key with its email address', () => {
	const ways = 'it needs an API token or the global API key with its email address';
	assert.deepEqual(findingsOf(cloudflare, {apiToken: older}), []);
	assert.deepEqual(findingsOf(cloudflare, {apiKey, email}), []);
	assert.deepEqual(findingsOf(cloudflare, {}), [`wrong apiToken: ${ways}`]);
	assert.deepEqual(findingsOf(cloudflare, {apiKey}), [`wrong email: Email address is missing: ${ways}`]);
	assert.match(
		findingsOf(cloudflare, {apiToken: older, apiKey, email}).join(),
		/^odd apiKey: it holds an API token and/,
	);
});

test('does not ask for the global key when there is a token', () => {
	const value = valuesOf(secrets({apiToken: older}));
	const asked = cloudflare.fields.filter(field => isFieldAsked(cloudflare, field, value)).map(({key}) => key);
	assert.deepEqual(asked, ['apiToken', 'accountID']);
});

test('current and older tokens pass, and a value in the wrong field is reported', () => {
	for (const token of [older, prefixed('cfut_'), prefixed('cfat_')]) {
		assert.equal(oddityOf(cloudflare, 'apiToken', token), '');
	}
	assert.equal(oddityOf(cloudflare, 'apiKey', prefixed('cfk_')), '');
	assert.match(oddityOf(cloudflare, 'apiToken', prefixed('cfk_')), /^odd: .*is a global API key/);
	assert.match(oddityOf(cloudflare, 'apiKey', prefixed('cfut_')), /^odd: .*is an API token/);
	assert.match(oddityOf(cloudflare, 'apiToken', older.slice(1)), /^odd: Cloudflare API tokens start with/);
	assert.match(oddityOf(cloudflare, 'apiKey', `${apiKey}\n`), /^odd: .*white space/);
	assert.match(oddityOf(cloudflare, 'email', 'someone'), /^odd: .*has an @/);
	assert.match(oddityOf(cloudflare, 'accountID', 'someone'), /^odd: .*32 hexadecimal digits/);
});

test('an email address has an @ inside and no white space', () => {
	for (const address of [email, 'a@b', '"a@b"@c.example', '@a@b', 'a@@']) {
		assert.equal(oddityOf(cloudflare, 'email', address), '', address);
	}
	for (const other of ['a', '@', '@a', 'a@', '@@', 'a @b', 'a@b c']) {
		assert.equal(oddityOf(cloudflare, 'email', other), 'odd: an email address has an @ in it', other);
	}
});
