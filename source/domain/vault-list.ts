import {nameKey, nameProblem} from './name.js';

/** Paths of vaults, by the names that a person has given them. A path is a full one, or begins with `~/`. */
export type VaultList = Readonly<Record<string, string>>;

export const noVaults: VaultList = {};

/** A vault with a name, and what is known of it without opening it: whether it is there, and unlocked for commands. */
export type ListedVault = {
	readonly name: string;
	readonly path: string;
	readonly state: 'none' | 'locked' | 'unlocked';
};

/** The name of the vault that needs none. It is in every list, and can't be given to another. */
export const defaultVault = 'default';

/**
 * Whether a text that stands for a vault may be a name, and is looked up in the list before it is taken for a path.
 * What has a separator or ends in `.json` is always a path.
 */
export function mayBeListed(text: string): boolean {
	return nameProblem(text) === undefined && !/\.json$/i.test(text);
}

/** Why a vault can't have that name, as the end of a sentence that begins with "the name of a vault". */
export function vaultNameProblem(name: string): string | undefined {
	const problem = nameProblem(name);
	if (problem !== undefined) return problem;
	if (!mayBeListed(name)) return "can't end in `.json`, which a path does";
	return nameKey(name) === defaultVault
		? `can't be \`${defaultVault}\`, which is the vault that needs no name`
		: undefined;
}

/** The name in the list that is this one, without regard to case; undefined when it is not there. */
export function listedName(vaults: VaultList, name: string): string | undefined {
	return [defaultVault, ...Object.keys(vaults)].find(each => nameKey(each) === nameKey(name));
}
