import assert from 'node:assert/strict';
import {existsSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {gzipSync} from 'node:zlib';
import {build} from 'esbuild';
import {bundleOptions} from '../../tools/bundle.js';
import {manPage} from '../../tools/man-page.js';
import {program, runProgram, temporaryHome} from '../helpers/program.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const notices = 'THIRD-PARTY-NOTICES';
const chunks = new Map(
	readdirSync(`${root}/dist`)
		.filter(name => name !== notices)
		.map(name => [name, readFileSync(`${root}/dist/${name}`, 'utf8')]),
);
const manifest = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));

/**
 * A chunk with everything it loads at once, without what it loads when it is needed: by `import()`, or a module that is
 * nothing but one of a CommonJS file, which stands for such an import.
 */
function loadedWith(entry: string, loaded = new Set<string>()): ReadonlySet<string> {
	if (loaded.has(entry)) return loaded;
	loaded.add(entry);
	for (const [, name = ''] of (chunks.get(entry) ?? '').matchAll(
		/(?<!\bexports=(?=require\("[^"]+"\)\[\d+\]\(\)))(?:from|import|require\()"\.\/([^"]+)"/g,
	))
		loadedWith(name, loaded);
	return loaded;
}

const isReact = (name: string): boolean => /react\.(transitional\.)?element/.test(chunks.get(name) ?? '');

test('the package ships only dist/, needs no other package and is under 1.5 MB', () => {
	assert.equal(manifest.dependencies, undefined);
	assert.deepEqual(manifest.files, ['dist']);
	// npm compresses what it ships.
	assert.ok([...chunks.values()].reduce((bytes, text) => bytes + gzipSync(text).length, 0) < 1_500_000);
});

test('what is installed is under 2.3 MB: a package that comes in by mistake shows', () => {
	assert.ok([...chunks.keys()].reduce((bytes, name) => bytes + statSync(`${root}/dist/${name}`).size, 0) < 2_300_000);
});

test('the man page that ships is the one of the table, and npm is told of it', () => {
	assert.equal(chunks.get('pharmer.1'), manPage(manifest.version), 'run `npm run build`');
	assert.deepEqual(manifest.man, ['dist/pharmer.1']);
});

test('the bundle contains no developer tools, no development React and no source paths', () => {
	for (const [name, text] of chunks) {
		assert.doesNotMatch(
			text,
			/connectToDevTools|__REACT_DEVTOOLS_PORT__|react-reconciler\.development|Warning: Each child in a list|esbuild|\btsx\b\//,
			name,
		);
		assert.ok(!text.includes(root), name);
	}
});

test('the process is protected before anything of Node.js but fs is loaded', async context => {
	const home = temporaryHome(context);
	const watch = join(home, 'watch.cjs');
	writeFileSync(
		watch,
		`const {prototype} = require('node:module');
		const load = prototype.require;
		prototype.require = function (name) {
			process._rawDebug(process.listenerCount('SIGUSR1') + ' ' + name);
			return load.call(this, name);
		};`,
	);
	const keyring = join(dirname(program), 'keyring-child.mjs');
	for (const line of [
		[program, 'get', 'one', '-o', 'json'],
		[keyring, 'get', 'an entry'],
	]) {
		const environment = {PHARMER_ALLOW_NODE_OPTIONS: '1'};
		const {stderr} = await runProgram({home, environment, script: '-r', args: [watch, ...line]});
		const loaded = stderr.split('\n').filter(each => /^[01] /.test(each));
		const before = loaded.filter(each => each.startsWith('0 '));
		assert.deepEqual([...new Set(before)], line[0] === keyring ? [] : ['0 node:fs']);
		assert.ok(loaded.length > before.length || line[0] === keyring, stderr);
	}
	// What a module imports is loaded before any of its lines run.
	assert.doesNotMatch(chunks.get('keyring-child.mjs') ?? '', /from"node:(?!fs")/);
});

test('the library of the keyring is not in the bundle, and only the process of its own loads it', () => {
	const loading = [...chunks].filter(([, text]) => /(?:import|from)[ (]*["']@napi-rs/.test(text)).map(([name]) => name);
	assert.deepEqual(loading, ['keyring-child.mjs']);
	assert.deepEqual(Object.keys(manifest.optionalDependencies), ['@napi-rs/keyring']);
});

test('no part of the bundle names a part that is not there', () => {
	const named = [...chunks].flatMap(([name, text]) =>
		[...text.matchAll(/["'`]\.\/([\w.-]+\.m?js)["'`]/g)].map(match => [name, match[1] ?? ''] as const),
	);
	assert.ok(named.length > 100);
	assert.deepEqual(
		named.filter(([, part]) => !chunks.has(part)),
		[],
	);
});

test('only the screen loads React', () => {
	assert.ok([...chunks.keys()].some(isReact), 'the test knows React when it sees it');
	for (const entry of [...chunks.keys()].filter(name => name !== 'screen.js' && !name.startsWith('chunk-'))) {
		const react = [...loadedWith(entry)].filter(isReact);
		assert.deepEqual(react, [], `${entry} loads React`);
	}
});

test('what tools ask for all day is answered from one CommonJS file of less than 30 kB', () => {
	// What completes a line, is its help or starts a command is loaded for that only, and the core for the rest:
	// `agent-calls.test.ts` watches what is opened.
	assert.deepEqual([...loadedWith('cli.js')], ['cli.js', 'help.js', 'complete.js', 'exec.js']);
	assert.deepEqual([...loadedWith('core.js')], ['core.js']);
	assert.deepEqual([...loadedWith('exec.js')], ['exec.js']);
	assert.deepEqual([...loadedWith('complete.js')], ['complete.js']);
	const loaded = ['cli.js'];
	assert.deepEqual(JSON.parse(chunks.get('package.json') ?? ''), {type: 'commonjs'});
	const bytes = loaded.reduce((sum, name) => sum + (chunks.get(name) ?? '').length, 0);
	assert.ok(bytes < 30_000, `${bytes} bytes before anything is known`);
});

test('no expression for all emoji is written where the engine makes it while it reads a file', () => {
	const before = [...chunks.values()].flatMap(text =>
		text
			.split('p{RGI_Emoji}')
			.slice(0, -1)
			.map(each => each.slice(-200)),
	);
	assert.ok(before.length > 0);
	for (const text of before) assert.match(text, /String\.raw`[^`]*\\$|new RegExp\("\^\\\\$/);
});

test('the commonest passwords are loaded by the screen and where a new passphrase is chosen, by nothing else', () => {
	const isList = (name: string): boolean => (chunks.get(name) ?? '').includes('1qaz2wsx3edc');
	const loading = [...chunks.keys()].filter(name => !name.startsWith('chunk-') && [...loadedWith(name)].some(isList));
	// Keys that somebody has chosen are checked against the keys of every screen, which are in a part of their own.
	assert.deepEqual(loading.map(name => name.replace(/-[A-Z\d]{8}(?=\.)/, '')).sort(), [
		'rooms.js',
		'screen.js',
		'strength.js',
	]);
});

test('what the doctor looks at is loaded by the doctor only', () => {
	const isDoctors = (name: string): boolean =>
		/nobody opens the vault once|Max core file size/.test(chunks.get(name) ?? '');
	const loading = [...chunks.keys()].filter(
		name => !name.startsWith('chunk-') && [...loadedWith(name)].some(isDoctors),
	);
	assert.deepEqual(loading.map(name => name.replace(/-[^-]*$/, '')).sort(), ['doctor-this', 'examining']);
});

test('what opens a connection is loaded by the commands that say so and by nothing else', () => {
	const isNetwork = (name: string): boolean => (chunks.get(name) ?? '').includes('node:https');
	const loading = [...chunks.keys()].filter(
		name => !name.startsWith('chunk-') && [...loadedWith(name)].some(isNetwork),
	);
	// The process that the agent has share a vault has the network from its start.
	const asking = ['network-this-network.mjs', 'sync-child.mjs'];
	assert.deepEqual(loading.map(name => name.replace(/-[A-Z\d]{8}(?=\.)/, '')).sort(), asking);
});

/** The folder of the package that a file belongs to: the nearest whose package.json has a version. */
function packageOf(file: string): string {
	const folder = dirname(file);
	const path = join(folder, 'package.json');
	const isPackage = existsSync(path) && JSON.parse(readFileSync(path, 'utf8')).version !== undefined;
	return isPackage ? folder : packageOf(folder);
}

test('the notices list every package in the bundle with its licence, and no other package', async () => {
	const built = await Promise.all((await bundleOptions(root)).map(part => build({...part, write: false})));
	const parts = readFileSync(`${root}/dist/${notices}`, 'utf8').split(/^={80}\n((?:.+\n)+)={80}$/m);
	const lists = parts.map((part, index) => (index % 2 === 1 ? part.trimEnd().split('\n') : []));
	const headings = lists.flat().sort();
	const textOf = (heading: string): string => parts[lists.findIndex(list => list.includes(heading)) + 1] ?? '';
	const packages = new Map<string, string>();
	for (const {inputs} of built.flatMap(({metafile}) => Object.values(metafile?.outputs ?? {}))) {
		for (const [path, {bytesInOutput}] of Object.entries(inputs)) {
			if (bytesInOutput === 0 || path.startsWith('left-out:')) continue;
			const folder = packageOf(resolve(root, path));
			const {name, version, license} = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
			if (name !== manifest.name) packages.set(`${name} ${version} (${license})`, folder);
		}
	}
	const data = 'common-passwords.txt of Django 5.2 (BSD-3-Clause)';
	assert.deepEqual(headings, [...packages.keys(), data].sort());
	assert.match(textOf(data), /^\n\nCopyright \(c\) Django Software Foundation/);
	assert.ok(headings.some(heading => heading.startsWith('react-reconciler ')));

	const unlicensed: string[] = [];
	for (const [heading, folder] of packages) {
		const files = readdirSync(folder).filter(name => /^(licen[cs]e|copying|notice)/i.test(name));
		if (files.every(name => /^notice/i.test(name))) unlicensed.push(heading.split(' ')[0] ?? '');
		for (const file of files) {
			const part = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim();
			assert.ok(textOf(heading).includes(part), `${heading}: ${file}`);
		}
	}
	assert.deepEqual(unlicensed, ['yoga-layout'], 'the packages whose licence is kept in tools/licences');
	const yoga = headings.find(heading => heading.startsWith('yoga-layout ')) ?? '';
	assert.match(textOf(yoga), /^\n\nMIT License\n\nCopyright \(c\) Facebook, Inc\. and its affiliates\./);
});
