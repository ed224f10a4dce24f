import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type {CredentialContent} from '../../source/domain/credential.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {versionsOf} from '../../source/vault/history/history.js';
import {addCredential, getByName} from '../../source/vault/operations.js';
import type {Content, Vault} from '../../source/vault/vault.js';
import {decryptVault} from './independent-decryptor.js';
import {draft, namesBeside, passphrase, plain, quick} from './vault-samples.js';

/** A new vault with the credential that `vault-child.ts` counts in, at 1. */
export async function counterAt(file: string): Promise<Vault> {
	const vault = await fileVaultPlace(file, quick).create(passphrase);
	await vault.change(content => addCredential(content, draft('counter', {number: '1', token: ''}), new Date()));
	return vault;
}

/**
 * The number it is at, whose text has to be the one that was written with it; its versions have to be those before it.
 */
export function numberIn(content: Content): number {
	const counter = getByName(content, 'counter');
	const number = numberOf(counter);
	const versions = versionsOf(content, counter);
	assert.ok(number === 1 || versions.length > 0);
	assert.deepEqual(
		versions.map(version => numberOf(version.content)),
		versions.map((_, index) => number - 1 - index),
	);
	return number;
}

function numberOf({data}: CredentialContent): number {
	const number = Number(data.get('number')?.reveal());
	const token = number === 1 ? '' : String.fromCharCode(97 + (number % 26)).repeat((number * 7919) % 20_000);
	assert.equal(data.get('token')?.reveal(), token);
	return number;
}

/** A change that changes nothing. */
export function touch(vault: Vault): Promise<undefined> {
	return vault.change(content => ({content, result: undefined}));
}

/**
 * The next change leaves nothing of writers that died, but for a claim to the lock that was not written out, which
 * has to be old first; and what is there then can be read by others.
 */
export async function assertTidied(file: string, vault: Vault): Promise<void> {
	const folder = path.dirname(file);
	await touch(vault);
	for (const name of fs.readdirSync(folder)) {
		if (name.includes('.try-')) fs.utimesSync(path.join(folder, name), 1, 1);
	}
	await touch(vault);
	assert.deepEqual(namesBeside(folder), ['vault.json', 'vault.json.seen']);
	const content = await (await fileVaultPlace(file, quick).unlock(passphrase)).read();
	assert.deepEqual(decryptVault(file, passphrase.reveal()), {...plain(content), sections: content.sections});
}
