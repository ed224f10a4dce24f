import {PharmerError} from '../../domain/errors.js';
import {Secret} from '../../domain/secret.js';
import {parseAddress} from '../../stores/parse-address.js';
import {begun} from '../../team/beginning.js';
import {isOut} from '../../team/follow.js';
import {memberKeys} from '../../team/log/member-keys.js';
import {type MemberKey, parseMemberKey} from '../../team/member-key.js';
import {withJournalLines} from '../../vault/journals.js';
import {memoryVaultPlace} from '../../vault/memory-vault.js';
import type {Content, Vault} from '../../vault/vault.js';
import type {Context} from '../context.js';
import type {GlobalOptions} from '../global-options.js';
import {usage, warn} from '../talk.js';
import {asNetwork, assertOnline} from './at-storage.js';
import {tooOld} from './fresh-copy.js';

/**
 * The team's vault as a job reads it: in memory, as it is now, by the key of a member in the environment. It can't be
 * changed, and nothing of it is written to a disk. Throws `network`, `refused` when the job was removed, `forked`, and
 * `rolled-back` when it is older than `--at-least` says.
 */
export async function jobVault(options: GlobalOptions, context: Context): Promise<Vault> {
	if (options.vault !== undefined)
		throw usage("`--vault` and the key of a job can't be used together", 'leave one of them out');
	const key = parseMemberKey(await givenKey(context));
	if (options.sync === 'never') throw new PharmerError('network', 'a job has no copy to read offline');
	assertOnline(context);
	const {reach, signal, close} = await context.team('leavesNothing');
	try {
		const store = await reach.openStore(parseAddress(key.url), undefined);
		const content = await contentFor(key, store, options.atLeast);
		const vault = await memoryVaultPlace(content).unlock(new Secret('any'));
		return {
			...vault,
			change: async () => {
				throw usage('the key of a job only reads', 'change it on a device that is a writer');
			},
		};
	} catch (error) {
		if (signal.aborted) throw new PharmerError('interrupted', 'it was stopped');
		throw asNetwork(error);
	} finally {
		key.seed.fill(0);
		close();
	}
}

async function contentFor(
	{seed, vault, anchor}: MemberKey,
	store: Parameters<typeof begun>[0],
	least: number | undefined,
): Promise<Content> {
	const self = memberKeys(seed);
	const isHash = (hash: string): boolean => hash === anchor.hash;
	const {state} = await begun(store, vault, self, {seq: anchor.seq, isHash});
	if (isOut(state, self))
		throw new PharmerError('refused', 'this job was removed from the team', 'an admin makes a new key');
	if (least !== undefined && state.place.seq < least) throw tooOld(state.place.seq, least);
	const {records, journals} = state.shared;
	return withJournalLines({credentials: [...records.values()], trash: []}, journals);
}

/** The key from the file or the variable. */
async function givenKey(context: Context): Promise<Secret> {
	const {PHARMER_MEMBER_KEY_FILE: path, PHARMER_MEMBER_KEY: text = ''} = context.environment;
	if (!path) return new Secret(text);
	const {text: line, exposed} = await context.readInput(path);
	if (exposed) warn(context, `others can read \`${path}\`: chmod 600 makes it yours alone`);
	return new Secret(line);
}
