import type {Event} from '../app/core/event.js';
import type {ReadEffect} from '../app/core/reading.js';
import type {FoundField} from '../credentials/environment.js';
import {Secret} from '../domain/secret.js';
import {type ClosingDesk, planClose} from '../tasks/close-found.js';
import {lookAround} from '../tasks/look-around.js';
import type {Machine} from '../tasks/machine.js';
import {readFile} from '../tasks/read-file.js';
import {readPaste} from '../tasks/read-paste.js';
import type {VaultSession} from './vault-session.js';

type Around = {
	readonly session: VaultSession;
	/** Where plaintext files are closed. */
	readonly desk: (there: Machine) => Promise<ClosingDesk>;
};

/** What a read gives. Somebody may give it up, and never hears of it then. */
export async function readEffect(effect: ReadEffect, there: Machine, {session, desk}: Around): Promise<Event> {
	switch (effect.type) {
		case 'look':
			return {type: 'looked', look: await lookAround(effect.paths, effect.kinds, there)};
		case 'plan-close':
			return {type: 'close-planned', plan: await planClose(effect, session.vault, await desk(there))};
		case 'read-named': {
			const found: FoundField[] = [];
			for (const {field, variable, path} of effect.files)
				found.push({field, variable, value: new Secret(await there.read(there.expand(path)))});
			return {type: 'named-read', found};
		}
		case 'read-file':
			return {type: 'file-read', ...(await readFile(effect.path, effect.provider, there))};
		case 'read-paste': {
			const {text, provider} = effect;
			return {type: 'paste-read', text, provider, ...(await readPaste(text, effect, there))};
		}
	}
}
