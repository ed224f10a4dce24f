import {fieldLimit} from '../../domain/field-limit.js';
import type {Field} from '../../providers/provider.js';
import {pasteReport} from '../input/paste-report.js';
import {type DraftField, pasteInto, typedLine, typeInto} from './draft-fields.js';
import type {State} from './state.js';
import {say, step} from './step.js';
import {refused, type Typing} from './typing.js';

/**
 * Typing for a draft's field. Input replaces a hidden, untouched value as a whole, since it can't be seen; `replaced`
 * says so, and `put` gives the state with another draft in its place.
 */
export function fieldTyping(
	state: State,
	{draft, field, shown}: {readonly draft: DraftField; readonly field: Field; readonly shown: boolean},
	put: (draft: DraftField) => State,
	replaced?: string,
): Typing {
	return {
		line: typedLine(draft, field, shown),
		covered: draft.line,
		multiline: field.multiline ?? false,
		what: 'field',
		limit: fieldLimit,
		press(press) {
			const typed = typeInto(draft, field, press, shown);
			if (typed === draft)
				return step(
					say(state, 'note', 'Type or paste a new value over the hidden one; ctrl+r shows it, ctrl+u empties it.'),
				);
			if (typed === undefined) return undefined;
			const replaces = draft.untouched && !typed.untouched && field.secret && !shown;
			return step(replaces && replaced !== undefined ? say(put(typed), 'note', replaced) : put(typed));
		},
		paste(text) {
			const pasted = pasteInto(draft, field, text, shown);
			if (pasted === undefined) return step(refused(state, field.label));
			return step(say(put(pasted), 'note', pasteReport(field, text)));
		},
	};
}
