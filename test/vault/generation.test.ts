import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {contentText} from '../../source/vault/format/content.js';
import {sealEnvelope} from '../../source/vault/format/envelope.js';
import {leastCost, makeSlot, passphraseSlot} from '../../source/vault/keys/passphrase.js';
import {addCredential} from '../../source/vault/operations.js';
import type {Vault} from '../../source/vault/vault.js';
import {runProgram} from '../helpers/program.js';
import {
	changePassphrase,
	draft,
	namesBeside,
	ofCode,
	passphrase,
	quick,
	temporaryFolder,
} from '../helpers/vault-samples.js';

const vaultId = '11111111-2222-4333-8444-555555555555';
const key = randomBytes(32);
const slot = await makeSlot(vaultId, key, passphrase, leastCost);
const now = new Date('2024-05-06T07:08:09Z');
const add = (vault: Vault, name: string) => vault.change(content => addCredential(content, draft(name), now));

/** Writes a vault with one credential at that generation, as somebody with its key could. */
function vaultOf(file: string, generation: number): Buffer {
	const {content} = addCredential({credentials: [], trash: []}, draft('kept'), now);
	fs.writeFileSync(file, sealEnvelope({version: 2, id: vaultId, generation, slots: [slot]}, key, contentText(content)));
	return fs.readFileSync(file);
}

test('a vault that cannot count another write refuses a change before anything is written, and can be read', async t => {
	for (const generation of [2 ** 53 - 2, 2 ** 53 - 1]) {
		const folder = temporaryFolder(t);
		const file = path.join(folder, 'v');
		const before = vaultOf(file, generation);
		const vault = await fileVaultPlace(file, quick).unlock(passphrase);
		for (const write of [() => add(vault, 'one'), () => changePassphrase(vault, 'another')]) {
			await assert.rejects(write(), error => {
				assert.match((error as {hint: string}).hint, /nothing was written.*export.*import/);
				return ofCode('damaged', /takes no more changes/)(error);
			});
		}
		assert.ok(fs.readFileSync(file).equals(before));
		assert.deepEqual(namesBeside(folder), ['v', 'v.seen']);
		const again = await fileVaultPlace(file, quick).unlock(passphrase);
		assert.deepEqual(
			(await again.read()).credentials.map(({name}) => String(name)),
			['kept'],
		);
	}
});

test('the last write that can be counted succeeds', async t => {
	const file = path.join(temporaryFolder(t), 'v');
	vaultOf(file, 2 ** 53 - 3);
	const vault = await fileVaultPlace(file, quick).unlock(passphrase);
	await add(vault, 'last');
	assert.equal(JSON.parse(fs.readFileSync(file, 'utf8')).generation, 2 ** 53 - 2);
	assert.equal((await (await fileVaultPlace(file, quick).unlock(passphrase)).read()).credentials.length, 2);
});

test('a change with slots that no program would accept is refused before it is written', async t => {
	const file = path.join(temporaryFolder(t), 'v');
	const slots = [slot];
	for (const n of [2 ** 19, 2 ** 18, 2 ** 17, 2 ** 16, 2 ** 15])
		slots.push({...slot, id: vaultId.replace(/1/g, `${Math.log2(n) % 10}`), kdf: {...slot.kdf, n}});
	fs.writeFileSync(
		file,
		sealEnvelope({version: 2, id: vaultId, generation: 1, slots}, key, '{"credentials":[],"trash":[],"sections":{}}'),
	);
	const before = fs.readFileSync(file);
	const vault = await fileVaultPlace(file).unlock(passphrase);
	await assert.rejects(vault.addSlot(passphraseSlot(passphrase)), ofCode('invalid', /slots together cost more/));
	assert.ok(fs.readFileSync(file).equals(before));
	await add(vault, 'one');
});

test('the command line says how to continue with a new vault', async t => {
	const home = temporaryFolder(t);
	const file = path.join(home, 'v');
	const before = vaultOf(file, 2 ** 53 - 1);
	const environment = {PHARMER_PASSPHRASE: passphrase.reveal(), PHARMER_VAULT: file};
	const run = (...args: readonly string[]) => runProgram({args, home, environment});
	assert.equal((await run('get', 'credentials', '-o', 'name')).stdout, 'kept\n');
	const {code, stderr} = await run('edit', 'credential', 'kept', '--note', 'x');
	assert.equal(code, 8, stderr);
	assert.match(stderr, /takes no more changes\nnothing was written; continue with a new one: `pharmer export/);
	assert.ok(fs.readFileSync(file).equals(before));
	const copy = path.join(home, 'copy.yaml');
	assert.equal((await run('export', '--to', copy)).code, 0);
	assert.equal((await run('import', copy, '--all', '--vault', path.join(home, 'new'))).code, 0);
	assert.equal((await run('get', 'credentials', '-o', 'name', '--vault', path.join(home, 'new'))).stdout, 'kept\n');
});
