import assert from 'node:assert/strict';
import {hkdfSync, randomBytes} from 'node:crypto';
import {test} from 'node:test';
import {derivedKey} from '../../../source/vault/keys/derived-key.js';

test('a derived key is that of HKDF-SHA-256', () => {
	// RFC 5869, test case 3, whose salt and info are empty: the first block of its output.
	assert.equal(
		derivedKey(Buffer.alloc(22, 0x0b), Buffer.alloc(0), '').toString('hex'),
		'8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d',
	);
	for (const [length, saltLength, purpose] of [[16, 16, 'pharmer recovery key'] as const, [32, 0, 'ü 🔑'] as const]) {
		const [secret, salt] = [randomBytes(length), randomBytes(saltLength)];
		assert.deepEqual(derivedKey(secret, salt, purpose), Buffer.from(hkdfSync('sha256', secret, salt, purpose, 32)));
	}
});
