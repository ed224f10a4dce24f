type Box = {readonly x: number; readonly y: number; readonly width: number; readonly height: number};

/** The edges of its cell that a line touches: up, right, down, left. */
const arms: Readonly<Record<string, string>> = {
	'─': 'rl',
	'│': 'ud',
	'┌': 'rd',
	'┐': 'dl',
	'└': 'ur',
	'┘': 'ul',
	'├': 'urd',
	'┤': 'udl',
	'┬': 'rdl',
	'┴': 'url',
	'┼': 'urdl',
};
const corners: Readonly<Record<string, string>> = {'╭': 'rd', '╮': 'dl', '╰': 'ur', '╯': 'ul'};

/**
 * SVG path data for one box-drawing character or a run of `─`, joined to the neighbouring cells; undefined for any
 * other text.
 */
export function boxPath(text: string, {x, y, width, height}: Box): string | undefined {
	const [middle, centre] = [x + width / 2, y + height / 2];
	const ends: Readonly<Record<string, string>> = {
		u: `${middle} ${y}`,
		r: `${x + width} ${centre}`,
		d: `${middle} ${y + height}`,
		l: `${x} ${centre}`,
	};
	if (/^─+$/.test(text)) return `M${x} ${centre}h${width}`;
	if (text === '│') return `M${middle} ${y}v${height}`;
	const [from, to] = corners[text] ?? '';
	if (from !== undefined && to !== undefined) return `M${ends[from]}Q${middle} ${centre} ${ends[to]}`;
	const straight = arms[text];
	return straight === undefined ? undefined : [...straight].map(arm => `M${middle} ${centre}L${ends[arm]}`).join('');
}
