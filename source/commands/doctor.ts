import {command} from './command.js';
import {choiceFlag} from './flag.js';
import type {GlobalOptions} from './global-options.js';

export type DoctorOptions = GlobalOptions & {readonly json: boolean};

const outputFlag = choiceFlag('-o, --output <format>', ['text', 'json'], 'is not an output format');

export const doctor = command<DoctorOptions>({
	verb: 'doctor',
	summary: 'look for what needs care around the vault',
	usage: 'doctor [flags]',
	description:
		'Looks at the files of the vault and who can get at them, the ways in, the agent, the terminal, and at credentials that lie in files of other tools. ' +
		'What needs care has a command or a sentence below it that mends it. It changes nothing, asks for nothing and opens the vault only where it is unlocked.',
	examples: [
		['pharmer doctor', 'a line for each thing it looks at'],
		['pharmer doctor -o json', 'for a script'],
	],
	more: ['Its exit code is 14 when something needs care, and 0 otherwise, also when something is not known.'],
	flags: [outputFlag],
	otherWords: ['check', 'diagnose', 'audit'],
	read: given => ({...given.globals, json: given.value(outputFlag) === 'json'}),
	run: async (options, context) => (await import('./examining.js')).runDoctor(options, context),
});
