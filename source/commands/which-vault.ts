import {PharmerError} from '../domain/errors.js';
import {defaultVault, listedName, mayBeListed, type VaultList} from '../domain/vault-list.js';
import {expandHome} from '../platform/home.js';
import {nearest, withGuess} from '../text/nearest.js';
import {defaultVaultPath} from '../vault/default-path.js';
import type {Context} from './context.js';
import {type GlobalOptions, namedVault} from './global-options.js';

/** The full path of a vault of the list. */
export function vaultPathOf(vaults: VaultList, name: string): string {
	const path = vaults[name];
	return path === undefined ? defaultVaultPath() : expandHome(path);
}

/** Whether these options may name a vault of the list. */
function namesVault(options: GlobalOptions, {environment}: Context): boolean {
	const text = options.vaultName ?? namedVault(options, environment);
	return text !== undefined && (options.vaultName !== undefined || mayBeListed(text));
}

/**
 * The options with the path of the vault that they name, by `NAME@VAULT`, `--vault` or PHARMER_VAULT, in this order. A
 * text that may be a name and is not in the list stays, as a path. Throws `no-vault` for a name that is not in the list
 * where it can't be a path, or is nearly one that is, and what `Context.vaults()` throws.
 */
export async function inNamedVault<Options extends GlobalOptions>(
	options: Options,
	context: Context,
): Promise<Options> {
	if (!namesVault(options, context)) return options;
	const text = options.vaultName ?? namedVault(options, context.environment) ?? defaultVault;
	const vaults = await context.vaults();
	const name = listedName(vaults, text);
	if (name !== undefined) return {...options, vault: vaultPathOf(vaults, name), vaultName: name};
	const others = Object.keys(vaults);
	if (options.vaultName !== undefined)
		throw unknownVault(text, [defaultVault, ...others], '`pharmer vaults` lists them');
	const isSlip = nearest(text, others) !== undefined && !(await context.place(text)).exists();
	if (isSlip) throw unknownVault(text, others, `\`./${text}\` is a path`);
	return options;
}

function unknownVault(text: string, known: readonly string[], hint: string): PharmerError {
	return new PharmerError('no-vault', `there is no vault \`${text}\``, withGuess(text, known, hint));
}
