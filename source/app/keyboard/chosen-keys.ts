import {type KeyChoices, noKeyChoices} from '../../domain/settings.js';
import type {Binding} from '../core/binding.js';

/** Keys that mean the same for everybody: what has one keeps it, and nothing else gets it. */
export const fixedKeys: readonly string[] = ['esc', 'enter', 'ctrl+c'];

type Keys = Pick<Binding, 'id' | 'keys'>;

/** The bindings of a mode with the keys that were chosen for them, before those that stay. */
export function withChosenKeys<B extends Keys>(
	choices: KeyChoices,
	mode: string,
	bindings: readonly B[],
): readonly B[] {
	if (choices === noKeyChoices) return bindings;
	return bindings.map(binding => {
		const chosen = isFixed(bindings, binding) ? undefined : choiceOf(choices, mode, binding.id);
		if (chosen === undefined) return binding;
		return {...binding, keys: [...new Set([...chosen, ...binding.keys.filter(key => fixedKeys.includes(key))])]};
	});
}

function choiceOf(choices: KeyChoices, mode: string, id: string): readonly string[] | undefined {
	return choices[mode]?.[id] ?? choices.everywhere?.[id];
}

/** Whether a command of a mode keeps its keys: the one that leaves, and the answers to a question. */
export function isFixed(bindings: readonly Keys[], {id}: Keys): boolean {
	return id === 'cancel' || ((id === 'confirm' || id === 'back') && bindings.some(each => each.id === 'confirm'));
}
