import assert from 'node:assert/strict';
import {test} from 'node:test';
import {checkData} from '../../../source/credentials/check.js';
import {handOn} from '../../../source/credentials/variables.js';
import {findProvider} from '../../../source/providers/catalog.js';
import {ibm} from '../../../source/providers/ibm/schema.js';
import {fields} from '../../helpers/command-line.js';

const told = (data: Readonly<Record<string, string>>): readonly string[] =>
	checkData(ibm, fields(data)).map(({severity, field, message}) => `${severity} ${field}: ${message}`);

test('an API key has the length that its user name implies', () => {
	assert.deepEqual(told({apiKey: 'a'.repeat(44)}), []);
	assert.deepEqual(told({username: 'apikey', apiKey: 'a'.repeat(44)}), []);
	assert.deepEqual(told({username: '1_me@example.com', apiKey: 'a'.repeat(64)}), []);
	assert.match(told({apiKey: 'a'.repeat(43)})[0] ?? '', /^odd apiKey: .*44 .*this has 43/);
	assert.match(
		told({username: '1_me@example.com', apiKey: 'a'.repeat(44)})[0] ?? '',
		/^odd apiKey: .*64 .*this has 44/,
	);
	assert.match(told({apiKey: `${'a'.repeat(44)}\n`})[0] ?? '', /^odd apiKey: .*white space/);
	assert.match(told({username: 'me'}).join(), /wrong apiKey: API key can't be empty/);
});

test('sets the variables of classic infrastructure with a user name, and those of IBM Cloud without', () => {
	const names = (data: Readonly<Record<string, string>>) => handOn(ibm, fields(data), false);
	const cloud = names({apiKey: 'k'});
	assert.deepEqual(
		cloud.variables.map(({name}) => name),
		['IBMCLOUD_API_KEY', 'IC_API_KEY'],
	);
	assert.ok(cloud.unset.includes('SL_API_KEY') && cloud.unset.includes('SL_USERNAME'));
	const classic = names({username: 'u', apiKey: 'k'});
	assert.deepEqual(
		classic.variables.map(({name}) => name),
		['SL_USERNAME', 'IAAS_CLASSIC_USERNAME', 'SL_API_KEY', 'IAAS_CLASSIC_API_KEY'],
	);
	assert.ok(classic.unset.includes('IBMCLOUD_API_KEY'));
});

test('is found by its older ids', () => {
	for (const id of ['Softlayer', 'bluemix']) assert.equal(findProvider(id), ibm);
});
