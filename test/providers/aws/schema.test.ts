import assert from 'node:assert/strict';
import {test} from 'node:test';
import {checkData, checkField} from '../../../source/credentials/check.js';
import {Secret} from '../../../source/domain/secret.js';
import {aws} from '../../../source/providers/aws/schema.js';

const id = 'AKIAGMYJJTT3RMGGRNY5';
const key = 'ebZ3CL7csGZaF31DDxp63OHm1FZuG296c0xPbX/n';

/** The severity and message of the finding about a value, or undefined. */
function find(field: string, value: string): string | undefined {
	const finding = checkField(aws, field, value);
	return finding === undefined ? undefined : `${finding.severity}: ${finding.message}`;
}

function findings(data: Readonly<Record<string, string>>): readonly string[] {
	const map = new Map(Object.entries(data).map(([field, value]) => [field, new Secret(value)]));
	return checkData(aws, map).map(({severity, field, message}) => `${severity} ${field}: ${message}`);
}

test('key ids: the four kinds pass; other shapes are odd, with a reason', () => {
	for (const kind of ['AKIA', 'ASIA', 'ABIA', 'ACCA']) {
		assert.equal(find('accessKeyID', kind + id.slice(4)), undefined);
	}
	assert.match(find('accessKeyID', key.slice(0, 20)) ?? '', /^odd: .*start with AKIA or ASIA/);
	assert.match(find('accessKeyID', id.slice(1)) ?? '', /^odd: .*start with/);
	assert.match(find('accessKeyID', `${id}A`) ?? '', /^odd: .*20 characters, this has 21/);
	assert.match(find('accessKeyID', `${id.slice(0, 19)}0`) ?? '', /^odd: .*A to Z and 2 to 7/);
	assert.match(find('accessKeyID', id.toLowerCase()) ?? '', /^odd: /);
	assert.match(find('accessKeyID', `${id}\n`) ?? '', /^odd: it begins or ends with white space/);
});

test('secret keys: 40 characters of base64, whatever they start with', () => {
	for (const value of [key, `+${key.slice(1)}`, `/${key.slice(1)}`, `${key.slice(1)}=`]) {
		assert.equal(find('secretAccessKey', value), undefined);
	}
	assert.match(find('secretAccessKey', key.slice(1)) ?? '', /^odd: .*40 characters, this has 39/);
	assert.match(find('secretAccessKey', `${key.slice(1)}!`) ?? '', /^odd: .*only letters, digits/);
	assert.match(find('secretAccessKey', ` ${key}`) ?? '', /^odd: .*white space/);
	assert.match(find('secretAccessKey', `${key.slice(1)}\0`) ?? '', /^wrong: .*NUL/);
	assert.match(find('secretAccessKey', '') ?? '', /^wrong: Secret access key can't be empty/);
});

test('accepts regions of every partition', () => {
	for (const region of ['eu-west-1', 'us-gov-west-1', 'cn-northwest-1', 'us-isob-east-1', 'ap-southeast-5', '']) {
		assert.equal(find('region', region), undefined);
	}
	for (const region of ['eu-west', 'EU-WEST-1', 'Ireland', 'eu-west-1a'])
		assert.match(find('region', region) ?? '', /^odd: /);
});

test('temporary keys need a session token; long-lived keys have none', () => {
	const temporary = id.replace('AKIA', 'ASIA');
	assert.deepEqual(findings({accessKeyID: id, secretAccessKey: key}), []);
	assert.deepEqual(findings({accessKeyID: temporary, secretAccessKey: key, sessionToken: 'token'}), []);
	assert.match(
		findings({accessKeyID: temporary, secretAccessKey: key})[0] ?? '',
		/^wrong sessionToken: .*needs its session token/,
	);
	assert.match(
		findings({accessKeyID: id, secretAccessKey: key, sessionToken: 't'})[0] ?? '',
		/^odd sessionToken: .*long-lived/,
	);
});

test('each missing field is wrong on its own', () => {
	assert.deepEqual(findings({}), [
		"wrong accessKeyID: Access key ID can't be empty",
		"wrong secretAccessKey: Secret access key can't be empty",
	]);
});

test('no finding contains part of a value', () => {
	const canary = 'zq9Xk2Lw8Pv5';
	for (const field of aws.fields) {
		for (const value of [canary, ` ${canary}`, `${canary}\0`, `AKIA${canary}`, `AKIA${canary}aaaa`]) {
			for (const finding of findings({[field.key]: value})) assert.ok(!finding.includes(canary.slice(0, 6)));
		}
	}
});

test('the guide creates a dedicated user and group with the four policies, as commands and as steps', () => {
	const [commands, steps] = aws.guide?.sections ?? [];
	assert.deepEqual([commands?.commands, steps?.commands], [true, false]);
	for (const policy of ['AmazonEC2FullAccess', 'AmazonRoute53FullAccess', 'IAMFullAccess', 'AmazonVPCFullAccess']) {
		assert.ok(commands?.lines.some(line => line.endsWith(`--policy-arn arn:aws:iam::aws:policy/${policy}`)));
		assert.ok(steps?.lines.join(' ').includes(policy));
	}
	assert.ok(commands?.lines.every(line => line.startsWith('aws iam ') && line.includes(' pharmer')));
	assert.equal(commands?.lines.at(-1), 'aws iam create-access-key --user-name pharmer');
});
