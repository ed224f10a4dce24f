import {parseArgs} from 'node:util';
import {type Scene, scenes} from '../test/helpers/scenes.js';

export type Size = {readonly columns: number; readonly rows: number};

export const modes = ['colour', 'NO_COLOR', 'ASCII'] as const;
export type GalleryMode = (typeof modes)[number];

export type GalleryArguments = {
	/** Prints all frames in sequence instead of showing one at a time. */
	readonly print: boolean;
	readonly color: boolean;
	readonly size: Size | undefined;
	readonly mode: GalleryMode;
	readonly scenes: readonly Scene[];
};

export const usage = `usage: npm run gallery -- [--print [--color]] [--size 80x24] [--mode ${modes.join('|').toLowerCase()}] [SCENE…]
A SCENE is an id or its beginning: ${scenes.map(({id}) => id).join(' ')}`;

/** The app's options for that mode. */
export function modeOptions(mode: GalleryMode) {
	return {color: mode !== 'NO_COLOR', ascii: mode === 'ASCII'};
}

/** Parses the command line. Throws an error whose message says what is wrong. */
export function galleryArguments(args: readonly string[]): GalleryArguments {
	const {values, positionals} = parseArgs({
		args: [...args],
		allowPositionals: true,
		options: {
			print: {type: 'boolean', default: false},
			color: {type: 'boolean', default: false},
			size: {type: 'string'},
			mode: {type: 'string', default: 'colour'},
		},
	});
	const [, columns, rows] = /^(\d{1,3})[x×](\d{1,3})$/.exec(values.size ?? '') ?? [];
	if (values.size !== undefined && columns === undefined) throw new Error(`${values.size} is no size such as 80x24`);
	const mode = modes.find(each => each.toLowerCase() === values.mode.toLowerCase());
	if (mode === undefined) throw new Error(`${values.mode} is none of ${modes.join(', ')}`);
	for (const wanted of positionals) {
		if (!scenes.some(({id}) => id.startsWith(wanted))) throw new Error(`there is no scene ${wanted}`);
	}
	return {
		print: values.print,
		color: values.color,
		size: columns === undefined ? undefined : {columns: Number(columns), rows: Number(rows)},
		mode,
		scenes: scenes.filter(({id}) => positionals.length === 0 || positionals.some(wanted => id.startsWith(wanted))),
	};
}
