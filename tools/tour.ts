import {openScene, scenes} from '../test/helpers/scenes.js';
import type {CellStyle, Frame, Run} from './cells.js';
import {filmSvg, type Shot} from './svg.js';

/** Keys that are pressed one after the other, for how long the last one's frame is seen, and what they do. */
type Step = {readonly keys: readonly string[]; readonly ms: number; readonly says: string; readonly shows?: string};

const size = {columns: 104, rows: 26} as const;
const typing = (text: string): readonly string[] => [...text];

/** What a newcomer is shown, in the invented vault. */
const steps: readonly Step[] = [
	{keys: [], ms: 2200, says: 'pharmer, unlocked'},
	{keys: ['/', ...typing('prod')], shows: '/', ms: 1400, says: 'find by a few letters'},
	{keys: ['enter'], ms: 700, says: 'what was found'},
	{keys: ['r'], ms: 1800, says: 'show the secret for 15 seconds'},
	{keys: ['y'], ms: 1800, says: 'copy it, for 45 seconds'},
	{keys: ['r', 'esc'], shows: 'esc', ms: 600, says: 'all of them again'},
	{keys: ['n'], ms: 1200, says: 'a new one'},
	{keys: ['enter', ...typing('staging-eu')], shows: 'enter', ms: 900, says: 'its name'},
	{keys: ['enter', 'enter', 'AKIASTAGING3BEXAMPLE'], shows: 'enter', ms: 1000, says: 'the key id, pasted'},
	{
		keys: ['enter', 'EXAMPLE/STAGING3B/NotARealSecretAccessKe'],
		shows: 'enter',
		ms: 1200,
		says: 'the secret stays hidden',
	},
	{keys: ['enter', 'enter'], shows: 'enter', ms: 1600, says: 'review it'},
	{keys: ['enter', 'enter'], shows: 'enter', ms: 1400, says: 'save it'},
	{keys: ['z'], ms: 1600, says: 'undo'},
	{keys: ['H'], ms: 2400, says: 'what needs care'},
];

/** Milliseconds that the frame of each letter is seen for. */
const perKey = 90;

const plain: CellStyle = {
	fg: undefined,
	bg: undefined,
	bold: false,
	dim: true,
	italic: false,
	underline: false,
	inverse: false,
};

/** A frame with a line below it that says which key was pressed, and what it does. */
function captioned(frame: Frame, key: string, says: string): Frame {
	const label = key === '' ? '' : ` ${key} `;
	const run = (x: number, text: string, style: CellStyle): Run => ({x, text, width: text.length, style, whole: false});
	const runs = [
		...(label === '' ? [] : [run(1, label, {...plain, dim: false, inverse: true, bold: true})]),
		run(label === '' ? 1 : label.length + 2, says, plain),
	];
	return {...frame, rows: frame.rows + 2, lines: [...frame.lines, [], runs]};
}

/** The moving picture of the README. */
export async function tour(): Promise<string> {
	const list = scenes.find(({id}) => id === 'list');
	if (list === undefined) throw new Error('no scene `list`');
	const terminal = await openScene(list, size);
	try {
		const shots: Shot[] = [];
		for (const {keys, ms, says, shows} of steps) {
			for (const [index, key] of keys.entries()) {
				await terminal.play(key);
				const isLast = index === keys.length - 1;
				shots.push({frame: captioned(terminal.frame(), shows ?? key, says), ms: isLast ? ms : perKey});
			}
			if (keys.length === 0) shots.push({frame: captioned(terminal.frame(), '', says), ms});
		}
		return filmSvg(shots, 'A walk through the app: find, show, copy, add, undo, and what needs care', 0);
	} finally {
		terminal.close();
	}
}
