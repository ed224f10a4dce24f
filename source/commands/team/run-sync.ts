import {exitCodes} from '../../domain/errors.js';
import type {Synced} from '../../domain/team.js';
import {plural} from '../../domain/words.js';
import {teamIn, withTeam} from '../../team/section.js';
import {notShared, sync} from '../../team/sync.js';
import {getByName} from '../../vault/operations.js';
import type {Content} from '../../vault/vault.js';
import type {Context} from '../context.js';
import {openToSync} from '../open-vault.js';
import {tell} from '../talk.js';
import {inTeam} from './run-add.js';
import {removedError} from './state-words.js';
import type {SyncOptions} from './sync.js';

/**
 * Syncs, and resolves to the exit code: that of a conflict where one is open. Throws `refused` when this device was
 * removed, and as `sync()` does.
 */
export async function runSync(options: SyncOptions, context: Context): Promise<number> {
	const vault = await openToSync(options, context);
	try {
		const opener = options.with;
		if (opener !== undefined) await vault.change(content => ({content: openedBy(content, opener), result: undefined}));
		const synced = await inTeam(vault, context, world => sync(world));
		tellSynced(synced, context);
		return synced.state.conflicts.length > 0 ? exitCodes.conflict : 0;
	} finally {
		await vault.close();
	}
}

/** The content whose storage that credential opens. */
function openedBy(content: Content, name: string): Content {
	const team = teamIn(content);
	if (team === undefined) throw notShared();
	return withTeam(content, {...team, opener: getByName(content, name).id});
}

function tellSynced({came, went, said, state}: Synced, context: Context): void {
	const {conflicts, isRemoved, pending = 0, self} = state;
	for (const line of said) tell(context, line);
	if (isRemoved) throw removedError();
	const parts = [
		...(came === 0 ? [] : [`${came === 1 ? '1 entry' : `${came} entries`} of others came in`]),
		...(went === 0 ? [] : [`${plural(went, 'credential')} shared`]),
	];
	tell(context, parts.length === 0 ? 'nothing is new' : parts.join(', '));
	if (pending > 0)
		tell(
			context,
			self?.role === 'reader'
				? `${pending} not shared: this device only reads`
				: `${pending} not shared: too large for an entry`,
		);
	if (conflicts.length > 0)
		tell(context, `${plural(conflicts.length, 'conflict')} to decide: \`pharmer team conflicts\``);
}
