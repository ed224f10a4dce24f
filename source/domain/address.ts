import {nameProblem} from './name.js';

/** A credential as `NAME@VAULT` names it: the vault is one of the list; undefined where it is left out. */
export type Address = {readonly name: string; readonly vault: string | undefined};

/** Takes `NAME` or `NAME@VAULT` apart, at the first `@`: no name holds one. */
export function addressOf(text: string): Address {
	const at = text.indexOf('@');
	return at === -1 ? {name: text, vault: undefined} : {name: text.slice(0, at), vault: text.slice(at + 1)};
}

/** Whether a text says in which vault a credential is. */
export function hasVault(text: string): boolean {
	return text.includes('@');
}

/** Why the text of an address with a vault is none, as the end of a sentence about it; undefined when it is one. */
export function addressProblem(text: string): string | undefined {
	const {name, vault = ''} = addressOf(text);
	if (name === '') return 'has no name before the `@`';
	if (vault === '') return 'has no vault after the `@`';
	const problem = nameProblem(vault);
	return problem === undefined ? undefined : `names no vault after the \`@\`: the name of one ${problem}`;
}
