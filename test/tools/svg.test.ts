import assert from 'node:assert/strict';
import {test} from 'node:test';
import xterm from '@xterm/headless';
import {type Frame, followCursor, readFrame} from '../../tools/cells.js';
import {escapeXml, filmSvg, frameSvg} from '../../tools/svg.js';
import {countCellsAsToday} from '../helpers/character-widths.js';

/** What a terminal of 20×2 shows after that was written to it. */
async function frameOf(text: string): Promise<Frame> {
	const terminal = new xterm.Terminal({cols: 20, rows: 2, allowProposedApi: true});
	countCellsAsToday(terminal);
	const cursorShown = followCursor(terminal);
	await new Promise<void>(resolve => terminal.write(text, resolve));
	return readFrame(terminal, cursorShown());
}

const draw = async (text: string): Promise<string> => frameSvg(await frameOf(text), 'a title');

/** The texts of a picture: the cell each begins in, how many it takes, its attributes and what it says. */
function textsOf(svg: string) {
	return [...svg.matchAll(/<text x="(\d+)" y="\d+" textLength="(\d+)" lengthAdjust="\w+"([^>]*)>([^<]*)</g)].map(
		([, x, length, attributes, text]) => ({
			column: (Number(x) - 14) / 9,
			cells: Number(length) / 9,
			attributes: attributes ?? '',
			text,
		}),
	);
}

test('a wide character takes two cells, and the next character follows them', async () => {
	const texts = textsOf(await draw('a東🗼b\u001b[?25l'));
	assert.deepEqual(
		texts.map(({column, cells, text}) => [column, cells, text]),
		[
			[0, 1, 'a'],
			[1, 2, '東'],
			[3, 2, '🗼'],
			[5, 1, 'b'],
		],
	);
});

test('a character of several code points is one text element', async () => {
	const texts = textsOf(await draw('xe\u0301y'));
	assert.deepEqual(
		texts.map(({column, cells, text}) => [column, cells, text]),
		[
			[0, 1, 'x'],
			[1, 1, 'e\u0301'],
			[2, 1, 'y'],
		],
	);
});

test('palette, cube and RGB colours, bold, dim, inverse and underline are drawn', async () => {
	const fills = async (sgr: string): Promise<string> => textsOf(await draw(`\u001b[${sgr}mx`))[0]?.attributes ?? '';
	const svg = await draw('\u001b[7mx');
	assert.equal(await fills('31'), ' fill="#f2777a"');
	assert.equal(await fills('38;5;196'), ' fill="#ff0000"');
	assert.equal(await fills('38;5;244'), ' fill="#808080"');
	assert.equal(await fills('38;2;1;2;3'), ' fill="#010203"');
	assert.equal(await fills('1'), ' font-weight="bold"');
	assert.match(await fills('2'), /^ fill="#[0-9a-f]{6}"$/);
	assert.match(svg, /<rect [^>]*width="9" height="20" fill="#d7dae0"\/><text [^>]*fill="#16181d"/);
	assert.match(await draw('\u001b[4ma b'), /<path d="M14 31.5h27"/);
	assert.match(await draw('\u001b[44m '), /fill="#7aa7f0"/);
});

test('box-drawing characters are paths that reach the edges of their cells', async () => {
	assert.match(await draw('\u001b[31m───'), /<path d="M14 24h27" stroke="#f2777a" fill="none"\/>/);
	assert.match(await draw('╭'), /<path d="M23 24Q18.5 24 18.5 34"/);
	assert.match(await draw('┼'), /<path d="(M18.5 24L[\d. ]+){4}"/);
});

test('spaces between words are kept, gaps between columns are not drawn', async () => {
	assert.deepEqual(
		textsOf(await draw('a b    c')).map(({column, text}) => [column, text]),
		[
			[0, 'a b'],
			[7, 'c'],
		],
	);
});

