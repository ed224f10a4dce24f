import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join, relative} from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = [
	'cli.tsx',
	...readdirSync(join(root, 'source'), {recursive: true, encoding: 'utf8'}).map(
		file => `source/${file.replaceAll('\\', '/')}`,
	),
]
	.filter(file => /\.tsx?$/.test(file))
	.map(path => ({path, text: readFileSync(join(root, path), 'utf8')}));

const folderOf = (path: string): string => path.split('/')[1] ?? '';
const importsOf = ({text}: {readonly text: string}): readonly string[] =>
	[...text.matchAll(/(?:from |import\()'([^']+)'/g)].map(match => match[1] ?? '');
const which = (test: (file: (typeof files)[number]) => boolean): readonly string[] =>
	files
		.filter(test)
		.map(file => file.path)
		.sort();
const importersOf = (name: string): readonly string[] =>
	which(file => importsOf(file).some(from => from === name || from.startsWith(`${name}/`)));

/** Which folders a folder may import from, beside itself. */
const allowed: Readonly<Record<string, readonly string[]>> = {
	domain: [],
	text: ['domain'],
	files: ['domain'],
	platform: ['domain', 'text', 'files'],
	signing: ['domain'],
	network: ['domain'],
	stores: ['domain', 'text', 'files', 'platform', 'signing', 'network'],
	providers: ['domain', 'text', 'signing'],
	credentials: ['domain', 'text', 'providers'],
	documents: ['domain', 'text', 'providers', 'credentials'],
	look: ['domain', 'text', 'platform', 'providers', 'credentials', 'documents'],
	closing: ['domain', 'text', 'providers', 'credentials'],
	vault: ['domain', 'text', 'files'],
	team: ['domain', 'text', 'files', 'providers', 'credentials', 'stores', 'vault'],
	agent: ['domain', 'text', 'files', 'platform', 'vault'],
	doctor: ['domain', 'text', 'files', 'platform', 'settings', 'providers', 'look', 'vault', 'agent'],
	completion: ['domain', 'text'],
	settings: ['domain', 'text', 'platform'],
	project: ['domain', 'text', 'files', 'platform', 'credentials'],
	tasks: [
		'stores',
		'team',
		'domain',
		'text',
		'platform',
		'providers',
		'credentials',
		'documents',
		'look',
		'closing',
		'vault',
		'network',
		'project',
	],
	app: ['domain', 'text', 'providers', 'credentials', 'closing'],
	commands: [
		'stores',
		'team',
		'network',
		'domain',
		'text',
		'files',
		'platform',
		'providers',
		'credentials',
		'documents',
		'look',
		'closing',
		'tasks',
		'vault',
		'agent',
		'doctor',
		'completion',
		'project',
		'app',
	],
	ui: [
		'stores',
		'team',
		'network',
		'domain',
		'text',
		'files',
		'platform',
		'providers',
		'credentials',
		'documents',
		'look',
		'closing',
		'tasks',
		'vault',
		'agent',
		'settings',
		'app',
	],
};

test('folders import in one direction', () => {
	for (const file of files.filter(({path}) => folderOf(path).endsWith('.ts') === false && path !== 'cli.tsx')) {
		const own = folderOf(file.path);
		for (const from of importsOf(file).filter(name => name.startsWith('.'))) {
			const target = folderOf(relative(root, join(root, dirname(file.path), from)).replaceAll('\\', '/'));
			assert.ok(target === own || allowed[own]?.includes(target), `${file.path} imports ${from}`);
		}
	}
});

/** The folders of the app. Each imports only from those before it. */
const appFolders = ['input', 'layout', 'core', 'screens', 'session', 'keyboard', 'loop', 'spoken', 'picker'];

test('folders of the app import in one direction', () => {
	for (const file of files.filter(({path}) => folderOf(path) === 'app')) {
		const own = appFolders.indexOf(file.path.split('/')[2] ?? '');
		assert.ok(own >= 0, `${file.path} is in one of ${appFolders.join(', ')}`);
		for (const from of importsOf(file).filter(name => name.startsWith('.'))) {
			const target = relative(root, join(root, dirname(file.path), from)).replaceAll('\\', '/');
			if (folderOf(target) !== 'app') continue;
			assert.ok(appFolders.indexOf(target.split('/')[2] ?? '') <= own, `${file.path} imports ${from}`);
		}
	}
});

test('commands import only types from the app', () => {
	for (const file of files.filter(({path}) => folderOf(path) === 'commands')) {
		for (const line of file.text.split('\n').filter(each => each.includes("'../app/")))
			assert.match(line, /^import type /, file.path);
	}
});

test('big libraries are imported only by the listed files', () => {
	assert.deepEqual(importersOf('yaml'), ['source/text/yaml-reader.ts', 'source/text/yaml.ts']);
	assert.deepEqual(importersOf('smol-toml'), ['source/text/toml.ts']);
	assert.deepEqual(importersOf('aws4'), ['source/signing/sigv4.ts']);
	assert.deepEqual(importersOf('csv-parse'), []);
	assert.deepEqual(importersOf('conf'), [
		'source/platform/settings-file.ts',
		'source/vault/backends/conf-file.ts',
		'source/vault/backends/file.ts',
	]);
	assert.deepEqual(importersOf('@napi-rs/keyring'), ['source/platform/keyring-child.ts']);
	assert.deepEqual(importersOf('ink-text-input'), ['source/ui/components/text-field.tsx']);
	assert.deepEqual(
		importersOf('ink').filter(path => folderOf(path) !== 'ui'),
		['source/app/input/keys.ts'],
	);
	assert.match(readFileSync(join(root, 'source/app/input/keys.ts'), 'utf8'), /import type \{Key\} from 'ink'/);
});

test('in ui/, only what carries effects out imports vault, documents, files, platform or tasks', () => {
	const reaching = which(
		file =>
			folderOf(file.path) === 'ui' &&
			importsOf(file).some(from => /\/(vault|documents|files|platform|settings|tasks)\//.test(from)),
	);
	assert.deepEqual(reaching, [
		'source/ui/at-provider.ts',
		'source/ui/content-change.ts',
		'source/ui/effect-runner.ts',
		'source/ui/issuing.ts',
		'source/ui/kept-verdicts.ts',
		'source/ui/looker.ts',
		'source/ui/pick.ts',
		'source/ui/reads.ts',
		'source/ui/rotating.ts',
		'source/ui/run.tsx',
		'source/ui/settling.ts',
		'source/ui/syncer.ts',
		'source/ui/syncing.ts',
		'source/ui/vault-session.ts',
		'source/ui/verifying.ts',
		'source/ui/world.ts',
	]);
});

test('only app.tsx reads input and the window size, and only run.tsx renders', () => {
	assert.deepEqual(
		which(({text}) => /\buse(Input|Paste|WindowSize)\(/.test(text)),
		['source/ui/app.tsx'],
	);
	assert.deepEqual(
		which(({text}) => /import \{[^}]*\brender\b[^}]*\} from 'ink'/.test(text)),
		['source/ui/run.tsx'],
	);
});

test('only the theme names colours', () => {
	const named = /(color|Color)[:=] ?["'{]*'?(black|red|green|yellow|blue|magenta|cyan|white|gr[ae]y)/;
	const mixed = /["'`](#[\da-f]{3}([\da-f]{3})?|(ansi256|rgb)\(.*\))["'`]/i;
	for (const color of [named, mixed]) {
		assert.deepEqual(
			which(({text}) => color.test(text)),
			['source/ui/theme.ts'],
		);
	}
});

test('only the listed files reveal a secret', () => {
	assert.deepEqual(
		which(({text}) => text.includes('.reveal()')),
		[
			'source/app/core/draft-fields.ts',
			'source/app/core/sides.ts',
			'source/app/screens/browse/detail-rows.ts',
			'source/app/screens/copy.ts',
			'source/app/screens/edit/manifest.ts',
			'source/app/screens/wizard/filling.ts',
			'source/app/screens/wizard/wizard-screen.ts',
			'source/app/session/frozen.ts',
			'source/commands/detail.ts',
			'source/commands/on-paper.ts',
			'source/commands/passphrase-source.ts',
			'source/commands/recovery-key.ts',
			'source/commands/team/recovery-member.ts',
			'source/commands/team/run-add.ts',
			'source/commands/team/run-conflicts.ts',
			'source/credentials/data-digest.ts',
			'source/credentials/meaning.ts',
			'source/credentials/public-id.ts',
			'source/credentials/references.ts',
			'source/credentials/secret-forms.ts',
			'source/documents/edited-manifest.ts',
			'source/documents/manifest-object.ts',
			'source/domain/fields-in-clear.ts',
			'source/platform/child.ts',
			'source/platform/clipboard.ts',
			'source/providers/data.ts',
			'source/stores/storage-key.ts',
			'source/tasks/manifest.ts',
			'source/tasks/read-paste.ts',
			'source/team/member-key.ts',
			'source/team/merge/parts.ts',
			'source/team/merge/resolve.ts',
			'source/team/section.ts',
			'source/text/shell-quote.ts',
			'source/vault/closed/section.ts',
			'source/vault/format/credential-record.ts',
			'source/vault/history/difference.ts',
			'source/vault/journals.ts',
			'source/vault/keys/draft-seal.ts',
			'source/vault/keys/passphrase.ts',
			'source/vault/keys/recovery.ts',
		],
	);
});

test('only the listed files outside platform/ use the process', () => {
	const touching = which(({text}) => /\bprocess\.(?!js')|from 'node:process'/.test(text)).filter(
		path => folderOf(path) !== 'platform',
	);
	assert.deepEqual(touching, [
		'cli.tsx',
		'source/agent/main.ts',
		'source/agent/start.ts',
		'source/agent/sync-process.ts',
		'source/files/lock-holder.ts',
		'source/tasks/team/sync-child.ts',
		'source/this-process.ts',
		'source/ui/run.tsx',
		'source/vault/default-path.ts',
	]);
});

test('nothing outside of network/ opens a connection', () => {
	assert.deepEqual(
		which(
			file =>
				folderOf(file.path) !== 'network' &&
				(importsOf(file).some(from => /^(node:)?(https?|http2|net|tls|dgram|dns)(\/|$)/.test(from)) ||
					/\bfetch\(|WebSocket|EventSource/.test(file.text)),
		),
		// The agent's socket, which is a file, and what reads a pipe.
		['source/agent/connection.ts', 'source/agent/served.ts', 'source/agent/server.ts', 'source/platform/pipe.ts'],
	);
});

test('no file is longer than 300 lines', () => {
	assert.deepEqual(
		which(({text}) => text.split('\n').length > 300),
		[],
	);
});

test('no comment is wider than 120 columns', () => {
	const isWide = (line: string): boolean => /^\s*(?:\/\/|\/?\*)/.test(line) && line.replaceAll('\t', '  ').length > 120;
	assert.deepEqual(
		files.flatMap(({path, text}) =>
			text.split('\n').flatMap((line, index) => (isWide(line) ? [`${path}:${index + 1}`] : [])),
		),
		[],
	);
});
