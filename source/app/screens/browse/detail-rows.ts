import {careWord} from '../../../credentials/care.js';
import {expiryOf} from '../../../credentials/expiry.js';
import {goingOn} from '../../../credentials/waiting.js';
import type {Credential} from '../../../domain/credential.js';
import {ago} from '../../../domain/time.js';
import {fieldOf, providerOf, titleWithId} from '../../../providers/catalog.js';
import {visible, visibleLines} from '../../../text/visible.js';
import {isRevealed, type State, selectedCredential} from '../../core/state.js';
import {paneFrame} from '../../layout/panes.js';
import {fit, labelCells, width, wrap} from '../../layout/text.js';
import {browsePanes} from './browse-panes.js';

import {faceRows} from './faces.js';
import {detailCares, verdictLines} from './verdict-lines.js';

/** One row of the detail: a label in its own column, empty on continuation rows, and a text or a mask. */
export type DetailRow = {
	readonly label: string;
	readonly text: string;
	readonly kind: 'value' | 'mask' | 'secret' | 'dim' | 'warning';
};

function dated(moment: string, now: Date): string {
	return `${moment.slice(0, 10)} · ${ago(moment, now)}`;
}

function rowsOf(
	label: string,
	lines: readonly string[],
	kind: DetailRow['kind'],
	textCells: number,
): readonly DetailRow[] {
	const blank = ' '.repeat(width(label));
	return lines
		.flatMap(line => wrap(line, textCells))
		.map((text, index) => ({label: index === 0 ? label : blank, text, kind}));
}

type Made = {readonly cells: number; readonly rows: Map<string, readonly DetailRow[]>};

const madeOf = new WeakMap<Credential, Made>();

/**
 * The rows of one of a credential's texts, cached by width: texts can be long and every key redraws them. The cache
 * ends with the credential.
 */
function madeRows(
	credential: Credential,
	cells: number,
	key: string,
	make: () => readonly DetailRow[],
): readonly DetailRow[] {
	const known = madeOf.get(credential);
	const made = known?.cells === cells ? known : {cells, rows: new Map<string, readonly DetailRow[]>()};
	madeOf.set(credential, made);
	const rows = made.rows.get(key) ?? make();
	made.rows.set(key, rows);
	return rows;
}

/** All of a credential as rows of `cells` cells with a label column. Secret fields only when they are revealed. */
function detailRows(credential: Credential, state: State, cells: number): readonly DetailRow[] {
	const {uses, verdicts, works} = state;
	const revealed = isRevealed(state, credential);
	const now = new Date(state.now);
	const provider = providerOf(credential.provider);
	const fields = [...credential.data].map(([key, value]) => ({field: fieldOf(provider, key), value}));
	const column = labelCells(
		fields.map(({field}) => visible(field.label)),
		cells,
	);
	const textCells = Math.max(8, cells - column - 2);
	const rows: DetailRow[] = [];
	const add = (label: string, lines: readonly string[], kind: DetailRow['kind']): void => {
		for (const row of rowsOf(fit(label, column), lines, kind, textCells)) rows.push(row);
	};
	const addText = (key: string, label: string, text: string, kind: DetailRow['kind']): void => {
		const made = madeRows(credential, cells, key, () =>
			rowsOf(fit(label, column), visibleLines(text), kind, textCells),
		);
		for (const row of made) rows.push(row);
	};
	const gap = (): void => {
		rows.push({label: '', text: '', kind: 'dim'});
	};
	add('provider', [visible(titleWithId(provider))], 'dim');
	for (const {field, value} of fields) {
		const hidden = field.secret && !revealed;
		if (hidden) rows.push({label: fit(visible(field.label), column), text: '', kind: 'mask'});
		else addText(`field ${field.key}`, visible(field.label), value.reveal(), field.secret ? 'secret' : 'value');
	}
	gap();
	for (const {kind, text} of detailCares(credential, state, now)) add(careWord(kind), [visible(text)], 'warning');
	const going = goingOn(credential.id, works, now);
	if (going !== undefined) add('rotation', [going], 'value');
	for (const {label, texts, isWarning} of verdictLines(credential, verdicts, now))
		add(label, [texts.join(' · ')], isWarning ? 'warning' : 'value');
	const expiry = expiryOf(credential, now);
	if (expiry !== undefined) add('expires', [`${expiry.day} · ${expiry.text}`], expiry.urgent ? 'warning' : 'value');
	if (credential.labels.size > 0) {
		add('labels', [[...credential.labels].map(([key, value]) => visible(`${key}=${value}`)).join(', ')], 'value');
	}
	if (credential.note !== undefined) addText('note', 'note', credential.note, 'value');
	add('created', [dated(credential.created, now)], 'dim');
	if (credential.changed !== credential.created) add('changed', [dated(credential.changed, now)], 'dim');
	const use = uses.byId.get(credential.id);
	if (use !== undefined) add('used', [`${dated(use.at, now)} · ${use.kind}`], 'dim');
	return rows;
}

/**
 * Every secret of a credential in clear text, for display that is taken away again: a line each, more for multi-line
 * values.
 */
export function revealedLines({provider, data}: Credential): readonly string[] {
	return [...data].flatMap(([key, value]) => {
		const field = fieldOf(providerOf(provider), key);
		if (!field.secret) return [];
		return visibleLines(value.reveal()).map((line, index) => (index === 0 ? `${visible(field.label)}: ${line}` : line));
	});
}

/** The rows the pane shows of the selected credential now: its fields, or another face. */
export function detailRowsOf(state: State): readonly DetailRow[] {
	const credential = selectedCredential(state);
	if (credential === undefined) return [];
	const cells = browsePanes(state).detailWidth - paneFrame;
	return state.preview.face === 'fields' ? detailRows(credential, state, cells) : faceRows(credential, state, cells);
}
