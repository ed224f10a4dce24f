import {needText} from '../../../credentials/check.js';
import {visible} from '../../../text/visible.js';
import {fieldFor, fieldNameRule, fieldValue} from '../../core/draft-fields.js';
import {spokenNames} from '../../core/path-completion.js';
import {fixedPrompt, inputPrompt, type Prompt} from '../../core/prompt.js';
import {placed, sentence} from '../../core/spoken-words.js';
import type {State} from '../../core/state.js';
import {lineText} from '../../input/line-editor.js';
import {filledLoss} from './going-back.js';
import {guideCommands, guideLines} from './guide.js';
import {savedCommand} from './saved-command.js';
import {stageOf} from './wizard-answers.js';
import {
	fieldNameQuestion,
	fileHelp,
	matchingProviders,
	type Option,
	offeredProviders,
	profileOptions,
	sourceOptions,
	wizardGuide,
} from './wizard-choices.js';
import {suggestedName, type WizardScreen, wizardLoss} from './wizard-screen.js';

const stages = 5;

function spokenField({provider, fields, focus}: WizardScreen): readonly string[] {
	const draft = fields[focus];
	if (draft === undefined || provider === undefined) return [];
	const field = fieldFor(provider, draft);
	const value = fieldValue(draft);
	const need = field.required ? 'required' : needText(provider, field);
	return [
		`${sentence(visible(field.label), need, field.secret ? 'hidden as you type' : '')}. Field ${focus + 1} of ${fields.length}.`,
		value === '' ? '' : `It is: ${field.secret ? 'hidden' : visible(value)}`,
		visible(field.help),
	];
}

function spokenQuestion(state: State, screen: WizardScreen): readonly string[] {
	const stage = `Step ${stageOf[screen.step] + 1} of ${stages}.`;
	switch (screen.step) {
		case 'provider':
			return [`New credential. Which provider is it for? Type to search. ${stage}`, wizardItem(state, screen)];
		case 'name': {
			const suggested = suggestedName(state, screen);
			const typed = lineText(screen.name);
			const taken = suggested === undefined || typed !== '' ? '' : `enter takes ${visible(suggested)}; or `;
			return [
				`What is it called? ${stage}`,
				typed === '' ? '' : `It is: ${visible(typed)}`,
				`${taken}letters, digits, . _ and -`,
			];
		}
		case 'source':
			return [`Where do its values come from? ${stage}`, wizardItem(state, screen)];
		case 'file':
			return ['Which file?', fileHelp, wizardItem(state, screen)];
		case 'profile':
			return ['The file holds several. Which one?', wizardItem(state, screen)];
		case 'key':
			return [fieldNameQuestion(screen), `${fieldNameRule}, such as token`];
		case 'field':
			return spokenField(screen);
		case 'review':
			return [];
		case 'done': {
			const name = visible(screen.saved?.name ?? '');
			return [`${name} is in the vault.`, `On the command line: ${savedCommand(name, state.vault)}`];
		}
	}
}

const optionText = ({title, about}: Option): string => sentence(title, visible(about));

/** The choice under the cursor, or the guide's command. */
export function wizardItem(state: State, screen: WizardScreen): string {
	if (screen.guide !== undefined) {
		const guide = wizardGuide(screen);
		return guide === undefined
			? ''
			: placed(guideCommands(guide), screen.guide.choice, text => `command: ${visible(text)}`);
	}
	switch (screen.step) {
		case 'provider':
			return `${matchingProviders(screen.filter).length === 0 ? 'No provider matches; generic takes any keys. ' : ''}${placed(
				offeredProviders(screen.filter),
				screen.providerChoice,
				({title, purpose}) => sentence(title, purpose),
			)}`;
		case 'source':
			return placed(sourceOptions(screen, state), screen.sourceChoice, optionText);
		case 'file':
			return spokenNames(screen.file, screen.completion);
		case 'profile':
			return placed(profileOptions(screen), screen.profileChoice, optionText);
		default:
			return '';
	}
}

/** Wide enough to keep a guide's lines whole: the terminal wraps them. */
const unbroken = 100_000;

/** The question; in the review all answers, secrets hidden. */
export function spokenWizard(state: State, screen: WizardScreen): readonly string[] {
	if (screen.discarding !== undefined)
		return ['Discard the draft?', screen.discarding === 'paste' ? filledLoss : wizardLoss];
	const guide = wizardGuide(screen);
	if (screen.guide === undefined || guide === undefined) return spokenQuestion(state, screen);
	return [...guideLines(guide, unbroken).map(({text}) => visible(text.trim())), wizardItem(state, screen)];
}

/** The text typed at this step, or the step's name. */
export function wizardPrompt(screen: WizardScreen): Prompt {
	const {provider, fields, focus, shown} = screen;
	switch (screen.step) {
		case 'provider':
			return inputPrompt('provider', screen.filter);
		case 'name':
			return inputPrompt('name', screen.name);
		case 'source':
			return fixedPrompt('from');
		case 'file':
			return inputPrompt('file', screen.file);
		case 'profile':
			return fixedPrompt('which one');
		case 'key':
			return inputPrompt('field name', screen.key);
		case 'field': {
			const draft = fields[focus];
			if (draft === undefined || provider === undefined) return fixedPrompt('');
			const field = fieldFor(provider, draft);
			const hidden = field.secret && !shown;
			if (hidden && draft.untouched && fieldValue(draft) !== '') return fixedPrompt(visible(field.label), 'hidden');
			return inputPrompt(visible(field.label), draft.line, hidden);
		}
		case 'review':
			return fixedPrompt('review');
		case 'done':
			return fixedPrompt('done');
	}
}
