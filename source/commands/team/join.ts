import type {Name} from '../../domain/name.js';
import {command} from '../command.js';
import {switchFlag, valueFlag} from '../flag.js';
import type {GlobalOptions} from '../global-options.js';
import {usage} from '../talk.js';
import {nameFlag, withFlag, wordsFlag, yesFlag} from './team-flags.js';
import {parseSeq, type Told} from './told.js';

export type JoinOptions = GlobalOptions & {
	readonly url: string;
	readonly with: Name | undefined;
	readonly name: Name | undefined;
	/** The keys are those of the words on paper. */
	readonly isRecovery: boolean;
	readonly told: Told | undefined;
	/** What this vault holds is shared without a question. */
	readonly yes: boolean;
};

const recoveryFlag = switchFlag('--recovery', 'be added by the member whose words are on paper');
const atFlag = valueFlag('--at <number>', 'the number that the admin gives back, in a script', parseSeq('--at'));

export const teamJoin = command<JoinOptions>({
	verb: 'team join',
	summary: 'share a vault that another device shares',
	usage: 'team join URL [flags]',
	description:
		'Prints the card of this device, which an admin gives to `pharmer team add`, and asks for the number and the six words that this gives back. Makes a vault when there is none.',
	examples: [
		['pharmer team join git+ssh://git@github.com/you/vault.git', 'the second laptop, or that of a colleague'],
		['pharmer team join s3://your-bucket/vault --with bucket', 'by a key that this vault has already'],
		['pharmer team join s3://your-bucket/vault --recovery', 'when all other devices are gone'],
	],
	more: [
		'The card is no secret. Compare its six words by voice: they are what keeps somebody else from being added in your place.',
		'ctrl+c leaves; run it again with the same URL to go on with the same card, name and `--with`.',
	],
	operand: {name: 'URL', least: 1, most: 1, help: 'where the shared vault lies', offers: ['nothing']},
	flags: [withFlag, nameFlag, recoveryFlag, atFlag, wordsFlag, yesFlag],
	read(given) {
		const [seq, words] = [given.value(atFlag), given.value(wordsFlag)];
		if ((seq === undefined) !== (words === undefined)) throw usage('`--at` and `--words` belong together');
		return {
			...given.globals,
			url: given.operand,
			with: given.value(withFlag),
			name: given.value(nameFlag),
			isRecovery: given.has(recoveryFlag),
			told: seq === undefined || words === undefined ? undefined : {seq, words},
			yes: given.has(yesFlag),
		};
	},
	run: async (options, context) => (await import('./run-join.js')).runJoin(options, context),
});
