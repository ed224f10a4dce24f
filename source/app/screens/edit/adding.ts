import type {Binding} from '../../core/binding.js';
import {fieldNameProblem, newField} from '../../core/draft-fields.js';
import type {State} from '../../core/state.js';
import {type Step, show, step} from '../../core/step.js';
import {emptyLine, lineText} from '../../input/line-editor.js';
import type {EditScreen} from './edit-screen.js';

function addField(state: State, screen: EditScreen): Step {
	const key = lineText(screen.adding ?? emptyLine).trim();
	const problem = key === '' ? 'type the name of the field, or esc' : fieldNameProblem(key, screen.fields);
	if (problem !== undefined) {
		return step(show(state, {...screen, problem: {severity: 'wrong', field: '', text: problem}}));
	}
	const fields = [...screen.fields, newField(key)];
	return step(
		show(state, {...screen, fields, focus: fields.length - 1, shown: false, adding: undefined, problem: undefined}),
	);
}

/** Keys while the name of a new field is typed. */
export const addingKeys: readonly Binding<EditScreen>[] = [
	{
		id: 'submit',
		keys: ['enter'],
		title: 'add the field',
		says: 'adds a field with this key',
		group: 'Edit',
		footer: 9,
		run: addField,
	},
	{
		id: 'back',
		keys: ['esc'],
		title: 'back',
		says: 'goes back without a further field',
		group: 'Leave',
		footer: 7,
		run: (state, screen) => step(show(state, {...screen, adding: undefined, problem: undefined})),
	},
];
