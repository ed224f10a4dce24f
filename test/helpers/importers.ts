import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {basename} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {Environment} from '../../source/domain/environment.js';
import {FileText} from '../../source/providers/file-text.js';
import type {Found, Importer, Places, Reading} from '../../source/providers/importer.js';
import {assertInvalid, clear} from '../documents/samples.js';

const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));

/** The text of that file below `test/fixtures`. */
export function toolFixture(path: string): string {
	return readFileSync(`${fixtures}${path}`, 'utf8');
}

/** The label, the provider's id and the values of a find. */
export function plain({label, provider, data}: Found): readonly [string, string, Readonly<Record<string, string>>] {
	return [label, provider.id, Object.fromEntries(clear(data))];
}

/** What was found and why the rest was not, each by its label. */
export function byLabel({found, refused}: Reading): {
	readonly found: Readonly<Record<string, Readonly<Record<string, string>>>>;
	readonly refused: Readonly<Record<string, string>>;
} {
	return {
		found: Object.fromEntries(found.map(plain).map(([label, , values]) => [label, values])),
		refused: Object.fromEntries(refused.map(({label, reason}) => [label, reason])),
	};
}

const homes = {linux: '/home/ann', darwin: '/Users/ann', win32: 'C:\\Users\\ann'} as const;

/** The first file of every group that the importer looks for on a machine of that kind. */
export function pathsOn(platform: keyof typeof homes, importer: Importer, environment: Environment = {}): string[] {
	const home = homes[platform];
	const slash = platform === 'win32' ? '\\' : '/';
	const config = environment.XDG_CONFIG_HOME ?? [home, '.config'].join(slash);
	const userConfig = {
		linux: config,
		darwin: '/Users/ann/Library/Application Support',
		win32: 'C:\\Users\\ann\\AppData\\Roaming',
	}[platform];
	const places: Places = {environment, platform, home, config, userConfig};
	return importer.files(places).map(([first]) => first);
}

/** What `--from-file` reads by itself. */
const fieldTexts = [
	'token: a',
	'[a]\ntoken = a\n',
	'{"token": "a", "organization": "b"}',
	'{"apiKey": "a", "projectID": "b"}',
	'{"apiToken": "a"}',
	'kind: Credential\napiVersion: v1beta1\nmetadata:\n  name: a\nspec:\n  provider: vultr\n  data:\n    token: a\n',
] as const;

/** No other tool's fixture, and nothing that `--from-file` reads by itself, may be taken for the tool's. */
export function assertKnowsOnlyIts(importer: Importer, directory: string): void {
	const others = readdirSync(fixtures, {recursive: true, withFileTypes: true}).filter(
		entry => entry.isFile() && basename(entry.parentPath) !== directory,
	);
	assert.ok(others.length > 10);
	for (const {parentPath, name} of others) {
		const text = readFileSync(`${parentPath}/${name}`, 'utf8');
		assert.equal(importer.recognizes(new FileText(text, name)), false, `${importer.kind} took ${name}`);
	}
	const neither = ['', 'words', 'kind: Credential', 'a = "canary', 'a: [canary'];
	for (const text of [...neither, ...fieldTexts])
		assert.equal(importer.recognizes(new FileText(text, '')), false, text);
	// A name is never enough.
	const names = pathsOn('linux', importer).map(path => basename(path));
	for (const text of neither) {
		for (const name of names) assert.equal(importer.recognizes(new FileText(text, name)), false, `${name}: ${text}`);
	}
}

/** Each text is refused, and nothing found in it, for a line that can't be read, with no word that holds `canary`. */
export function assertRefusesLines(importer: Importer, texts: readonly string[]): void {
	for (const text of texts) {
		assert.ok(text.includes('canary'));
		const {found, refused} = importer.read([text]);
		assert.deepEqual(found, [], text);
		assert.match(refused[0]?.reason ?? '', /^can't be read: line \d+: /, text);
		assert.doesNotMatch(JSON.stringify(refused), /canary/, text);
	}
}

/** Each text throws `invalid` with its place, and no word of it that holds `canary`. */
export function assertDamaged(importer: Importer, texts: readonly string[]): void {
	for (const text of texts) {
		assert.ok(text.includes('canary'));
		assertInvalid(() => importer.read([text]), /^line \d+(?:, column \d+)?: (?!.*canary)/s);
	}
}
