import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import {test} from 'node:test';
import {examine} from '../../source/doctor/checks.js';
import {waysIn} from '../../source/doctor/ways-in.js';
import {Secret} from '../../source/domain/secret.js';
import {keyringSlot} from '../../source/vault/keys/keyring.js';
import type {Slot} from '../../source/vault/keys/opener.js';
import {defaultCost, leastCost, makeSlot} from '../../source/vault/keys/passphrase.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import {fakeKeyring} from '../helpers/fake-keyring.js';
import {fakeMachine} from '../helpers/fake-machine.js';

const vaultId = '00000000-0000-4000-8000-000000000000';
const key = randomBytes(32);

/** A slot by passphrase whose header says that it takes that much; it was made at the least cost. */
async function passphraseOf(n: number, id: string): Promise<Slot> {
	const slot = await makeSlot(vaultId, key, new Secret('a'), leastCost, id);
	return {...slot, kdf: {...slot.kdf, n}};
}

const first = '11111111-0000-4000-8000-000000000000';
const second = '22222222-0000-4000-8000-000000000000';
const recovery: Slot = {id: '33333333-0000-4000-8000-000000000000', kind: 'recovery'};

async function look(slots: readonly Slot[], changes: Parameters<typeof fakeMachine>[0] = {}) {
	const place = {...memoryVaultPlace({credentials: [], trash: []}), slots: async () => slots};
	const found = await examine(fakeMachine({place, ...changes}), waysIn);
	return found.map(({id, state, text, fix}) => [id, state, text, ...Object.values(fix ?? {})]);
}

test('a vault with one way in needs another one', async () => {
	const one = await passphraseOf(defaultCost, first);
	const [ways] = await look([one]);
	assert.deepEqual(ways, [
		'ways-in',
		'care',
		'1 passphrase, no recovery key: nobody opens the vault once the passphrase is forgotten',
		'pharmer slots add recovery',
	]);
	assert.deepEqual((await look([recovery]))[0], [
		'ways-in',
		'care',
		'1 recovery key: nobody opens the vault once it is lost',
		'pharmer slots add passphrase',
	]);
	assert.deepEqual((await look([one, recovery]))[0], ['ways-in', 'ok', '1 passphrase, 1 recovery key']);
	const two = [one, await passphraseOf(defaultCost, second)];
	assert.deepEqual((await look(two))[0], ['ways-in', 'ok', '2 passphrases, no recovery key']);
});

test('a kind that is not known is named, and no fault', async () => {
	const strange = {id: second, kind: 'team'};
	const [, unknown] = await look([await passphraseOf(defaultCost, first), recovery, strange]);
	assert.deepEqual(unknown, ['ways-in', 'unknown', '1 way in of a kind that this pharmer does not know: `team`']);
});

test('the passphrases that cost less than one of today are named, with the command for this vault', async () => {
	const cheap = await passphraseOf(leastCost, first);
	const dear = await passphraseOf(defaultCost * 2, second);
	assert.deepEqual((await look([cheap, dear], {vaultWords: ['--vault', '/my vault']}))[1], [
		'key-cost',
		'care',
		'guessing the passphrase of `11111111` takes 1/4 of the work for a new vault',
		"pharmer rekey --vault '/my vault'",
	]);
	assert.equal((await look([dear, recovery]))[1]?.[1], 'ok');
});

test('the keyring is asked only for a vault with such a way in, and its trouble is no fault of the vault', async () => {
	const keyring = fakeKeyring();
	const slots = [await passphraseOf(defaultCost, first), recovery];
	const asked = {keyring: async () => keyring};
	assert.equal((await look(slots, asked)).length, 2);
	assert.deepEqual(keyring.tasks, []);
	const own = await keyringSlot(keyring.set)(vaultId, key, second);
	const all = [...slots, own];
	assert.deepEqual((await look(all, asked))[2], ['keyring', 'ok', 'that of this machine opens the vault']);
	keyring.entries.clear();
	assert.deepEqual((await look(all, asked))[2], [
		'keyring',
		'unknown',
		"that of this machine has nothing that opens the vault: `22222222` may be another machine's",
		'pharmer slots add keyring',
	]);
	keyring.trouble = "the system's keyring can't be used: it does not answer";
	assert.deepEqual((await look(all, asked))[2], ['keyring', 'unknown', keyring.trouble]);
	assert.deepEqual((await look(all, {keyring: async () => 'there is no terminal'}))[2], [
		'keyring',
		'unknown',
		'not asked: there is no terminal',
	]);
});
