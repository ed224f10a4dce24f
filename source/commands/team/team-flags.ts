import {type Name, parseName} from '../../domain/name.js';
import {roles} from '../../domain/team.js';
import {choiceFlag, switchFlag, textFlag, valueFlag} from '../flag.js';
import {usage} from '../talk.js';

export const withFlag = valueFlag(
	'--with <credential>',
	'sign in at the storage with this credential of the vault; with the environment when left out',
	parseName,
);
export const nameFlag = valueFlag('--name <name>', 'what the team calls the member', parseMemberName);
export const roleFlag = choiceFlag('--role <role>', roles, 'is not a role');
export const wordsFlag = textFlag('--words <words>', 'the six words, in a script');
export const yesFlag = switchFlag('-y, --yes', 'do it without asking');
export const outputFlag = choiceFlag('-o, --output <format>', ['table', 'json'], 'is not an output format');

/** Parses what a team calls a member. Throws `invalid`. */
function parseMemberName(text: string): Name {
	try {
		return parseName(text);
	} catch {
		throw usage(`\`${text}\` can't be a member's name`, 'it has 1 to 63 letters, digits, `.`, `_` and `-`');
	}
}
