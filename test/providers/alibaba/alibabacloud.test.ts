import assert from 'node:assert/strict';
import {test} from 'node:test';
import {alibabacloud} from '../../../source/providers/alibaba/alibabacloud.js';
import {FileText} from '../../../source/providers/file-text.js';
import {assertKnowsOnlyIts, assertRefusesLines, byLabel, pathsOn, toolFixture} from '../../helpers/importers.js';

test('finds SDK profiles with access keys and refuses the rest with a reason', () => {
	const {found, refused} = byLabel(alibabacloud.read([toolFixture('alibabacloud/credentials')]));
	assert.deepEqual(found, {
		default: {accessKeyID: 'LTAIinvented000000000003', accessKeySecret: 'inventedSecret#OfDefault000003'},
		hour: {
			accessKeyID: 'STS.inventedtemporary2',
			accessKeySecret: 'inventedSecretOfHour2',
			securityToken: 'invented+token;of=hour2',
		},
		role: {accessKeyID: 'LTAIinvented000000000004', accessKeySecret: 'inventedSecretOfRole0000000004'},
	});
	assert.match(refused.machine ?? '', /from the machine/);
	assert.match(refused.pair ?? '', /RSA/);
	assert.equal(Object.keys(refused).length, 2);
});

test('reports a damaged file by line, with none of its content', () => {
	assertRefusesLines(alibabacloud, [
		'[default]\ntype = access_key\naccess_key_secret = a\ncanary\n',
		'[a]\ntype = access_key\naccess_key_secret = b\n canary\n',
	]);
});

test('looks for the file where the SDKs look, or where the variable points', () => {
	assert.deepEqual(pathsOn('linux', alibabacloud), [
		'/home/ann/.alibabacloud/credentials',
		'/home/ann/.alibabacloud/credentials.ini',
	]);
	assert.deepEqual(pathsOn('darwin', alibabacloud)[0], '/Users/ann/.alibabacloud/credentials');
	assert.deepEqual(pathsOn('win32', alibabacloud)[0], 'C:\\Users\\ann\\.alibabacloud\\credentials');
	assert.deepEqual(pathsOn('linux', alibabacloud, {ALIBABA_CLOUD_CREDENTIALS_FILE: '/c'}), ['/c']);
});

test('recognizes its own file by content, whatever the name, and no other file', () => {
	assert.ok(alibabacloud.recognizes(new FileText(toolFixture('alibabacloud/credentials'), '')));
	assert.equal(alibabacloud.recognizes(new FileText('[remote]\ntype = s3\naccess_key_id = a\n', 'credentials')), false);
	assertKnowsOnlyIts(alibabacloud, 'alibabacloud');
});
