import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fold} from '../../source/providers/provider.js';

test('compares keys without case, white space, hyphens and underscores', () => {
	for (const key of [
		'accessKeyID',
		'AccessKeyId',
		'Access key ID',
		'access-key-id',
		'ACCESS_KEY_ID',
		' access\tkey_id ',
	]) {
		assert.equal(fold(key), 'accesskeyid');
	}
	assert.notEqual(fold('access.key.id'), fold('accessKeyID'));
	assert.notEqual(fold('awsAccessKeyID'), fold('accessKeyID'));
});
