import {careCode} from '../../domain/errors.js';
import {command} from '../command.js';
import {choiceFlag, switchFlag} from '../flag.js';
import type {GlobalOptions} from '../global-options.js';

export type StatusOptions = GlobalOptions & {readonly isJson: boolean; readonly probes: boolean};

const formatFlag = choiceFlag('-o, --output <format>', ['text', 'json'], 'is not an output format');
const probeFlag = switchFlag(
	'--probe',
	'try the storage again, and check its newest snapshot against what is known here',
);

export const teamStatus = command<StatusOptions>({
	verb: 'team status',
	summary: 'say how the sharing stands, with words to compare',
	usage: 'team status [flags]',
	description:
		'Says how many share the vault, what is not shared yet, when the others were heard last, and the number and six words of the last entry. Two devices that say the same number and words have seen the same. Nobody is contacted without --probe.',
	examples: [
		['pharmer team status', 'what is known here'],
		['pharmer team status --probe', 'and whether the storage keeps what it has to'],
		['pharmer team status -o json', 'for a prompt or a status bar'],
	],
	more: [
		`It ends with ${careCode} when something waits: a conflict, a credential that a removed member could read, an admin.`,
	],
	flags: [formatFlag, probeFlag],
	read: given => ({
		...given.globals,
		isJson: given.value(formatFlag) === 'json',
		probes: given.has(probeFlag),
	}),
	run: async (options, context) => (await import('./run-status.js')).runStatus(options, context),
});
