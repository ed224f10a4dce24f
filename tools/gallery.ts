// Shows every view of the app in every state: `npm run gallery` one at a time, `npm run gallery -- --print` all of
// them.
import process from 'node:process';
import type {Scene} from '../test/helpers/scenes.js';
import {frameLines} from './ansi.js';
import {type GalleryArguments, galleryArguments, modeOptions, modes, type Size, usage} from './gallery-arguments.js';
import {sceneFrame} from './screen-files.js';

const sizes: readonly (Size | 'this window')[] = [
	{columns: 40, rows: 12},
	{columns: 60, rows: 20},
	{columns: 80, rows: 24},
	{columns: 120, rows: 40},
	{columns: 200, rows: 60},
	'this window',
];

async function print({scenes, size, mode, color}: GalleryArguments): Promise<void> {
	for (const scene of scenes) {
		const frame = await sceneFrame(scene, {...size, ...modeOptions(mode)});
		const {columns, rows, cursor} = frame;
		const caret = cursor === undefined ? 'no cursor' : `cursor in column ${cursor.x + 1} of row ${cursor.y + 1}`;
		const heading = `=== ${scene.id} · ${columns}×${rows} · ${mode} · ${caret} · ${scene.title}`;
		process.stdout.write(`${[heading, ...frameLines(frame, {color})].join('\n')}\n\n`);
	}
}

/** Shows one scene at a time until the user leaves. Restores the terminal, however it ends. */
async function show({scenes, size, mode: firstMode}: GalleryArguments): Promise<void> {
	const {stdin, stdout} = process;
	const choices = size === undefined ? sizes : [size, ...sizes];
	let [at, sizeAt, modeAt] = [0, size === undefined ? sizes.length - 1 : 0, modes.indexOf(firstMode)];
	let drawing = Promise.resolve();

	async function draw(): Promise<void> {
		const scene = scenes[at] as Scene;
		const mode = modes[modeAt] ?? 'colour';
		const window = {columns: stdout.columns, rows: stdout.rows - 1};
		const choice = choices[sizeAt];
		const wanted = choice === undefined || choice === 'this window' ? window : choice;
		const frame = await sceneFrame(scene, {...wanted, ...modeOptions(mode)});
		const cut = frame.columns > window.columns || frame.rows > window.rows ? ' (cut)' : '';
		const status = ` ${at + 1}/${scenes.length} ${scene.id} · ${frame.columns}×${frame.rows}${cut} · ${mode} · ←→ scene  s size  c mode  q quit`;
		const lines = frameLines(frame, {color: true, ...window});
		const seen =
			frame.cursor !== undefined && frame.cursor.x < window.columns && frame.cursor.y < window.rows
				? frame.cursor
				: undefined;
		const cursor = seen === undefined ? '' : `\u001b[${seen.y + 1};${seen.x + 1}H\u001b[?25h`;
		stdout.write(
			`\u001b[?25l\u001b[H\u001b[2J${lines.join('\r\n')}\u001b[${stdout.rows};1H\u001b[7m${[...status].slice(0, window.columns - 1).join('')}\u001b[0m${cursor}`,
		);
	}

	const turn = (by: number, from: number, count: number): number => (from + by + count) % count;
	const restore = (): void => {
		stdin.setRawMode(false);
		stdout.write('\u001b[0m\u001b[?1049l\u001b[?25h');
	};
	process.once('exit', restore);
	for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
	stdin.setRawMode(true);
	stdin.setEncoding('utf8');
	stdout.write('\u001b[?1049h');

	const redraw = (): void => {
		drawing = drawing.then(draw).catch(error => {
			process.exitCode = 1;
			process.exit();
			throw error;
		});
	};
	stdout.on('resize', redraw);
	stdin.on('data', (data: string) => {
		for (const key of data.match(/\u001b\[[A-D]|[\s\S]/g) ?? []) {
			if (key === 'q' || key === '\u0003') process.exit();
			else if (key === 'n' || key === '\u001b[C') at = turn(1, at, scenes.length);
			else if (key === 'p' || key === '\u001b[D') at = turn(-1, at, scenes.length);
			else if (key === 's') sizeAt = turn(1, sizeAt, choices.length);
			else if (key === 'c') modeAt = turn(1, modeAt, modes.length);
		}
		redraw();
	});
	redraw();
}

try {
	const asked = galleryArguments(process.argv.slice(2));
	if (asked.print) await print(asked);
	else if (process.stdin.isTTY && process.stdout.isTTY) await show(asked);
	else throw new Error('without a terminal the frames can only be printed: --print');
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : error}\n${usage}\n`);
	process.exitCode = 2;
}
