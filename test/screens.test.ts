import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {test} from 'node:test';
import stringWidth from 'string-width';
import {modeOf, takesText} from '../source/app/keyboard/focus.js';
import {screenFiles, screensFolder} from '../tools/screen-files.js';
import {modes, textModes} from './helpers/keymap.js';
import {size} from './helpers/rounds.js';
import {openScene, scenes} from './helpers/scenes.js';
import type {TestTerminal} from './helpers/terminal.js';

const drawn = await screenFiles();

test('docs/screens is up to date', () => {
	const kept = readdirSync(screensFolder);
	const stale = [...new Set([...kept, ...drawn.keys()])].filter(
		name => !kept.includes(name) || readFileSync(new URL(name, screensFolder), 'utf8') !== drawn.get(name),
	);
	assert.deepEqual(stale, [], 'docs/screens is stale: run `npm run screens`');
});

test('no picture contains a text that a secret scanner takes for an AWS key', () => {
	for (const [name, svg] of drawn) {
		const keys = svg.match(/\b(AKIA|ASIA)[A-Z2-7]{16}\b/g) ?? [];
		assert.deepEqual(
			keys.filter(key => !key.endsWith('EXAMPLE')),
			[],
			name,
		);
	}
});

test('every picture that the README shows exists', () => {
	const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
	const shown = [...readme.matchAll(/docs\/screens\/([\w-]+\.svg)/g)].map(match => match[1] ?? '');
	assert.ok(shown.length > 0);
	for (const name of shown) assert.ok(drawn.has(name), name);
});

const seen = new Set<string>();
const pictures = new Map<string, string>();

const sizes = [
	[40, 12],
	[60, 20],
	[80, 24],
	[120, 40],
	[200, 60],
] as const;

/** In how many of them each scene is played from its start, and not only shown. */
const played = size(0, sizes.length);

/** What is out of line in a frame: rows whose box does not end where it should, or that have lost a part of it. */
function outOfLine(lines: readonly string[], columns: number): readonly string[] {
	return lines.filter(line => {
		const cells = stringWidth(line);
		if (cells > columns) return true;
		// A pane as wide as the window ends in its last column, whatever is in it.
		return /^[│╭╰]/.test(line) && (cells !== columns || !/[│╮╯]$/.test(line));
	});
}

/** The rows in which a text is cut although blanks of its pane follow it. */
function cutBesideRoom(lines: readonly string[]): readonly string[] {
	const blanks = 6;
	return lines.filter(line => line.split(/[│╭╮╰╯]/).some(part => new RegExp(`\\S… {${blanks},}`).test(part)));
}

/** The scene is on the screen, nothing is out of line, and nothing is cut that has room beside it. */
function assertShown(terminal: TestTerminal, columns: number): void {
	const state = terminal.store.getState();
	const mode = modeOf(state);
	seen.add(mode);
	assert.equal(takesText(state), textModes.includes(mode), mode);
	assert.equal(terminal.outcome(), undefined, 'the app is still there');
	assert.notEqual(terminal.screen().trim(), '');
	assert.equal(terminal.scrolled(), 0);
	const at = `${columns}×${terminal.lines().length}\n${terminal.screen()}`;
	assert.deepEqual(outOfLine(terminal.lines(), columns), [], at);
	assert.deepEqual(cutBesideRoom(terminal.lines()), [], at);
}

for (const scene of scenes) {
	test(`scene ${scene.id} fits every window size, keeps its borders aligned, and differs from all others`, async () => {
		const terminal = await openScene(scene);
		const {cursor} = terminal.frame();
		const picture = `${terminal.screen()}${cursor?.x},${cursor?.y}`;
		assert.equal(pictures.get(picture), undefined);
		pictures.set(picture, scene.id);
		for (const [columns, rows] of sizes) {
			await terminal.resize(columns, rows);
			assertShown(terminal, columns);
		}
		terminal.close();
		for (const [columns, rows] of sizes.slice(0, played)) {
			const another = await openScene(scene, {columns, rows});
			if (another.lines().length === rows) assertShown(another, columns);
			another.close();
		}
	});
}

test('no scene draws a symbol beyond ASCII on an ASCII terminal', async () => {
	const every = size(3, 1);
	for (const scene of scenes.filter((_, index) => index % every === 0)) {
		const terminal = await openScene(scene, {columns: 40, rows: 12, ascii: true});
		assert.doesNotMatch(terminal.screen(), /[…•❯●✓✖○›╭╮╰╯│─⏎×·↑↓←→“”⠋]/, `${scene.id}\n${terminal.screen()}`);
		terminal.close();
	}
});

test('every mode has a scene, and every scene has its own id', () => {
	assert.deepEqual(
		modes.filter(mode => !seen.has(mode)),
		[],
	);
	assert.equal(new Set(scenes.map(({id}) => id)).size, scenes.length);
});
