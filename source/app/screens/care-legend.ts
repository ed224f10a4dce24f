import {type Care, careKinds, careMeaning, careOf, careRows, careWord} from '../../credentials/care.js';
import {lastingDays, verdictMeaning, verdictNow} from '../../credentials/standing.js';
import type {Credential} from '../../domain/credential.js';
import {verdictWords} from '../../domain/verdict.js';
import {listHeight} from '../core/credential-list.js';
import {type State, selectedCredential} from '../core/state.js';
import {paneFrame} from '../layout/panes.js';
import {browsePanes} from './browse/browse-panes.js';
import {columnsFor} from './browse/list-columns.js';
import {measuresOf} from './browse/list-measures.js';
import {detailCares} from './browse/verdict-lines.js';

/** A word on the screen and what it means, as a sentence without its full stop. */
export type LegendLine = {readonly word: string; readonly meaning: string};

const line = (kind: Care['kind']): LegendLine => ({
	word: kind === 'expires' ? 'in … days' : careWord(kind),
	meaning: careMeaning(kind),
});

const linesOf = (kinds: ReadonlySet<Care['kind']>): readonly LegendLine[] =>
	careKinds.filter(kind => kinds.has(kind)).map(line);

const sign: LegendLine = {word: '!', meaning: 'something needs care; H says what'};
const old: LegendLine = {word: '?', meaning: `asked more than ${lastingDays} days ago; V asks again`};
const more: LegendLine = {word: '+1', meaning: 'there is one more reason; enter shows all'};

/** The legend of what providers say of these credentials. */
function ofVerdicts(shown: readonly Credential[], {verdicts, now}: State): readonly LegendLine[] {
	const standings = shown.flatMap(each => verdictNow(each, verdicts, new Date(now)) ?? []);
	const words = verdictWords.filter(word => standings.some(({is}) => is === word));
	return [
		...words.map(word => ({word, meaning: verdictMeaning(word)})),
		...(standings.some(({isOld}) => isOld) ? [old] : []),
	];
}

/** The legend of the rows of the list that are in view. */
function ofList(state: State): readonly LegendLine[] {
	const {credentials, found, top, uses, verdicts, works, exposed, settings} = state;
	const shown = found.slice(top, top + listHeight(state));
	const cares = shown.map(credential =>
		careOf(credential, credentials, new Date(state.now), uses, verdicts, works, exposed),
	);
	const kinds = new Set(cares.flatMap(([first]) => first?.kind ?? []));
	const {care, sign: signed} = columnsFor(measuresOf(state), settings, browsePanes(state).listWidth - paneFrame);
	if (signed > 0) return kinds.size > 0 ? [sign] : [];
	if (care === 0) return [];
	// What a provider does not take has the word that it says.
	kinds.delete('refused');
	return [...ofVerdicts(shown, state), ...linesOf(kinds), ...(cares.some(({length}) => length > 1) ? [more] : [])];
}

function ofDetail(state: State): readonly LegendLine[] {
	const credential = selectedCredential(state);
	if (credential === undefined) return [];
	const kinds = new Set(detailCares(credential, state, new Date(state.now)).map(({kind}) => kind));
	return [...ofVerdicts([credential], state), ...linesOf(kinds)];
}

/** What the words for care mean that are on the screen, most urgent first. */
export function careLegend(state: State): readonly LegendLine[] {
	switch (state.screen.kind) {
		case 'list':
			return ofList(state);
		case 'detail':
			return browsePanes(state).split ? ofList(state) : ofDetail(state);
		case 'health':
			return careKinds
				.filter(kind => careRows(state).some(({care}) => care.kind === kind))
				.map(kind => ({word: careWord(kind), meaning: careMeaning(kind)}));
		default:
			return [];
	}
}
