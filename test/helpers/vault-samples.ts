import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {TestContext} from 'node:test';
import fc from 'fast-check';
import type {Credential, CredentialContent} from '../../source/domain/credential.js';
import type {ErrorCode} from '../../source/domain/errors.js';
import {PharmerError} from '../../source/domain/errors.js';
import type {Json} from '../../source/domain/json.js';
import {parseName} from '../../source/domain/name.js';
import {Secret} from '../../source/domain/secret.js';
import {leastCost, passphraseSlot} from '../../source/vault/keys/passphrase.js';
import type {Content, Rekeyed, Vault} from '../../source/vault/vault.js';

/** What tests open vaults with: the cheapest derivation that is accepted. */
export const quick = {kdfCost: leastCost} as const;
export const passphrase = new Secret('correct horse battery staple');

/** Gives a vault a new key and a new passphrase. */
export async function changePassphrase(vault: Vault, text: string): Promise<Rekeyed> {
	return vault.rekey(new Map([[ownSlotOf(vault), passphraseSlot(new Secret(text))]]), await vault.slots());
}

/** The slot that a vault was opened by. */
export function ownSlotOf({ownSlot}: Vault): string {
	if (ownSlot === undefined) throw new Error('no slot opened this vault');
	return ownSlot;
}

/** A new folder that is gone after the test. */
export function temporaryFolder(test: Pick<TestContext, 'after'>): string {
	const folder = mkdtempSync(path.join(tmpdir(), 'pharmer-test-'));
	test.after(() => rmSync(folder, {recursive: true, force: true, maxRetries: 5}));
	return folder;
}

/** The names of what is in a folder, without the copies of days. */
export function namesBeside(folder: string): readonly string[] {
	return readdirSync(folder)
		.filter(name => !/\.\d{4}-\d\d-\d\d(-\d)?$/.test(name))
		.sort();
}

/** What a person would type in. */
export function draft(name: string, data: Readonly<Record<string, string>> = {token: 'a'}): CredentialContent {
	return {
		name: parseName(name),
		provider: 'generic',
		data: new Map(Object.entries(data).map(([key, value]) => [key, new Secret(value)])),
		labels: new Map(),
	};
}

/** Content with nothing hidden, to be compared. */
export function plain({credentials, trash}: Content) {
	return {credentials: credentials.map(plainCredential), trash: trash.map(plainCredential)};
}

function plainCredential({data, labels, ...rest}: Credential) {
	return {...rest, data: [...data].map(([key, value]) => [key, value.reveal()]), labels: [...labels]};
}

/** For `assert.throws` and `assert.rejects`: a `PharmerError` of that code, and of that message when one is given. */
export function ofCode(code: ErrorCode, message = /./): (error: unknown) => boolean {
	return error => {
		if (!(error instanceof PharmerError)) throw error;
		if (error.code !== code || !message.test(error.message)) {
			throw new Error(`expected ${code} ${message}, got ${error.code}: ${error.message}`);
		}
		return true;
	};
}

const moment = fc
	.integer({min: 0, max: 4_102_444_800})
	.map(seconds => `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`);
/** Any text: every code unit can come, lone surrogates too, and what an object or a terminal treats in its own way. */
const anyText = fc.oneof(
	fc.string({unit: 'binary'}),
	fc.string({unit: fc.integer({min: 0, max: 0xffff}).map(unit => String.fromCharCode(unit))}),
	fc.constantFrom(
		'',
		'__proto__',
		'constructor',
		' ',
		'\n',
		'\r\n',
		'\ud800',
		'\udc00',
		'\u0000',
		'\u2028',
		'0',
		'null',
	),
);
const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/).map(parseName);
const pairs = fc.uniqueArray(fc.tuple(anyText, anyText), {selector: ([key]) => key, maxLength: 5});

/** A value that a newer program could keep: of any kind but fractions and `null`. */
const anyJson: fc.Arbitrary<Json> = fc.letrec<{json: Json}>(again => ({
	json: fc.oneof(
		{maxDepth: 3},
		anyText,
		fc.boolean(),
		fc.maxSafeInteger().map(number => number || 0),
		fc.array(again('json'), {maxLength: 3}),
		fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), again('json'), {maxKeys: 3, noNullPrototype: true}),
	),
})).json;
const anySection = fc.tuple(fc.integer({min: 1, max: 9}), anyJson).map(([version, value]) => ({version, value}));

/** Any credential a vault can hold. */
export const anyCredential: fc.Arbitrary<Credential> = fc
	.record(
		{
			id: fc.uuid(),
			revision: fc.integer({min: 1, max: Number.MAX_SAFE_INTEGER}),
			name,
			provider: anyText,
			data: pairs.map(list => new Map(list.map(([key, value]) => [key, new Secret(value)] as const))),
			labels: pairs.map(list => new Map(list)),
			created: moment,
			changed: moment,
			note: anyText,
			expires: moment.map(text => text.slice(0, 10)),
			secretSince: moment,
			carried: fc.dictionary(fc.stringMatching(/^new[A-Z]{1,3}$/), anyJson, {
				minKeys: 1,
				maxKeys: 2,
				noNullPrototype: true,
			}),
		},
		{requiredKeys: ['id', 'revision', 'name', 'provider', 'data', 'labels', 'created', 'changed']},
	)
	.map(each => each as Credential);

/** Any content a vault can hold. */
export const anyContent: fc.Arbitrary<Content> = fc
	.tuple(
		fc.uniqueArray(anyCredential, {selector: each => each.name.toLowerCase(), maxLength: 5}),
		fc.array(fc.tuple(anyCredential, moment), {maxLength: 3}),
		fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), anySection, {maxKeys: 3, noNullPrototype: true}),
	)
	.map(([credentials, trash, sections]) => ({
		sections,
		credentials,
		trash: trash.map(([each, deleted]) => ({...each, deleted})),
	}))
	.filter(({credentials, trash}) => {
		const ids = [...credentials, ...trash].map(each => each.id);
		return new Set(ids).size === ids.length;
	});
