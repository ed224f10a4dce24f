import {randomInt} from 'node:crypto';
import {PharmerError} from '../domain/errors.js';
import {Secret} from '../domain/secret.js';
import {expandHome} from '../platform/home.js';
import {removeFile, writeNewFile} from '../platform/new-file.js';
import type {Prompt} from '../platform/prompt.js';
import {newRecoveryKey, recoverySlot} from '../vault/keys/recovery.js';
import type {Vault} from '../vault/vault.js';
import {assertRoom} from '../vault/ways-in.js';
import type {Context} from './context.js';
import {tell} from './talk.js';

const attempts = 3;
/** How many of its words have to be typed before a recovery key counts. */
const asked = 3;

/** The words of a recovery key, numbered, in columns that are read downwards. */
function wordLines(words: readonly string[], columns: number): readonly string[] {
	const rows = Math.ceil(words.length / columns);
	const cells = words.map((word, index) => `${String(index + 1).padStart(4)}  ${word.padEnd(10)}`);
	return Array.from({length: rows}, (_, row) =>
		cells
			.filter((_, index) => index % rows === row)
			.join('')
			.trimEnd(),
	);
}

/** What to print or write down: the words, and what they are for. */
function page(words: readonly string[], columns: number, path: string): readonly string[] {
	return [
		'Recovery key of a pharmer vault',
		'',
		...wordLines(words, columns),
		'',
		`It opens the vault \`${path}\` without its passphrase: keep it where only you get at it.`,
		'Type the words, in this order, wherever pharmer asks for the passphrase.',
	];
}

/** Asks for some of the words. Throws `cancelled` when they are not on paper. */
async function assertWritten(words: readonly string[], prompt: Prompt, context: Context): Promise<void> {
	const chosen = new Set<number>();
	while (chosen.size < asked) chosen.add(randomInt(words.length));
	for (const index of [...chosen].sort((one, other) => one - other)) {
		const word = new Secret(words[index] ?? '');
		for (let attempt = 1; !word.equals(await typedWord(prompt, index)); attempt++) {
			if (attempt === attempts)
				throw new PharmerError('cancelled', 'the words were not written down: the recovery key was not added');
			tell(context, 'That is not the word. Look again.');
		}
	}
}

/** Throws the error again, with what an interruption means: the words are on the screen. */
function notAdded(error: unknown): never {
	if (!(error instanceof PharmerError) || error.code !== 'interrupted') throw error;
	throw new PharmerError('interrupted', 'interrupted: the recovery key was not added, and its words open nothing');
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
	assertRoom(await vault.slots());
	const key = await newRecoveryKey();
	const words = key.reveal().split(' ');
	if ('prompt' in how) {
		const lines = page(words, 3, vault.path);
		await how.prompt.show([...lines, '', 'Write the words down now: they are not shown again.']);
		tell(context, 'Some of the words are asked for, to be sure that they are on paper.');
		await assertWritten(words, how.prompt, context).catch(notAdded);
		return vault.addSlot(recoverySlot(key));
	}
	const file = expandHome(how.to);
	await writeNewFile(file, `${page(words, 1, vault.path).join('\n')}\n`);
	try {
		const id = await vault.addSlot(recoverySlot(key));
		tell(context, `wrote the recovery key to \`${how.to}\`: print it, then remove the file`);
		return id;
	} catch (error) {
		// It would open nothing.
		await removeFile(file);
		throw error;
	}
}
