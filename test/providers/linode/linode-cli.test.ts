import assert from 'node:assert/strict';
import {test} from 'node:test';
import {FileText} from '../../../source/providers/file-text.js';
import {linodeCli} from '../../../source/providers/linode/linode-cli.js';
import {assertKnowsOnlyIts, assertRefusesLines, pathsOn, plain, toolFixture} from '../../helpers/importers.js';

const text = toolFixture('linode-cli/linode-cli');
const zeros = '0'.repeat(63);

test('finds every user with a token, and says which has none', () => {
	assert.deepEqual(linodeCli.read([text]).found.map(plain), [
		['ann', 'linode', {token: `${zeros}1`}],
		['ann-staging', 'linode', {token: `${zeros}2`}],
		['team three', 'linode', {token: `${zeros}3`}],
	]);
	assert.deepEqual(linodeCli.read([text]).refused, [{label: 'nobody', reason: 'has no token'}]);
	// configparser hands on what DEFAULT has.
	const shared = '[DEFAULT]\ntoken = a\n[ann]\nregion = eu-central\n[custom_aliases]\nls = list\n';
	assert.deepEqual(linodeCli.read([shared]).refused, []);
	assert.deepEqual(linodeCli.read(['# nothing\n']), {found: [], refused: []});
});

test('finds the single token of the oldest files', () => {
	assert.deepEqual(linodeCli.read([toolFixture('linode-cli/oldest')]).found.map(plain), [
		['DEFAULT', 'linode', {token: `${zeros}4`}],
	]);
});

test('recognizes its file by the default user, or by a token and the file name', () => {
	assert.ok(linodeCli.recognizes(new FileText(text, '')));
	assert.ok(linodeCli.recognizes(new FileText('[a]\ntoken = b\n', '.linode-cli')));
	assert.ok(linodeCli.recognizes(new FileText(toolFixture('linode-cli/oldest'), 'linode-cli')));
	assert.equal(linodeCli.recognizes(new FileText('[a]\ntoken = b\n', 'config')), false);
	assert.equal(linodeCli.recognizes(new FileText('[DEFAULT]\ndefault-user = a\n', '')), false);
	assert.equal(linodeCli.recognizes(new FileText('[default]\naws_access_key_id = a\n', 'linode-cli')), false);
	assertKnowsOnlyIts(linodeCli, 'linode-cli');
});

test('reports a damaged file by position, with none of its content', () => {
	assertRefusesLines(linodeCli, [
		'[ann]\ncanary\n',
		'token = canary\n',
		'[ann]\ntoken = a\ntoken = canary\n',
		'[ann]\ntoken = canary\n  more = canary\n',
		'[canary\ntoken = a\n',
	]);
});

test('looks where its variable points, else in the home directory, then in .config, and reads only the first', () => {
	assert.equal(linodeCli.firstOnly, true);
	assert.deepEqual(pathsOn('linux', linodeCli, {XDG_CONFIG_HOME: '/x'}), ['/home/ann/.linode-cli', '/x/linode-cli']);
	assert.deepEqual(pathsOn('darwin', linodeCli), ['/Users/ann/.linode-cli', '/Users/ann/.config/linode-cli']);
	assert.equal(pathsOn('win32', linodeCli)[1], 'C:\\Users\\ann\\.config\\linode-cli');
	assert.deepEqual(pathsOn('linux', linodeCli, {LINODE_CLI_CONFIG: '/l'}), ['/l']);
});
