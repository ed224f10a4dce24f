import type {Content, Vault} from '../vault/vault.js';
import {verdictSection} from '../vault/verdict-section.js';
import {type Verdicts, verdictsOf, withVerdicts} from '../vault/verdicts.js';

const none: Verdicts = {verdicts: [], consents: []};

/** What a vault keeps of what providers said, parsed once as long as it stays as it is. */
export class KeptVerdicts {
	#text = '';
	#parsed = none;

	/** What that content keeps; nothing where a newer program does. */
	in(content: Content): Verdicts {
		const text = verdictSection.textIn(content) ?? '';
		if (this.#text !== text) {
			this.#text = text;
			this.#parsed = verdictsOf(content) ?? none;
		}
		return this.#parsed;
	}

	forget(): void {
		this.#text = '';
		this.#parsed = none;
	}
}

/** Keeps more, in one write. Resolves to a remark where a newer program keeps it, and nothing is written. */
export async function keepVerdicts(vault: Vault, added: Verdicts): Promise<string | undefined> {
	const isKept = await vault.change(content => ({
		content: withVerdicts(content, added),
		result: verdictsOf(content) !== undefined,
	}));
	return isKept ? undefined : 'The answers are not kept: a newer pharmer keeps them in this vault.';
}
