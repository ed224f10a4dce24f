import type {Answer} from '../core/event.js';
import {previewKey, readOf} from '../core/preview.js';
import {isBusy, type State, selectedCredential} from '../core/state.js';
import {type Step, step} from '../core/step.js';
import {browsePanes} from '../screens/browse/browse-panes.js';

/** For how long a selection rests before it is read for the pane, in milliseconds: a held key passes by many. */
const rest = 150;

/** Whether the pane is on the screen and shows something that has to be read, and was not asked for. */
function isWanted(state: State): boolean {
	const {screen, preview, palette} = state;
	if (preview.face !== 'yaml' && preview.face !== 'versions') return false;
	const isShown = screen.kind === 'detail' || (screen.kind === 'list' && browsePanes(state).split);
	if (!isShown || palette !== undefined || isBusy(state)) return false;
	const selected = selectedCredential(state);
	if (selected === undefined || readOf(preview, selected) !== undefined) return false;
	return preview.asked !== previewKey(preview, selected);
}

/** When it is read; undefined while there is nothing to read. */
export function previewMoment(state: State): number | undefined {
	return isWanted(state) ? state.lastInput + rest : undefined;
}

/** Has it read once the selection has rested. */
export function withPreview(state: State): Step {
	const moment = previewMoment(state);
	const credential = selectedCredential(state);
	const {face} = state.preview;
	const isDue = moment !== undefined && moment <= state.now;
	if (!isDue || credential === undefined || (face !== 'yaml' && face !== 'versions')) return step(state);
	const asked = previewKey(state.preview, credential);
	return step({...state, preview: {...state.preview, asked}}, {type: 'preview', face, credential});
}

/** What was read is kept where the pane still has that face. */
export function onPreviewed(state: State, {id, revision, content}: Extract<Answer, {type: 'previewed'}>): Step {
	if (content.face !== state.preview.face) return step(state);
	return step({...state, preview: {...state.preview, read: {id, revision, content}}});
}
