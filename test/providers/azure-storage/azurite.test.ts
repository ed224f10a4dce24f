import assert from 'node:assert/strict';
import {test} from 'node:test';
import {openNetwork} from '../../../source/network/network.js';
import {foreignPlaceOf} from '../../../source/tasks/foreign-place.js';
import {type Asked, verifyAll} from '../../../source/tasks/verify.js';
import {credentialOf} from '../../helpers/asked.js';
import {startAzurite} from '../../helpers/azurite.js';
import {isProving} from '../../helpers/rounds.js';

const skip = isProving ? false : 'only with `npm run prove`: it installs azurite';

test('the emulator of Azure Storage takes a key that is right, and no other', {skip}, async context => {
	const account = 'inventedaccount';
	const keyOf = (byte: number): string => Buffer.alloc(64, byte).toString('base64');
	const endpoint = await startAzurite(context, account, keyOf(7));
	if (endpoint === undefined) return;
	const wait = async (): Promise<void> => {};
	const network = openNetwork({environment: {}, offline: false, now: Date.now, wait});
	context.after(() => network.close());
	const said = new Map<string, Asked>();
	await verifyAll(
		[7, 8].map(byte => credentialOf('azureStorage', {account, key: keyOf(byte)}, `key-${byte}`)),
		{
			network,
			now: Date.now,
			wait,
			placeOf: credential => foreignPlaceOf(credential, {AZURE_STORAGE_SERVICE_ENDPOINT: endpoint}),
			onAsked: asked => said.set(asked.id, asked),
		},
	);
	assert.deepEqual([said.get('key-7')?.is, said.get('key-7')?.isOfProvider], ['valid', false]);
	// The service says AuthenticationFailed instead.
	assert.equal(said.get('key-8')?.is, 'unknown');
});
