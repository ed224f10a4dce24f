import assert from 'node:assert/strict';
import {test} from 'node:test';
import {FileText} from '../../../source/providers/file-text.js';
import {ibmcloud} from '../../../source/providers/ibm/ibmcloud.js';
import {assertDamaged, assertKnowsOnlyIts, byLabel, pathsOn, toolFixture} from '../../helpers/importers.js';

test("finds an API key's file under the name of the key", () => {
	assert.deepEqual(byLabel(ibmcloud.read([toolFixture('ibmcloud/key.json')])), {
		found: {'pharmer-test': {apiKey: 'invented-key-of-44-characters_0123456789-abc'}},
		refused: {},
	});
});

test('finds each service of ibm-credentials.env, and says why something is not an API key', () => {
	const {found, refused} = byLabel(ibmcloud.read([toolFixture('ibmcloud/ibm-credentials.env')]));
	assert.deepEqual(found, {
		SPEECH_TO_TEXT: {apiKey: 'invented-key-1_speech-to-text-0123456789-abc'},
		MY_CLOUDANT: {apiKey: 'invented-key-2_cloudant-0123456789-abcdefghi'},
		VPC: {apiKey: 'invented-key-3_vpc-0123456789-abcdefghijklmn'},
		ODD: {apiKey: 'invented-odd-key'},
	});
	assert.deepEqual(Object.keys(refused), ['OLD', 'TOKEN', 'PAK', 'HERE']);
	assert.match(refused.OLD ?? '', /a user and a password/);
	assert.match(refused.TOKEN ?? '', /expires by itself/);
	assert.match(refused.PAK ?? '', /not for IBM Cloud IAM/);
	assert.match(refused.HERE ?? '', /from the machine/);
});

test('takes what only the Node SDK takes, with a remark, and nothing that a shell works out', () => {
	const read = (line: string) => ibmcloud.read([`A_AUTH_TYPE=iam\n${line}\n`]);
	for (const line of ['A_APIKEY=abc # mine', 'A_APIKEY: abc', 'A_APIKEY=`abc`', 'export A_APIKEY="abc" #']) {
		const [found] = read(line).found;
		assert.equal(found?.data.get('apiKey')?.reveal(), 'abc', line);
		assert.match(found?.remark ?? '', /^line 2: only the Node SDK/, line);
	}
	for (const line of ['A_APIKEY=$(pass ibm)', 'A_APIKEY=a$b', 'A_APIKEY="a\\n"']) {
		const {found, refused} = read(line);
		assert.deepEqual(found, [], line);
		assert.match(refused[0]?.reason ?? '', /line 2/, line);
	}
	assert.match(
		read('A_AUTHTYPE=cp4d # old name\nB_AUTHTYPE=cp4d # c\nB_APIKEY=abc').refused[0]?.reason ?? '',
		/not for IBM/,
	);
	assert.match(read('B_AUTH_TYPE=iamAssume\nB_APIKEY=abc').found[0]?.remark ?? '', /trusted profile/);
});

test('of two keys takes the last that the Node SDK takes, and says which one the Python SDK does', () => {
	for (const [text, key, remark] of [
		['A_APIKEY=first # old\nA_APIKEY=second', 'second', undefined],
		['A_APIKEY=first#old\nA_APIKEY=second', 'second', undefined],
		[
			'A_APIKEY=second\nA_APIKEY: first',
			'first',
			'line 2: only the Node SDK reads this key, and the Python SDK takes line 1',
		],
		[
			'A_APIKEY=first\nA_NOTE="\nA_APIKEY=second # x\n"',
			'first',
			'line 1: only the Node SDK reads this key, and the Python SDK takes line 3',
		],
		["A_APIKEY='first'", 'first', 'line 1: only the Node SDK reads this key'],
		['A_NOTE=`\nA_APIKEY=first\n`', 'first', 'line 2: the Node SDK does not read this key'],
	] as const) {
		const {found, refused} = ibmcloud.read([`${text}\n`]);
		assert.deepEqual([found.map(({data}) => data.get('apiKey')?.reveal()), refused], [[key], []], text);
		assert.equal(found[0]?.remark, remark, text);
	}
	for (const other of ['A_APIKEY: canary$x', 'A_APIKEY: # canary']) {
		const {found, refused} = ibmcloud.read([`A_APIKEY=first\n${other}\n`]);
		assert.deepEqual([found, refused.length], [[], 1]);
		assert.match(refused[0]?.reason ?? '', /^has a key that is written on line 2 (?!.*canary).*only the Node SDK/);
	}
	assert.deepEqual(ibmcloud.read(['A_APIKEY= # none\n']), {found: [], refused: []});
});

test('reports a damaged key file by position, with none of its content', () => {
	assertDamaged(ibmcloud, ['{"name": "n", "apikey": "canary', '{"name": "n",\n "apikey": ["canary"]}']);
});

test("does not take other programs' variables for those of IBM Cloud", () => {
	for (const text of [
		'MAIL_APIKEY=abc\nMAIL_URL=https://mail.example.com',
		'APIKEY=abc',
		'A_URL=https://x.cloud.ibm.com',
	]) {
		assert.ok(!ibmcloud.recognizes(new FileText(text, '.env')), text);
	}
	assert.ok(ibmcloud.recognizes(new FileText('MAIL_APIKEY=abc', 'ibm-credentials.env')));
	assert.ok(!ibmcloud.recognizes(new FileText('{"apikey": "abc"}', 'apikey.json')));
});

test('looks for ibm-credentials.env where IBM_CREDENTIALS_FILE points, or in the home directory', () => {
	assert.deepEqual(pathsOn('linux', ibmcloud), ['/home/ann/ibm-credentials.env']);
	assert.deepEqual(pathsOn('darwin', ibmcloud), ['/Users/ann/ibm-credentials.env']);
	assert.deepEqual(pathsOn('win32', ibmcloud), ['C:\\Users\\ann\\ibm-credentials.env']);
	assert.deepEqual(pathsOn('linux', ibmcloud, {IBM_CREDENTIALS_FILE: '/keys'}), ['/keys/ibm-credentials.env', '/keys']);
});

test('recognizes its own file by content, whatever the name, and no other file', () => {
	assert.ok(ibmcloud.recognizes(new FileText(toolFixture('ibmcloud/key.json'), '')));
	assert.ok(ibmcloud.recognizes(new FileText(toolFixture('ibmcloud/ibm-credentials.env'), '')));
	assertKnowsOnlyIts(ibmcloud, 'ibmcloud');
});
