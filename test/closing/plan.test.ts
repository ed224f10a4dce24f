import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type FileInQuestion, stepFor, type Ways} from '../../source/closing/plan.js';
import {secretSearch} from '../../source/closing/secret-search.js';
import {type Step, stepLines} from '../../source/closing/step.js';
import type {FoundCredential} from '../../source/credentials/found.js';
import type {Credential} from '../../source/domain/credential.js';
import {parseProvider} from '../../source/providers/catalog.js';
import {fields} from '../helpers/command-line.js';
import {keyId, secretKey, storedCredential} from '../helpers/credentials.js';

const path = '/home/me/.file';
const token = 'h'.repeat(64);
const hetzner = storedCredential('hz', {provider: 'hetzner', data: fields({token})});
const aws = storedCredential('prod');
const ways: Ways = {
	closesEnv: true,
	hasModes: true,
	process: ({name}) => `/opt/pharmer aws credential-process ${name}`,
	search: secretSearch([hetzner, aws]),
};

function found(credential: Credential, kind: string, more: Partial<FoundCredential> = {}): FoundCredential {
	const {provider, data} = credential;
	return {provider: parseProvider(provider), data, kind, label: 'work', path, ...more};
}

/** The step of a file with that text and those finds, all of which the vault has. */
function step(
	text: string,
	kind: string,
	credential: Credential,
	more: Partial<FileInQuestion> = {},
	mode = 0o644,
): Step {
	const bytes = Buffer.from(text);
	const file = {path, target: path, bytes, mode, uid: 0, dev: 1, ino: 2, links: 1};
	const aws = kind === 'aws' ? ({kind: 'credentials', other: ''} as const) : undefined;
	const finds = [{found: found(credential, kind), known: credential}];
	return stepFor({path, finds, file, isInWorkTree: false, ...(aws && {aws}), ...more}, 'a tool', ways);
}

const awsText = `[work]\naws_access_key_id = ${keyId}\naws_secret_access_key = ${secretKey}\n`;
const envText = `HCLOUD_TOKEN=${token}\n`;

test('others are kept out of a file, whose bytes stay', () => {
	for (const [mode, after] of [
		[0o644, 0o600],
		[0o640, 0o600],
		[0o440, 0o400],
		[0o777, 0o700],
		[0o755, 0o700],
	] as const) {
		const closing = step('token: x', 'hcloud', hetzner, {}, mode);
		assert.ok(closing.closing === 'mode');
		assert.deepEqual([closing.mode, closing.bytes.toString()], [after, 'token: x']);
	}
	assert.match(text(step('', 'hcloud', hetzner)), /step {2}`chmod 0600` keeps other users out; it stays in clear/);
	assert.match(text(step('', 'hcloud', hetzner, {}, 0o755)), /step {2}`chmod 0700` keeps other users out/);
});

test('a file of mode 0600 of which nothing else is known still lies in clear, and what works without it is said', () => {
	const left = step('token: x', 'hcloud', hetzner, {}, 0o600);
	assert.match(
		text(left),
		/left {2}still holds its keys in clear: .*`pharmer exec hz -- COMMAND` works without the file/,
	);
});

test('AWS profiles take their keys from the vault, and the mode stays', () => {
	const closing = step(awsText, 'aws', aws);
	assert.ok(closing.closing === 'process');
	assert.equal(closing.bytes.toString(), '[work]\ncredential_process = /opt/pharmer aws credential-process prod\n');
	assert.equal(closing.mode, 0o644);
	assert.deepEqual(
		closing.trials.map(({profile}) => profile),
		['work'],
	);
	assert.match(text(closing), /read by {2}a tool/);
	assert.match(text(closing), /holds {2}prod/);
	assert.match(text(closing), /then {2}AWS tools ask pharmer .* fail while the vault is locked/);
});

test('a byte order mark stays where it is', () => {
	const closing = step(`\uFEFF${awsText}`, 'aws', aws);
	assert.ok(closing.closing === 'process');
	assert.deepEqual([...closing.bytes.subarray(0, 4)], [0xef, 0xbb, 0xbf, 0x5b]);
	const referring = step(`\uFEFF${envText}`, 'dotenv', hetzner);
	assert.ok(referring.closing === 'references');
	assert.deepEqual([...referring.bytes.subarray(0, 4)], [0xef, 0xbb, 0xbf, 0x48]);
});

test('values of a .env become references only when that is asked for', () => {
	const closing = step(envText, 'dotenv', hetzner);
	assert.ok(closing.closing === 'references');
	assert.equal(closing.bytes.toString(), 'HCLOUD_TOKEN=pharmer://hz/token\n');
	assert.match(
		text(closing),
		/see the reference and not the value: .*`pharmer run --env-file \/home\/me\/\.file -- COMMAND`/,
	);
	const {file, finds} = questionOf(envText);
	const without = stepFor({path, finds, file, isInWorkTree: false}, '', {...ways, closesEnv: false});
	assert.equal(without.closing, 'mode');
	assert.match(text(without), /note {2}with `--close-env` its values become references/);
});

