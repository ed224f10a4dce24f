import assert from 'node:assert/strict';
import {test} from 'node:test';
import {alibabacloud} from '../../../source/providers/alibaba/alibabacloud.js';
import {FileText} from '../../../source/providers/file-text.js';
import {assertDamaged, assertKnowsOnlyIts, byLabel, pathsOn, toolFixture} from '../../helpers/importers.js';

test('profiles of the SDKs with access keys are found, the rest is refused with its reason', () => {
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

test('a damaged file names the line and nothing of it', () => {
	assertDamaged(alibabacloud, [
		'[default]\ntype = access_key\naccess_key_secret = a\ncanary\n',
		'[a]\ntype = access_key\naccess_key_secret = b\n canary\n',
	]);
});

test('the file is looked for where the SDKs look, or where the variable says', () => {
	assert.deepEqual(pathsOn('linux', alibabacloud), [
		'/home/ann/.alibabacloud/credentials',
		'/home/ann/.alibabacloud/credentials.ini',
	]);
	assert.deepEqual(pathsOn('darwin', alibabacloud)[0], '/Users/ann/.alibabacloud/credentials');
	assert.deepEqual(pathsOn('win32', alibabacloud)[0], 'C:\\Users\\ann\\.alibabacloud\\credentials');
	assert.deepEqual(pathsOn('linux', alibabacloud, {ALIBABA_CLOUD_CREDENTIALS_FILE: '/c'}), ['/c']);
});

test('its file is known by its content, whatever its name, and no other is', () => {
	assert.ok(alibabacloud.recognizes(new FileText(toolFixture('alibabacloud/credentials'), '')));
	assert.equal(alibabacloud.recognizes(new FileText('[remote]\ntype = s3\naccess_key_id = a\n', 'credentials')), false);
	assertKnowsOnlyIts(alibabacloud, 'alibabacloud');
});
