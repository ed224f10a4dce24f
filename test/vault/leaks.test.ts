import '../helpers/alone.js';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {inspect} from 'node:util';
import {Secret} from '../../source/domain/secret.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {addCredential, deleteCredentials, replaceCredential} from '../../source/vault/operations.js';
import {changePassphrase, draft, quick, temporaryFolder} from '../helpers/vault-samples.js';

const canaries = {
	passphrase: 'canary-passphrase',
	name: 'canary-name',
	field: 'canaryField',
	secret: 'canary-secret',
	label: 'canary-label',
	note: 'canary-note',
	provider: 'canary-provider',
} as const;
const written = new Map<string, Buffer>();

// Every file that is written is read when it is renamed, linked or removed, before anybody can have changed it.
for (const name of ['renameSync', 'linkSync', 'unlinkSync', 'rmSync', 'closeSync'] as const) {
	const original: (...parameters: never[]) => unknown = fs[name];
	Reflect.set(fs, name, (...parameters: never[]) => {
		const [target] = parameters as unknown[];
		if (typeof target === 'string' && original.name !== 'closeSync') keep(target);
		return original.apply(fs, parameters);
	});
}

function keep(file: string): void {
	try {
		written.set(`${file} ${written.size}`, fs.readFileSync(file));
	} catch {}
}

function spellings(text: string): readonly string[] {
	const bytes = Buffer.from(text);
	const base64 = [0, 1, 2].map(shift =>
		Buffer.concat([Buffer.alloc(shift), bytes])
			.toString('base64')
			.slice(4, -4),
	);
	return [text, bytes.toString('hex'), ...base64, Buffer.from(text, 'utf16le').toString('latin1')];
}

test('no file ever holds any of the content in clear, nor does printed output', async t => {
	const folder = temporaryFolder(t);
	const place = fileVaultPlace(path.join(folder, 'vault.json'), quick);
	const vault = await place.create(new Secret(canaries.passphrase));
	const content = {
		...draft(canaries.name, {[canaries.field]: canaries.secret}),
		provider: canaries.provider,
		labels: new Map([[canaries.label, canaries.label]]),
		note: canaries.note,
	};
	const added = await vault.change(all => addCredential(all, content, new Date()));
	const changed = await vault.change(all => replaceCredential(all, added, content, new Date()));
	await vault.change(all => deleteCredentials(all, [changed], new Date()));
	await changePassphrase(vault, `${canaries.passphrase}2`);
	const wrong = await place.unlock(new Secret(canaries.passphrase)).catch((error: unknown) => error);
	fs.appendFileSync(vault.path, ' ');
	const damaged = await vault.change(all => addCredential(all, content, new Date())).catch((error: unknown) => error);

	for (const name of fs.readdirSync(folder)) keep(path.join(folder, name));
	const kinds = ['vault.json', 'vault.json.seen.new', 'vault.json.next', 'vault.json.lock', '.tmp-', '.try-'];
	for (const kind of kinds) {
		assert.ok(
			[...written.keys()].some(file => file.includes(kind)),
			`${kind} was looked at`,
		);
	}
	const printed = [wrong, damaged, vault, place].map(each => inspect(each, {depth: 9, showHidden: true}));
	const texts = [...[...written].map(([file, bytes]) => [file, bytes.toString('latin1')]), ['printed', printed.join()]];
	for (const [file, text] of texts) {
		for (const canary of Object.values(canaries)) {
			for (const spelling of spellings(canary)) {
				assert.ok(!`${file}${text}`.includes(spelling), `${canary} in ${file}`);
			}
		}
	}
});
