import {type Check, type Finding, ok} from './check.js';
import type {Machine} from './machine.js';
import {copiesOf, vaultFile} from './places.js';
import {vaultTrouble} from './vault-file.js';

/** The copies of the last days beside the vault. */
export const copies: Check = {id: 'copies', title: 'copies', look: lookAtCopies};

async function lookAtCopies(machine: Machine): Promise<readonly Finding[]> {
	if (!machine.place.exists() || (await vaultTrouble(machine)) !== undefined) return [];
	const found = copiesOf(machine);
	const newest = found.at(-1)?.slice(vaultFile(machine).length + 1, vaultFile(machine).length + 11);
	if (newest === undefined) return [ok('none yet: the first change of a day keeps one')];
	const count = found.length === 1 ? 'one copy' : `${found.length} copies`;
	return [ok(`${count} of the last days with a change, the newest of ${newest}`)];
}
