import {PharmerError} from '../../domain/errors.js';
import {isOffline} from '../../domain/offline.js';
import type {TeamState} from '../../domain/team.js';
import {age, ago} from '../../domain/time.js';
import {plural} from '../../domain/words.js';
import {teamWorld} from '../../tasks/team/team-world.js';
import {teamIn} from '../../team/section.js';
import {notShared, sync} from '../../team/sync.js';
import {teamStateOf} from '../../team/team-state.js';
import type {Content, Vault} from '../../vault/vault.js';
import type {Context} from '../context.js';
import type {GlobalOptions} from '../global-options.js';
import {tell, warn} from '../talk.js';
import {asNetwork} from './at-storage.js';
import {baseOf} from './known-state.js';
import {removedText} from './state-words.js';

/** The longest that a command which reads waits for a sync, in milliseconds. */
const patience = 2000;
/** A copy that is younger, in milliseconds, is not worth a word. */
const youngest = 60_000;

/**
 * The content of a shared vault, synced first where that is asked for; else it is said how old the copy is, unless an
 * agent syncs it. Throws `usage` and `rolled-back` for `--at-least`; a sync that fails is said.
 */
export async function freshCopy(
	vault: Vault,
	content: Content,
	options: GlobalOptions,
	context: Context,
): Promise<Content> {
	const newest = await freshest(vault, content, options, context);
	if (options.atLeast !== undefined) assertAtLeast(newest, options.atLeast);
	return newest;
}

async function freshest(vault: Vault, content: Content, options: GlobalOptions, context: Context): Promise<Content> {
	const state = teamStateOf(content, undefined, baseOf(vault).reached());
	if (state === undefined) return content;
	if (state.isRemoved) {
		warn(context, removedText);
		return content;
	}
	const isNever = options.sync === 'never' || isOffline(context.environment);
	const isByAgent = vault.ownSlot === undefined;
	const isFirst = options.sync === 'first' || (!isByAgent && !isNever && (await context.settings()).sync);
	if (isFirst && !isNever) {
		await syncFirst(vault, state.reached, context);
		const newest = await vault.read();
		tellConflicts(teamIn(newest)?.conflicts ?? [], context);
		return newest;
	}
	if (!isByAgent) tellAge(state.reached, context);
	tellConflicts(state.conflicts, context);
	return content;
}

/** Throws `rolled-back` when a vault is older than that entry, and `usage` when it is not shared. */
export function assertAtLeast(content: Content, least: number): void {
	const seq = teamIn(content)?.log?.place.seq;
	if (seq === undefined) throw notShared();
	if (seq >= least) return;
	throw tooOld(seq, least);
}

/** The error for a shared vault that is older than a command may take. */
export function tooOld(seq: number, least: number): PharmerError {
	return new PharmerError(
		'rolled-back',
		`the shared vault is at entry ${seq} here, and not at ${least} or later`,
		'somebody may hide the newer one; `pharmer team status` on another device says its number',
	);
}

/** Syncs for as long as a command waits, and says what came of it where that is not all. */
async function syncFirst(vault: Vault, reached: string | undefined, context: Context): Promise<void> {
	const {reach, close} = await context.team();
	const working = teamWorld(vault, reach).then(world => sync(world));
	// It may fail after nobody waits any more.
	working.catch(() => {});
	try {
		const done = await Promise.race([working, reach.wait(patience)]);
		if (done === undefined)
			warn(context, `the storage did not answer within two seconds: ${copyText(reached, context)}`);
		else {
			for (const line of done.said) tell(context, line);
			if (done.state.isRemoved) warn(context, removedText);
		}
	} catch (error) {
		const known = asNetwork(error);
		if (!(known instanceof PharmerError) || known.exitCode === 8 || known.code === 'bug') throw known;
		warn(context, `${known.message}: ${copyText(reached, context)}`);
	} finally {
		close();
	}
}

/** Says how many conflicts wait for a person: a sync of the agent may have found them. */
function tellConflicts({length}: TeamState['conflicts'], context: Context): void {
	if (length > 0) tell(context, `${plural(length, 'conflict')} to decide: \`pharmer team conflicts\``);
}

function copyText(reached: string | undefined, context: Context): string {
	return `this is the copy ${reached === undefined ? 'that is here' : `of ${ago(reached, context.now())}`}`;
}

function tellAge(reached: string | undefined, context: Context): void {
	const now = context.now();
	if (reached !== undefined && now.getTime() - Date.parse(reached) < youngest) return;
	const old = reached === undefined ? 'may be old' : `is ${age(reached, now)} old`;
	tell(context, `the copy of the shared vault ${old}: \`pharmer team sync\`, or --sync`);
}
