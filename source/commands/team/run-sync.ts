import {exitCodes} from '../../domain/errors.js';
import type {Synced} from '../../domain/team.js';
import {plural} from '../../domain/words.js';
import {addressText} from '../../stores/address.js';
import {parseAddress} from '../../stores/parse-address.js';
import {openerIn, worldAt} from '../../tasks/team/team-world.js';
import {teamIn} from '../../team/section.js';
import {moveStorage} from '../../team/storage.js';
import {notShared, sync} from '../../team/sync.js';
import {getByName} from '../../vault/operations.js';
import type {Vault} from '../../vault/vault.js';
import type {Context} from '../context.js';
import {openToSync} from '../open-vault.js';
import {tell} from '../talk.js';
import {atStorage} from './at-storage.js';
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
		const {storage} = options;
		const synced =
			storage === undefined
				? await inTeam(vault, context, world => sync(world))
				: await syncAt(storage, vault, context);
		tellSynced(synced, context);
		return synced.state.conflicts.length > 0 ? exitCodes.conflict : 0;
	} finally {
		await vault.close();
	}
}

/** Syncs with a storage that is reached otherwise from now on. Throws as `moveStorage()` and `sync()` do. */
async function syncAt(
	{url: given, opener: other}: NonNullable<SyncOptions['storage']>,
	vault: Vault,
	context: Context,
): Promise<Synced> {
	const content = await vault.read();
	const team = teamIn(content);
	if (team === undefined) throw notShared();
	const url = given === undefined ? team.url : addressText(parseAddress(given));
	const named = other?.name === undefined ? undefined : getByName(content, other.name);
	const opener = other === undefined ? openerIn(content, team) : named;
	return atStorage(
		context,
		reach => worldAt(vault, opener, {url}, reach),
		async world => {
			await moveStorage(world, {url, opener: opener?.id});
			return sync(world);
		},
	);
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
