import assert from 'node:assert/strict';
import {test} from 'node:test';
import {FileText} from '../../../source/providers/file-text.js';
import {vultrCli} from '../../../source/providers/vultr/vultr-cli.js';
import {assertDamaged, assertKnowsOnlyIts, pathsOn, plain, toolFixture} from '../../helpers/importers.js';

const text = toolFixture('vultr-cli/vultr-cli.yaml');

test("finds vultr-cli's key, with any line ends", () => {
	for (const variant of [text, text.replaceAll('\n', '\r\n'), text.trimEnd()]) {
		const {found, refused} = vultrCli.read([variant]);
		assert.deepEqual(found.map(plain), [['', 'vultr', {token: 'INVENTEDKEYOFVULTR0INVENTEDKEYOFVULTR'}]]);
		assert.deepEqual(refused, []);
	}
});

test('finds nothing in a file without a key, as vultr-cli creates it', () => {
	for (const empty of ['', '# nothing\n', 'output: json\n', 'api-key:\n']) {
		assert.deepEqual(vultrCli.read([empty]), {found: [], refused: []});
	}
});

test('recognizes only a file with its name and its key', () => {
	assert.ok(vultrCli.recognizes(new FileText(text, 'vultr-cli.yaml')));
	assert.ok(vultrCli.recognizes(new FileText(text, '.vultr-cli.yaml')));
	assert.equal(vultrCli.recognizes(new FileText(text, 'config.yaml')), false);
	assertKnowsOnlyIts(vultrCli, 'vultr-cli');
});

test('reports a damaged file by position, with none of its content', () => {
	assertDamaged(vultrCli, ['api-key: "canary', 'api-key: [canary]', '- canary', 'a: 1\n  api-key: canary']);
});

test('looks where Go keeps settings, then in the home directory', () => {
	assert.equal(vultrCli.firstOnly, true);
	assert.deepEqual(pathsOn('linux', vultrCli, {XDG_CONFIG_HOME: '/x'}), [
		'/x/vultr-cli.yaml',
		'/home/ann/.vultr-cli.yaml',
	]);
	assert.deepEqual(pathsOn('darwin', vultrCli), [
		'/Users/ann/Library/Application Support/vultr-cli.yaml',
		'/Users/ann/.vultr-cli.yaml',
	]);
	assert.deepEqual(pathsOn('win32', vultrCli), [
		'C:\\Users\\ann\\AppData\\Roaming\\vultr-cli.yaml',
		'C:\\Users\\ann\\.vultr-cli.yaml',
	]);
});
