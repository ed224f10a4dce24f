import assert from 'node:assert/strict';
import {readdirSync, readFileSync, statSync} from 'node:fs';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const chunks = new Map(readdirSync(`${root}/dist`).map(name => [name, readFileSync(`${root}/dist/${name}`, 'utf8')]));
const manifest = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));

/** A chunk with everything it loads at once, without what it loads when it is needed. */
function loadedWith(entry: string, loaded = new Set<string>()): ReadonlySet<string> {
	if (loaded.has(entry)) return loaded;
	loaded.add(entry);
	for (const [, name = ''] of (chunks.get(entry) ?? '').matchAll(/(?:from|import)"\.\/([^"]+)"/g))
		loadedWith(name, loaded);
	return loaded;
}

const isReact = (name: string): boolean => /react\.(transitional\.)?element/.test(chunks.get(name) ?? '');

test('what is installed is the bundle, and it brings nothing with it', () => {
	assert.equal(manifest.dependencies, undefined);
	assert.deepEqual(manifest.files, ['dist']);
	assert.ok([...chunks.keys()].reduce((bytes, name) => bytes + statSync(`${root}/dist/${name}`).size, 0) < 1_200_000);
});

test('no developer tools, no development React and no source paths are in it', () => {
	for (const [name, text] of chunks) {
		assert.doesNotMatch(
			text,
			/connectToDevTools|__REACT_DEVTOOLS_PORT__|react-reconciler\.development|Warning: Each child in a list|esbuild|\btsx\b\//,
			name,
		);
		assert.ok(!text.includes(root), name);
	}
});

test('the process is protected before anything else of the program runs', () => {
	const [, first = ''] = /import\{[^}]*\}from"\.\/([^"]+)"/.exec(chunks.get('cli.js') ?? '') ?? [];
	assert.match(chunks.get(first) ?? '', /coredump_filter/);
	assert.deepEqual(
		[...loadedWith(first)].filter(name => /from"node:(?!fs")/.test(chunks.get(name) ?? '')),
		[],
		'and what protects it loads nothing but files of Node.js',
	);
});

test('only the screen loads React, and the version loads nothing', () => {
	assert.ok([...chunks.keys()].some(isReact), 'the test knows React when it sees it');
	for (const entry of [...chunks.keys()].filter(name => !name.startsWith('run-') && !name.startsWith('chunk-'))) {
		const react = [...loadedWith(entry)].filter(isReact);
		assert.deepEqual(react, [], `${entry} loads React`);
	}
	const first = [...loadedWith('cli.js')].reduce((bytes, name) => bytes + (chunks.get(name) ?? '').length, 0);
	assert.ok(first < 10_000, `${first} bytes before anything is known`);
});
