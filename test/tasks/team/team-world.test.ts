import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseName} from '../../../source/domain/name.js';
import {Secret} from '../../../source/domain/secret.js';
import {memoryStore} from '../../../source/stores/memory.js';
import {type TeamReach, teamWorld} from '../../../source/tasks/team/team-world.js';
import {withTeam} from '../../../source/team/section.js';
import {memoryVaultPlace} from '../../../source/vault/memory-vault.js';
import {addCredential, deleteCredentials, purgeTrash} from '../../../source/vault/operations.js';
import type {Vault} from '../../../source/vault/vault.js';

const now = new Date('2026-11-30T08:00:00Z');

const asked: unknown[] = [];
const reach: TeamReach = {
	async openStore(address, opener) {
		asked.push([address.kind, opener?.name]);
		return memoryStore();
	},
	now: () => now,
	wait: async () => {},
};

/** A vault that is shared in a bucket, and the credential that opens it. */
async function sharedVault() {
	const vault: Vault = await memoryVaultPlace({credentials: [], trash: []}).unlock(new Secret('any'));
	const opener = await vault.change(content =>
		addCredential(content, {name: parseName('bucket'), provider: 'aws', data: new Map(), labels: new Map()}, now),
	);
	await vault.change(content => ({
		content: withTeam(content, {
			url: 's3://team/vault',
			opener: opener.id,
			own: [opener.id],
			seed: new Secret(Buffer.alloc(32).toString('base64')),
			log: undefined,
			conflicts: [],
		}),
		result: undefined,
	}));
	return {vault, opener};
}

test('the store is opened at the address, by the credential that the vault names', async () => {
	const {vault} = await sharedVault();
	const world = await teamWorld(vault, reach);
	assert.deepEqual(asked.pop(), ['s3', 'bucket']);
	assert.equal(world.base.reached(), undefined);
});

test('a credential that was deleted is named, and how it comes back', async () => {
	const {vault, opener} = await sharedVault();
	const [gone] = await vault.change(content => deleteCredentials(content, [opener], now));
	await assert.rejects(teamWorld(vault, reach), {
		code: 'not-found',
		message: "the credential that opens the team's storage, `bucket`, was deleted",
		hint: 'bring it back: `pharmer restore bucket`',
	});
	await vault.change(content => purgeTrash(content, gone === undefined ? [] : [gone]));
	await assert.rejects(teamWorld(vault, reach), {hint: 'name another one: `pharmer team sync --with NAME`'});
});

test('a vault that nobody shares is told so', async () => {
	const vault = await memoryVaultPlace({credentials: [], trash: []}).unlock(new Secret('any'));
	await assert.rejects(teamWorld(vault, reach), {code: 'usage'});
});
