import {randomBytes} from 'node:crypto';
import {PharmerError} from '../../domain/errors.js';
import type {Member} from '../../domain/team.js';
import {teamWorld} from '../../tasks/team/team-world.js';
import {parseCard} from '../../team/log/card.js';
import {memberId, memberKeys, seedBytes} from '../../team/log/member-keys.js';
import {areWords} from '../../team/log/words.js';
import {memberKeyText} from '../../team/member-key.js';
import {add, noAdmin} from '../../team/members.js';
import {knownIn, type SyncWorld, sync} from '../../team/sync.js';
import type {Vault} from '../../vault/vault.js';
import {agrees} from '../agree.js';
import type {Context} from '../context.js';
import {unlockVault} from '../open-vault.js';
import {tell, usage} from '../talk.js';
import type {AddOptions} from './add.js';
import {assertOnline, atStorage} from './at-storage.js';
import {withFreeName} from './free-name.js';
import {intoNewFile} from './into-new-file.js';
import {assertWords} from './told.js';

type CardOptions = Extract<AddOptions, {card: string}>;
type KeyOptions = Extract<AddOptions, {keyFile: string}>;

/** Adds a member. Throws as `add()` does. */
export async function runAdd(options: AddOptions, context: Context): Promise<void> {
	assertOnline(context);
	return 'card' in options ? addCard(options, context) : addKey(options, context);
}

async function addCard(options: CardOptions, context: Context): Promise<void> {
	const card = parseCard(options.card);
	const {role, words} = options;
	const inputTaken = options.passphraseFd === 0;
	const prompt = context.prompt(inputTaken);
	if (words !== undefined) assertWords(words);
	if (words !== undefined && !areWords(words, card.words))
		throw new PharmerError(
			'invalid',
			'those are not the six words of this card',
			'it may be the card of somebody else: nobody was added',
		);
	if (!options.yes && prompt === undefined)
		throw usage(
			'there is no terminal to ask whether the words were compared',
			'add --yes --words "SIX WORDS", as the newcomer reads them out',
		);
	await withOwn(options, context, async vault => {
		const asks = options.yes ? undefined : prompt;
		const wanted = {id: memberId(card.keys), name: options.name ?? card.name, role};
		// Nobody compares words in vain.
		const {name} = asks ? await withFreeName(wanted, await membersNow(vault, context), asks, context) : wanted;
		tell(context, `The card of \`${name}\`, as ${role}. Its six words:`);
		tell(context, `  ${card.words}`);
		if (asks !== undefined) {
			const question = 'Have they read out the same words to you, in a voice you know? [y/N] ';
			if (!(await agrees(asks, question, 'fresh'))) throw new PharmerError('cancelled', 'nobody was added');
		}
		const invitation = await inTeam(vault, context, world => add(world, {name, keys: card.keys}, role));
		tell(context, `added \`${name}\`. Read this back to them; their device waits for it:`);
		context.stdout.write(`Number: ${invitation.seq}\nWords:  ${invitation.words}\n`);
	});
}

/** The members, as the storage says now. Throws `refused` when this device is no admin, and as `sync()` does. */
async function membersNow(vault: Vault, context: Context): Promise<readonly Member[]> {
	const {said, state} = await inTeam(vault, context, world => sync(world, 'poll'));
	for (const line of said) tell(context, line);
	if (state.self?.role !== 'admin') throw noAdmin();
	return state.members;
}

/** Makes a member for a job, and writes its key. */
async function addKey({name, role, keyFile, ...options}: KeyOptions, context: Context): Promise<void> {
	await withOwn(options, context, async vault => {
		const {team, log} = knownIn(await vault.read());
		const added = async (): Promise<string> => {
			const seed = randomBytes(seedBytes);
			const anchor = await inTeam(vault, context, world => add(world, {name, keys: memberKeys(seed)}, role));
			const key = memberKeyText({seed, url: team.url, vault: log.vault, anchor});
			seed.fill(0);
			return `${key.reveal()}\n`;
		};
		if (keyFile === '-') context.stdout.write(await added());
		else await intoNewFile(keyFile, added);
		tell(context, `added \`${name}\` as ${role}${keyFile === '-' ? '' : `: its key is in \`${keyFile}\``}`);
		tell(context, 'The job takes it from PHARMER_MEMBER_KEY_FILE or PHARMER_MEMBER_KEY.');
	});
}

/** Opens the vault with its passphrase, and closes it. */
export async function withOwn(
	options: Parameters<typeof unlockVault>[0],
	context: Context,
	work: (vault: Vault) => Promise<void>,
): Promise<void> {
	const {vault} = await unlockVault(options, context, options.passphraseFd === 0);
	try {
		await work(vault);
	} finally {
		await vault.close();
	}
}

/** Works with the storage of a vault that is shared. */
export function inTeam<Result>(
	vault: Vault,
	context: Context,
	work: (world: SyncWorld) => Promise<Result>,
): Promise<Result> {
	return atStorage(context, reach => teamWorld(vault, reach), work);
}
