import assert from 'node:assert/strict';
import {test} from 'node:test';
import {FileText} from '../../../source/providers/file-text.js';
import {hcloud} from '../../../source/providers/hetzner/hcloud.js';
import {assertDamaged, assertKnowsOnlyIts, pathsOn, plain, toolFixture} from '../../helpers/importers.js';

const text = toolFixture('hcloud/cli.toml');

test('every context with a token is found, also when it has a command beside it', () => {
	assert.deepEqual(hcloud.read([text]).found.map(plain), [
		['homelab', 'hetzner', {token: 'invented'.repeat(8)}],
		['customer #2', 'hetzner', {token: 'notareal'.repeat(8)}],
		['read only', 'hetzner', {token: 'examples'.repeat(8)}],
	]);
});

test('a context that runs a program for its token is refused; an empty one is passed over', () => {
	assert.deepEqual(hcloud.read([text]).refused, [
		{label: 'from pass', reason: 'runs a program for its token, which is not done here'},
	]);
	assert.deepEqual(hcloud.read(['active_context = ""\n']), {found: [], refused: []});
});

test('its file is known by its contexts, whatever its name', () => {
	assert.ok(hcloud.recognizes(new FileText(text, '')));
	assert.equal(hcloud.recognizes(new FileText('active_context = "a"\n', 'cli.toml')), false);
	assert.equal(hcloud.recognizes(new FileText('[[accounts]]\nname = "a"\ntoken = "b"\n', 'cli.toml')), false);
	assertKnowsOnlyIts(hcloud, 'hcloud');
});

test('a damaged file is told with its place and nothing of its text', () => {
	assertDamaged(hcloud, ['[[contexts]]\nname = "a"\ntoken = "canary', 'token: canary', 'a = "canary"\na = "canary"']);
});

test('it is looked for where HCLOUD_CONFIG says, else in .config at home, and in APPDATA on Windows', () => {
	assert.deepEqual(pathsOn('linux', hcloud, {HCLOUD_CONFIG: '/etc/cli.toml'}), ['/etc/cli.toml']);
	assert.deepEqual(pathsOn('linux', hcloud, {XDG_CONFIG_HOME: '/x'}), ['/home/ann/.config/hcloud/cli.toml']);
	assert.deepEqual(pathsOn('darwin', hcloud), ['/Users/ann/.config/hcloud/cli.toml']);
	assert.deepEqual(pathsOn('win32', hcloud), ['C:\\Users\\ann\\AppData\\Roaming\\hcloud\\cli.toml']);
});
