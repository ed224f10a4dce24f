import {command} from '../command.js';
import type {GlobalOptions} from '../global-options.js';
import {outputFlag} from './team-flags.js';

export type MembersOptions = GlobalOptions & {readonly output: 'table' | 'json'};

export const teamMembers = command<MembersOptions>({
	verb: 'team members',
	summary: 'list who shares the vault',
	usage: 'team members [flags]',
	description:
		'Lists the members, as far as this device knows, with their roles and the six words of their keys. Nobody is contacted.',
	examples: [
		['pharmer team members', 'who shares the vault'],
		['pharmer team members -o json', 'for another program'],
	],
	flags: [outputFlag],
	read: given => ({...given.globals, output: given.value(outputFlag) ?? 'table'}),
	run: async (options, context) => (await import('./run-members.js')).runMembers(options, context),
});
