import {expandHome} from '../platform/home.js';
import {removeFile, writeNewFile} from '../platform/new-file.js';
import type {Prompt} from '../platform/prompt.js';
import {newRecoveryKey, recoverySlot} from '../vault/keys/recovery.js';
import type {Vault} from '../vault/vault.js';
import {assertRoom} from '../vault/ways-in.js';
import type {Context} from './context.js';
import {assertWritten, type Paper, pageOf, printed} from './on-paper.js';
import {tell} from './talk.js';

/** What to print or write down: the words, and what they are for. */
function paper(words: readonly string[], path: string): Paper {
	return {
		title: 'Recovery key of a pharmer vault',
		words,
		notes: [
			`It opens the vault \`${path}\` without its passphrase: keep it where only you get at it.`,
			'Type the words, in this order, wherever pharmer asks for the passphrase.',
		],
	};
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
		await how.prompt.show(pageOf(paper(words, vault.path)));
		await assertWritten(words, how.prompt, 'the recovery key', context);
		return vault.addSlot(recoverySlot(key));
	}
	const file = expandHome(how.to);
	await writeNewFile(file, `${printed(paper(words, vault.path)).join('\n')}\n`);
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
