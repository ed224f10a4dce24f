import {plural} from '../domain/words.js';
import {contentSize} from '../vault/format/content.js';
import {historySize} from '../vault/history/history.js';
import {type Check, type Finding, ok, sizeText, unknown} from './check.js';
import type {Machine} from './machine.js';
import {vaultTrouble} from './vault-file.js';

/** What the vault's history takes, where the vault is unlocked. */
export const history: Check = {id: 'history', title: 'history', look: lookAtHistory};

async function lookAtHistory(machine: Machine): Promise<readonly Finding[]> {
	if (!machine.place.exists() || (await vaultTrouble(machine)) !== undefined) return [];
	const known = await machine.content();
	if (known === undefined) return [unknown('it is in the vault, which is locked: `pharmer unlock`')];
	const size = historySize(known, contentSize);
	if (size === undefined) return [unknown('a newer pharmer keeps it')];
	const {versions, bytes, most} = size;
	// Another one of their size would not fit.
	const isFull = versions > 0 && bytes + bytes / versions > most;
	const room = isFull ? ': no more fit, and the oldest make way' : '';
	return [ok(`${plural(versions, 'version')}, ${sizeText(bytes)} of at most ${sizeText(most)}${room}`)];
}
