import {exitCodes} from '../../domain/errors.js';
import {command} from '../command.js';
import {choiceFlag, switchFlag} from '../flag.js';
import type {GlobalOptions} from '../global-options.js';
import {usage} from '../talk.js';
import {outputFlag} from './team-flags.js';

export type ConflictsOptions = GlobalOptions & {
	readonly name: string | undefined;
	readonly keep: 'mine' | 'theirs' | undefined;
	readonly reveal: boolean;
	readonly output: 'table' | 'json';
};

const keepFlag = choiceFlag('--keep <side>', ['mine', 'theirs'], 'is not a side', ': decides the conflicts of NAME');
const revealFlag = switchFlag('--reveal', 'show secrets in clear');

export const teamConflicts = command<ConflictsOptions>({
	verb: 'team conflicts',
	summary: 'show what both sides have changed, and decide',
	usage: 'team conflicts [NAME] [flags]',
	description:
		'Shows what was changed here and by others before either heard of it, side by side. Theirs is what the credential holds now; mine is kept until you decide.',
	examples: [
		['pharmer team conflicts', 'all of them, secrets masked'],
		['pharmer team conflicts aws --reveal', 'one, in clear'],
		['pharmer team conflicts aws --keep mine', 'put back what was changed here; history keeps the other'],
		['pharmer team conflicts aws --keep theirs', 'leave it as it is'],
	],
	more: [`Listing ends with ${exitCodes.conflict} when there is one.`],
	operand: {name: 'NAME', least: 0, most: 1, help: 'a credential; all when left out'},
	flags: [keepFlag, revealFlag, outputFlag],
	read(given) {
		const [name] = given.operands;
		const [keep, reveal, output] = [given.value(keepFlag), given.has(revealFlag), given.value(outputFlag)];
		if (keep !== undefined && name === undefined) throw usage('`--keep` needs the NAME of a credential');
		if (keep !== undefined && (reveal || output !== undefined))
			throw usage('`--keep` decides, and shows nothing', 'leave `--reveal` and `-o` out');
		return {...given.globals, name, keep, reveal, output: output ?? 'table'};
	},
	run: async (options, context) => (await import('./run-conflicts.js')).runConflicts(options, context),
});
