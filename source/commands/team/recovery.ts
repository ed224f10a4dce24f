import type {Name} from '../../domain/name.js';
import {command} from '../command.js';
import {parsePath, valueFlag} from '../flag.js';
import type {GlobalOptions} from '../global-options.js';
import {nameFlag} from './team-flags.js';

export type RecoveryOptions = GlobalOptions & {readonly to: string | undefined; readonly name: Name | undefined};

const toFlag = valueFlag('--to <path>', 'write the words to this new file', parsePath('--to'));

export const teamRecovery = command<RecoveryOptions>({
	verb: 'team recovery',
	summary: 'make an admin whose keys lie on paper',
	usage: 'team recovery [flags]',
	description:
		'Adds an admin whose keys are 24 words to keep on paper, for the day when all devices are gone: `pharmer team join URL --recovery` asks for them.',
	examples: [
		['pharmer team recovery', 'words to write down'],
		['pharmer team recovery --to recovery.txt', 'a page to print'],
	],
	flags: [toFlag, nameFlag],
	read: given => ({...given.globals, to: given.value(toFlag), name: given.value(nameFlag)}),
	run: async (options, context) => (await import('./run-recovery.js')).runRecovery(options, context),
});
