import assert from 'node:assert/strict';
import {test} from 'node:test';
import {FileText} from '../../../source/providers/file-text.js';
import {vultrCli} from '../../../source/providers/vultr/vultr-cli.js';
import {assertDamaged, assertKnowsOnlyIts, pathsOn, plain, toolFixture} from '../../helpers/importers.js';

const text = toolFixture('vultr-cli/vultr-cli.yaml');

test('the key of vultr-cli is found, whatever the line ends', () => {
	for (const variant of [text, text.replaceAll('\n', '\r\n'), text.trimEnd()]) {
		const {found, refused} = vultrCli.read([variant]);
		assert.deepEqual(found.map(plain), [['', 'vultr', {token: 'INVENTEDKEYOFVULTR0INVENTEDKEYOFVULTR'}]]);
		assert.deepEqual(refused, []);
	}
});

test('a file without a key, as vultr-cli makes it by itself, holds nothing', () => {
	for (const empty of ['', '# nothing\n', 'output: json\n', 'api-key:\n']) {
		assert.deepEqual(vultrCli.read([empty]), {found: [], refused: []});
	}
});

test('only a file of its name with its key is taken for its own', () => {
	assert.ok(vultrCli.recognizes(new FileText(text, 'vultr-cli.yaml')));
	assert.ok(vultrCli.recognizes(new FileText(text, '.vultr-cli.yaml')));
	assert.equal(vultrCli.recognizes(new FileText(text, 'config.yaml')), false);
	assertKnowsOnlyIts(vultrCli, 'vultr-cli');
});

test('a damaged file is told with its place and nothing of its text', () => {
	assertDamaged(vultrCli, ['api-key: "canary', 'api-key: [canary]', '- canary', 'a: 1\n  api-key: canary']);
});

test('it is looked for where Go keeps settings, then at home', () => {
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
