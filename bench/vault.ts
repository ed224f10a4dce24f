// Creates a vault with the cheapest key derivation accepted: `bench/vault.ts FILE COUNT PASSPHRASE`.
import process from 'node:process';
import {Secret} from '../source/domain/secret.js';
import {fileVaultPlace} from '../source/vault/file-vault.js';
import {leastCost} from '../source/vault/keys/passphrase.js';
import {sampleCredentials} from './sample.js';

const [file, count, passphrase = ''] = process.argv.slice(2);
const vault = await fileVaultPlace(file, {kdfCost: leastCost}).create(new Secret(passphrase));
await vault.change(content => ({
	content: {...content, credentials: sampleCredentials(Number(count), Date.now())},
	result: undefined,
}));
