import {careCode, exitCodes} from '../domain/errors.js';
import {exposureWarning} from '../domain/exposure.js';
import type {NamedWork} from '../domain/under-way-work.js';
import {visible} from '../text/visible.js';
import {command} from './command.js';
import type {Context} from './context.js';
import {choiceFlag} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {noVault, vaultPlace} from './open-vault.js';
import {howLong} from './unlock.js';

type StatusOptions = GlobalOptions & {readonly json: boolean};

const outputFlag = choiceFlag('-o, --output <format>', ['text', 'json'], 'is not an output format');

export const status = command<StatusOptions>({
	verb: 'status',
	summary: 'say whether the vault is unlocked',
	usage: 'status [flags]',
	description: 'Says whether the vault is unlocked, for how long, and whether something waits. It asks for nothing.',
	examples: [
		['pharmer status', 'in words'],
		['pharmer status -o json', 'for a prompt or a status bar'],
	],
	more: [
		'Its exit code is 0 when the vault is unlocked, 6 when it is locked, 13 without a vault, 14 when something waits.',
	],
	flags: [outputFlag],
	read: given => ({...given.globals, json: given.value(outputFlag) === 'json'}),
	run: runStatus,
});

/** Resolves to the exit code. What waits is more urgent than whether the vault is locked. */
async function runStatus(options: StatusOptions, context: Context): Promise<number> {
	const place = await vaultPlace(options, context);
	const exists = place.exists();
	// Nobody calls a file locked that no passphrase opens.
	if (exists) await place.inspect({acceptRollback: options.acceptRollback});
	const agent = exists ? await context.agent() : undefined;
	const left = await agent?.left(place.path);
	// Only an agent that holds its key knows what is under way.
	const works = left === undefined ? [] : ((await agent?.works(place.path)) ?? []);
	const exposed = exists ? place.exposures().map(exposureWarning) : [];
	const waiting = works.length === 0 ? exposed : [...exposed, ...(await linesOf(works, context.now()))];
	const state = !exists ? 'none' : left === undefined ? 'locked' : 'unlocked';
	if (options.json) {
		const times = left && {secondsLeft: Math.ceil(left.total), unusedSecondsLeft: Math.ceil(left.seconds)};
		context.stdout.write(`${JSON.stringify({vault: place.path, state, ...times, waiting}, undefined, 2)}\n`);
	} else {
		if (!exists) throw noVault(place, options);
		const line = left === undefined ? `\`${place.path}\` is locked` : `\`${place.path}\` is unlocked ${howLong(left)}`;
		for (const each of [line, ...waiting]) context.stdout.write(`${visible(each)}\n`);
	}
	if (!exists) return exitCodes['no-vault'];
	if (waiting.length > 0) return careCode;
	return left === undefined ? exitCodes['wrong-passphrase'] : 0;
}

/** What waits. What knows providers is loaded only where something is under way. */
async function linesOf(works: readonly NamedWork[], now: Date): Promise<readonly string[]> {
	const {waitingLines} = await import('../credentials/waiting.js');
	return waitingLines(works, now);
}
