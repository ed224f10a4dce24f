import {longestTotal, type Times} from '../agent/protocol.js';
import {giveKey} from '../agent/vault-keys.js';
import {durationText, parseDuration} from '../domain/duration.js';
import {mayUseAgent} from './agent-use.js';
import {command} from './command.js';
import type {Context} from './context.js';
import {valueFlag} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {unlockAnew} from './open-vault.js';
import {tell, usage} from './talk.js';

type UnlockOptions = GlobalOptions & {
	/** Seconds to stay unlocked, whatever the use. */
	readonly total: number | undefined;
};

const forFlag = valueFlag('--for <time>', 'stay unlocked for this long, such as 8h, at most 12h', parseTotal);

export const unlock = command<UnlockOptions>({
	verb: 'unlock',
	summary: 'unlock the vault once, for all commands of this user',
	usage: 'unlock [flags]',
	description:
		'Asks for the passphrase once. Then a small process in the background, the agent, holds the key of the vault, and commands and the app do not ask.',
	examples: [
		['pharmer unlock', 'until 15 minutes after the last use'],
		['pharmer unlock --for 8h', 'for a working day, whatever the use'],
		['pharmer lock', 'ends it'],
	],
	more: [
		'It ends after 12 hours in any case, and when the machine sleeps.',
		'While it is unlocked, every program of yours can ask for what is in the vault.',
	],
	flags: [forFlag],
	otherWords: ['login', 'signin', 'open'],
	read: given => ({...given.globals, total: given.value(forFlag)}),
	run: runUnlock,
});

function parseTotal(text: string): number {
	const total = parseDuration(text);
	if (total > longestTotal) throw usage(`\`${text}\` is too long`, 'the vault stays unlocked for at most 12h');
	return total;
}

async function runUnlock(options: UnlockOptions, context: Context): Promise<void> {
	if (!mayUseAgent(options, context))
		throw usage('the agent is turned off', 'leave out `--no-agent`, and unset PHARMER_AGENT');
	const {total} = options;
	const times =
		total === undefined ? {total: longestTotal, idle: (await context.settings()).agentMinutes * 60} : {total};
	const vault = await unlockAnew(options, context, options.passphraseFd === 0);
	const agent = await context.agent();
	await giveKey(agent, vault, times);
	tell(context, `unlocked \`${vault.path}\` ${howLong(times)}`);
}

/** How long a vault stays unlocked, as the end of a sentence. */
export function howLong({total, idle}: Times): string {
	if (idle === undefined) return `for ${durationText(total)}`;
	return `until it is not used for ${durationText(idle)}, for ${durationText(total)} at most`;
}
