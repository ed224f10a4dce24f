import assert from 'node:assert/strict';
import {test} from 'node:test';
import {FileText} from '../../../source/providers/file-text.js';
import {ovh} from '../../../source/providers/ovh/ovh-conf.js';
import {assertDamaged, assertKnowsOnlyIts, byLabel, pathsOn, toolFixture} from '../../helpers/importers.js';

test('every endpoint and profile of ovh.conf that has keys is found, values to the byte', () => {
	assert.deepEqual(byLabel(ovh.read([toolFixture('ovh/ovh.conf')])), {
		found: {
			'ovh-eu': {
				endpoint: 'ovh-eu',
				applicationKey: 'inventedAppKey01',
				applicationSecret: 'invented-secret #1; of application 1',
				consumerKey: 'invented-consumer-key-1',
			},
			'https://api.us.ovhcloud.com/1.0': {
				endpoint: 'https://api.us.ovhcloud.com/1.0',
				clientID: 'US.inventedclient',
				clientSecret: 'invented=client=secret',
			},
			work: {endpoint: 'ovh-ca', accessToken: 'invented.access.token'},
		},
		refused: {},
	});
});

test('a damaged ovh.conf names the line and nothing of it', () => {
	assertDamaged(ovh, ['[ovh-eu]\napplication_secret=a\ncanary', '[ovh-eu]\napplication_secret=canary\n  canary']);
});

test('ovh.conf is looked for in the home directory and the system, never in the current directory', () => {
	assert.deepEqual(pathsOn('linux', ovh), ['/home/ann/.ovh.conf', '/etc/ovh.conf']);
	assert.deepEqual(pathsOn('darwin', ovh), ['/Users/ann/.ovh.conf', '/etc/ovh.conf']);
	assert.deepEqual(pathsOn('win32', ovh), ['C:\\Users\\ann\\.ovh.conf']);
});

test('its file is known by its content, whatever its name, and no other is', () => {
	assert.ok(ovh.recognizes(new FileText(toolFixture('ovh/ovh.conf'), '')));
	assertKnowsOnlyIts(ovh, 'ovh');
});
