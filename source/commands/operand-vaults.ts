import {addressOf, addressProblem, hasVault} from '../domain/address.js';
import {nameKey} from '../domain/name.js';
import type {CommandSpec, Given} from './command.js';
import type {GlobalOptions} from './global-options.js';
import {usage} from './talk.js';

/** What a command says of its operands. */
type Spec = Pick<CommandSpec<GlobalOptions>, 'operand' | 'spansVaults'>;

/**
 * A command line whose names are of one vault, which takes the place of `--vault`: `NAME@VAULT` is NAME there. Of a
 * command for several vaults, names of several stay as they are. Throws `usage` for what is no `NAME@VAULT`, for
 * vaults that differ, and for another one than `--vault` says.
 */
export function inOneVault(given: Given, {operand, spansVaults}: Spec): Given {
	const {operands, globals} = given;
	// Where the table says what is offered, what comes after the first is no name of a credential.
	const count = operand?.name !== 'NAME' ? 0 : operand.offers === undefined ? operands.length : 1;
	const names = operands.slice(0, count);
	const addressed = names.filter(hasVault);
	if (addressed.length === 0) return given;
	for (const text of addressed) {
		const problem = addressProblem(text);
		if (problem !== undefined)
			throw usage(`\`${text}\` ${problem}`, 'it is NAME@VAULT; `pharmer vaults` lists the vaults');
	}
	const vaultOf = (text: string): string => nameKey(addressOf(text).vault ?? globals.vault ?? '');
	const [first = ''] = addressed;
	const other = names.find(text => vaultOf(text) !== vaultOf(first));
	if (globals.vault !== undefined && nameKey(globals.vault) !== vaultOf(first))
		throw usage(`\`${first}\` is not in the vault of \`--vault\``, 'leave `--vault` out, or what follows the `@`');
	if (other === undefined) {
		const bare = names.map(text => addressOf(text).name);
		const vaultName = addressOf(first).vault;
		return given.with({
			operands: [...bare, ...operands.slice(count)],
			globals: {...globals, vault: undefined, vaultName},
		});
	}
	if (spansVaults && globals.vault === undefined) return given;
	throw usage(`\`${first}\` and \`${other}\` are in different vaults`, 'name those of one vault at a time');
}
