import {command} from '../command.js';
import {switchFlag} from '../flag.js';
import type {GlobalOptions} from '../global-options.js';
import {yesFlag} from './team-flags.js';

export type LeaveOptions = GlobalOptions & {
	readonly yes: boolean;
	/** The storage is not asked: an admin stays in the list of members. */
	readonly here: boolean;
};

const hereFlag = switchFlag('--here', 'only on this device: the storage is not asked, so that it may be gone');

export const teamLeave = command<LeaveOptions>({
	verb: 'team leave',
	summary: 'stop sharing on this device; the credentials stay',
	usage: 'team leave [flags]',
	description:
		'Ends the sharing of this vault on this device. Its credentials stay here. An admin takes itself off the list of members first, and is not the only one while there are others.',
	examples: [
		['pharmer team leave', 'this device goes on alone'],
		['pharmer team leave --here', 'the same where the storage is gone'],
	],
	flags: [hereFlag, yesFlag],
	read: given => ({...given.globals, yes: given.has(yesFlag), here: given.has(hereFlag)}),
	run: async (options, context) => (await import('./run-leave.js')).runLeave(options, context),
});
