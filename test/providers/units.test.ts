import assert from 'node:assert/strict';
import {test} from 'node:test';
import {providers} from '../../source/providers/catalog.js';
import {signingIn, unitOf} from '../../source/providers/units.js';
import {unitsApart} from '../helpers/team-histories.js';

test('every secret of every provider is in the unit that signs in, and so is what its key needs', () => {
	for (const {id, fields, alternatives = []} of providers) {
		const secrets = fields.filter(({secret}) => secret).map(({key}) => key);
		const ways = alternatives.flatMap(({fields: keys}) => keys);
		const ends = fields.filter(({endOf}) => endOf !== undefined).map(({key}) => key);
		for (const key of [...secrets, ...ways, ...ends]) assert.equal(unitOf(id, key), signingIn, `${id} ${key}`);
	}
});

test('what is no part of signing in is by itself', () => {
	const apart = providers.flatMap(({id, fields}) =>
		fields.flatMap(({key}) => (unitOf(id, key) === signingIn ? [] : [[`${id} ${key}`, unitOf(id, key)]])),
	);
	assert.deepEqual(Object.fromEntries(apart), unitsApart);
});

test('all fields of a provider that nobody knows, or that takes any, are one unit', () => {
	for (const provider of ['generic', 'newer']) assert.equal(unitOf(provider, 'region'), signingIn, provider);
	assert.equal(unitOf('AWS', 'region'), 'region', 'the id of an older release');
	assert.equal(unitOf('aws', 'unknown'), signingIn);
});
