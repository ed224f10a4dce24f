import assert from 'node:assert/strict';
import {test} from 'node:test';
import {FileText} from '../../../source/providers/file-text.js';
import {softlayer} from '../../../source/providers/ibm/softlayer.js';
import {assertDamaged, assertKnowsOnlyIts, byLabel, pathsOn, toolFixture} from '../../helpers/importers.js';

test("slcli's user and key are found", () => {
	assert.deepEqual(byLabel(softlayer.read([toolFixture('softlayer/softlayer')])), {
		found: {
			'': {
				username: '1234567_me@example.com',
				apiKey: 'inventedclassickey0123456789abcdefghijklmnopqrstuvwxyz0123456789',
			},
		},
		refused: {},
	});
});

test('a session of slcli is refused, and a file with neither holds nothing', () => {
	const {refused} = byLabel(softlayer.read(['[softlayer]\nuserid = 1\naccess_token = invented\n']));
	assert.match(refused.softlayer ?? '', /expires by itself/);
	assert.deepEqual(byLabel(softlayer.read(['[softlayer]\ntimeout = 40\n'])), {found: {}, refused: {}});
});

test('a damaged file of slcli names the line and nothing of it', () => {
	assertDamaged(softlayer, ['[softlayer]\ncanary\n']);
});

test("slcli's file is looked for in the home directory and the system", () => {
	assert.deepEqual(pathsOn('linux', softlayer), ['/home/ann/.softlayer', '/etc/softlayer.conf']);
	assert.deepEqual(pathsOn('darwin', softlayer), ['/Users/ann/.softlayer', '/etc/softlayer.conf']);
	assert.deepEqual(pathsOn('win32', softlayer), ['C:\\Users\\ann\\.softlayer']);
});

test('its file is known by its content, whatever its name, and no other is', () => {
	assert.ok(softlayer.recognizes(new FileText(toolFixture('softlayer/softlayer'), '')));
	assertKnowsOnlyIts(softlayer, 'softlayer');
});
