import assert from 'node:assert/strict';
import {test} from 'node:test';
import {checkData} from '../../../source/credentials/check.js';
import {alibaba} from '../../../source/providers/alibaba/schema.js';
import {findProvider} from '../../../source/providers/catalog.js';
import {fields} from '../../helpers/command-line.js';
import {samplesOf} from '../../helpers/samples.js';

const [lasting = {}, temporary = {}] = samplesOf('alibaba');
const told = (data: Readonly<Record<string, string>>): readonly string[] =>
	checkData(alibaba, fields(data)).map(({severity, field, message}) => `${severity} ${field}: ${message}`);

test('long-lived and temporary keys pass; other shapes are odd, with a reason', () => {
	assert.deepEqual(told(lasting), []);
	assert.deepEqual(told(temporary), []);
	assert.match(told({...lasting, accessKeyID: 'AKIAQ4J5K6L7M2N3P4Q5'})[0] ?? '', /^odd accessKeyID: .*start with LTAI/);
	assert.match(told({...lasting, accessKeyID: 'LTAIshort'})[0] ?? '', /^odd accessKeyID: .*12 to 21/);
	assert.match(
		told({...lasting, accessKeySecret: 'a'.repeat(29)})[0] ?? '',
		/^odd accessKeySecret: .*30 .*this has 29/,
	);
	assert.match(told({...lasting, region: 'eu central'})[0] ?? '', /^odd region: .*eu-central-1/);
});

test('a temporary key needs its token, and a long-lived one has none', () => {
	const {securityToken = '', ...bare} = temporary;
	assert.match(told(bare)[0] ?? '', /^wrong securityToken: .*temporary and needs/);
	assert.match(told({...lasting, securityToken})[0] ?? '', /^odd securityToken: .*long-lived/);
});

test("its tools' names are aliases", () => {
	for (const id of ['aliyun', 'AliCloud', 'alibabacloud']) assert.equal(findProvider(id), alibaba);
});
