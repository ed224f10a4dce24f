import {visible} from '../../text/visible.js';
import {askingText} from '../core/asking.js';
import {rotatingText} from '../core/rotating.js';
import {type SharingLine, sharingLine} from '../core/sharing-words.js';
import {isOpen, type Message, type State} from '../core/state.js';
import {saidTrouble} from '../core/trouble.js';
import {wrap} from '../layout/text.js';
import {leavesText, saysWork, workText} from './under-way.js';

/** What stands between the body and the keys: what runs, or a message in one row or two, safe to show. */
export type Status =
	| {readonly kind: 'work'; readonly text: string}
	| ({readonly kind: 'sharing'} & SharingLine)
	| {readonly kind: Message['kind']; readonly rows: readonly string[]};

/** What is done is said in one row of a window this wide: its end is worth less than the keys. */
const roomy = 80;

/** Cells before a message, for its sign. */
export const signCells = 3;

/**
 * What the status line says: what runs, unless the screen shows it, and that the app leaves after it; otherwise the
 * message, or what is wrong with the vault's file for as long as it lasts, or that providers are asked; undefined for
 * nothing.
 */
export function statusOf(state: State, columns: number): Status | undefined {
	const work = saysWork(state) ? undefined : workText(state);
	const leaves = leavesText(state);
	if (work !== undefined || leaves !== undefined) {
		const parts = [work && `${work}…`, leaves && `pharmer ${leaves}`];
		return {kind: 'work', text: parts.filter(part => part !== undefined).join(' ')};
	}
	const trouble = saidTrouble(state.trouble);
	const message = state.message ?? (trouble === undefined ? undefined : {kind: 'error' as const, text: trouble});
	if (message === undefined) {
		const text = besideText(state);
		return text === undefined ? sharingStatus(state, columns) : {kind: 'work', text};
	}
	const text = visible(message.text);
	if (message.kind === 'done' && columns >= roomy) return {kind: message.kind, rows: [text]};
	const [first = '', ...rest] = wrap(text, columns - signCells);
	return {kind: message.kind, rows: rest.length === 0 ? [first] : [first, rest.join(' ')]};
}

/** What goes on beside everything else. A question before it is not work. */
function besideText(state: State): string | undefined {
	const {screen, asking} = state;
	if (screen.kind === 'verify' || screen.kind === 'key-question') return undefined;
	return (
		rotatingText(state) ?? (asking && askingText(asking)) ?? (state.sharing.syncing === 'asked' ? 'Syncing' : undefined)
	);
}

function sharingStatus(state: State, columns: number): Status | undefined {
	const line = isOpen(state) ? sharingLine(state, columns - signCells) : undefined;
	return line && {kind: 'sharing', ...line};
}

/** Whether the message takes the row of the keys: its end says what to do. */
export function coversFooter(status: Status | undefined): boolean {
	return status !== undefined && status.kind !== 'work' && status.kind !== 'sharing' && status.rows.length > 1;
}