test('markup is escaped, and characters that XML forbids are left out', async () => {
	const svg = frameSvg(await frameOf('<&">'), 'a <b> & "c"\u0007\u0000\ud800');
	assert.equal(textsOf(svg)[0]?.text, '&#60;&#38;&#34;&#62;');
	assert.match(svg, /<title>a &#60;b&#62; &#38; &#34;c&#34;<\/title>/);
	assert.equal(escapeXml('a\u001b[31mb\u009b\uffffc'), 'a[31mbc');
});

test('the cursor is drawn unless it is hidden', async () => {
	assert.match(await draw('ab'), /<rect x="32" y="14" [^>]*fill-opacity/);
	assert.doesNotMatch(await draw('ab\u001b[?25l'), /fill-opacity/);
	assert.match(await draw('ab\u001b[?25l\u001b[?25h'), /fill-opacity/);
});

test('the same frame gives the same bytes, without external references', async () => {
	const svg = await draw('\u001b[1;32mok\u001b[0m │ 東');
	assert.equal(svg, await draw('\u001b[1;32mok\u001b[0m │ 東'));
	assert.match(svg, /^<svg [^>]*role="img"/);
	assert.doesNotMatch(svg.replace('http://www.w3.org/2000/svg', ''), /script|href|url\(|@import|https?:/);
});

const hide = '\u001b[?25l';

/** What a film shows at a moment, in percent of its time, row by row. */
function seenAt(svg: string, percent: number): readonly string[] {
	const isSeen = (name: string): boolean => {
		const [, on = '', off = ''] =
			new RegExp(`@keyframes ${name}{([^{]*){visibility:visible}([^{]*){visibility:hidden}}`).exec(svg) ?? [];
		const before = (list: string): number =>
			Math.max(
				-1,
				...list
					.split(',')
					.map(each => Number.parseFloat(each))
					.filter(each => each <= percent),
			);
		return before(on) > before(off);
	};
	return svg
		.split('\n')
		.filter(line => line.includes('<text'))
		.filter(line => {
			const name = /^<g class="(\w+)">/.exec(line)?.[1];
			return name === undefined || isSeen(name);
		})
		.map(line => [...line.matchAll(/>([^<>]+)<\/text>/g)].map(match => match[1]).join(' '));
}

test('a film shows each frame for its time, and draws a row once that is in several', async () => {
	const frames = await Promise.all(
		['one\r\nsame', 'two\r\nsame', 'one\r\nsame'].map(text => frameOf(`${hide}${text}`)),
	);
	const shots = frames.map((frame, index) => ({frame, ms: [500, 250, 250][index] ?? 0}));
	const svg = filmSvg(shots, 'a film', 1);
	assert.deepEqual(
		[0, 49, 50, 74, 75, 99].map(percent => seenAt(svg, percent).join()),
		['one,same', 'one,same', 'same,two', 'same,two', 'one,same', 'one,same'],
	);
	for (const text of ['one', 'two', 'same']) assert.equal(svg.split(`>${text}<`).length, 2, text);
	assert.match(svg, /animation-duration:1000ms/);
	assert.doesNotMatch(svg, /<script|href|url\(/);
});

test('a film stands still where nothing is to move, or nothing can', async () => {
	const frames = await Promise.all(['one', 'two'].map(text => frameOf(`${hide}${text}`)));
	const svg = filmSvg(
		frames.map(frame => ({frame, ms: 500})),
		'a film',
		1,
	);
	assert.match(svg, /@media\(prefers-reduced-motion:reduce\){g{animation-name:none!important}}/);
	const [, ofTwo = ''] = /<g class="(\w+)">[^\n]*>two</.exec(svg) ?? [];
	const [, ofOne = ''] = /<g class="(\w+)">[^\n]*>one</.exec(svg) ?? [];
	assert.ok(svg.includes(`.${ofTwo}{animation-name:${ofTwo};visibility:visible}`));
	assert.ok(svg.includes(`.${ofOne}{animation-name:${ofOne};visibility:hidden}`));
});
