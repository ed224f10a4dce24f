import assert from 'node:assert/strict';
import {test} from 'node:test';
import {civo} from '../../../source/providers/civo/civo-cli.js';
import {assertKnowsOnlyIts} from '../../helpers/importers.js';
import {assertDamaged, assertRecognizes, clear, fixture, placesOn} from '../../helpers/importing.js';

test('finds every API key by name, with the region that the command uses', () => {
	const region = ['region', 'LON1'];
	assert.deepEqual(clear(civo.read([fixture('civo/civo.json')])), [
		['personal', [['token', 'ExampleCivoKeyNumberOneOfFiftyLettersAndDigits0001'], region]],
		['work', [['token', 'ExampleCivoKeyNumberTwoOfFiftyLettersAndDigits0002'], region]],
		['ci server', [['token', '0000123456789'], region]],
	]);
});

test('accepts a file without keys or without a region', () => {
	assert.deepEqual(civo.read(['{"apikeys": null, "meta": {}}']).found, []);
	assert.deepEqual(clear(civo.read(['{"apikeys": {"a": "", "b": "c"}, "meta": {}}'])), [['b', [['token', 'c']]]]);
});

test('looks for the file in the home directory, or where the environment points', () => {
	assert.deepEqual(civo.files(placesOn('linux')), [['/home/me/.civo.json']]);
	assert.deepEqual(civo.files(placesOn('darwin')), [['/Users/me/.civo.json']]);
	assert.deepEqual(civo.files(placesOn('win32')), [['C:\\Users\\me\\.civo.json']]);
	assert.deepEqual(civo.files(placesOn('linux', {CIVO_CONFIG: '/c.json'})), [['/c.json']]);
});

test('recognizes only its own file, and reports damage by position, with none of the content', () => {
	assertRecognizes(civo);
	assertKnowsOnlyIts(civo, 'civo');
	assertDamaged(civo, '{"apikeys": {"a": "canary');
});

test('loses only the key that is damaged, and says its line; a damaged region costs nothing else', () => {
	const {found, refused} = civo.read(['{"apikeys": {"a": ["canary"],\n"b": "c"}, "meta": {"default_region": []}}']);
	assert.deepEqual(clear({found, refused: []}), [['b', [['token', 'c']]]]);
	assert.equal(refused[0]?.label, 'a');
	assert.match(refused[0]?.reason ?? '', /^can't be read: line 1, (?!.*canary)/);
});
