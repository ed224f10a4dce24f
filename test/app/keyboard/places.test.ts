import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {State} from '../../../source/app/core/state.js';
import {noVisits, visited} from '../../../source/app/core/visits.js';
import {type Place, placeKey, placesFor} from '../../../source/app/keyboard/places.js';
import {storedCredential} from '../../helpers/credentials.js';
import {on, openedApp} from '../../helpers/played.js';

const aws = ['prod', 'prod-eu', 'staging', 'production-db'].map((name, index) =>
	storedCredential(name, {
		labels: new Map([
			['env', index < 2 ? 'prod' : 'dev'],
			['team', 'infra'],
		]),
	}),
);
const app = openedApp({credentials: aws});

const text = (place: Place): string => {
	if (place.kind === 'label') return `tag:${place.label} ${place.count}`;
	return place.kind === 'credential' ? place.credential.name : `${place.credential.name} › ${place.row.field.label}`;
};
const found = (state: State, query: string): readonly string[] => placesFor(state, query).map(({item}) => text(item));

test('a query finds credentials, fields of the selected one, and labels', () => {
	assert.equal(found(app, 'staging')[0], 'staging');
	assert.equal(found(app, 'secret')[0], 'prod › Secret access key');
	assert.equal(found(app, 'team')[0], 'tag:team=infra 4');
	assert.deepEqual(found(app, 'env=dev').slice(0, 1), ['tag:env=dev 2']);
});

test('words of a name and of a field lead to that field', () => {
	assert.equal(found(app, 'staging secret')[0], 'staging › Secret access key');
	assert.equal(found(app, 'eu access key id')[0], 'prod-eu › Access key ID');
});

test('no value is looked at', () => {
	assert.deepEqual(found(app, 'wJalrXUtnFEMI'), []);
});

test('an empty query has what was used or gone to, the latest first', () => {
	assert.deepEqual(found(app, ''), []);
	const staging = aws[2]?.id ?? '';
	const visits = visited(visited(noVisits, 'label env=dev', app.now - 1000), staging, app.now);
	assert.deepEqual(found({...app, visits: visited(visits, staging, app.now)}, ''), ['staging', 'tag:env=dev 2']);
	const demo = on('prod');
	const used = placesFor(demo, '').map(({item}) => item);
	assert.ok(used.length > 1 && used.every(({kind}) => kind === 'credential'));
});

test('of equal matches the one that somebody goes to comes first', () => {
	const names = ['web-1', 'web-2', 'web-3'].map(name => storedCredential(name));
	const state = openedApp({credentials: names});
	assert.equal(found(state, 'web')[0], 'web-1');
	assert.equal(found({...state, visits: visited(noVisits, 'id-of-web-3', state.now)}, 'web')[0], 'web-3');
});

test('ten thousand credentials give forty places, each once', () => {
	const many = Array.from({length: 10_000}, (_, index) => storedCredential(`web-${index}`));
	const places = placesFor(openedApp({credentials: many}), 'web key').map(({item}) => placeKey(item));
	assert.equal(places.length, 40);
	assert.equal(new Set(places).size, 40);
});
