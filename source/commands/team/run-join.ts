import {PharmerError} from '../../domain/errors.js';
import type {Synced} from '../../domain/team.js';
import {capitalized, plural} from '../../domain/words.js';
import type {Prompt} from '../../platform/prompt.js';
import {addressText} from '../../stores/address.js';
import {parseAddress} from '../../stores/parse-address.js';
import {worldAt} from '../../tasks/team/team-world.js';
import {beginJoining, finishJoining, vaultOf, vaultsIn} from '../../team/joining.js';
import {cardText, keyWords} from '../../team/log/card.js';
import type {Anchor} from '../../team/log/start.js';
import {sharedAlready} from '../../team/members.js';
import {joinByRecovery} from '../../team/recovering.js';
import {ownBy, teamIn} from '../../team/section.js';
import type {SyncWorld} from '../../team/sync.js';
import {teamStateOf} from '../../team/team-state.js';
import {getByName} from '../../vault/operations.js';
import type {VaultPlace} from '../../vault/vault.js';
import {agrees} from '../agree.js';
import type {Context} from '../context.js';
import {noVault, openOrMakeVault, unlockVault, vaultPlace} from '../open-vault.js';
import {tell, usage} from '../talk.js';
import {assertOnline, atStorage} from './at-storage.js';
import type {JoinOptions} from './join.js';
import {ownName} from './own-name.js';
import {askedSeed} from './recovery-member.js';
import {anchorOf, askTold, assertWords, notTold, type Told} from './told.js';

const attempts = 3;

/**
 * Shares a vault that others share. Throws `exists` when it is shared already, `invalid` for a number and words of no
 * entry, and as `finishJoining()` does.
 */
export async function runJoin(options: JoinOptions, context: Context): Promise<void> {
	const url = addressText(parseAddress(options.url));
	const inputTaken = options.passphraseFd === 0;
	const prompt = context.prompt(inputTaken);
	assertOnline(context);
	if (options.told !== undefined) assertWords(options.told.words);
	if (options.isRecovery && prompt === undefined)
		throw usage('there is no terminal to ask for the recovery words on', 'run it where somebody can type them');
	const place = await vaultPlace(options, context);
	const isNew = !place.exists();
	// No vault is made in vain.
	if (isNew) await assertReached(options, url, place, context);
	const vault = isNew
		? await openOrMakeVault(options, context, inputTaken)
		: (await unlockVault(options, context, inputTaken)).vault;
	try {
		const content = await vault.read();
		if (teamStateOf(content, undefined, undefined)?.isRemoved === false) throw sharedAlready();
		const team = teamIn(content);
		// What an earlier try has said of that team, or having been a member.
		const earlier = team?.url === url ? team : undefined;
		const name = options.name ?? earlier?.joining?.name ?? (await ownName(context));
		const opener =
			options.with === undefined
				? content.credentials.find(({id}) => id === earlier?.opener)
				: getByName(content, options.with);
		const inStorage = <Result>(work: (world: SyncWorld) => Promise<Result>): Promise<Result> =>
			atStorage(context, reach => worldAt(vault, opener, {url}, reach), work);
		if (!isNew) await inStorage(({store}) => assertSomething(store));
		const isAgreed = options.yes || (earlier?.joining?.mayShare ?? false);
		const stays = new Set([...(team?.own ?? []), ...ownBy(opener?.id)]);
		const own = content.credentials.filter(({id}) => !stays.has(id)).length;
		const mayShare = isAgreed || (own > 0 && (await agreesToShare(own, prompt, context)));
		const seed = options.isRecovery && prompt !== undefined ? await askedSeed(prompt, context) : undefined;
		const keys = await beginJoining(vault, {url, opener: opener?.id, joining: {name, mayShare}});
		if (options.isRecovery) tell(context, 'Number and words stand beside the words on paper.');
		else if (options.told === undefined) {
			context.stdout.write(`${cardText(name, keys)}\n`);
			tell(context, `Its six words: ${keyWords(keys)}`);
			tell(context, 'Give the card to an admin, for `pharmer team add CARD`, and compare the words by voice.');
			tell(context, 'Then the admin has a number and six words for you.');
		}
		const join = (world: SyncWorld, anchor: Anchor): Promise<Synced> =>
			seed === undefined ? finishJoining(world, anchor) : joinByRecovery(world, anchor, seed, name);
		const {said, state} = await finish(inStorage, join, options.told, prompt, context).finally(() => seed?.fill(0));
		for (const line of said) tell(context, line);
		const before = new Set(content.credentials.map(({id}) => id));
		const came = (await vault.read()).credentials.filter(({id}) => !before.has(id)).length;
		const [members, credentials] = [plural(state.members.length, 'member'), plural(came, 'credential')];
		tell(context, `joined as \`${state.self?.name ?? name}\`: ${members}, ${credentials} came`);
		tell(context, `Here now: number ${state.place.seq}, ${state.words}`);
		if (seed !== undefined)
			tell(context, 'Remove the devices that are gone: `pharmer team members`, `pharmer team remove NAME`.');
	} finally {
		await vault.close();
	}
}

