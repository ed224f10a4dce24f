import {type FoundField, filesInEnvironment, findInEnvironment} from '../../../credentials/environment.js';
import {fieldOf} from '../../../providers/catalog.js';
import {completeData} from '../../../providers/data.js';
import type {Provider} from '../../../providers/provider.js';
import {visible} from '../../../text/visible.js';
import {
	acceptFields,
	type DraftField,
	draftFinding,
	fieldNameProblem,
	fieldValue,
	newField,
	nextAsked,
	withDerived,
} from '../../core/draft-fields.js';
import type {FileSource} from '../../core/event.js';
import {newNameProblem} from '../../core/names.js';
import type {State} from '../../core/state.js';
import {type Step, say, show, step} from '../../core/step.js';
import {typedPath} from '../../core/typed-path.js';
import {emptyLine, lineOf, lineText} from '../../input/line-editor.js';
import {openIssue} from '../issue/issue-screen.js';
import {resumed} from './review.js';
import {cantMake, offeredProviders, pasteHint, wizardSources} from './wizard-choices.js';
import {suggestedName, type WizardScreen, withData, withProvider} from './wizard-screen.js';

/** Goes to another question; to the review only with a name that a new credential can have. */
export function go(state: State, screen: WizardScreen, change: Partial<WizardScreen>): Step {
	const next = {...screen, problem: undefined, shown: false, ...change};
	if (next.step !== 'review' || next.provider === undefined) return step(show(state, next));
	const problem = newNameProblem(state.credentials, lineText(next.name));
	if (problem !== undefined) return stop(state, {...next, step: 'name'}, problem);
	return resumed(state, next);
}

function stop(state: State, screen: WizardScreen, text: string): Step {
	return step(show(state, {...screen, problem: {severity: 'wrong', text}}));
}

/** Enter: checks the answer, then asks the next question or saves the credential. */
export function goForward(state: State, screen: WizardScreen): Step {
	const {provider} = screen;
	if (screen.step === 'provider') {
		const chosen = offeredProviders(screen.filter)[screen.providerChoice];
		return chosen === undefined ? step(state) : go(state, withProvider(screen, chosen), {step: 'name'});
	}
	if (provider === undefined) return step(state);
	switch (screen.step) {
		case 'name': {
			const suggested = lineText(screen.name) === '' ? suggestedName(state, screen) : undefined;
			const name = suggested === undefined ? screen.name : lineOf(suggested);
			const problem = newNameProblem(state.credentials, lineText(name));
			// What was pasted has its fields already.
			const next = screen.filled?.step === 'name' ? 'review' : 'source';
			return problem === undefined ? go(state, screen, {name, step: next}) : stop(state, screen, problem);
		}
		case 'source':
			return fromSource(state, screen, provider);
		case 'file': {
			const path = typedPath(lineText(screen.file));
			if (path === '') return stop(state, screen, 'type the path of a file');
			return step(show(state, {...screen, problem: undefined, busy: true}), {type: 'read-file', path, provider});
		}
		case 'profile': {
			const source = screen.profiles[screen.profileChoice];
			return source === undefined ? step(state) : fromFile(state, screen, provider, source);
		}
		case 'key':
			return fromFieldName(state, screen);
		case 'field':
			return fromField(state, screen, provider);
		default:
			return step(state);
	}
}

function fromSource(state: State, screen: WizardScreen, provider: Provider): Step {
	switch (wizardSources[screen.sourceChoice]) {
		case 'environment': {
			const files = filesInEnvironment(provider, state.environment);
			if (provider.fields.length === 0) return stop(state, screen, `${provider.title} has no variables of its own`);
			if (files.length > 0)
				return step(show(state, {...screen, problem: undefined, busy: true}), {type: 'read-named', files});
			return fromEnvironment(state, screen, provider, findInEnvironment(provider, state.environment));
		}
		case 'file':
			return step(go(state, screen, {step: 'file'}).state, {type: 'offer-paths', provider});
		case 'paste':
			return step(say(show(state, screen), 'note', pasteHint));
		case 'issue': {
			const why = cantMake(state.credentials, provider);
			if (why !== undefined) return stop(state, screen, why);
			return openIssue(state, lineText(screen.name), provider.id, {...screen, problem: undefined});
		}
		default:
			return provider.open
				? askFieldName(state, screen, screen.fields, 0)
				: go(state, screen, {step: 'field', focus: 0});
	}
}

/** The variables looked at first, for a message: those of the required fields, or of each way to sign in. */
function officialVariables({fields, alternatives}: Provider): readonly string[] {
	const ways = alternatives?.flatMap(each => each.fields) ?? [];
	return fields
		.filter(field => field.required || ways.includes(field.key))
		.flatMap(field => field.environment.slice(0, 1));
}

function fromEnvironment(state: State, screen: WizardScreen, provider: Provider, found: readonly FoundField[]): Step {
	if (found.length === 0) {
		const names = officialVariables(provider).join(', ');
		return stop(state, screen, `none of its variables is set; they are ${names}`);
	}
	const data = completeData(provider, new Map(found.map(each => [each.field.key, each.value])));
	const variables = new Map(found.map(each => [each.field.key, each.variable]));
	return afterFilling(
		state,
		withData(screen, provider, data, key => variables.get(key)),
		provider,
	);
}

