import {careOf, careRows, needyCount} from '../../credentials/care.js';
import {expiryText} from '../../credentials/expiry.js';
import {closestTo} from '../../credentials/query.js';
import type {Credential} from '../../domain/credential.js';
import {trashDays} from '../../domain/credential.js';
import {ago} from '../../domain/time.js';
import {providerOf} from '../../providers/catalog.js';
import {visible, visibleLines} from '../../text/visible.js';
import {footerBindings} from '../key-lookup.js';
import {keymap} from '../keymap/keymap.js';
import {lineText} from '../line-editor.js';
import {modeOf} from '../mode.js';
import type {DeleteScreen, ImportScreen, UnlockScreen} from '../screen.js';
import {askWording} from '../screens/ask.js';
import {copyRows} from '../screens/copy.js';
import {deleteWording} from '../screens/delete.js';
import {discardText} from '../screens/discard.js';
import {tickedRows} from '../screens/import/import.js';
import {importLines} from '../screens/import/import-lines.js';
import {blockedHint, blockedTitle, exposedLines, wrongPassphrase} from '../screens/unlock.js';
import {guideLines} from '../screens/wizard/guide.js';
import {wizardProvider} from '../screens/wizard/wizard-choices.js';
import {type Sort, type State, selectedCredential} from '../state.js';
import {shortened} from '../text.js';
import {spokenEdit, spokenWizard} from './draft.js';
import {copyText, credentialText, sentence, spokenItem, spokenKey} from './words.js';

/** What stands in the way of going on, or undefined. */
export function spokenProblem({screen}: State): string | undefined {
	switch (screen.kind) {
		case 'first-run':
		case 'ask':
			return screen.problem;
		case 'import':
			return screen.asking?.problem;
		case 'unlock':
			return wrongPassphrase(screen);
		case 'wizard':
		case 'edit':
			return screen.problem?.text;
		default:
			return undefined;
	}
}

/** Enough to go on with; the palette has the rest. */
const keysSaid = 5;

/** The keys that are wanted most here, and the one that tells all of them. */
function spokenKeys(state: State): string {
	const said = footerBindings(state).filter(({id}) => id !== 'palette');
	const mode = modeOf(state);
	const all = keymap.filter(({id, modes}) => id === 'palette' && modes.includes(mode));
	const keys = [...said.slice(0, keysSaid), ...all.slice(0, 1)];
	return keys.length === 0
		? ''
		: `keys: ${keys.map(({keys: [key = ''], title}) => `${spokenKey(key)} ${title.replace(', ', ' or ')}`).join(', ')}`;
}

const sortTitles: Readonly<Record<Sort, string>> = {
	name: 'by name',
	provider: 'by provider',
	age: 'newest first',
	expiry: 'by expiry',
};

/** In which order the list is. */
export function spokenSort({sort}: State): string {
	return sortTitles[sort];
}

/** How many the filter finds, and which of them is selected; what comes nearest when it finds none. */
export function spokenFound(state: State): string {
	const {found, credentials} = state;
	const query = lineText(state.filter);
	if (found.length > 0) {
		const selected = selectedCredential(state)?.name;
		return sentence(
			`${found.length} of ${credentials.length} found`,
			selected === undefined ? '' : `${visible(selected)} selected`,
		);
	}
	const closest = closestTo(credentials, query)?.name;
	return `Nothing matches ${visible(shortened(query, 200))}.${closest === undefined ? '' : ` The closest is ${visible(closest)}.`} esc shows all again.`;
}

function spokenList(state: State, filtering: boolean): readonly string[] {
	const {credentials, marks, found, trash} = state;
	if (credentials.length === 0) {
		const none =
			trash.length === 0 ? 'No credentials yet.' : `No credentials. T shows the ${trash.length} in the trash.`;
		return [`${none} n makes one: typed in, or from a file. i looks for those on this machine.`];
	}
	const query = lineText(state.filter);
	const heading = sentence(
		filtering ? 'Find: name, tag:x, provider:aws, expires:<30d' : `Credentials, ${credentials.length}`,
		state.sort === 'name' ? '' : spokenSort(state),
		marks.size === 0 ? '' : `${marks.size} marked`,
		query === '' ? '' : `${found.length} found with ${visible(query)}`,
	);
	return [heading, found.length === 0 ? spokenFound(state) : spokenItem(state)];
}

function dated(moment: string, now: Date): string {
	return sentence(moment.slice(0, 10), ago(moment, now));
}

