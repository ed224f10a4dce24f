import assert from 'node:assert/strict';
import {test} from 'node:test';
import {FileText} from '../../../source/providers/file-text.js';
import {ovh} from '../../../source/providers/ovh/ovh-conf.js';
import {assertKnowsOnlyIts, assertRefusesLines, byLabel, pathsOn, toolFixture} from '../../helpers/importers.js';

test('finds every endpoint and profile with keys in ovh.conf', () => {
	assert.deepEqual(byLabel(ovh.read([toolFixture('ovh/ovh.conf')])), {
		found: {
			'ovh-eu': {
				endpoint: 'ovh-eu',
				applicationKey: 'inventedAppKey01',
				applicationSecret: 'invented-secret',
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

test('takes what only go-ovh takes, with a remark', () => {
	const read = (...lines: readonly string[]) => {
		const {found} = ovh.read([['[ovh-eu]', 'application_key=a', ...lines].join('\n')]);
		return [byLabel({found, refused: []}).found['ovh-eu'], found[0]?.remark];
	};
	const [quoted, remark] = read('consumer_key="c" ; mine');
	assert.deepEqual(quoted, {endpoint: 'ovh-eu', applicationKey: 'a', consumerKey: 'c'});
	assert.match(String(remark), /^line 3: only go-ovh/);
	const [twice, other] = read('application_key=b', '[ovh-eu]', 'consumer_key=c');
	assert.deepEqual(twice, {endpoint: 'ovh-eu', applicationKey: 'b', consumerKey: 'c'});
	assert.match(String(other), /^line 3: this key appears a second time .*go-ovh takes the last/);
	assert.equal(read('consumer_key=c#"d"')[1], undefined);
});

test('reports a damaged ovh.conf by line, with none of its content', () => {
	assertRefusesLines(ovh, ['[ovh-eu]\napplication_secret=a\ncanary', '[ovh-eu]\napplication_secret=canary\n  canary']);
});

test('looks for ovh.conf in the home directory and the system, never in the current directory', () => {
	assert.deepEqual(pathsOn('linux', ovh), ['/home/ann/.ovh.conf', '/etc/ovh.conf']);
	assert.deepEqual(pathsOn('darwin', ovh), ['/Users/ann/.ovh.conf', '/etc/ovh.conf']);
	assert.deepEqual(pathsOn('win32', ovh), ['C:\\Users\\ann\\.ovh.conf']);
});

test('recognizes its own file by content, whatever the name, and no other file', () => {
	assert.ok(ovh.recognizes(new FileText(toolFixture('ovh/ovh.conf'), '')));
	assertKnowsOnlyIts(ovh, 'ovh');
});
