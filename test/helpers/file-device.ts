import fs from 'node:fs';
import {join} from 'node:path';
import {Secret} from '../../source/domain/secret.js';
import type {Store} from '../../source/stores/store.js';
import {baseBeside} from '../../source/team/base-file.js';
import type {SyncWorld} from '../../source/team/sync.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import type {Vault} from '../../source/vault/vault.js';
import {passphrase, putVault} from './quick-vault.js';

/** A device whose vault is a file, with its base beside it. */
export type FileDevice = SyncWorld & {readonly file: string};

const moment = new Date('2026-11-30T08:00:00Z');

export async function fileDevice(folder: string, store: Store): Promise<FileDevice> {
	fs.mkdirSync(folder, {recursive: true});
	const file = join(folder, 'vault.json');
	await putVault(file);
	return reopened({store, file});
}

/** The device as another process, or the next one, has it. */
export async function reopened(
	{store, file}: Pick<FileDevice, 'store' | 'file'>,
	options: {readonly acceptRollback?: boolean} = {},
): Promise<FileDevice> {
	return worldOf(await fileVaultPlace(file).unlock(new Secret(passphrase), options), store, file);
}

function worldOf(vault: Vault, store: Store, file: string): FileDevice {
	return {
		vault,
		store,
		base: baseBeside(vault),
		now: () => moment,
		wait: () => new Promise(resolve => setImmediate(resolve)),
		random: Math.random,
		memory: {polls: 0},
		file,
	};
}

/** The bytes of a device's vault and of its base, to be put back later. */
export function filesOf({file}: Pick<FileDevice, 'file'>): {readonly vault: Buffer; readonly base: Buffer} {
	return {vault: fs.readFileSync(file), base: fs.readFileSync(`${file}.base`)};
}
