import {command} from '../command.js';
import type {GlobalOptions} from '../global-options.js';
import {yesFlag} from './team-flags.js';

export type RemoveOptions = GlobalOptions & {readonly member: string; readonly yes: boolean};

export const teamRemove = command<RemoveOptions>({
	verb: 'team remove',
	summary: 'remove a member, and list what to rotate',
	usage: 'team remove NAME [flags]',
	description:
		'Removes a member: it reads nothing that is written from then on. What it has read it keeps, so that every credential it could read has to be replaced: they are listed, and `pharmer health` lists them until each is.',
	examples: [
		['pharmer team remove ana-old', 'the laptop that is gone'],
		['pharmer team remove ci --yes', 'in a script'],
	],
	operand: {name: 'NAME', least: 1, most: 1, help: 'the name of a member', offers: ['nothing']},
	flags: [yesFlag],
	read: given => ({...given.globals, member: given.operand, yes: given.has(yesFlag)}),
	run: async (options, context) => (await import('./run-roster.js')).runRemove(options, context),
});
