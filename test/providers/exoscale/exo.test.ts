import assert from 'node:assert/strict';
import {test} from 'node:test';
import {exoscale} from '../../../source/providers/exoscale/exo.js';
import {assertKnowsOnlyIts} from '../../helpers/importers.js';
import {assertDamaged, assertRecognizes, clear, fixture, placesOn} from '../../helpers/importing.js';

const text = fixture('exoscale/exoscale.toml');

test('every account with a key is found, whatever the case of its settings', () => {
	assert.deepEqual(clear(exoscale.read([text])), [
		[
			'lab',
			[
				['apiKey', 'EXOexampleexampleexampleone'],
				['apiSecret', 'example-secret-one_ofTheLab'],
				['zone', 'ch-gva-2'],
			],
		],
		[
			'production',
			[
				['apiKey', 'EXOexampleexampleexampletwo'],
				['apiSecret', 'example-secret-two\\not#escaped'],
				['zone', 'de-fra-1'],
			],
		],
		[
			'old',
			[
				['apiKey', 'EXOexampleexampleexample003'],
				['apiSecret', 'example-secret-three'],
			],
		],
	]);
});

test('an account with a command for its secret is named, and the command is not run', () => {
	const {refused} = exoscale.read([text]);
	assert.deepEqual(refused, [{label: 'vaulted', reason: 'runs a program for its secret, which is not done here'}]);
});

test('the file is in the directory of settings of each system, an older place, or where the environment says', () => {
	assert.deepEqual(exoscale.files(placesOn('linux')), [
		['/home/me/.config/exoscale/exoscale.toml'],
		['/home/me/.exoscale/exoscale.toml'],
		['/home/me/exoscale.toml'],
	]);
	assert.deepEqual(exoscale.files(placesOn('darwin'))[0], [
		'/Users/me/Library/Application Support/exoscale/exoscale.toml',
	]);
	assert.deepEqual(exoscale.files(placesOn('win32'))[0], ['C:\\Users\\me\\AppData\\Roaming\\exoscale\\exoscale.toml']);
	assert.deepEqual(exoscale.files(placesOn('linux', {EXOSCALE_CONFIG: '~/e.toml'})), [['/home/me/e.toml']]);
});

test('its file is told from all others, and damage has a place and no content', () => {
	assertRecognizes(exoscale);
	assertKnowsOnlyIts(exoscale, 'exoscale');
	assertDamaged(exoscale, '[[accounts]]\nsecret = "canary\n');
});
