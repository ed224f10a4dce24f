import {boxPath} from './box-drawing.js';
import type {CellStyle, Colour, Frame, Run} from './cells.js';

const cell = {width: 9, height: 20} as const;
/** A monospace font is 0.6 em wide, here 9 pixels, so `textLength` has little to correct. */
const fontSize = 15;
const baseline = 15;
const padding = 14;

const ground = '#16181d';
const border = '#3b4048';
const text = '#d7dae0';
const sixteen = [
	'#3b4048',
	'#f2777a',
	'#8fce7a',
	'#e9c46a',
	'#7aa7f0',
	'#c99bf0',
	'#5fd0d8',
	'#d7dae0',
	'#7f8794',
	'#ff9ea0',
	'#b1e59d',
	'#ffe09a',
	'#a3c4ff',
	'#e0bdff',
	'#93ecf2',
	'#ffffff',
] as const;

const hex = (value: number): string => value.toString(16).padStart(2, '0');

/** A colour above the first sixteen of 256, on which all terminals agree: a cube of six steps, then greys. */
function paletteColour(index: number): string {
	const basic = sixteen[index];
	if (basic !== undefined) return basic;
	if (index >= 232) return `#${hex(8 + (index - 232) * 10).repeat(3)}`;
	const step = (value: number): string => hex(value === 0 ? 0 : 55 + value * 40);
	const at = index - 16;
	return `#${step(Math.floor(at / 36))}${step(Math.floor(at / 6) % 6)}${step(at % 6)}`;
}

function colourOf(colour: Colour, otherwise: string): string {
	if (colour === undefined) return otherwise;
	return typeof colour === 'number' ? paletteColour(colour) : colour;
}

/** A colour mixed towards the background, as terminals show dim text. */
function dimmed(colour: string, behind: string): string {
	const part = (of: string, at: number): number => Number.parseInt(of.slice(at, at + 2), 16);
	return `#${[1, 3, 5].map(at => hex(Math.round(part(colour, at) * 0.62 + part(behind, at) * 0.38))).join('')}`;
}

function inks(style: CellStyle): {readonly ink: string; readonly paper: string} {
	const [fg, bg] = [colourOf(style.fg, text), colourOf(style.bg, ground)];
	const [ink, paper] = style.inverse ? [bg, fg] : [fg, bg];
	return {ink: style.dim ? dimmed(ink, paper) : ink, paper};
}

/** Text for XML: escapes markup and removes characters that XML 1.0 forbids. */
export function escapeXml(content: string): string {
	return content
		.replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '')
		.replace(/[<>&"]/g, character => `&#${character.charCodeAt(0)};`);
}

const left = (x: number): number => padding + x * cell.width;
const top = (y: number): number => padding + y * cell.height;

function rect(x: number, y: number, width: number, fill: string, more = ''): string {
	const place = `x="${left(x)}" y="${top(y)}" width="${width * cell.width}" height="${cell.height}"`;
	return `<rect ${place} fill="${fill}"${more}/>`;
}

/**
 * Splits a run into parts drawn separately: box lines, which no font draws without gaps; words; and non-ASCII text,
 * which may come from another font than its neighbours. Spaces between columns are not drawn.
 */
function parts({x, text: content, width, whole}: Run): readonly {x: number; width: number; text: string}[] {
	if (whole) return [{x, width, text: content}];
	return [...content.matchAll(/[!-~]+(?: [!-~]+)*|─+|[\u2500-\u257f]|([^ -~])\1*/g)].map(match => ({
		x: x + match.index,
		width: match[0].length,
		text: match[0],
	}));
}

function drawRun(run: Run, y: number): string {
	const {ink, paper} = inks(run.style);
	const back = paper === ground ? '' : rect(run.x, y, run.width, paper);
	const weight = run.style.bold ? ' font-weight="bold"' : '';
	const slant = run.style.italic ? ' font-style="italic"' : '';
	// Drawn as a line: some viewers drop the decoration of text that is fitted to its cells.
	let lines = run.style.underline ? `M${left(run.x)} ${top(y) + baseline + 2.5}h${run.width * cell.width}` : '';
	let words = '';
	for (const part of parts(run)) {
		const at = {x: left(part.x), y: top(y), width: part.width * cell.width, height: cell.height};
		const path = boxPath(part.text, at);
		if (path !== undefined) {
			lines += path;
			continue;
		}
		const length = `textLength="${at.width}" lengthAdjust="spacingAndGlyphs"`;
		const fill = ink === text ? '' : ` fill="${ink}"`;
		words += `<text x="${at.x}" y="${at.y + baseline}" ${length}${fill}${weight}${slant}>${escapeXml(part.text)}</text>`;
	}
	const thick = run.style.bold ? ' stroke-width="2"' : '';
	return back + (lines === '' ? '' : `<path d="${lines}" stroke="${ink}"${thick} fill="none"/>`) + words;
}

/** A terminal of that size, with what is drawn in it, as a self-contained SVG. */
function terminalSvg(
	{columns, rows}: Pick<Frame, 'columns' | 'rows'>,
	title: string,
	drawn: readonly string[],
): string {
	const width = columns * cell.width + 2 * padding;
	const height = rows * cell.height + 2 * padding;
	const font = `font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="${fontSize}"`;
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" xml:space="preserve">`,
		`<title>${escapeXml(title)}</title>`,
		`<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="8" fill="${ground}" stroke="${border}"/>`,
		`<g ${font} fill="${text}" style="white-space:pre">`,
		...drawn,
		'</g>',
		'</svg>',
		'',
	].join('\n');
}

