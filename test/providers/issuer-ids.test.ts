import assert from 'node:assert/strict';
import {test} from 'node:test';
import {issuerIds} from '../../source/providers/issuer-ids.js';
import {issuers} from '../../source/providers/issuers.js';

test('the app offers to make what an issuer makes, and nothing else', () => {
	assert.deepEqual([...issuerIds].toSorted(), [...issuers.keys()].toSorted());
});
