import assert from 'node:assert/strict';
import {test} from 'node:test';
import {doctl} from '../../../source/providers/digitalocean/doctl.js';
import {FileText} from '../../../source/providers/file-text.js';
import {assertDamaged, assertKnowsOnlyIts, byLabel, pathsOn, plain, toolFixture} from '../../helpers/importers.js';

const text = toolFixture('doctl/config.yaml');
const zeros = '0'.repeat(63);

test('finds the default context and the named ones', () => {
	assert.deepEqual(doctl.read([text]).found.map(plain), [
		['default', 'digitalocean', {token: `dop_v1_${zeros}1`}],
		['staging', 'digitalocean', {token: `dop_v1_${zeros}2`}],
		['old team', 'digitalocean', {token: `${zeros}3`}],
	]);
});

test('refuses a browser sign-in in any case of its name, which counts in lower case, and skips contexts without a token', () => {
	const [refused, ...others] = doctl.read([text]).refused;
	assert.equal(refused?.label, 'browser');
	assert.match(refused?.reason ?? '', /^is a sign-in with a browser, whose token expires by itself/);
	assert.deepEqual(others, []);
	const upper = 'auth-contexts: {Team: a}\noauth-tokens: {team: {refresh-token: b}}\n';
	assert.equal(doctl.read([upper]).refused[0]?.label, 'team');
	for (const empty of ['# nothing\n', 'access-token: ""\n', 'auth-contexts:\n', 'auth-contexts: {a: null}\n']) {
		assert.deepEqual(doctl.read([empty]), {found: [], refused: []});
	}
});

test('recognizes its file by content; a token alone or an object of fields is not its file', () => {
	assert.ok(doctl.recognizes(new FileText(text, 'renamed.txt')));
	assert.ok(doctl.recognizes(new FileText('access-token: a\ncontext: default\n', '')));
	for (const other of ['access-token: a\n', 'auth-contexts: a\n', '{"auth-contexts": {"a": "b"}}', 'context: a\n']) {
		assert.equal(doctl.recognizes(new FileText(other, 'config.yaml')), false, other);
	}
	assertKnowsOnlyIts(doctl, 'doctl');
});

test('reports a damaged file by position, with none of its content', () => {
	assertDamaged(doctl, ['access-token: "canary']);
});

test('loses only the damaged context, and says its line', () => {
	for (const [bad, label] of [
		['access-token: {a: canary}', 'default'],
		['auth-contexts: canary', ''],
		['auth-contexts:\n  a: [canary]', 'a'],
		['auth-contexts:\n  a: 012345678901', 'a'],
	] as const) {
		const good = bad.startsWith('access') ? 'auth-contexts: {b: c}' : 'access-token: c';
		const {found, refused} = doctl.read([`${bad}\n${good}\n`]);
		assert.deepEqual(
			found.map(({data}) => data.get('token')?.reveal()),
			['c'],
		);
		assert.deepEqual(
			refused.map(each => each.label),
			[label],
		);
		assert.match(refused[0]?.reason ?? '', /^can't be read: line \d, (?!.*(?:canary|0123))/);
	}
});

test('looks where Go keeps settings, and on Linux where the snap package has to', () => {
	assert.deepEqual(pathsOn('linux', doctl, {XDG_CONFIG_HOME: '/x'}), [
		'/x/doctl/config.yaml',
		'/home/ann/snap/doctl/current/.config/doctl/config.yaml',
	]);
	assert.deepEqual(pathsOn('darwin', doctl), ['/Users/ann/Library/Application Support/doctl/config.yaml']);
	assert.deepEqual(pathsOn('win32', doctl), ['C:\\Users\\ann\\AppData\\Roaming\\doctl\\config.yaml']);
	assert.deepEqual(pathsOn('linux', doctl, {DIGITALOCEAN_CONFIG: '/d.yaml'}), ['/d.yaml']);
});

test('of two contexts with the same name the last counts, and tokens may be references', () => {
	const {found} = byLabel(doctl.read(['x: &t one\naccess-token: *t\nauth-contexts:\n  a: b\n  a: c\n']));
	assert.deepEqual(found, {default: {token: 'one'}, a: {token: 'c'}});
});

test('of two contexts whose names differ in capitals only doctl knows one, and the other is told with a line', () => {
	for (const text of ['auth-contexts:\n  prod: A\n  Prod: B\n', 'auth-contexts:\n  Prod: B\n  prod: A\n']) {
		const {found, refused} = doctl.read([text]);
		assert.deepEqual(found.map(plain), [['prod', 'digitalocean', {token: 'B'}]]);
		assert.deepEqual(
			refused.map(({label}) => label),
			['prod'],
		);
		assert.match(refused[0]?.reason ?? '', /second time on line [23], in other letters/);
	}
});
