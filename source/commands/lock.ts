import {PharmerError} from '../domain/errors.js';
import {command} from './command.js';
import type {Context} from './context.js';
import type {GlobalOptions} from './global-options.js';
import {tell} from './talk.js';

export const lock = command<GlobalOptions>({
	verb: 'lock',
	summary: 'lock what was unlocked',
	usage: 'lock [flags]',
	description: 'Ends the agent: it forgets the keys of all vaults. An open app locks by itself, with ctrl+x.',
	examples: [['pharmer lock', 'before you leave the machine']],
	needsNoVault: true,
	flags: [],
	otherWords: ['logout', 'signout', 'close'],
	read: given => given.globals,
	run: runLock,
});

async function runLock(_: GlobalOptions, context: Context): Promise<void> {
	const ended = await (await context.agent()).end();
	if (ended === 'silent')
		throw new PharmerError(
			'busy',
			'the agent does not answer',
			'nobody reaches it any more, but it may hold keys: end the process `agent.mjs` yourself',
		);
	tell(context, ended === 'ended' ? 'locked' : 'nothing is unlocked here');
}
