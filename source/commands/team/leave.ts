import {command} from '../command.js';
import type {GlobalOptions} from '../global-options.js';
import {yesFlag} from './team-flags.js';

export type LeaveOptions = GlobalOptions & {readonly yes: boolean};

export const teamLeave = command<LeaveOptions>({
	verb: 'team leave',
	summary: 'stop sharing on this device; the credentials stay',
	usage: 'team leave [flags]',
	description:
		'Ends the sharing of this vault on this device. Its credentials stay here. An admin takes itself off the list of members first, if another one is left.',
	examples: [['pharmer team leave', 'this device goes on alone']],
	flags: [yesFlag],
	read: given => ({...given.globals, yes: given.has(yesFlag)}),
	run: async (options, context) => (await import('./run-leave.js')).runLeave(options, context),
});
