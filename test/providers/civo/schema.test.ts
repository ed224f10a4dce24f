import assert from 'node:assert/strict';
import {test} from 'node:test';
import {checkField} from '../../../source/credentials/check.js';
import {findInEnvironment} from '../../../source/credentials/environment.js';
import {civo} from '../../../source/providers/civo/schema.js';
import {assertGuide} from '../../helpers/guide.js';

const said = (key: string, value: string): string => checkField(civo, key, value)?.message ?? '';

test('API keys have no known shape, regions look like LON1', () => {
	assert.equal(said('token', 'anything'), '');
	assert.match(said('token', 'any '), /white space/);
	for (const region of ['LON1', 'phx1', '']) assert.equal(said('region', region), '');
	assert.match(said('region', 'London'), /look like LON1/);
});

test('the variable that the command reads comes before the one for saving', () => {
	const [found] = findInEnvironment(civo, {CIVO_API_KEY: 'saved', CIVO_TOKEN: 'used'});
	assert.deepEqual([found?.variable, found?.value.reveal()], ['CIVO_TOKEN', 'used']);
});

test('the guide names its pages', () => assertGuide(civo, ['civo']));
