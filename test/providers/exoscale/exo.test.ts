import assert from 'node:assert/strict';
import {test} from 'node:test';
import {exoscale} from '../../../source/providers/exoscale/exo.js';
import {assertKnowsOnlyIts} from '../../helpers/importers.js';
import {assertDamaged, assertRecognizes, clear, fixture, placesOn} from '../../helpers/importing.js';

const text = fixture('exoscale/exoscale.toml');

test('finds every account with a key, in any case of its settings', () => {
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

test('names an account that has a command for its secret, and does not run the command', () => {
	const {refused} = exoscale.read([text]);
	assert.deepEqual(refused, [{label: 'vaulted', reason: 'gets its secret from a program, which pharmer does not run'}]);
});

test("looks in each system's settings directory, an older location, or where the environment points", () => {
	const paths = (...on: Parameters<typeof placesOn>): readonly string[] =>
		exoscale.files(placesOn(...on)).map(([path]) => path);
	const toml = (...on: Parameters<typeof placesOn>): readonly string[] =>
		paths(...on).filter(path => path.endsWith('.toml'));
	const [own, older, oldest] = [
		'/home/me/.config/exoscale/exoscale.toml',
		'/home/me/.exoscale/exoscale.toml',
		'/home/me/exoscale.toml',
	];
	assert.deepEqual(toml('linux'), [own, older, oldest]);
	assert.deepEqual(toml('linux', {SNAP_USER_COMMON: '/home/me/snap/exoscale-cli/common'}), [older, oldest]);
	assert.equal(toml('darwin')[0], '/Users/me/Library/Application Support/exoscale/exoscale.toml');
	assert.equal(toml('win32')[0], 'C:\\Users\\me\\AppData\\Roaming\\exoscale\\exoscale.toml');
	assert.ok(paths('linux').includes('/home/me/.exoscale/exoscale') && !paths('linux').includes('/home/me/exoscale'));
	assert.deepEqual(exoscale.files(placesOn('linux', {EXOSCALE_CONFIG: '~/e.toml'})), [['/home/me/e.toml']]);
});

test('recognizes only its own file, and reports damage by position, with none of the content', () => {
	assertRecognizes(exoscale);
	assertKnowsOnlyIts(exoscale, 'exoscale');
	assertDamaged(exoscale, '[[accounts]]\nsecret = "canary\n');
});
