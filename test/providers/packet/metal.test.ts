import assert from 'node:assert/strict';
import {test} from 'node:test';
import {FileText} from '../../../source/providers/file-text.js';
import {metal} from '../../../source/providers/packet/metal.js';
import {assertDamaged, assertKnowsOnlyIts, pathsOn, plain, toolFixture} from '../../helpers/importers.js';

const text = toolFixture('metal/metal.yaml');

test('finds the token with its project, in YAML and in JSON', () => {
	const project = '0ec0ffee-1000-4000-8000-00000000000b';
	const found = [['', 'packet', {projectID: project, apiKey: 'inventedTokenOfMetalInventedToke'}]];
	assert.deepEqual(metal.read([text]).found.map(plain), found);
	const json = JSON.stringify({token: 'inventedTokenOfMetalInventedToke', 'project-id': project});
	assert.deepEqual(metal.read([json]).found.map(plain), found);
});

test('a token needs no project, `auth-token` takes precedence, and a file without a token yields nothing', () => {
	assert.deepEqual(metal.read(['token: a\n']).found.map(plain), [['', 'packet', {apiKey: 'a'}]]);
	assert.deepEqual(metal.read(['token: a\nauth-token: b\n']).found.map(plain), [['', 'packet', {apiKey: 'b'}]]);
	assert.deepEqual(metal.read(['project-id: a\n']), {found: [], refused: []});
});

test('recognizes its file by content, or by its name and a token', () => {
	assert.ok(metal.recognizes(new FileText(text, '')));
	assert.ok(metal.recognizes(new FileText('token: a\n', 'metal.yaml')));
	assert.ok(metal.recognizes(new FileText('token = "a"\n', 'metal.toml')));
	assert.equal(metal.recognizes(new FileText('token: a\nproject-id: b\n', 'config.yaml')), false);
	assertKnowsOnlyIts(metal, 'metal');
});

test('reports a damaged file by position, with none of its content', () => {
	assertDamaged(metal, ['token: "canary', 'token: [canary]', 'token: a\nproject-id: {a: canary}', '[canary]']);
});

test('looks where METAL_CONFIG points, else in .config at home', () => {
	assert.equal(metal.firstOnly, true);
	assert.deepEqual(pathsOn('linux', metal, {METAL_CONFIG: '/etc/metal.yaml'}), ['/etc/metal.yaml']);
	assert.deepEqual(pathsOn('linux', metal, {XDG_CONFIG_HOME: '/x'}), [
		'/home/ann/.config/equinix/metal.json',
		'/home/ann/.config/equinix/metal.toml',
		'/home/ann/.config/equinix/metal.yaml',
		'/home/ann/.config/equinix/metal.yml',
	]);
	assert.equal(pathsOn('win32', metal)[2], 'C:\\Users\\ann\\.config\\equinix\\metal.yaml');
});

test('of keys that differ in capitals only the one with capitals counts, as for viper', () => {
	const {found} = metal.read(['Token = "one"\ntoken = "two"\n'], ['/metal.toml']);
	assert.equal(found[0]?.data.get('apiKey')?.reveal(), 'one');
});
