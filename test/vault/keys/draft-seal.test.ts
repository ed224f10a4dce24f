import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {Secret} from '../../../source/domain/secret.js';
import {fileVaultPlace} from '../../../source/vault/file-vault.js';
import {unsealByPassphrase} from '../../../source/vault/keys/draft-seal.js';
import {passphraseSlot} from '../../../source/vault/keys/passphrase.js';
import {memoryVaultPlace} from '../../../source/vault/memory-vault.js';
import {changePassphrase, ownSlotOf, passphrase, quick, temporaryFolder} from '../../helpers/vault-samples.js';

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
		assert.ok(!Buffer.from(draft.sealed.data, 'base64').includes('secret'));
		for (const [other, place] of places.entries()) {
			const opened = (await place.unlock(passphrase)).unseal(draft);
			assert.equal(opened?.reveal(), index === other ? 'a draft with a secret 🔑' : undefined);
		}
	}
});

test('a draft is opened by a passphrase that opened the vault when it was sealed, also when the vault has another key', async context => {
	const place = fileVaultPlace(path.join(temporaryFolder(context), 'v'), quick);
	const draft = (await place.create(passphrase)).seal(new Secret('a draft'));
	const other = await place.unlock(passphrase);
	await other.rekey(new Map([[ownSlotOf(other), passphraseSlot(passphrase)]]), await other.slots());
	const opened = await place.unlock(passphrase);
	assert.equal(opened.unseal(draft), undefined);
	assert.equal((await unsealByPassphrase(draft, passphrase))?.reveal(), 'a draft');
	await changePassphrase(opened, 'another one');
	assert.equal(await unsealByPassphrase(draft, new Secret('another one')), undefined);
});
