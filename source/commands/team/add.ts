import type {Name} from '../../domain/name.js';
import type {Role} from '../../domain/team.js';
import {command} from '../command.js';
import {parsePath, valueFlag} from '../flag.js';
import type {GlobalOptions} from '../global-options.js';
import {usage} from '../talk.js';
import {nameFlag, roleFlag, wordsFlag, yesFlag} from './team-flags.js';

export type AddOptions = GlobalOptions & {
	readonly role: Role;
	readonly name: Name | undefined;
} & (
		| {
				readonly card: string;
				readonly yes: boolean;
				/** The words that the newcomer reads out. */
				readonly words: string | undefined;
		  }
		| {
				/** Where the key of a job is written to: a new file, or `-` for standard output. */
				readonly keyFile: string;
				readonly name: Name;
		  }
	);

const keyFileFlag = valueFlag(
	'--key-file <path>',
	'make the key of a job, and write it to this new file, or - for standard output',
	parsePath('--key-file'),
);

export const teamAdd = command<AddOptions>({
	verb: 'team add',
	summary: 'add a device, or make the key of a job',
	usage: 'team add CARD [flags]',
	description:
		'Adds the device whose card that is, after you have compared six words by voice, and prints the number and the six words that it waits for.',
	examples: [
		['pharmer team add CARD', 'a device that changes credentials, as `pharmer team join URL` prints it'],
		['pharmer team add CARD --role admin', 'your second laptop, which may add others'],
		['pharmer team add CARD --role reader', 'one that changes nothing'],
		['pharmer team add --key-file ci.key --name ci', 'the key of a job, for PHARMER_MEMBER_KEY_FILE'],
	],
	more: [
		'An admin changes the list of members, a writer credentials, a reader nothing. A device is a writer and a job a reader, unless --role says otherwise.',
		'Whoever has the key of a job and gets at the storage reads everything: give it to the job as its secret.',
	],
	operand: {
		name: 'CARD',
		least: 0,
		most: Number.POSITIVE_INFINITY,
		help: 'the card, also broken into lines',
		offers: ['nothing'],
	},
	flags: [roleFlag, nameFlag, yesFlag, wordsFlag, keyFileFlag],
	read(given) {
		const {operands, globals} = given;
		const [name, words, keyFile] = [given.value(nameFlag), given.value(wordsFlag), given.value(keyFileFlag)];
		const yes = given.has(yesFlag);
		if (keyFile !== undefined) {
			if (operands.length > 0) throw usage("a card and `--key-file` can't be used together", 'leave one of them out');
			if (yes || words !== undefined) throw usage('`--yes` and `--words` are for a card');
			if (name === undefined) throw usage('`--key-file` needs `--name NAME`', 'such as --name ci');
			return {...globals, role: given.value(roleFlag) ?? 'reader', name, keyFile};
		}
		if (operands.length === 0)
			throw usage('CARD is missing', '`pharmer team join URL` prints it on the device that joins');
		if (yes !== (words !== undefined))
			throw usage('`--yes` and `--words` belong together', '--yes --words "SIX WORDS" are checked against the card');
		return {...globals, role: given.value(roleFlag) ?? 'writer', name, card: operands.join(''), yes, words};
	},
	run: async (options, context) => (await import('./run-add.js')).runAdd(options, context),
});
