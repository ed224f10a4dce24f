import {randomBytes} from 'node:crypto';
import {type Name, parseName} from '../../domain/name.js';
import {Secret} from '../../domain/secret.js';
import {enumerated} from '../../domain/words.js';
import type {Prompt} from '../../platform/prompt.js';
import {memberKeys, seedBytes} from '../../team/log/member-keys.js';
import {add, type Invitation} from '../../team/members.js';
import type {SyncWorld} from '../../team/sync.js';
import {bytesOf, isListed, isMnemonic, wordsFor} from '../../vault/keys/mnemonic.js';
import type {Context} from '../context.js';
import {assertWritten, type Paper, pageOf} from '../on-paper.js';
import {tell} from '../talk.js';

const wordCount = 24;

/** What the team calls the member whose keys lie on paper. */
export const recoveryName = parseName('recovery');

/** What to print or write down, and what it is for. */
export function paper(words: readonly string[]): Paper {
	return {
		title: 'Recovery words of a shared pharmer vault',
		words,
		notes: [
			'On a new device `pharmer team join URL --recovery` asks for them: they make it an admin.',
			'Whoever has them and gets at the storage reads everything: keep them where only you get at them.',
		],
	};
}

/** A new member's seed, once its words are on paper. Throws `cancelled`, and `interrupted`. */
export async function writtenSeed(prompt: Prompt, context: Context): Promise<Buffer> {
	const seed = randomBytes(seedBytes);
	const words = wordsFor(seed).split(' ');
	await prompt.show(pageOf(paper(words)));
	await assertWritten(words, prompt, 'the recovery member', context);
	return seed;
}

/** Adds the member of that seed as an admin, and fills the seed with zero. Throws as `add()` does. */
export async function addRecovery(world: SyncWorld, seed: Buffer, name: Name = recoveryName): Promise<Invitation> {
	const keys = memberKeys(seed);
	seed.fill(0);
	return add(world, {name, keys}, 'admin');
}

/** Tells what belongs beside the words: without it a storage could show a new device a vault of its own. */
export function tellPaper({seq, words}: Pick<Invitation, 'seq' | 'words'>, context: Context): void {
	tell(context, 'Write this beside the words; it is no secret:');
	tell(context, `  Number: ${seq}`);
	tell(context, `  Words:  ${words}`);
}

/** The seed of the words that are on paper. Asks until they are some. */
export async function askedSeed(prompt: Prompt, context: Context): Promise<Buffer> {
	for (;;) {
		const typed = await prompt.secret('Recovery words: ');
		const words = new Secret(typed.reveal().trim().toLowerCase().split(/\s+/).join(' '));
		const bytes = isMnemonic(words.reveal()) ? Buffer.from(bytesOf(words.reveal())) : undefined;
		if (bytes?.length === seedBytes) return bytes;
		tell(context, typed.isEmpty ? 'It is empty. Ctrl-C leaves.' : `Those are not the 24 words: ${slipOf(words)}.`);
	}
}

/** What is wrong with words that were meant as those of a member. Names no word. */
function slipOf(text: Secret): string {
	const words = text.reveal().split(' ');
	const unknown = words.flatMap((word, at) => (isListed(word) ? [] : [`${at + 1}`]));
	if (words.length !== wordCount || unknown.length === 0) return 'one is missing or wrong';
	return `${unknown.length === 1 ? 'word' : 'words'} ${enumerated(unknown)} can't be right`;
}
