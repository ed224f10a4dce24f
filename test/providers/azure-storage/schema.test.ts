import assert from 'node:assert/strict';
import {test} from 'node:test';
import {azureStorage} from '../../../source/providers/azure-storage/schema.js';
import {findProvider} from '../../../source/providers/catalog.js';
import {findingsOf, oddityOf} from '../../helpers/findings.js';

const key = `${'a/+0'.repeat(21)}aa==`;

test('requires an account and its key', () => {
	for (const id of ['azureStorage', 'AzureStorage', 'azurestorage']) assert.equal(findProvider(id), azureStorage);
	assert.deepEqual(findingsOf(azureStorage, {account: 'invented0', key}), []);
	assert.equal(findingsOf(azureStorage, {}).length, 2);
});

test('names and keys of another shape are odd, a connection string above all', () => {
	for (const account of ['ab', 'Invented', 'in-vented', 'a'.repeat(25), 'https://invented0.blob.core.windows.net']) {
		assert.match(oddityOf(azureStorage, 'account', account), /^odd: names of storage accounts/);
	}
	assert.match(oddityOf(azureStorage, 'key', `AccountName=a;AccountKey=${key}`), /^odd: .*after AccountKey=/);
	assert.match(oddityOf(azureStorage, 'key', key.slice(1)), /^odd: keys of storage accounts/);
	assert.match(oddityOf(azureStorage, 'key', `${key}\n`), /^odd: .*white space/);
});
