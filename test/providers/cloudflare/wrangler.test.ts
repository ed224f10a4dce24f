import assert from 'node:assert/strict';
import {test} from 'node:test';
import {wrangler} from '../../../source/providers/cloudflare/wrangler.js';
import {FileText} from '../../../source/providers/file-text.js';
import {assertDamaged, assertKnowsOnlyIts, pathsOn, plain, toolFixture} from '../../helpers/importers.js';

const signIn = toolFixture('wrangler/default.toml');
const token = toolFixture('wrangler/first-version-token.toml');
const globalKey = toolFixture('wrangler/first-version-key.toml');

test('refuses a browser sign-in, with the reason', () => {
	const {found, refused} = wrangler.read([signIn]);
	assert.deepEqual(found, []);
	assert.deepEqual(
		refused.map(({label}) => label),
		[''],
	);
	assert.match(refused[0]?.reason ?? '', /^holds a browser sign-in, which expires by itself: make an API token/);
});

test('finds the token or the global key of the first version', () => {
	assert.deepEqual(wrangler.read([token]).found.map(plain), [
		['', 'cloudflare', {apiToken: 'invented_token_invented_token_invented_t'}],
	]);
	assert.deepEqual(wrangler.read([globalKey]).found.map(plain), [
		['', 'cloudflare', {apiKey: 'invented0key0invented0key0invented0ke', email: 'someone@example.com'}],
	]);
	const both = wrangler.read([`${token}${signIn}`]);
	assert.deepEqual([both.found.length, both.refused.length], [1, 1]);
	assert.deepEqual(wrangler.read(['email = "someone@example.com"\n']), {found: [], refused: []});
});

test("recognizes a sign-in by content; other content needs the file's name", () => {
	assert.ok(wrangler.recognizes(new FileText(signIn, '')));
	for (const text of [token, globalKey]) {
		assert.ok(wrangler.recognizes(new FileText(text, 'default.toml')));
		assert.equal(wrangler.recognizes(new FileText(text, 'other.toml')), false);
	}
	assert.equal(wrangler.recognizes(new FileText('name = "worker"\naccount_id = "a"\n', 'wrangler.toml')), false);
	assertKnowsOnlyIts(wrangler, 'wrangler');
});

test('reports a damaged file by position, with none of its content', () => {
	assertDamaged(wrangler, ['api_token = "canary', 'api_token: canary', 'api_token = canary']);
});

test("looks in the older directory at home, then in the system's settings directory", () => {
	assert.equal(wrangler.firstOnly, true);
	assert.deepEqual(pathsOn('linux', wrangler), [
		'/home/ann/.wrangler/config/default.toml',
		'/home/ann/.config/.wrangler/config/default.toml',
	]);
	assert.equal(pathsOn('darwin', wrangler)[1], '/Users/ann/Library/Preferences/.wrangler/config/default.toml');
	assert.equal(
		pathsOn('win32', wrangler)[1],
		'C:\\Users\\ann\\AppData\\Roaming\\xdg.config\\.wrangler\\config\\default.toml',
	);
	assert.deepEqual(pathsOn('darwin', wrangler, {WRANGLER_HOME: '/w', XDG_CONFIG_HOME: '/x'}), [
		'/w/config/default.toml',
		'/x/.wrangler/config/default.toml',
	]);
});