/** Everything of a credential, its secrets hidden. */
function spokenDetail(credential: Credential, credentials: readonly Credential[], now: Date): readonly string[] {
	const {labels, note, expires, created, changed} = credential;
	const cares = careOf(credential, credentials, now).filter(({kind}) => kind !== 'expired' && kind !== 'expires');
	return [
		visible(credential.name),
		`provider: ${visible(providerOf(credential.provider).title)}`,
		...copyRows(credential).map(copyText),
		...cares.map(({text}) => `care: ${visible(text)}`),
		...(expires === undefined ? [] : [`expires: ${sentence(expires, expiryText(expires, now).text)}`]),
		...(labels.size === 0
			? []
			: [`labels: ${[...labels].map(([key, value]) => visible(`${key}=${value}`)).join(', ')}`]),
		...(note === undefined ? [] : visibleLines(note).map((line, index) => (index === 0 ? `note: ${line}` : line))),
		`created: ${dated(created, now)}`,
		...(changed === created ? [] : [`changed: ${dated(changed, now)}`]),
	];
}

function spokenUnlock(state: State, {blocked, kept}: UnlockScreen): readonly string[] {
	const {path} = state;
	if (blocked === undefined) {
		const draft = kept === 'draft' ? ['Your draft is kept, encrypted, until you unlock.'] : [];
		return ['The vault is locked.', visible(path), ...draft, ...exposedLines(state)];
	}
	const {message} = blocked;
	return [
		`${blockedTitle(blocked)}.`,
		visible(path),
		visible(message),
		visible(blockedHint(blocked)),
		'Nothing was written.',
	];
}

function spokenDelete(state: State, screen: DeleteScreen): readonly string[] {
	const {targets} = screen;
	const {title, effect, ask} = deleteWording(screen);
	const [only, ...others] = targets;
	return [
		title,
		only !== undefined && others.length === 0
			? credentialText(only, state.credentials, new Date(state.now))
			: targets.map(({name}) => visible(name)).join(', '),
		effect,
		`${ask}.`,
	];
}

function spokenImport(state: State, screen: ImportScreen): readonly string[] {
	if (screen.busy) return ['Looking around on this machine.'];
	if (screen.asking !== undefined)
		return [screen.asking.what === 'name' ? 'What shall it be called?' : 'Which file or directory?'];
	const lines = importLines(screen);
	if (lines.length === 0) return ['Nothing was found on this machine. o looks at a file or a directory elsewhere.'];
	return [`On this machine: ${lines.length}, ${tickedRows(screen).length} ticked to keep`, spokenItem(state)];
}

/** Wide enough that a guide's lines are as they are: the terminal breaks them. */
const unbroken = 100_000;

function body(state: State): readonly string[] {
	const {screen, palette} = state;
	if (palette !== undefined)
		return ['Keys and commands: type to search, up and down choose, enter runs it.', spokenItem(state)];
	switch (screen.kind) {
		case 'first-run':
			return [
				'Welcome to pharmer. It keeps the keys of your clouds in one encrypted file:',
				visible(state.path),
				'Make a passphrase. There is no recovery: without it nobody can read the file. Write it down.',
				'Four or more random words are good.',
			];
		case 'unlock':
			return spokenUnlock(state, screen);
		case 'list':
			return spokenList(state, screen.filtering);
		case 'detail': {
			const credential = selectedCredential(state);
			return credential === undefined ? [] : spokenDetail(credential, state.credentials, new Date(state.now));
		}
		case 'trash':
			return state.trash.length === 0
				? [`Nothing is in the trash. What is deleted stays here for ${trashDays} days.`]
				: [`Trash, ${state.trash.length}`, spokenItem(state)];
		case 'health': {
			const rows = careRows(state);
			return rows.length === 0
				? ['Nothing needs care.']
				: [`Health: ${needyCount(rows)} of ${state.credentials.length} need care`, spokenItem(state)];
		}
		case 'settings':
			return ['Settings: left and right change the one you are on', spokenItem(state)];
		case 'delete':
			return spokenDelete(state, screen);
		case 'copy':
			return [`Copy which field of ${visible(screen.credential.name)}?`, spokenItem(state)];
		case 'use':
			return [`Use ${visible(screen.credential.name)}: command lines to copy`, spokenItem(state)];
		case 'import':
			return spokenImport(state, screen);
		case 'ask': {
			const {title, help} = askWording(screen);
			return [title, help];
		}
		case 'wizard': {
			if (screen.discarding !== undefined) return ['Discard the draft?', discardText(screen)];
			const guide = wizardProvider(screen)?.guide;
			if (screen.guide === undefined || guide === undefined) return spokenWizard(state, screen);
			return [...guideLines(guide, unbroken).map(({text}) => visible(text.trim())), spokenItem(state)];
		}
		case 'edit':
			return screen.discarding === undefined ? spokenEdit(state, screen) : ['Discard the draft?', discardText(screen)];
	}
}

/**
 * The whole screen as lines to be read one after the other: what it is, what is on it, what stands in the way, how
 * to go on. Never a secret.
 */
export function spokenScreen(state: State): readonly string[] {
	if (state.left === true) return [];
	const problem = spokenProblem(state);
	const lines = [...body(state), problem === undefined ? '' : `Problem: ${visible(problem)}`, spokenKeys(state)];
	return lines.filter(line => line !== '');
}