/**
 * Looks at the storage while there is no vault. Throws `no-vault` for a credential of it, and as `assertSomething()`.
 */
async function assertReached(options: JoinOptions, url: string, place: VaultPlace, context: Context): Promise<void> {
	if (options.with !== undefined) throw noVault(place, options);
	await atStorage(context, ({openStore}) => openStore(parseAddress(url), undefined), assertSomething);
}

/** Throws `not-found` when nothing is shared there. */
async function assertSomething(store: SyncWorld['store']): Promise<void> {
	if ((await vaultsIn(store)).length > 0) return;
	throw new PharmerError(
		'not-found',
		'nobody shares a vault at that address yet',
		'compare it with that of `pharmer team status` on the other device',
	);
}

/**
 * Asks whether the team gets the credentials that the vault holds already, which are that many. Throws `usage`, and
 * `cancelled` for a no.
 */
async function agreesToShare(own: number, prompt: Prompt | undefined, context: Context): Promise<true> {
	const what = `this vault holds ${plural(own, 'credential')}, which the team would get`;
	const otherwise = 'join with another vault: `--vault PATH`';
	if (prompt === undefined) throw usage(what, `add --yes to share ${own === 1 ? 'it' : 'them'}, or ${otherwise}`);
	tell(context, `${capitalized(what)}; or ${otherwise}`);
	if (!(await agrees(prompt, `Share ${own === 1 ? 'it' : 'them'}? [y/N] `, 'fresh')))
		throw new PharmerError('cancelled', 'nothing was shared');
	return true;
}

/** Goes on with number and words, given or asked for, up to three times. */
async function finish(
	inStorage: <Result>(work: (world: SyncWorld) => Promise<Result>) => Promise<Result>,
	join: (world: SyncWorld, anchor: Anchor) => Promise<Synced>,
	given: Told | undefined,
	prompt: Prompt | undefined,
	context: Context,
): Promise<Synced> {
	if (given === undefined && prompt === undefined)
		throw usage(
			'the number and the words that the admin gives back are missing',
			'run it again with --at NUMBER --words "SIX WORDS"; the card stays the same',
		);
	for (let attempt = 1; ; attempt++) {
		const told = given ?? (prompt && (await askTold(prompt, context)));
		if (told === undefined) throw notTold();
		const anchor = anchorOf(told);
		const synced = await inStorage(async world => ((await isThere(world, anchor)) ? join(world, anchor) : undefined));
		if (synced !== undefined) return synced;
		if (given !== undefined || attempt === attempts) throw notTold();
		tell(context, 'The storage has no entry with that number and these words. Try again.');
	}
}

async function isThere({store}: SyncWorld, anchor: Anchor): Promise<boolean> {
	try {
		await vaultOf(store, anchor);
		return true;
	} catch (error) {
		if (error instanceof PharmerError && error.code === 'forked') return false;
		throw error;
	}
}
