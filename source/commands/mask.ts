import type {Credential} from '../domain/credential.js';
import {listed} from '../domain/words.js';
import type {Mask} from '../platform/masked-output.js';
import type {Context} from './context.js';
import {switchFlag} from './flag.js';
import {warn} from './talk.js';

/** For commands that hand secrets to a command. */
export const maskFlag = switchFlag('--mask', 'mask the secrets in what the command writes to pipes and files');

/** Lines for the help of these commands. */
export const maskHelp = [
	'--mask is a seat belt against logs, not a wall: it knows secrets of 8 bytes and more as they are, by their longer lines, in JSON, percent-encoded and in base64. A command that wants to can show them otherwise. What goes to a terminal passes.',
];

/**
 * What is masked for a command that gets these credentials: all their secrets. Warns of those that are too short, and
 * of output that goes to a terminal.
 */
export async function maskOf(credentials: readonly Credential[], context: Context): Promise<Mask> {
	const {secretForms} = await import('../credentials/secret-forms.js');
	const {forms, tooShort} = secretForms(credentials);
	for (const {name, fields} of tooShort) {
		const are = fields.length === 1 ? 'is' : 'are';
		warn(context, `${listed(fields)} of \`${name}\` ${are} too short to be masked`);
	}
	return {
		forms,
		onTerminals(streams) {
			warn(context, `a terminal is not masked: ${streams.join(' and ')}`);
		},
	};
}
