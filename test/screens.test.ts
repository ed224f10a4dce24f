import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {test} from 'node:test';
import {screenFiles, screensFolder} from '../scripts/screen-files.js';
import {type Mode, modeOf, modes} from '../source/app/mode.js';
import {openScene, scenes} from './helpers/scenes.js';

const drawn = await screenFiles();

test('docs/screens shows the app as it is', () => {
	const kept = readdirSync(screensFolder);
	const stale = [...new Set([...kept, ...drawn.keys()])].filter(
		name => !kept.includes(name) || readFileSync(new URL(name, screensFolder), 'utf8') !== drawn.get(name),
	);
	assert.deepEqual(stale, [], 'docs/screens is stale: run `npm run screens`');
});

test('no picture holds what a scanner takes for a key', () => {
	for (const [name, svg] of drawn) {
		const keys = svg.match(/\b(AKIA|ASIA)[A-Z2-7]{16}\b/g) ?? [];
		assert.deepEqual(
			keys.filter(key => !key.endsWith('EXAMPLE')),
			[],
			name,
		);
	}
});

test('the README shows only pictures that there are', () => {
	const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
	const shown = [...readme.matchAll(/docs\/screens\/([\w-]+\.svg)/g)].map(match => match[1] ?? '');
	assert.ok(shown.length > 0);
	for (const name of shown) assert.ok(drawn.has(name), name);
});

const seen = new Set<Mode>();
const pictures = new Map<string, string>();

for (const scene of scenes) {
	test(`scene ${scene.id} can be played in a small window too, and looks like no other`, async () => {
		for (const size of [{columns: 40, rows: 12}, {}]) {
			const terminal = await openScene(scene, size);
			const {cursor} = terminal.frame();
			const picture = `${terminal.screen()}${cursor?.x},${cursor?.y}`;
			seen.add(modeOf(terminal.store.getState()));
			terminal.close();
			assert.equal(terminal.outcome(), undefined, 'the app is still there');
			assert.notEqual(terminal.screen().trim(), '');
			if ('columns' in size) continue;
			assert.equal(pictures.get(picture), undefined);
			pictures.set(picture, scene.id);
		}
	});
}

test('every mode has a scene, and every scene a name of its own', () => {
	assert.deepEqual(
		modes.filter(mode => !seen.has(mode)),
		[],
	);
	assert.equal(new Set(scenes.map(({id}) => id)).size, scenes.length);
});
