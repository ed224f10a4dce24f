import assert from 'node:assert/strict';
import {test} from 'node:test';
import {aliyun} from '../../../source/providers/alibaba/aliyun.js';
import {FileText} from '../../../source/providers/file-text.js';
import {assertDamaged, assertKnowsOnlyIts, byLabel, pathsOn, toolFixture} from '../../helpers/importers.js';

test('finds aliyun profiles with access keys and refuses the rest with a reason', () => {
	const {found, refused} = byLabel(aliyun.read([toolFixture('aliyun/config.json')]));
	assert.deepEqual(found, {
		prod: {
			accessKeyID: 'LTAIinvented000000000001',
			accessKeySecret: 'inventedSecretOfProd0000000001',
			region: 'eu-central-1',
		},
		hour: {
			accessKeyID: 'STS.inventedtemporary',
			accessKeySecret: 'inventedSecretOfHour',
			securityToken: 'invented+token/of=hour',
			region: 'cn-hangzhou',
		},
		role: {
			accessKeyID: 'LTAIinvented000000000002',
			accessKeySecret: 'inventedSecretOfRole0000000002',
			region: 'cn-beijing',
		},
	});
	assert.match(refused.machine ?? '', /from the machine/);
	assert.match(refused.program ?? '', /gets its keys from a program/);
	assert.match(refused.sso ?? '', /browser/);
	assert.match(refused.browser ?? '', /browser/);
	assert.match(refused.pair ?? '', /RSA/);
	assert.equal(Object.keys(refused).length, 5);
});

test('reports a damaged configuration by position, with none of its content', () => {
	assertDamaged(aliyun, [
		'{"profiles": [{"name": "a", "mode": "AK", "access_key_secret": "canary}]}',
		'{"profiles": "canary"}',
		'{"profiles": [{"name": "a", "mode": "AK", "access_key_id": {"a": "canary"}}]}',
	]);
});

test('a list of profiles without modes belongs to another tool', () => {
	for (const text of ['{"profiles": []}', '{"profiles": [{"name": "a"}]}', '{"profiles": {"a": {"mode": "AK"}}}']) {
		assert.ok(!aliyun.recognizes(new FileText(text, 'config.json')), text);
	}
});

test('looks for the configuration where the command and the SDKs look', () => {
	assert.deepEqual(pathsOn('linux', aliyun), ['/home/ann/.aliyun/config.json']);
	assert.deepEqual(pathsOn('darwin', aliyun), ['/Users/ann/.aliyun/config.json']);
	assert.deepEqual(pathsOn('win32', aliyun), ['C:\\Users\\ann\\.aliyun\\config.json']);
	assert.deepEqual(pathsOn('linux', aliyun, {ALIBABA_CLOUD_CONFIG_FILE: '/a.json'})[0], '/a.json');
});

test('recognizes its own file by content, whatever the name, and no other file', () => {
	assert.ok(aliyun.recognizes(new FileText(toolFixture('aliyun/config.json'), '')));
	assertKnowsOnlyIts(aliyun, 'aliyun');
});

test('of keys that differ in capitals only the last in the file counts', () => {
	const key = (...keys: readonly string[]) => {
		const members = keys.map((each, index) => `"${each}": "id${index + 1}"`).join();
		const [found] = aliyun.read([
			`{"profiles": [{"name": "a", "mode": "AK", ${members}, "access_key_secret": "s"}]}`,
		]).found;
		return found?.data.get('accessKeyID')?.reveal();
	};
	assert.equal(key('Access_Key_Id', 'access_key_id'), 'id2');
	assert.equal(key('access_key_id', 'Access_Key_Id'), 'id2');
	assert.equal(key('access_key_id', 'Access_Key_Id', 'access_key_id'), 'id3');
});
