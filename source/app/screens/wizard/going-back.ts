import {type DraftField, fieldValue, nextAsked} from '../../core/draft-fields.js';
import type {State} from '../../core/state.js';
import {type Step, say, show, step} from '../../core/step.js';
import {emptyLine, lineOf, lineText} from '../../input/line-editor.js';
import {resumed} from './review.js';
import {wizardSources} from './wizard-choices.js';
import type {Filled, WizardScreen} from './wizard-screen.js';
import {askFieldName, go} from './wizard-steps.js';

/** What taking back a paste loses when its fields have been changed since. */
export const filledLoss = 'What was pasted, and what you have changed since, will be lost.';

/** The question as it was before the paste. */
export function takeBack(state: State, {before}: Filled): Step {
	const {state: resumedState, effects} = resumed(state, before);
	return step(say(resumedState, 'note', 'The paste is undone.'), ...effects);
}

/** Takes the paste back that led to this question; asks first where that loses something else. */
function backOfFilled(state: State, screen: WizardScreen, filled: Filled): Step {
	const {fields, name, about} = filled;
	const texts = (of: Pick<WizardScreen, 'fields' | 'name'>): string =>
		JSON.stringify([lineText(of.name), ...of.fields.map(field => [field.key, fieldValue(field)])]);
	const others = (of: readonly DraftField[] = []): string =>
		JSON.stringify(
			of
				.slice(1)
				.map(fieldValue)
				.filter(text => text !== ''),
		);
	const isAsIs = texts({fields, name}) === texts(screen) && others(about) === others(screen.about);
	return isAsIs ? takeBack(state, filled) : step(show(state, {...screen, discarding: 'paste'}));
}

/** Esc: goes back one question; undefined at the first. Loses no input. */
export function goBack(state: State, screen: WizardScreen): Step | undefined {
	const {filled} = screen;
	if (filled?.step === screen.step && (screen.step !== 'field' || filled.focus === screen.focus))
		return backOfFilled(state, screen, filled);
	switch (screen.step) {
		case 'name':
			return go(state, screen, {step: 'provider'});
		case 'source':
			return go(state, screen, {step: 'name'});
		case 'file':
			return go(state, screen, {step: 'source'});
		case 'key':
			return screen.focus === 0
				? go(state, screen, {step: 'source'})
				: go(state, screen, {step: 'field', focus: screen.focus - 1, key: emptyLine});
		case 'profile':
			return go(state, screen, {step: 'file'});
		case 'field': {
			const field = screen.fields[screen.focus];
			if (screen.provider?.open === true && field !== undefined) {
				const fields = fieldValue(field) === '' ? screen.fields.filter(each => each !== field) : screen.fields;
				return go(state, screen, {step: 'key', fields, key: lineOf(field.key)});
			}
			const before =
				screen.provider === undefined ? -1 : nextAsked(screen.provider, screen.fields, screen.focus - 1, -1);
			return before === -1 ? go(state, screen, {step: 'source'}) : go(state, screen, {focus: before});
		}
		case 'review':
			if (wizardSources[screen.sourceChoice] !== 'type' || screen.provider === undefined)
				return go(state, screen, {step: 'source'});
			if (screen.provider.open) return askFieldName(state, screen, screen.fields, screen.fields.length);
			return go(state, screen, {
				step: 'field',
				focus: nextAsked(screen.provider, screen.fields, screen.fields.length - 1, -1),
			});
		default:
			return undefined;
	}
}
