import type {Look} from '../credentials/found.js';
import {PharmerError} from '../domain/errors.js';
import type {Secret} from '../domain/secret.js';
import type {Provider} from '../providers/provider.js';
import type {Machine} from './machine.js';

/**
 * What is in a text that was pasted, read as `lookInPaste()` does; for a text that is nothing known, why. Files that
 * the text names are read, but not in the demo.
 */
export async function readPaste(
	text: Secret,
	provider: Provider | undefined,
	{world, isDemo}: Machine,
): Promise<{readonly look: Look; readonly why?: string}> {
	const {lookInPaste} = await import('../look/pasted-text.js');
	try {
		return {look: await lookInPaste(text.reveal(), isDemo ? {...world, read: async () => undefined} : world, provider)};
	} catch (error) {
		if (!(error instanceof PharmerError)) throw error;
		return {look: {found: [], refused: [], damaged: []}, why: error.message};
	}
}
