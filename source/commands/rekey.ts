import {PharmerError} from '../domain/errors.js';
import {command} from './command.js';
import type {Context} from './context.js';
import {switchFlag} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {noVault, unlockVault, vaultPlace} from './open-vault.js';

type RekeyOptions = GlobalOptions & {
	/** Drop all other ways in. */
	readonly drop: boolean;
};

export const dropFlag = switchFlag('--drop-slots', 'drop all other ways in, without asking');

export const rekey = command<RekeyOptions>({
	verb: 'rekey',
	summary: 'make a new key for the vault, with the same passphrase',
	usage: 'rekey [flags]',
	description: 'Makes a new key for the vault. The passphrase stays, and so does what is in the vault.',
	examples: [
		['pharmer rekey', 'after a way in was removed, or a copy of the file got lost'],
		['pharmer rekey --drop-slots', 'in a script: with the passphrase that is given as the only way in'],
	],
	more: [
		'Other ways in are asked for, or dropped after a question; the keyring gets a new entry. An older copy of the file opens nothing written later.',
	],
	flags: [dropFlag],
	read: given => ({...given.globals, drop: given.has(dropFlag)}),
	run: runRekey,
});

async function runRekey(options: RekeyOptions, context: Context): Promise<void> {
	const {assertCanRekey, rekeyVault} = await import('./rekeying.js');
	const inputTaken = options.passphraseFd === 0;
	const place = await vaultPlace(options, context);
	if (!place.exists()) throw noVault(place, options);
	const prompt = context.prompt(inputTaken);
	const slots = await place.slots({acceptRollback: options.acceptRollback});
	await assertCanRekey(slots, prompt, options.drop, context);
	const {vault, passphrase} = await unlockVault(options, context, inputTaken);
	if (slots.find(({id}) => id === vault.ownSlot)?.kind === 'recovery') {
		const hint = 'set a new one with the recovery key: `pharmer passphrase`';
		throw new PharmerError('usage', 'a new key needs the passphrase, not the recovery key', hint);
	}
	const success = `the vault \`${vault.path}\` has a new key; its passphrase is the same`;
	await rekeyVault({vault, passphrase, success}, {prompt, drop: options.drop}, context);
}
