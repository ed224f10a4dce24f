import assert from 'node:assert/strict';
import {test} from 'node:test';
import {PharmerError} from '../../source/domain/errors.js';
import type {Exposure} from '../../source/domain/exposure.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import type {VaultPlace} from '../../source/vault/vault.js';
import {runCommandLine, type World} from '../helpers/command-line.js';
import {storedCredential} from '../helpers/credentials.js';

const base: World = {credentials: [storedCredential('aws')], passphrase: 'right'};
const none = {PHARMER_PASSPHRASE: undefined};

async function get(line: string, world: World) {
	return runCommandLine(['get', 'cred', '-o', 'name', ...line.split(' ').filter(Boolean)], {...base, ...world});
}

test('the flag takes precedence over the file, the file over the variable, the variable over asking', async () => {
	const files = {secret: 'right\n', wrong: 'wrong'};
	const all = {PHARMER_PASSPHRASE_FILE: 'secret', PHARMER_PASSPHRASE: 'right'};
	for (const [line, world] of [
		[
			'--passphrase-fd 3',
			{descriptors: {3: 'right'}, environment: {PHARMER_PASSPHRASE_FILE: 'wrong', PHARMER_PASSPHRASE: 'wrong'}},
		],
		['', {environment: {...all, PHARMER_PASSPHRASE: 'wrong'}}],
		['', {environment: {PHARMER_PASSPHRASE: 'right'}, answers: ['wrong']}],
		['', {environment: {PHARMER_PASSPHRASE_FILE: '', PHARMER_PASSPHRASE: 'right'}}],
		['', {environment: none, answers: ['right']}],
		['', {environment: {PHARMER_PASSPHRASE: ''}, answers: ['right']}],
	] as const) {
		const {code, stdout, stderr} = await get(line, {files, ...world});
		assert.deepEqual([code, stdout], [0, 'aws\n'], `${JSON.stringify(world)} ${stderr}`);
	}
});

test('a single line end at the end of a file is not part of the passphrase', async () => {
	for (const [text, code] of [
		['right', 0],
		['right\n', 0],
		['right\r\n', 0],
		['right\n\n', 6],
		[' right', 6],
		['\nright', 6],
	] as const) {
		assert.equal((await get('--passphrase-fd 3', {descriptors: {3: text}})).code, code, JSON.stringify(text));
	}
});

test('the variable can hold a passphrase with a line end', async () => {
	assert.equal((await get('', {passphrase: 'a\n', environment: {PHARMER_PASSPHRASE: 'a\n'}})).code, 0);
});

test('refuses an empty passphrase, a missing file and a closed descriptor', async () => {
	const empty = await get('--passphrase-fd 3', {descriptors: {3: '\n'}});
	assert.equal(empty.code, 2);
	assert.match(empty.stderr, /`--passphrase-fd` is empty/);
	const missing = await get('', {environment: {PHARMER_PASSPHRASE_FILE: 'nowhere'}});
	assert.equal(missing.code, 9);
	assert.equal((await get('--passphrase-fd 9', {})).code, 2);
});

test('warns about a passphrase file that others can read, and uses it', async () => {
	const {code, stderr} = await get('', {
		files: {secret: 'right'},
		exposed: ['secret'],
		environment: {PHARMER_PASSPHRASE_FILE: 'secret'},
	});
	assert.equal(code, 0);
	assert.match(stderr, /^warning: others can read `secret`: chmod 600/);
});

test('without a source or a terminal, names the sources', async () => {
	const {code, stdout, stderr} = await get('', {environment: none});
	assert.deepEqual([code, stdout], [2, '']);
	assert.equal(
		stderr,
		'pharmer: the passphrase is needed and there is no terminal to ask for it\nrun `pharmer unlock` in a terminal, or set PHARMER_PASSPHRASE or PHARMER_PASSPHRASE_FILE, or give --passphrase-fd N\n',
	);
});

test('asks again for a wrong passphrase, three times in all, but only if it was typed', async () => {
	const right = await get('', {environment: none, answers: ['wrong', 'bad', 'right']});
	assert.deepEqual([right.code, right.stdout, right.asked.length], [0, 'aws\n', 3]);
	assert.match(right.stderr, /Try again/);
	const wrong = await get('', {environment: none, answers: ['wrong', 'bad', 'no', 'right']});
	assert.deepEqual([wrong.code, wrong.stdout, wrong.asked.length], [6, '', 3]);
	const given = await get('', {environment: {PHARMER_PASSPHRASE: 'wrong'}, answers: ['right']});
	assert.deepEqual([given.code, given.asked], [6, []]);
	assert.equal((await get('', {environment: none, answers: []})).code, 3, 'cancelled');
});

