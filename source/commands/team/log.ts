import {command} from '../command.js';
import {valueFlag} from '../flag.js';
import type {GlobalOptions} from '../global-options.js';
import {usage} from '../talk.js';
import {outputFlag} from './team-flags.js';

export type LogOptions = GlobalOptions & {
	/** Only what was done to the credential of this name. */
	readonly name: string | undefined;
	readonly limit: number;
	readonly output: 'table' | 'json';
};

const usualLimit = 20;

const limitFlag = valueFlag('--limit <number>', `how many entries are read; ${usualLimit} when left out`, text => {
	if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
	throw usage(`\`--limit\` takes a number of entries, not \`${text}\``);
});

export const teamLog = command<LogOptions>({
	verb: 'team log',
	summary: 'say who changed what in the shared vault',
	usage: 'team log [NAME] [flags]',
	description:
		"Lists the entries of the shared vault, newest first: who has done what to which fields, never their values. The time is that of the author's clock.",
	examples: [
		['pharmer team log', 'what was done lately'],
		['pharmer team log aws --limit 1000', 'who has changed one credential'],
		['pharmer team log -o json', 'for another program'],
	],
	operand: {name: 'NAME', least: 0, most: 1, help: 'a credential; all when left out'},
	flags: [limitFlag, outputFlag],
	read: given => ({
		...given.globals,
		name: given.operands[0],
		limit: given.value(limitFlag) ?? usualLimit,
		output: given.value(outputFlag) ?? 'table',
	}),
	run: async (options, context) => (await import('./run-log.js')).runLog(options, context),
});
