import assert from 'node:assert/strict';
import {test} from 'node:test';
import {partMeaning} from '../../source/credentials/part-meaning.js';
import {providerOf} from '../../source/providers/catalog.js';

test('a part has the label of its provider, and what nobody knows is secret', () => {
	const aws = providerOf('aws');
	assert.deepEqual(partMeaning('data.secretAccessKey', aws), {label: 'Secret access key', isSecret: true});
	assert.deepEqual(partMeaning('data.accessKeyID', aws), {label: 'Access key ID', isSecret: false});
	assert.deepEqual(partMeaning('data.more', aws), {label: 'more', isSecret: true});
	assert.deepEqual(partMeaning('label.team.x', aws), {label: 'label team.x', isSecret: false});
	assert.deepEqual(partMeaning('carried.newer', aws), {label: 'newer', isSecret: true});
	assert.deepEqual(partMeaning('journal', aws), {label: 'journal', isSecret: true});
	assert.deepEqual(partMeaning('note', aws), {label: 'note', isSecret: false});
});
