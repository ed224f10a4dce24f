import {careWord} from '../../../credentials/care.js';
import {expiryOf} from '../../../credentials/expiry.js';
import {noMatchHint} from '../../../credentials/no-match.js';
import {goingOn} from '../../../credentials/waiting.js';
import type {Credential} from '../../../domain/credential.js';
import type {Sort} from '../../../domain/settings.js';
import {ago} from '../../../domain/time.js';
import {grouped} from '../../../domain/words.js';
import {providerOf, titleWithId} from '../../../providers/catalog.js';
import {visible, visibleLines} from '../../../text/visible.js';
import {credentialText, placed, sentence} from '../../core/spoken-words.js';
import {type State, selectedCredential} from '../../core/state.js';
import {lineText} from '../../input/line-editor.js';
import {shortened} from '../../layout/text.js';
import {copyRows, copyText} from '../copy.js';
import {faceRows, faceTitles} from './faces.js';
import {detailCares, verdictLines} from './verdict-lines.js';

/** What the pane shows of the selected credential, in lines. */
function spokenFace(state: State): readonly string[] {
	const credential = selectedCredential(state);
	if (credential === undefined) return [];
	if (state.preview.face === 'fields') return spokenDetail(credential, state);
	// As wide as no window is: a screen reader wraps by itself.
	const lines = faceRows(credential, state, Number.MAX_SAFE_INTEGER).map(({text}) => text);
	return [`${visible(credential.name)}: ${faceTitles[state.preview.face]}`, ...lines.filter(line => line !== '')];
}

/** What is to be said of the pane when it was turned, or what it shows has been read; undefined for nothing. */
export function faceChanges({preview: was}: State, after: State): readonly string[] | undefined {
	const {preview: is} = after;
	return is.face !== was.face || (is.read !== was.read && is.read !== undefined) ? spokenFace(after) : undefined;
}

/** What changed in the list: the matches, the order, the marks or the selection. */
export function listChanges(before: State, after: State): readonly string[] {
	const turned = faceChanges(before, after);
	if (turned !== undefined) return turned;
	if (lineText(before.filter) !== lineText(after.filter)) return [spokenFound(after)];
	if (before.settings.sort !== after.settings.sort) return [`Sorted ${spokenSort(after)}.`, listItem(after)];
	const marks = before.marks.size === after.marks.size ? [] : [`${grouped(after.marks.size)} marked.`];
	if (listItemKey(before) === listItemKey(after) && before.found.length === after.found.length) return marks;
	return [...marks, after.found.length === 0 ? (spokenList(after, false)[0] ?? '') : listItem(after)];
}

/** Identifies the item under the cursor. */
export function listItemKey({selected = '', marks}: State): string {
	return `${selected} ${marks.has(selected)}`;
}

const sortTitles: Readonly<Record<Sort, string>> = {
	name: 'by name',
	provider: 'by provider',
	age: 'newest first',
	expires: 'by expiry',
	used: 'by last use',
};

/** The list's sort order. */
function spokenSort({settings}: State): string {
	return sortTitles[settings.sort];
}

/** The number of matches and which is selected; the nearest name when there is no match. */
function spokenFound(state: State): string {
	const {found, credentials} = state;
	const query = lineText(state.filter);
	if (found.length > 0) {
		const selected = selectedCredential(state)?.name;
		return sentence(
			`${grouped(found.length)} of ${grouped(credentials.length)} found`,
			selected === undefined ? '' : `${visible(selected)} selected`,
		);
	}
	const hint = noMatchHint(credentials, query, new Date(state.now), state.verdicts);
	return `Nothing matches ${visible(shortened(query, 200))}.${hint === undefined ? '' : ` ${visible(hint)}`} esc shows all again.`;
}

/** The list, or what to do when it is empty. */
export function spokenList(state: State, filtering: boolean): readonly string[] {
	const {credentials, marks, found, trash} = state;
	if (credentials.length === 0) {
		const none =
			trash.length === 0 ? 'No credentials yet.' : `No credentials. T shows the ${grouped(trash.length)} in the trash.`;
		return [`${none} n makes one: typed in, or from a file. i finds those on this machine.`];
	}
	const query = lineText(state.filter);
	const heading = sentence(
		filtering
			? 'Find: name, tag:x, provider:aws, expires:<30d, is:invalid'
			: `Credentials, ${grouped(credentials.length)}`,
		state.settings.sort === 'name' ? '' : spokenSort(state),
		marks.size === 0 ? '' : `${grouped(marks.size)} marked`,
		query === '' ? '' : `${grouped(found.length)} found with ${visible(query)}`,
	);
	return [heading, found.length === 0 ? spokenFound(state) : listItem(state)];
}

function dated(moment: string, now: Date): string {
	return sentence(moment.slice(0, 10), ago(moment, now));
}

/** Everything about a credential, secrets hidden. */
export function spokenDetail(credential: Credential, state: State): readonly string[] {
	const {uses, verdicts, works} = state;
	const now = new Date(state.now);
	const going = goingOn(credential.id, works, now);
	const {labels, note, created, changed} = credential;
	const expiry = expiryOf(credential, now);
	const use = uses.byId.get(credential.id);
	return [
		visible(credential.name),
		`provider: ${visible(titleWithId(providerOf(credential.provider)))}`,
		...copyRows(credential).map(copyText),
		...detailCares(credential, state, now).map(({kind, text}) => `${careWord(kind)}: ${visible(text)}`),
		...(going === undefined ? [] : [`rotation: ${going}`]),
		...verdictLines(credential, verdicts, now).map(({label, texts}) => `${label}: ${sentence(...texts)}`),
		...(expiry === undefined ? [] : [`expires: ${sentence(expiry.day, expiry.text)}`]),
		...(labels.size === 0
			? []
			: [`labels: ${[...labels].map(([key, value]) => visible(`${key}=${value}`)).join(', ')}`]),
		...(note === undefined ? [] : visibleLines(note).map((line, index) => (index === 0 ? `note: ${line}` : line))),
		`created: ${dated(created, now)}`,
		...(changed === created ? [] : [`changed: ${dated(changed, now)}`]),
		...(use === undefined ? [] : [`used: ${sentence(dated(use.at, now), use.kind)}`]),
	];
}

/** The credential under the cursor. */
export function listItem(state: State): string {
	const index = state.found.findIndex(({id}) => id === state.selected);
	return placed(state.found, index, credential =>
		sentence(credentialText(credential, state), state.marks.has(credential.id) ? 'marked' : ''),
	);
}
