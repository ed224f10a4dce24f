import assert from 'node:assert/strict';
import {test} from 'node:test';
import {checkField} from '../../../source/credentials/check.js';
import {findInEnvironment} from '../../../source/credentials/environment.js';
import {exoscale} from '../../../source/providers/exoscale/schema.js';
import {assertGuide} from '../../helpers/guide.js';

const said = (key: string, value: string): string => checkField(exoscale, key, value)?.message ?? '';

test('API keys start with EXO, secrets have no known shape, zones look like ch-gva-2', () => {
	assert.equal(said('apiKey', 'EXO0123456789abcdef01234567'), '');
	assert.match(said('apiKey', 'AKIA0123'), /start with EXO/);
	assert.equal(said('apiSecret', 'any-thing_'), '');
	assert.match(said('apiSecret', 'any\n'), /white space/);
	for (const zone of ['ch-gva-2', 'de-fra-1', 'at-vie-2', '']) assert.equal(said('zone', zone), '');
	assert.match(said('zone', 'geneva'), /look like ch-gva-2/);
});

test('reads the older variables, after the newer ones', () => {
	const found = findInEnvironment(exoscale, {EXOSCALE_KEY: 'a', EXOSCALE_API_KEY: 'b', EXOSCALE_SECRET: 'c'});
	assert.deepEqual(
		found.map(({variable}) => variable),
		['EXOSCALE_API_KEY', 'EXOSCALE_SECRET'],
	);
});

test('the guide names its pages and commands that can be pasted', () => assertGuide(exoscale, ['exo']));