/** What a frame draws: a line for each row that has something, then the cursor. */
function drawnRows({lines, cursor}: Frame): readonly string[] {
	const rows = lines.map((runs, y) => runs.map(run => drawRun(run, y)).join(''));
	return [...rows, ...(cursor === undefined ? [] : [rect(cursor.x, cursor.y, 1, text, ' fill-opacity=".6"')])].filter(
		row => row !== '',
	);
}

/**
 * A terminal's screen as a self-contained SVG: no script, no font, no other file. The same frame gives the same bytes.
 */
export function frameSvg(frame: Frame, title: string): string {
	return terminalSvg(frame, title, drawnRows(frame));
}

/** A frame of a film, and for how many milliseconds it is seen. */
export type Shot = {readonly frame: Frame; readonly ms: number};

/**
 * A film of a terminal, of one size throughout, as a self-contained SVG that plays again and again. A row is drawn once
 * for all the shots that it is the same in. Where nothing moves, as people can ask for, the shot `still` stands.
 */
export function filmSvg(shots: readonly Shot[], title: string, still: number): string {
	const whole = shots.reduce((sum, {ms}) => sum + ms, 0);
	const starts = shots.map((_, index) => shots.slice(0, index).reduce((sum, {ms}) => sum + ms, 0));
	const percent = (index: number): string =>
		`${(((starts[index] ?? 0) / whole) * 100).toFixed(2).replace(/\.?0+$/, '')}%`;
	const seenIn = new Map<string, Set<number>>();
	for (const [index, {frame}] of shots.entries())
		for (const row of drawnRows(frame)) seenIn.set(row, (seenIn.get(row) ?? new Set()).add(index));
	const classes = new Map<string, string>();
	const styles: string[] = [];
	const drawn = [...seenIn].map(([row, seen]) => {
		if (seen.size === shots.length) return row;
		const key = [...seen].join();
		if (!classes.has(key)) {
			const name = `s${classes.size}`;
			classes.set(key, name);
			const at = (is: boolean) =>
				shots.flatMap((_, index) =>
					seen.has(index) === is && (index === 0 || seen.has(index - 1) !== is) ? [percent(index)] : [],
				);
			styles.push(
				`@keyframes ${name}{${at(true)}{visibility:visible}${at(false)}{visibility:hidden}}`,
				`.${name}{animation-name:${name};visibility:${seen.has(still) ? 'visible' : 'hidden'}}`,
			);
		}
		return `<g class="${classes.get(key)}">${row}</g>`;
	});
	const timing = `g{animation-duration:${whole}ms;animation-timing-function:step-end;animation-iteration-count:infinite}`;
	const quiet = '@media(prefers-reduced-motion:reduce){g{animation-name:none!important}}';
	const [first] = shots;
	if (first === undefined) throw new Error('a film without a shot');
	return terminalSvg(first.frame, title, [`<style>${[timing, ...styles, quiet].join('')}</style>`, ...drawn]);
}
