import type {Name} from '../../domain/name.js';
import {command} from '../command.js';
import type {Flag} from '../flag.js';
import type {GlobalOptions} from '../global-options.js';
import {nameFlag, withFlag} from './team-flags.js';

export type InitOptions = GlobalOptions & {
	readonly url: string;
	/** The credential that signs in at the storage. */
	readonly with: Name | undefined;
	/** What the team calls this device. */
	readonly name: Name | undefined;
	readonly hasRecovery: boolean;
};

const noRecoveryFlag: Flag<boolean> = {
	spelling: '--no-recovery',
	help: 'make no words for the day when every device is gone',
};

export const teamInit = command<InitOptions>({
	verb: 'team init',
	summary: 'share this vault through a storage of yours',
	usage: 'team init URL [flags]',
	description:
		'Shares the vault with other devices, end-to-end encrypted, through a storage that you have. It first tries whether the storage lets only one of many writers win.',
	examples: [
		['pharmer team init git+ssh://git@github.com/you/vault.git', 'a repository'],
		['pharmer team init s3://your-bucket/vault --with bucket', 'a bucket, by the key in the credential `bucket`'],
		['pharmer team init "s3://vault/team?endpoint=https://s3.example.com" --with bucket', 'not of AWS'],
		['pharmer team init openbao://bao.example.com:8200/secret/pharmer', 'OpenBao, by BAO_TOKEN'],
	],
	more: [
		'Everything in the vault is shared, except the credential of --with, which stays on this device.',
		'The words that it shows make an admin on a new device when all others are gone: keep them on paper.',
	],
	operand: {name: 'URL', least: 1, most: 1, help: 'where the shared vault lies', offers: ['nothing']},
	flags: [withFlag, nameFlag, noRecoveryFlag],
	read: given => ({
		...given.globals,
		url: given.operand,
		with: given.value(withFlag),
		name: given.value(nameFlag),
		hasRecovery: given.value(noRecoveryFlag) !== false,
	}),
	run: async (options, context) => (await import('./run-init.js')).runInit(options, context),
});
