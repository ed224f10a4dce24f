import {join} from 'node:path';
import {PharmerError} from '../domain/errors.js';
import type {VaultList} from '../domain/vault-list.js';
import {listed} from '../domain/words.js';
import {vaultsIn} from '../settings/settings-store.js';
import {type Check, care, type Finding, ok, run} from './check.js';
import type {Machine} from './machine.js';

/** The vaults of the list: one that was there once and is gone needs care, one that nobody has made yet does not. */
export const namedVaults: Check = {id: 'vaults', title: 'vaults', look: lookAtVaults};

function lookAtVaults({files, settings, home}: Machine): readonly Finding[] {
	const vaults = listOf(files.read(join(settings, 'settings.json')) ?? '{}');
	const names = Object.keys(vaults);
	const gone = names.flatMap(name => {
		const path = (vaults[name] ?? '').replace(/^~(?=\/)/, home);
		return files.status(path) === undefined && files.status(`${path}.seen`) !== undefined ? [{name, path}] : [];
	});
	if (gone.length === 0)
		return [ok(names.length === 0 ? 'only the default one has a name' : `these have a name: ${listed(names)}`)];
	return gone.map(({name, path}) =>
		care(`the vault \`${name}\` is gone: nothing is at \`${path}\``, run('pharmer', 'vaults', 'remove', name)),
	);
}

/** Nothing where the list can't be read, which the settings say. */
function listOf(text: string): VaultList {
	try {
		return vaultsIn(text);
	} catch (error) {
		if (error instanceof PharmerError) return {};
		throw error;
	}
}