test('a command to be pasted has the path as one word of the shell', () => {
	const {file, finds} = questionOf(envText);
	const question = {path: '/home/me/a;touch x;$(id)/.env', finds, file, isInWorkTree: false};
	assert.match(
		text(stepFor(question, '', ways)),
		/`pharmer run --env-file '\/home\/me\/a;touch x;\$\(id\)\/\.env' -- COMMAND`/,
	);
});

test('what would still lead to the keys, or holds them elsewhere, is said', () => {
	const {file, finds} = questionOf(envText);
	const linked = stepFor({path, finds, file: {...file, links: 2}, isInWorkTree: false}, '', ways);
	assert.equal(linked.closing, 'mode');
	assert.match(text(linked), /note {2}it has 2 names, which all lead to the keys/);
	const commented = step(`${envText}# was ${token}\n`, 'dotenv', hetzner);
	assert.equal(commented.closing, 'references');
	assert.match(text(commented), /note {2}it still holds a secret of these elsewhere, such as in a comment/);
	assert.match(text(commented), /such as in a comment: `chmod 0600` keeps other users out/);
	assert.equal(commented.mode, 0o600);
});

test('a file is left, named, where closing it is not for us', () => {
	const lacks = {found: found(aws, 'aws', {label: 'other'}), known: undefined};
	const {file, finds} = questionOf(envText);
	for (const [more, reason] of [
		[{isInWorkTree: true}, /lies in a git work tree/],
		[{file: {reason: 'belongs to somebody else'}}, /belongs to somebody else/],
		[{finds: [...finds, lacks]}, /holds keys that the vault lacks: `other`; `pharmer import` keeps them/],
		[{finds: [{...lacks, found: {...lacks.found, label: ''}}]}, /lacks: `aws`/],
		[{finds: [{...lacks, found: {...lacks.found, offered: true as const}}]}, /holds nothing that the vault has/],
	] as const) {
		const left = stepFor({path, finds, file, isInWorkTree: false, ...more}, 'a tool', ways);
		assert.equal(left.closing, undefined);
		assert.match(text(left), reason);
	}
});

test('keys of AWS that stop working by themselves need not be in the vault, and stay', () => {
	const temporary = storedCredential('temp', {
		data: fields({accessKeyID: 'ASIA', secretAccessKey: 'x', sessionToken: 'y'}),
	});
	const more = '[temp]\naws_access_key_id = ASIA\naws_secret_access_key = x\naws_session_token = y\n';
	const finds = [
		{found: found(aws, 'aws'), known: aws},
		{found: found(temporary, 'aws', {label: 'temp'}), known: undefined},
	];
	const closing = step(awsText + more, 'aws', aws, {finds});
	assert.ok(closing.closing === 'process');
	assert.ok(closing.bytes.toString().endsWith(more));
	const known = step(awsText + more, 'aws', aws, {
		finds: finds.map(each => ({...each, known: each.known ?? temporary})),
	});
	assert.match(text(known), /note {2}`temp` has temporary keys, which stop working by themselves/);
});

test('keys whose command line can not be written, and text that is none, stay', () => {
	const {file} = questionOf(awsText);
	const finds = [{found: found(aws, 'aws'), known: aws}];
	const question = {path, finds, file, isInWorkTree: false, aws: {kind: 'credentials', other: ''}} as const;
	const odd = stepFor(question, '', {...ways, process: () => ({reason: 'keeps its keys: odd'})});
	assert.equal(odd.closing, 'mode');
	assert.match(text(odd), /note {2}`work` keeps its keys: odd/);
	const bytes = Buffer.concat([Buffer.from(awsText), Buffer.from([0xff])]);
	assert.match(text(stepFor({...question, file: {...file, bytes}}, '', ways)), /note {2}it is not UTF-8 text/);
});

test('where files have no permission bits, what can not be rewritten is left', () => {
	const {file, finds} = questionOf(envText);
	const left = stepFor({path, finds, file, isInWorkTree: false}, '', {...ways, closesEnv: false, hasModes: false});
	assert.match(text(left), /left {2}still holds its keys in clear: it lies there in clear/);
});

test('nothing that is shown of a step holds a secret', () => {
	for (const each of [
		step(awsText, 'aws', aws),
		step(envText, 'dotenv', hetzner),
		step(`x${token}`, 'hcloud', hetzner),
	]) {
		assert.doesNotMatch(text(each), new RegExp(`${token}|${secretKey}`));
	}
});

function questionOf(content: string) {
	const file = {path, target: path, bytes: Buffer.from(content), mode: 0o644, uid: 0, dev: 1, ino: 2, links: 1};
	return {file, finds: [{found: found(hetzner, 'dotenv'), known: hetzner}]};
}

function text(each: Step): string {
	return stepLines(each)
		.map(([word, line]) => `${word}  ${line}`)
		.join('\n');
}
