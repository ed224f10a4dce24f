import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {Secret} from '../../source/domain/secret.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {decryptVault} from '../helpers/independent-decryptor.js';
import {plain, quick, temporaryFolder} from '../helpers/vault-samples.js';

const fixture = fileURLToPath(new URL('../fixtures/vault-v1.json', import.meta.url));
const decryptor = fileURLToPath(new URL('../helpers/independent-decryptor.ts', import.meta.url));
const passphrase = 'pässword – contraseña 密码 🔑';
const frozen = {
	credentials: [
		{
			id: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
			revision: 3,
			name: 'aws',
			provider: 'aws',
			data: [
				['accessKeyID', 'AKIAIOSFODNN7EXAMPLE'],
				['secretAccessKey', '+wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY='],
			],
			labels: [
				['team', 'größe'],
				['env', 'prod'],
			],
			note: 'first line\nzweite Zeile — 三行目',
			expires: '2027-01-31',
			created: '2019-04-04T09:33:32Z',
			changed: '2024-02-29T23:59:59Z',
		},
		{
			id: '1b4e28ba-2fa1-41d2-883f-0016d3cca427',
			revision: 1,
			name: 'Google.Prod_1-x',
			provider: 'gce',
			data: [
				['projectID', 'my-project-1234'],
				[
					'serviceAccount',
					'{\n  "type": "service_account",\n  "private_key": "-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----\\n"\n}\n',
				],
				['odd', ' \u0000\u001b[31m\u202e\ud83d lone '],
			],
			labels: [],
			created: '2023-10-01T00:00:00Z',
			changed: '2023-10-01T00:00:00Z',
		},
	],
	trash: [
		{
			id: '9a0b1c2d-3e4f-4a5b-8c6d-7e8f9a0b1c2d',
			revision: 2,
			name: 'old',
			provider: 'generic',
			data: [],
			labels: [],
			created: '2020-01-01T00:00:00Z',
			changed: '2020-01-02T00:00:00Z',
			deleted: '2024-03-01T12:00:00Z',
		},
	],
};

test('a version 1 vault opens forever', async t => {
	const file = path.join(temporaryFolder(t), 'vault.json');
	fs.copyFileSync(fixture, file);
	const vault = await fileVaultPlace(file, quick).unlock(new Secret(passphrase));
	assert.deepEqual(plain(await vault.read()), frozen);
	await vault.change(content => ({content, result: undefined}));
	assert.deepEqual(decryptVault(file, passphrase), frozen);
});

test('a decryptor that shares no code with the program reads a version 1 vault', () => {
	assert.deepEqual(decryptVault(fixture, passphrase), frozen);
	assert.throws(() => decryptVault(fixture, `${passphrase} `));
});

test('the independent decryptor has at most 60 lines and uses only Node.js', () => {
	const text = fs.readFileSync(decryptor, 'utf8');
	assert.ok(text.trimEnd().split('\n').length <= 60);
	const imports = [...text.matchAll(/(?:from|import\(|require\()\s*'([^']+)'/g)].map(([, name]) => name);
	assert.deepEqual(imports.sort(), ['node:crypto', 'node:fs']);
});
