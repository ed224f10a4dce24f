import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import type {Environment} from '../../source/domain/environment.js';
import {PharmerError} from '../../source/domain/errors.js';
import {FileText} from '../../source/providers/file-text.js';
import type {Importer, Places, Reading} from '../../source/providers/importer.js';

/** The text of `test/fixtures/PATH`. */
export function fixture(path: string): string {
	return readFileSync(new URL(`../fixtures/${path}`, import.meta.url), 'utf8');
}

/** Each find as its label and its values in their order. */
export function clear({found}: Reading): readonly (readonly [label: string, data: readonly (readonly string[])[]])[] {
	return found.map(({label, data}) => [label, [...data].map(([key, value]) => [key, value.reveal()])]);
}

/** Where tools keep their files on a machine of that platform, for somebody called `me`. */
export function placesOn(platform: 'linux' | 'darwin' | 'win32', environment: Environment = {}): Places {
	if (platform === 'win32') {
		const home = 'C:\\Users\\me';
		return {
			environment,
			platform,
			home,
			config: `${home}\\.config`,
			userConfig: `${home}\\AppData\\Roaming`,
		};
	}
	const home = platform === 'linux' ? '/home/me' : '/Users/me';
	const config = environment.XDG_CONFIG_HOME ?? `${home}/.config`;
	return {
		environment,
		platform,
		home,
		config,
		userConfig: platform === 'linux' ? config : `${home}/Library/Application Support`,
	};
}

/** That reading is refused with a place, and without the word `canary`, which `text` holds. */
export function assertDamaged(importer: Importer, text: string): void {
	assert.match(text, /canary/);
	assert.throws(
		() => importer.read([text]),
		(error: unknown) => {
			assert.ok(error instanceof PharmerError);
			assert.equal(error.code, 'invalid');
			assert.match(error.message, /line \d+/);
			assert.doesNotMatch(`${error.message} ${error.hint}`, /canary/);
			return true;
		},
	);
}

const tools: readonly (readonly [kind: string, fileName: string, text: string])[] = [
	['aws', 'credentials', fixture('aws/credentials.ini')],
	['aws', 'config', fixture('aws-config/config')],
	['oci', 'config', fixture('oci/config')],
	['civo', '.civo.json', fixture('civo/civo.json')],
	['upctl', 'upctl.yaml', fixture('upctl/upctl.yaml')],
	['exoscale', 'exoscale.toml', fixture('exoscale/exoscale.toml')],
	['pharmer', 'aws-prod.json', fixture('pharmer/aws-prod.json')],
	['', 'keys.json', fixture('aws/documented.json')],
	['', 'list.yaml', fixture('aws/list.yaml')],
	['', 'prod.yaml', fixture('aws/manifest.yaml')],
	['', 'fields.yaml', 'username: me\npassword: mine\n'],
	['', 'fields.json', '{"token": "abc", "region": "LON1", "key": "EXO", "secret": "x"}'],
	['', 'notes.txt', 'accounts, apikeys, tenancy [and] EXO and ucat_ in a sentence'],
	['', 'accounts.json', '{"apikeys": "x", "meta": {}}'],
	['', 'setup.cfg', '[tool]\nregion = x\noutput = y\ntenancy = z\n'],
	['', 'upctl.yaml', 'output: json\n'],
	['', 'exoscale.toml', 'accounts = "EXO"\n'],
];

/** That an importer takes its own files for its own, whatever they are called when `nameless`, and nobody else's. */
export function assertRecognizes(importer: Importer, nameless = true): void {
	for (const [kind, fileName, text] of tools) {
		const own = kind === importer.kind;
		assert.equal(importer.recognizes(new FileText(text, fileName)), own, fileName);
		if (nameless) assert.equal(importer.recognizes(new FileText(text, '')), own, `the content of ${fileName}`);
	}
}
