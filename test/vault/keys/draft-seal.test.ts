import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {Secret} from '../../../source/domain/secret.js';
import {fileVaultPlace} from '../../../source/vault/file-vault.js';
import {memoryVaultPlace} from '../../../source/vault/memory-vault.js';
import {passphrase, quick} from '../../helpers/vault-samples.js';

test('a sealed draft is opened by the same vault after a lock, and by no other', async context => {
	const folder = mkdtempSync(path.join(tmpdir(), 'draft-'));
	context.after(() => rmSync(folder, {recursive: true, force: true}));
	const places = [
		fileVaultPlace(path.join(folder, 'one.json'), quick),
		fileVaultPlace(path.join(folder, 'two.json'), quick),
		memoryVaultPlace(),
	];
	const drafts = await Promise.all(
		places.map(async place => (await place.create(passphrase)).seal(new Secret('a draft with a secret 🔑'))),
	);
	for (const [index, draft] of drafts.entries()) {
		assert.ok(!Buffer.from(draft.data, 'base64').includes('secret'));
		for (const [other, place] of places.entries()) {
			const opened = (await place.unlock(passphrase)).unseal(draft);
			assert.equal(opened?.reveal(), index === other ? 'a draft with a secret 🔑' : undefined);
		}
	}
});