test('every command but create says that there is no vault, and how to start', async () => {
	for (const line of [
		'get cred',
		'get cred x',
		'edit cred x --note n',
		'edit cred x --editor',
		'delete cred x -y',
		'restore cred x',
		'passphrase',
	]) {
		const {code, stderr, asked} = await runCommandLine(line.split(' '), {answers: ['a', 'b']});
		assert.deepEqual([code, asked], [13, []], line);
		assert.match(
			stderr,
			/^pharmer: there is no vault at `memory` yet\n`pharmer` makes one, and so does `pharmer create/,
			line,
		);
	}
});

test('--vault selects the vault, else PHARMER_VAULT, else the default one', async () => {
	const environment = {PHARMER_VAULT: 'theirs', PHARMER_PASSPHRASE: 'right'};
	assert.deepEqual((await get('--vault mine', {environment})).places, ['mine']);
	assert.deepEqual((await get('', {environment})).places, ['theirs']);
	assert.deepEqual((await get('', {environment: {...environment, PHARMER_VAULT: ''}})).places, [undefined]);
});

/** A vault that is older than the one seen last. */
function rolledBack(): VaultPlace {
	const place = memoryVaultPlace({credentials: [storedCredential('aws')], trash: []}, 'right');
	const refuse = () => {
		throw new PharmerError('rolled-back', 'this vault is older than the one seen last');
	};
	return {
		...place,
		inspect: options => (options?.acceptRollback ? place.inspect() : refuse()),
		unlock: (passphrase, options) => (options?.acceptRollback ? place.unlock(passphrase) : refuse()),
	};
}

test('refuses an older vault before asking for the passphrase, and accepts it with --accept-rollback', async () => {
	const refused = await get('', {place: rolledBack(), environment: none, answers: ['right']});
	assert.deepEqual([refused.code, refused.asked], [8, []]);
	const taken = await get('--accept-rollback', {place: rolledBack(), environment: none, answers: ['right']});
	assert.deepEqual([taken.code, taken.stdout], [0, 'aws\n']);
});

test('asks again only for a wrong passphrase', async () => {
	const place: VaultPlace = {
		...memoryVaultPlace({credentials: [], trash: []}),
		unlock: async () => {
			throw new PharmerError('damaged', 'the vault is damaged or was tampered with');
		},
	};
	const {code, asked} = await get('', {place, environment: none, answers: ['right', 'right', 'right']});
	assert.deepEqual([code, asked.length], [8, 1]);
});

test('reports a damaged vault before asking for the passphrase', async () => {
	const place: VaultPlace = {
		...memoryVaultPlace({credentials: [], trash: []}),
		inspect: () => {
			throw new PharmerError('damaged', 'the vault is damaged or was tampered with');
		},
	};
	const {code, asked} = await get('--accept-rollback', {place, environment: none, answers: ['right']});
	assert.deepEqual([code, asked], [8, []]);
});

test('two processes that create the vault at the same time end up with one', async () => {
	const place = memoryVaultPlace({credentials: [], trash: []}, 'right');
	let looks = 0;
	const late: VaultPlace = {...place, exists: () => looks++ > 1};
	const {code} = await runCommandLine(['create', 'cred', 'x', '-f', 'f', '-p', 'generic'], {
		place: late,
		passphrase: 'right',
		environment: {PHARMER_PASSPHRASE: 'right'},
		files: {f: '{"a": "b"}'},
	});
	assert.equal(code, 0);
	assert.equal(
		(
			await (
				await place.unlock((await import('../helpers/command-line.js')).fields({p: 'right'}).get('p') ?? assert.fail())
			).read()
		).credentials.length,
		1,
	);
});

test('asks for a new passphrase twice, and refuses an empty one', async () => {
	const argv = ['create', 'cred', 'x', '-f', 'f', '-p', 'generic'];
	const world = {environment: none, files: {f: '{"a": "b"}'}};
	const slow = await runCommandLine(argv, {
		...world,
		answers: ['password one', 'password two', '', 'four random words here', 'four random words here'],
	});
	assert.equal(slow.code, 0, slow.stderr);
	assert.match(slow.stderr, /not the same.*\n.*is empty/);
	assert.equal((await slow.content())?.credentials.length, 1);
	const never = await runCommandLine(argv, {...world, answers: ['password a', 'b', '', 'password c', 'd', 'e', 'e']});
	assert.equal(never.code, 2);
	assert.equal(await never.content(), undefined);
});

const weakAsked =
	/easy to guess; .*\nIt has fewer than 8 characters: with 1,000 cores it is guessed in less than a second\.\n/;

test('a weak new passphrase is taken only after a question, and another one is asked for after a no', async () => {
	const argv = ['create', 'cred', 'x', '-f', 'f', '-p', 'generic'];
	const world = {environment: none, files: {f: '{"a": "b"}'}};
	const taken = await runCommandLine(argv, {...world, answers: ['horse', 'y', 'horse']});
	assert.equal(taken.code, 0, taken.stderr);
	assert.match(taken.stderr, weakAsked);
	assert.deepEqual(taken.asked, ['New passphrase: ', 'Use it all the same? [y/N] ', 'The same again: ']);
	for (const no of ['', 'n', 'horse']) {
		const long = 'four random words here';
		const other = await runCommandLine(argv, {...world, answers: ['horse', no, long, long]});
		assert.equal(other.code, 0, other.stderr);
		assert.equal(other.asked.length, 4);
	}
	const never = await runCommandLine(argv, {...world, answers: ['horse', 'n', 'Princess1', 'n', 'horse', 'n']});
	assert.deepEqual([never.code, await never.content()], [2, undefined]);
	assert.match(never.stderr, /\nIt is one of the 1,000 commonest passwords: /);
});

test('a weak passphrase that is given for a new vault is taken with a warning, one for a vault without', async () => {
	const argv = ['create', 'cred', 'x', '-f', 'f', '-p', 'generic'];
	const world = {environment: {PHARMER_PASSPHRASE: 'horse'}, files: {f: '{"a": "b"}'}};
	const made = await runCommandLine(argv, world);
	assert.equal(made.code, 0, made.stderr);
	assert.match(made.stderr, /^warning: the new passphrase has fewer than 8 characters: with 1,000 cores .*\n/);
	assert.equal((await made.content())?.credentials.length, 1);
	const place = memoryVaultPlace({credentials: [], trash: []}, 'horse');
	assert.doesNotMatch((await runCommandLine(argv, {...world, place})).stderr, /warning/);
	const app = {kind: 'quit'} as const;
	const screen = await runCommandLine([], {...world, app});
	assert.match(screen.stderr, /^warning: the new passphrase has fewer/, 'the app makes the vault with it');
	assert.equal((await runCommandLine([], {...world, place, app})).stderr, '');
});

const closable = {path: '/home/me/d', what: 'directory', others: 'write in', remedy: 'chmod go-w'} as const;
const foreign = {path: '/srv/d', what: 'directory', others: 'write in'} as const;

/** A vault that others can access, and what was done about it. */
function exposed(...exposures: readonly Exposure[]) {
	const ended: Exposure[] = [];
	const place: VaultPlace = {
		...memoryVaultPlace({credentials: [storedCredential('aws')], trash: []}, 'right'),
		exposures: () => exposures,
		protect: exposure => {
			ended.push(exposure);
		},
	};
	return {place, ended};
}

test('warns about a vault that others can access, one line each, and opens it', async () => {
	const {place, ended} = exposed(closable, foreign);
	const {code, stdout, stderr} = await get('', {place, environment: {PHARMER_PASSPHRASE: 'right'}, answers: ['y']});
	assert.deepEqual([code, stdout, ended], [0, 'aws\n', []]);
	assert.equal(
		stderr,
		'warning: others can write in `/home/me/d`: `chmod go-w` closes it\nwarning: others can write in `/srv/d`: move the vault to a directory of yours\n',
	);
});

test('before asking for the passphrase, offers to keep others out, and needs a yes', async () => {
	for (const [answer, isYes] of [
		['y', true],
		['yes', true],
		['', false],
		['n', false],
		['Y ', false],
		['right', false],
	] as const) {
		const {place, ended} = exposed(closable, foreign);
		const {code, stderr, asked} = await get('', {place, environment: none, answers: [answer, 'right']});
		assert.equal(code, 0, stderr);
		assert.deepEqual(asked, ['Others can write in `/home/me/d`. Close it with `chmod go-w`? [y/N] ', 'Passphrase: ']);
		assert.deepEqual(ended, isYes ? [closable] : []);
		assert.match(stderr, isYes ? /^Closed: others can't write in/ : /^warning: others can write in `\/home\/me\/d`/);
		assert.match(stderr, /\nwarning: others can write in `\/srv\/d`/);
	}
});

test('warns but does not ask a person who did not start this program', async () => {
	const {place, ended} = exposed(closable);
	const {stderr, asked} = await runCommandLine(['aws', 'credential-process', 'aws'], {
		place,
		environment: none,
		answers: ['right'],
	});
	assert.deepEqual([asked.length, ended], [1, []]);
	assert.match(stderr, /^warning: others can write in/);
});

test('warns about a new vault in a directory that others can write to', async () => {
	const place: VaultPlace = {...memoryVaultPlace(), exposures: () => [closable]};
	const world = {place, environment: {PHARMER_PASSPHRASE: 'right'}, files: {f: '{"a": "b"}'}};
	const {code, stderr} = await runCommandLine(['create', 'cred', 'x', '-f', 'f', '-p', 'generic'], world);
	assert.equal(code, 0, stderr);
	assert.match(stderr, /A new vault is made at `memory`.\nwarning: others can write in/);
});
