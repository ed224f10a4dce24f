import type {Look} from '../credentials/found.js';
import {PharmerError} from '../domain/errors.js';
import type {Secret} from '../domain/secret.js';
import type {PasteTerms} from '../look/pasted-text.js';
import type {Machine} from './machine.js';

/** What a pasted text holds; for one that is nothing known, why. `names` are the files that are needed for it. */
type PasteReading = {readonly look: Look; readonly names: readonly string[]; readonly why?: string};

/** Reads a text that was pasted, as `lookInPaste()` does. No file is read in the demo. */
export async function readPaste(text: Secret, terms: PasteTerms, {world, isDemo}: Machine): Promise<PasteReading> {
	const {lookInPaste} = await import('../look/pasted-text.js');
	try {
		const {look, names} = await lookInPaste(text.reveal(), world, isDemo ? {...terms, files: []} : terms);
		// What somebody has answered already is not asked again.
		return {look, names: isDemo || terms.files !== undefined ? [] : names};
	} catch (error) {
		if (!(error instanceof PharmerError) || error.code === 'cancelled') throw error;
		return {look: {found: [], refused: [], damaged: []}, names: [], why: error.message};
	}
}
