import assert from 'node:assert/strict';
import {test} from 'node:test';
import {alibabacloud} from '../../../source/providers/alibaba/alibabacloud.js';
import {FileText} from '../../../source/providers/file-text.js';
import {assertKnowsOnlyIts, assertRefusesLines, byLabel, pathsOn, toolFixture} from '../../helpers/importers.js';

test('finds SDK profiles with access keys and refuses the rest with a reason', () => {
	const {found, refused} = byLabel(alibabacloud.read([toolFixture('alibabacloud/credentials')]));
	assert.deepEqual(found, {
		default: {accessKeyID: 'LTAIinvented000000000003', accessKeySecret: 'inventedSecretOfDefault0000003'},
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

test('a comment, quotes and references are read as the SDKs read them, with a remark where one does not', () => {
	const {found, refused} = alibabacloud.read([
		[
			'[a] # mine',
			'type = access_key # by hand',
			'access_key_id = LTAIexample000000001#no blank before',
			'access_key_secret = %(NAME)s-%(name)s',
			'name = %(part)s',
			'part = example',
			'[b]',
			'type = "sts"',
			"access_key_id = 'STS.example'",
			'access_key_secret = example ; of b',
			'security_token = a;b',
			'[c]',
			'type = access_key',
			'type = access_key',
			'access_key_id = LTAIexample000000003',
			'access_key_secret = example',
			'[d]',
			'type = access_key',
			'access_key_id = %(gone)s',
			'[e]',
			'type = access_key',
			'access_key_id = %(access_key_id)s',
		].join('\n'),
	]);
	assert.deepEqual(byLabel({found, refused}).found, {
		a: {accessKeyID: 'LTAIexample000000001', accessKeySecret: 'example-example'},
		b: {accessKeyID: 'STS.example', accessKeySecret: 'example', securityToken: 'a;b'},
		c: {accessKeyID: 'LTAIexample000000003', accessKeySecret: 'example'},
	});
	assert.deepEqual(
		found.map(({remark}) => remark?.split(/[:;]/, 1)[0]),
		[undefined, 'line 8', 'line 14'],
	);
	assert.match(refused[0]?.reason ?? '', /^can't be read: line 19: the value refers to a setting/);
	assert.match(
		refused[1]?.reason ?? '',
		/^can't be read: line 22: its `%\(…\)s` name too many settings, or each other/,
	);
});

test('references to references end soon, however many there are', () => {
	const rows = Array.from({length: 30}, (_, at) => `k${at} = ${`%(k${at + 1})s`.repeat(1000)}`);
	const text = `[a]\ntype = access_key\naccess_key_id = %(k0)s\n${rows.join('\n')}\nk30 = x\n`;
	assert.match(alibabacloud.read([text]).refused[0]?.reason ?? '', /line \d+: its `%\(…\)s` name too many settings/);
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
