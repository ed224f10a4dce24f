// Creates a vault with the cheapest key derivation accepted: `bench/vault.ts FILE COUNT PASSPHRASE`.
import process from 'node:process';
import {Secret} from '../source/domain/secret.js';
import {confVaultPlace} from '../source/vault/conf-vault.js';
import {leastCost} from '../source/vault/keys/passphrase.js';
import {sampleCredentials} from './sample.js';

const [file, count, passphrase = ''] = process.argv.slice(2);
const vault = await confVaultPlace(file, {kdfCost: leastCost}).create(new Secret(passphrase));
await vault.change(content => ({
	content: {...content, credentials: sampleCredentials(Number(count), Date.now())},
	result: undefined,
}));
