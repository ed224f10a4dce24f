import {randomInt} from 'node:crypto';
import {PharmerError} from '../domain/errors.js';
import {Secret} from '../domain/secret.js';
import {expandHome} from '../platform/home.js';
import {writeNewFile} from '../platform/new-file.js';
import type {Prompt} from '../platform/prompt.js';
import {newRecoveryKey, recoverySlot} from '../vault/keys/recovery.js';
import type {Vault} from '../vault/vault.js';
import type {Context} from './context.js';
import {tell} from './talk.js';

const attempts = 3;
/** How many of its words have to be typed before a recovery key counts. */
const asked = 2;

/** The page to print: the words of a recovery key, numbered, and what it is for. */
function page(words: readonly string[], path: string): readonly string[] {
	const lines = words.map((word, index) => `${String(index + 1).padStart(4)}  ${word}`);
	return [
		'Recovery key of a pharmer vault',
		'',
		...lines,
		'',
		`It opens the vault \`${path}\` without its passphrase: keep it where only you get at it.`,
		'Type the words, in this order, wherever pharmer asks for the passphrase.',
	];
}

/** Asks for some of the words. Throws `cancelled` when they are not on paper. */
async function assertWritten(words: readonly string[], prompt: Prompt, context: Context): Promise<void> {
	const first = randomInt(words.length);
	const second = (first + 1 + randomInt(words.length - 1)) % words.length;
	for (const index of [first, second].slice(0, asked).sort((one, other) => one - other)) {
		const word = new Secret(words[index] ?? '');
		for (let attempt = 1; !word.equals(await typedWord(prompt, index)); attempt++) {
			if (attempt === attempts)
				throw new PharmerError('cancelled', 'the words were not written down: nothing was changed');
			tell(context, 'That is not the word. Look again.');
		}
	}
}

async function typedWord(prompt: Prompt, index: number): Promise<Secret> {
	const typed = await prompt.secret(`Word ${index + 1}: `);
	return new Secret(typed.reveal().trim().toLowerCase());
}

/**
 * Adds a recovery key to a vault: shows it once and asks for some of its words, or writes it to the new file `to`.
 * Resolves to the id of its slot. Throws `cancelled`, `file`, and what `addSlot()` throws; then nothing was added.
 */
export async function addRecoveryKey(
	vault: Vault,
	how: {readonly prompt: Prompt} | {readonly to: string},
	context: Context,
): Promise<string> {
	const key = await newRecoveryKey();
	const words = key.reveal().split(' ');
	const lines = page(words, vault.path);
	if ('to' in how) {
		await writeNewFile(expandHome(how.to), `${lines.join('\n')}\n`);
		tell(context, `wrote the recovery key to \`${how.to}\`: print it, then remove the file`);
	} else {
		await how.prompt.show([...lines, '', 'Write the words down now: they are not shown again.']);
		await assertWritten(words, how.prompt, context);
	}
	return vault.addSlot(recoverySlot(key));
}
