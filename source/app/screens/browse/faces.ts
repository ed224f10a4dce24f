import {usesOf} from '../../../credentials/uses.js';
import {causes, changesOf} from '../../../credentials/versions.js';
import type {Credential} from '../../../domain/credential.js';
import {ago} from '../../../domain/time.js';
import type {Version} from '../../../domain/version.js';
import {visible, visibleLines} from '../../../text/visible.js';
import type {Binding} from '../../core/binding.js';
import {type Face, faces, readOf, turned} from '../../core/preview.js';
import {type State, selectedCredential} from '../../core/state.js';
import {step} from '../../core/step.js';
import {wrap} from '../../layout/text.js';
import {browsePanes} from './browse-panes.js';
import type {DetailScreen, ListScreen} from './browse-screen.js';
import type {DetailRow} from './detail-rows.js';

/** What the title of the pane calls each face. */
export const faceTitles: Readonly<Record<Face, string>> = {
	fields: 'fields',
	use: 'use it',
	yaml: 'YAML',
	versions: 'versions',
};

const dim = (text: string): DetailRow => ({label: '', text, kind: 'dim'});
const value = (text: string): DetailRow => ({label: '', text, kind: 'value'});

function commandRows(credential: Credential, vault: string | undefined, cells: number): readonly DetailRow[] {
	return usesOf(credential, vault).flatMap(({title, command}, index) => [
		...(index === 0 ? [] : [dim('')]),
		dim(title),
		...wrap(visible(command), cells).map(value),
	]);
}

function versionRows(credential: Credential, versions: readonly Version[], now: Date, cells: number) {
	if (versions.length === 0) return [dim('It has no earlier versions.')];
	const changed = changesOf(credential, versions);
	return versions.flatMap(({revision, until, cause}, index): readonly DetailRow[] => {
		const what = (changed[index] ?? []).map(({label}) => visible(label)).join(', ');
		return [
			value(`${revision}  ${causes[cause]} ${ago(until, now)}`),
			...(what === '' ? [] : wrap(`changed: ${what}`, cells - 3).map(text => dim(`   ${text}`))),
		];
	});
}

/** A line of YAML; what does not fit goes on below its own beginning. */
function indented(line: string, cells: number): readonly DetailRow[] {
	const text = line.trimStart();
	const indent = Math.min(line.length - text.length, Math.floor(cells / 2));
	return wrap(text, cells - indent).map(part => value(' '.repeat(indent) + part));
}

/** The rows of a face other than the fields, in so many cells; a word while they are being read. */
export function faceRows(credential: Credential, state: State, cells: number): readonly DetailRow[] {
	const {preview, vault, now} = state;
	if (preview.face === 'use') return commandRows(credential, vault, cells);
	const read = readOf(preview, credential);
	if (read === undefined) return [dim('…')];
	if (read.face === 'versions') return versionRows(credential, read.versions, new Date(now), cells);
	return visibleLines(read.text.replace(/\n$/, '')).flatMap(line => indented(line, cells));
}

type Browse = ListScreen | DetailScreen;

function turnKey(id: string, key: string, by: 1 | -1, title: string): Binding<Browse> {
	return {
		id,
		keys: [key],
		title,
		says: `${by === 1 ? 'turns' : 'turns back'} the pane: fields, use it, YAML, versions`,
		group: 'Views',
		off(state, screen) {
			if (selectedCredential(state) === undefined) return 'there is no credential yet: n makes one';
			const isShown = screen.kind === 'detail' || browsePanes(state).split;
			return isShown ? undefined : 'the window has no room for the pane: enter opens it';
		},
		run(state, screen) {
			const next = {...state, preview: turned(state.preview, by), reveal: undefined};
			return step(screen.kind === 'detail' ? {...next, screen: {...screen, top: 0}} : next);
		},
	};
}

/** Keys that turn the pane to another face. */
export const faceKeys: readonly Binding<Browse>[] = [
	turnKey('next-face', ']', 1, 'turn the pane'),
	turnKey('previous-face', '[', -1, 'turn it back'),
];

/** The faces as the title names them, the one that is shown first. */
export function faceTitle(face: Face): string {
	const at = faces.indexOf(face);
	return `${faceTitles[face]} ${at + 1}/${faces.length}`;
}
