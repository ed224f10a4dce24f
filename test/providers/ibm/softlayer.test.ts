import assert from 'node:assert/strict';
import {test} from 'node:test';
import {FileText} from '../../../source/providers/file-text.js';
import {softlayer} from '../../../source/providers/ibm/softlayer.js';
import {assertKnowsOnlyIts, assertRefusesLines, byLabel, pathsOn, toolFixture} from '../../helpers/importers.js';

test("finds slcli's user and key", () => {
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

test('refuses an slcli session, and finds nothing in a file with neither', () => {
	const {refused} = byLabel(softlayer.read(['[softlayer]\nuserid = 1\naccess_token = invented\n']));
	assert.match(refused.softlayer ?? '', /expires by itself/);
	assert.deepEqual(byLabel(softlayer.read(['[softlayer]\ntimeout = 40\n'])), {found: {}, refused: {}});
});

test('takes keys that are there twice as softlayer-go does, with a remark', () => {
	const {found} = softlayer.read(['[softlayer]\nusername=a\napi_key=b\napi_key=c\n']);
	assert.equal(found[0]?.data.get('apiKey')?.reveal(), 'c');
	assert.match(found[0]?.remark ?? '', /^line 4: .*softlayer-go takes the last value/);
});

test('reports a damaged slcli file by line, with none of its content', () => {
	assertRefusesLines(softlayer, ['[softlayer]\ncanary\n']);
});

test("looks for slcli's file in the home directory and the system", () => {
	assert.deepEqual(pathsOn('linux', softlayer), ['/home/ann/.softlayer', '/etc/softlayer.conf']);
	assert.deepEqual(pathsOn('darwin', softlayer), ['/Users/ann/.softlayer', '/etc/softlayer.conf']);
	assert.deepEqual(pathsOn('win32', softlayer), ['C:\\Users\\ann\\.softlayer']);
});

test('recognizes its own file by content, whatever the name, and no other file', () => {
	assert.ok(softlayer.recognizes(new FileText(toolFixture('softlayer/softlayer'), '')));
	assertKnowsOnlyIts(softlayer, 'softlayer');
});