/** The content of files named by the environment, in addition to its variables. */
export function onNamedRead(state: State, screen: WizardScreen, named: readonly FoundField[]): Step {
	const {provider} = screen;
	if (provider === undefined) return step(state);
	const found = [...findInEnvironment(provider, state.environment), ...named];
	return fromEnvironment(state, {...screen, busy: false}, provider, found);
}

/** The fields of a file: takes a single set, asks which of several. */
export function onFileRead(
	before: State,
	screen: WizardScreen,
	sources: readonly FileSource[],
	left: readonly string[] = [],
): Step {
	const state = left.length === 0 ? before : say(before, 'error', `left out: ${visible(left.join('; '))}`);
	const {provider} = screen;
	const [only, ...others] = sources;
	if (provider === undefined || only === undefined) return step(state);
	const idle = {...screen, busy: false};
	if (others.length > 0) {
		const same =
			sources.length === screen.profiles.length &&
			sources.every(({label}, index) => label === screen.profiles[index]?.label);
		return go(state, idle, {step: 'profile', profiles: sources, profileChoice: same ? screen.profileChoice : 0});
	}
	return fromFile(state, {...idle, profiles: []}, provider, only);
}

function fromFile(state: State, screen: WizardScreen, provider: Provider, source: FileSource): Step {
	const {data, remark} = source;
	const told = remark === undefined ? state : say(state, 'error', visible(remark));
	return afterFilling(told, withData(screen, provider, completeData(provider, data)), provider);
}

/** Goes to the review, or to the first missing field. */
export function afterFilling(state: State, screen: WizardScreen, provider: Provider): Step {
	const finding = draftFinding(provider, screen.fields);
	const missing = screen.fields.findIndex(field => field.key === finding?.field);
	if (finding?.severity !== 'wrong' || missing === -1) return go(state, screen, {step: 'review'});
	const field = fieldOf(provider, finding.field);
	const absent = fieldValue(screen.fields[missing] ?? newField('')) === '';
	const source = wizardSources[screen.sourceChoice];
	const from =
		source === 'environment'
			? `${field.environment[0]} is not set`
			: `it is not in ${source === 'paste' ? 'what was pasted' : 'the file'}`;
	const text = absent && field.required ? `${from}: type it in` : finding.message;
	return go(state, screen, {step: 'field', focus: missing, problem: {severity: 'wrong', text}});
}

/** Names the field at `focus`: adds a new field, or renames an existing one. */
function fromFieldName(state: State, screen: WizardScreen): Step {
	const {fields, focus} = screen;
	const key = lineText(screen.key).trim();
	const isNew = focus >= fields.length;
	if (key === '' && isNew && fields.length > 0) return go(state, screen, {step: 'review'});
	if (key === '') return stop(state, screen, 'type the name of a field, such as token');
	if (key !== fields[focus]?.key) {
		const problem = fieldNameProblem(
			key,
			fields.filter((_, index) => index !== focus),
		);
		if (problem !== undefined) return stop(state, screen, problem);
	}
	const named = isNew
		? [...fields, newField(key)]
		: fields.map((field, index) => (index === focus ? {...field, key} : field));
	return go(state, screen, {step: 'field', fields: named, key: emptyLine});
}

/** The step that asks for the name of the field at `focus`. */
export function askFieldName(state: State, screen: WizardScreen, fields: readonly DraftField[], focus: number): Step {
	return go(state, screen, {step: 'key', fields, focus, key: lineOf(fields[focus]?.key ?? '')});
}

function fromField(state: State, screen: WizardScreen, provider: Provider): Step {
	const field = screen.fields[screen.focus];
	if (field === undefined) return step(state);
	if (provider.open && fieldValue(field) === '') return stop(state, screen, `${field.key} can't be empty`);
	const finding = draftFinding(provider, screen.fields, field.key);
	const isSeen = finding?.severity === 'odd' && screen.problem?.severity === 'odd';
	if (finding !== undefined && !isSeen && !canWait(provider, screen.fields, screen.focus)) {
		const text = finding.severity === 'odd' ? `${finding.message}; enter again to keep it` : finding.message;
		return step(show(state, {...screen, problem: {severity: finding.severity, text}}));
	}
	const fields = finding === undefined ? screen.fields : acceptFields(screen.fields, [field.key]);
	const next = provider.open ? -1 : nextAsked(provider, fields, screen.focus + 1, 1);
	if (next !== -1) return go(state, screen, {fields, focus: next});
	if (provider.open) return askFieldName(state, screen, fields, screen.focus + 1);
	const filled = withDerived(provider, fields);
	const missing = draftFinding(provider, filled);
	// A field left empty to be derived from the others that could not be.
	const focus = filled.findIndex(each => each.key === missing?.field && fieldOf(provider, each.key).derived);
	if (missing?.severity !== 'wrong' || focus === -1) return go(state, screen, {fields: filled, step: 'review'});
	return go(state, screen, {fields: filled, focus, problem: {severity: 'wrong', text: missing.message}});
}

/** Whether a field may stay empty for now, since later fields may determine it. */
function canWait(provider: Provider, fields: readonly DraftField[], focus: number): boolean {
	const field = fields[focus];
	if (field === undefined || fieldValue(field) !== '' || fieldOf(provider, field.key).derived === undefined)
		return false;
	const next = nextAsked(provider, fields, focus + 1, 1);
	return next !== -1 && fields.slice(next).some(each => fieldValue(each) === '');
}
