import assert from 'node:assert/strict';
import {test} from 'node:test';
import {FileText} from '../../../source/providers/file-text.js';
import {hcloud} from '../../../source/providers/hetzner/hcloud.js';
import {assertDamaged, assertKnowsOnlyIts, pathsOn, plain, toolFixture} from '../../helpers/importers.js';

const text = toolFixture('hcloud/cli.toml');

test('finds every context with a token, even with a command beside it', () => {
	assert.deepEqual(hcloud.read([text]).found.map(plain), [
		['homelab', 'hetzner', {token: 'invented'.repeat(8)}],
		['customer #2', 'hetzner', {token: 'notareal'.repeat(8)}],
		['read only', 'hetzner', {token: 'examples'.repeat(8)}],
	]);
});

test('refuses a context that gets its token from a program, and one that has none', () => {
	assert.deepEqual(hcloud.read([text]).refused, [
		{label: 'from pass', reason: 'gets its token from a program, which pharmer does not run'},
		{label: 'left over', reason: 'has no token'},
	]);
	assert.deepEqual(hcloud.read(['active_context = ""\n']), {found: [], refused: []});
});

test('recognizes its file by its contexts, whatever the name', () => {
	assert.ok(hcloud.recognizes(new FileText(text, '')));
	assert.equal(hcloud.recognizes(new FileText('active_context = "a"\n', 'cli.toml')), false);
	assert.equal(hcloud.recognizes(new FileText('[[accounts]]\nname = "a"\ntoken = "b"\n', 'cli.toml')), false);
	assertKnowsOnlyIts(hcloud, 'hcloud');
});

test('reports a damaged file by position, with none of its content', () => {
	assertDamaged(hcloud, ['[[contexts]]\nname = "a"\ntoken = "canary', 'token: canary', 'a = "canary"\na = "canary"']);
});

test('looks where HCLOUD_CONFIG points, else in .config at home, and in APPDATA on Windows', () => {
	assert.deepEqual(pathsOn('linux', hcloud, {HCLOUD_CONFIG: '/etc/cli.toml'}), ['/etc/cli.toml']);
	assert.deepEqual(pathsOn('linux', hcloud, {XDG_CONFIG_HOME: '/x'}), ['/home/ann/.config/hcloud/cli.toml']);
	assert.deepEqual(pathsOn('darwin', hcloud), ['/Users/ann/.config/hcloud/cli.toml']);
	assert.deepEqual(pathsOn('win32', hcloud), ['C:\\Users\\ann\\AppData\\Roaming\\hcloud\\cli.toml']);
});

test('refuses what hcloud itself takes at random: a key that is there in capitals too', () => {
	const {found, refused} = hcloud.read([
		'[[contexts]]\nname = "a"\ntoken = "x"\nToken = "canary"\n[[Contexts]]\nname = "b"\ntoken = "y"\n',
	]);
	assert.deepEqual([found, refused.length], [[], 1]);
	const twice = hcloud.read([
		'[[contexts]]\nname = "a"\ntoken = "x"\nToken = "y"\n[[contexts]]\nName = "b"\nTOKEN = "z"\n',
	]);
	assert.deepEqual(twice.found.map(plain), [['b', 'hetzner', {token: 'z'}]]);
	assert.match(twice.refused[0]?.reason ?? '', /^has a key twice/);
});
