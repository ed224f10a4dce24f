import assert from 'node:assert/strict';
import {test} from 'node:test';
import {lookAround} from '../../source/look/look.js';
import {pharmer} from '../../source/look/pharmer.js';
import {filesWorld} from '../helpers/import-world.js';
import {assertDamaged, assertRecognizes, clear, fixture, placesOn} from '../helpers/importing.js';

const text = fixture('pharmer/aws-prod.json');

test('a manifest from the older store keeps its name, its date, and its values to the byte', () => {
	const reading = pharmer.read([text]);
	assert.deepEqual(clear(reading), [
		[
			'aws-prod',
			[
				['accessKeyID', 'AKIAQ4J5K6L7M2N3P4Q5'],
				['secretAccessKey', '+example/secret/of/the/older/store/xx=='],
			],
		],
	]);
	assert.equal(reading.found[0]?.about?.created, '2019-06-26T08:55:54Z');
});

test('searches the store with and without an owner, and skips clusters and other files', async () => {
	const store = '/home/me/.pharmer/store.d';
	const third = text.replace('aws-prod', 'third');
	const world = filesWorld({
		[`${store}/credentials/aws-prod.json`]: text,
		[`${store}/me/credentials/other.json`]: text.replace('aws-prod', 'other'),
		[`${store}/you/credentials/third.json`]: third,
		[`${store}/clusters/c1.json`]: '{"kind": "Cluster"}',
		[`${store}/credentials/aws-prod.json.bak`]: third,
		[`${store}/a/b/credentials/deep.json`]: third,
	});
	const {found, damaged} = await lookAround(world, ['pharmer']);
	assert.deepEqual(found.map(({label}) => label).sort(), ['aws-prod', 'other', 'third']);
	assert.deepEqual(
		found.map(({about}) => about?.created),
		Array(3).fill('2019-06-26T08:55:54Z'),
	);
	assert.deepEqual(damaged, []);
});

test('looks for the store in the home directory of each system', () => {
	const directory = (platform: 'linux' | 'darwin' | 'win32') => pharmer.trees?.(placesOn(platform))[0]?.directory;
	assert.equal(directory('linux'), '/home/me/.pharmer/store.d');
	assert.equal(directory('darwin'), '/Users/me/.pharmer/store.d');
	assert.equal(directory('win32'), 'C:\\Users\\me\\.pharmer\\store.d');
	assert.deepEqual(pharmer.files(placesOn('linux')), []);
});

test("tells its files from tools' files, and reports damage by position, with none of the content", () => {
	assertRecognizes(pharmer);
	assertDamaged(pharmer, '{"kind": "Credential", "spec": "canary');
	assertDamaged(pharmer, text.replace('"AKIAQ4J5K6L7M2N3P4Q5"', '["canary"]'));
});
