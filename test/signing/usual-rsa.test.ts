import assert from 'node:assert/strict';
import {generateKeyPairSync, type KeyObject} from 'node:crypto';
import {test} from 'node:test';
import {isUsualRsa} from '../../source/signing/usual-rsa.js';

test('a key with which a signature takes seconds is none of a usual size', () => {
	const sized = (modulusLength: number): KeyObject =>
		({asymmetricKeyType: 'rsa', asymmetricKeyDetails: {modulusLength}}) as KeyObject;
	assert.deepEqual(
		[2048, 8192, 8193, 40_000].map(bits => isUsualRsa(sized(bits))),
		[true, true, false, false],
	);
	assert.ok(isUsualRsa(generateKeyPairSync('rsa', {modulusLength: 2048}).privateKey));
	assert.ok(!isUsualRsa(generateKeyPairSync('ed25519').privateKey));
});
