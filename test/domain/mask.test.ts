import assert from 'node:assert/strict';
import {test} from 'node:test';
import {shortId} from '../../source/domain/mask.js';

test('a long public id keeps both ends, a short one stays whole', () => {
	assert.equal(shortId('AKIAGMYJJTT3RMGGRNY5'), 'AKIA…RNY5');
	assert.equal(shortId('123456789012'), '123456789012');
	assert.equal(shortId('1234567890123'), '1234…0123');
	assert.equal(shortId(''), '');
});
