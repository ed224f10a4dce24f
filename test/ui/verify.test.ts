import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {setImmediate} from 'node:timers/promises';
import {pressOf} from '../../source/app/input/keys.js';
import {dataDigest} from '../../source/credentials/data-digest.js';
import type {Credential} from '../../source/domain/credential.js';
import {PharmerError} from '../../source/domain/errors.js';
import {Secret} from '../../source/domain/secret.js';
import type {Probe} from '../../source/providers/probe.js';
import {probes} from '../../source/providers/probes.js';
import type {VaultPlace} from '../../source/vault/vault.js';
import {verdictsOf, withVerdicts} from '../../source/vault/verdicts.js';
import {awsContent, storedCredential} from '../helpers/credentials.js';
import {fakeReach, type Says} from '../helpers/fake-reach.js';
import {contentOf, openApp, passphrase} from '../helpers/opened.js';
import {openingTime, openTerminal, type TerminalOptions, type TestTerminal} from '../helpers/terminal.js';

/** A credential whose key id ends with its name in upper case. */
const named = (name: string, extra: Partial<Credential> = {}): Credential =>
	storedCredential(name, {
		data: awsContent(name, {accessKeyID: `AKIA${name.toUpperCase().padStart(16, 'Q')}`}).data,
		created: '2026-11-20T00:00:00Z',
		changed: '2026-11-20T00:00:00Z',
		...extra,
	});

const names = ['alpha', 'bravo', 'delta'] as const;
const sayings: Says = keyId => (keyId.endsWith('BRAVO') ? 'invalid' : 'valid');

async function app(context: TestContext, says: Says = sayings, options: Partial<TerminalOptions> = {}) {
	const cloud = fakeReach(openingTime, says);
	const opened = await openApp(
		context,
		names.map(name => named(name)),
		{reach: cloud.reach, ...options},
	);
	return {...opened, cloud};
}

/** Lets what runs beside everything else go on until it has come that far. */
async function until(terminal: TestTerminal, isThere: () => boolean): Promise<void> {
	for (let turn = 0; turn < 500 && !isThere(); turn++) await terminal.settle();
	await terminal.settle();
	assert.ok(isThere(), terminal.screen());
}

const ended = (terminal: TestTerminal) => until(terminal, () => terminal.store.getState().asking === undefined);

const kept = async (place: VaultPlace) =>
	verdictsOf(await contentOf(place))?.verdicts.map(({id, is}) => [id.replace('id-of-', ''), is]);

/** How often the vault is written from now on. */
async function writes(place: VaultPlace): Promise<() => number> {
	let count = 0;
	const watching = await place.unlock(new Secret(passphrase));
	await watching.watch(() => count++);
	return () => count;
}

test('V asks the provider of the credential under the cursor: badge, detail and message say whose it is', async context => {
	const {terminal, place, cloud} = await app(context, sayings, {columns: 120});
	await terminal.press('V');
	await ended(terminal);
	assert.match(terminal.screen(), /alpha is valid: account 123456789012, user user\/akiaq+alpha/);
	assert.match(terminal.screen(), /❯ alpha +aws +\S+ +\S+ +valid/);
	assert.match(terminal.screen(), /verdict +valid · AWS knows it/);
	assert.match(terminal.screen(), /account +123456789012/);
	assert.match(terminal.screen(), /asked +sts\.amazonaws\.com, [\s\S]*iam\.amazonaws\.com · just now/);
	assert.equal(cloud.asked().length, 1);
	assert.deepEqual(await kept(place), [['alpha', 'valid']]);
});

test('the marked ones are asked about in one run and kept in one write, without a trace in their history', async context => {
	const {terminal, place, cloud} = await app(context);
	const before = (await contentOf(place)).credentials;
	const count = await writes(place);
	await terminal.press('a', 'V');
	await ended(terminal);
	assert.match(terminal.screen(), /3 credentials asked about: 2 valid and 1 invalid; \/ is:invalid finds it/);
	assert.deepEqual(await kept(place), [
		['alpha', 'valid'],
		['bravo', 'invalid'],
		['delta', 'valid'],
	]);
	assert.deepEqual([count(), cloud.runs(), cloud.closed()], [1, 1, 1]);
	assert.deepEqual((await contentOf(place)).credentials, before, 'no revision, no `changed`');
	await terminal.press('z');
	assert.match(terminal.screen(), /Nothing/i, 'nothing is undone');
	await terminal.press('esc', '/');
	for (const letter of 'is:invalid') await terminal.press(letter);
	assert.match(terminal.screen(), /1 of 3/);
	await terminal.press('enter', 'esc', 'H');
	assert.match(terminal.screen(), /bravo +refused +is invalid, as its provider said just now/);
	assert.match(terminal.screen(), /ask again with V/);
});

test('keys are answered while nobody answers, and esc stops; what was said until then is kept', async context => {
	const {terminal, place, cloud} = await app(context, keyId => (keyId.endsWith('DELTA') ? 'silent' : sayings(keyId)));
	const count = await writes(place);
	await terminal.press('a', 'V');
	await until(terminal, () => /Asking providers: 2 of 3/.test(terminal.screen()));
	assert.match(terminal.lines().at(-1) ?? '', /esc stop asking/);
	assert.match(terminal.screen(), /bravo .*invalid/);
	await terminal.press('j', 'y');
	assert.equal(terminal.store.getState().selected, 'id-of-bravo');
	assert.match(terminal.screen(), /Copied Secret access key of bravo/);
	assert.equal(count(), 0);
	await terminal.press('k', 'esc');
	assert.match(terminal.screen(), /Stopped: 2 of 3 asked about/);
	await until(terminal, () => count() > 0);
	assert.deepEqual(await kept(place), [
		['alpha', 'valid'],
		['bravo', 'invalid'],
	]);
	assert.deepEqual([count(), terminal.store.getState().marks.size, cloud.closed()], [1, 3, 1]);
	await terminal.press('esc');
	assert.equal(terminal.store.getState().marks.size, 0, 'esc means again what it meant');
});

test('a lock ends it, holds nothing of it, and keeps what was said until then', async context => {
	const {terminal, place, cloud} = await app(context, keyId => (keyId.endsWith('DELTA') ? 'silent' : sayings(keyId)));
	await terminal.press('a', 'V');
	await until(terminal, () => /2 of 3/.test(terminal.screen()));
	await terminal.press('ctrl+x');
	const {verdicts, asking} = terminal.store.getState();
	assert.deepEqual([verdicts.kept.size, verdicts.passing.size, asking], [0, 0, undefined]);
	await until(terminal, () => cloud.closed() === 1);
	assert.deepEqual((await kept(place))?.length, 2);
	assert.doesNotMatch(JSON.stringify(terminal.store.getState()), /123456789012/);
	await terminal.play(passphrase, 'enter');
	assert.match(terminal.screen(), /bravo .*invalid/);
});

test('a lock at any moment of it is no failure', async context => {
	for (let turns = 0; turns < 12; turns++) {
		const {terminal} = await app(context);
		terminal.store.dispatch({type: 'key', press: pressOf('V')});
		for (let turn = 0; turn < turns; turn++) await setImmediate();
		await terminal.press('ctrl+x');
		for (let turn = 0; turn < 20; turn++) await setImmediate();
		await terminal.settle();
		const {screen, message} = terminal.store.getState();
		assert.deepEqual([screen.kind, message?.kind === 'error', terminal.outcome()], ['unlock', false, undefined]);
		terminal.close();
	}
});

test('leaving ends it and keeps what was said until then', async context => {
	const {terminal, place} = await app(context, keyId => (keyId.endsWith('DELTA') ? 'silent' : sayings(keyId)));
	await terminal.press('a', 'V');
	await until(terminal, () => /2 of 3/.test(terminal.screen()));
	await terminal.press('q');
	await until(terminal, () => terminal.outcome() !== undefined);
	assert.equal((await kept(place))?.length, 2);
});

test('what is no word of a provider is shown in this session and never kept', async context => {
	const {terminal, place} = await app(context, () => 'unreachable', {columns: 120});
	const count = await writes(place);
	await terminal.press('V');
	await ended(terminal);
	assert.match(terminal.screen(), /alpha is unreachable: sts\.amazonaws\.com can't be reached/);
	assert.match(terminal.screen(), /❯ alpha .*duplicate .*\n[\s\S]*verdict +unreachable/);
	assert.deepEqual([await kept(place), count()], [[], 0]);
	await terminal.press('ctrl+x');
	await terminal.play(passphrase, 'enter');
	assert.doesNotMatch(terminal.screen(), /unreachable/);
});

test('a provider that can not be reached takes nothing from what it has decided', async context => {
	let is: ReturnType<Says> = 'invalid';
	const {terminal} = await app(context, () => is);
	await terminal.press('V');
	await ended(terminal);
	is = 'unreachable';
	await terminal.press('V');
	await ended(terminal);
	assert.match(terminal.screen(), /❯ alpha .*invalid \+1, unreachable/);
	await terminal.press('H');
	assert.match(terminal.screen(), /alpha +refused +is invalid/);
});

test('a verdict is not shown once the data are other ones', async context => {
	const {terminal} = await app(context);
	await terminal.press('V');
	await ended(terminal);
	assert.match(terminal.screen(), /❯ alpha .*valid/);
	await terminal.play('e', 'tab', 'x', 'ctrl+s');
	assert.doesNotMatch(terminal.screen(), /\bvalid\b/);
});

test('one that is being asked about is not asked about twice, and others join', async context => {
	let answer: 'silent' | 'valid' = 'silent';
	const {terminal, cloud} = await app(context, () => answer);
	await terminal.press('V');
	await until(terminal, () => cloud.asked().length === 1);
	await terminal.press('V');
	assert.match(terminal.screen(), /It is being asked about already/);
	answer = 'valid';
	await terminal.press('j', 'V');
	assert.match(terminal.screen(), /Asking providers: 0 of 2/);
	await terminal.press('esc');
	assert.equal(cloud.asked().length, 1);
});

test('offline and in the demo nobody is asked, which is said', async context => {
	const {terminal, cloud} = await app(context, sayings, {environment: {PHARMER_OFFLINE: '1'}});
	await terminal.press('V');
	assert.match(terminal.screen(), /PHARMER_OFFLINE is set: nobody is asked/);
	assert.deepEqual([cloud.runs(), terminal.store.getState().asking], [0, undefined]);
});

test('V in Health asks about the credential of the row', async context => {
	let is: ReturnType<Says> = 'invalid';
	const {terminal, place} = await app(context, () => is);
	await terminal.press('V');
	await ended(terminal);
	await terminal.press('H');
	assert.match(terminal.screen(), /alpha +refused/);
	is = 'valid';
	await terminal.press('V');
	await ended(terminal);
	assert.doesNotMatch(terminal.screen(), /refused/);
	assert.deepEqual(await kept(place), [['alpha', 'valid']]);
});

test('what another program has kept meanwhile is shown', async context => {
	const {terminal, place} = await app(context);
	const [alpha] = (await contentOf(place)).credentials;
	assert.ok(alpha);
	const verdict = {
		id: alpha.id,
		digest: dataDigest(alpha),
		is: 'disabled',
		why: 'it is switched off',
		who: {},
		host: 'sts.amazonaws.com',
		at: '2026-10-01T00:00:00Z',
	} as const;
	const other = await place.unlock(new Secret(passphrase));
	await other.change(content => ({
		content: withVerdicts(content, {verdicts: [verdict], consents: []}),
		result: undefined,
	}));
	await until(terminal, () => /disabled\?/.test(terminal.screen()));
	assert.match(terminal.screen(), /❯ alpha .*disabled\?/, 'it is of more than 30 days ago');
});

test('a vault that can not be written keeps nothing, and says so', async context => {
	const {place} = await app(context);
	const full: VaultPlace = {
		...place,
		async unlock(...how) {
			const change = async () => {
				throw new PharmerError('file', 'the disk is full');
			};
			return {...(await place.unlock(...how)), change};
		},
	};
	const terminal = await openTerminal({place: full, reach: fakeReach(openingTime, sayings).reach});
	context.after(() => terminal.close());
	await terminal.play(passphrase, 'enter', 'V');
	await ended(terminal);
	assert.match(terminal.screen(), /What was answered is not kept: the disk is full/);
	assert.match(terminal.screen(), /❯ alpha .*valid/, 'it is shown all the same');
});

/** A provider whose credentials name an address themselves, for as long as a test takes. */
function ownAddress(context: TestContext): void {
	const known = probes as Map<string, Probe>;
	known.set('generic', {
		sends: () => 'the password',
		address: value => ({from: 'url', url: value('url')}),
		verify: async (value, {ask}) => {
			const {status} = await ask({method: 'GET', url: value('url')});
			return {is: status === 200 ? 'valid' : 'unknown', why: 'it answers', who: {}};
		},
	});
	context.after(() => known.delete('generic'));
}

const at = (name: string, url: string): Credential =>
	named(name, {provider: 'generic', data: new Map([['url', new Secret(url)]])});

test('an address that a credential names is asked only after a y, once for a host, which is remembered', async context => {
	ownAddress(context);
	const cloud = fakeReach(openingTime, () => 'valid');
	const all = [
		at('alpha', 'https://one.example/a'),
		at('bravo', 'https://one.example/b'),
		at('delta', 'https://two.example'),
	];
	const {terminal, place} = await openApp(context, all, {reach: cloud.reach});
	await terminal.press('a', 'V');
	await until(terminal, () => terminal.store.getState().screen.kind === 'verify');
	assert.match(
		terminal.screen(),
		/Ask one\.example\?[\s\S]*2 credentials name[\s\S]*in url:[\s\S]*one\.example[\s\S]*the password[\s\S]*alpha[\s\S]*bravo/,
	);
	assert.equal(cloud.asked().length, 0, 'nothing is sent before');
	await terminal.press('y');
	assert.match(terminal.screen(), /Ask one\.example\?[\s\S]*Nothing is sent yet: read where it goes, and press y\./);
	await terminal.pass(500);
	await terminal.press('y');
	await until(terminal, () => /Ask two\.example\?/.test(terminal.screen()));
	await terminal.press('n');
	await ended(terminal);
	assert.deepEqual([cloud.asked().length, cloud.runs()], [2, 1]);
	const section = verdictsOf(await contentOf(place));
	assert.deepEqual(section?.verdicts, [], 'it is no word of a provider');
	assert.deepEqual(
		section?.consents.map(({id, origin}) => [id, origin]),
		[
			['id-of-alpha', 'https://one.example'],
			['id-of-bravo', 'https://one.example'],
		],
	);
	assert.match(terminal.screen(), /alpha .*valid/);
	await terminal.press('esc', 'g', 'V');
	await ended(terminal);
	assert.deepEqual([cloud.asked().length, terminal.store.getState().screen.kind], [3, 'list'], 'nobody is asked again');
});

test('a y before the question has been drawn sends nothing', async context => {
	ownAddress(context);
	const cloud = fakeReach(openingTime, () => 'valid');
	const {terminal} = await openApp(context, [at('alpha', 'https://one.example')], {reach: cloud.reach});
	await terminal.burst('V', 'y');
	await until(terminal, () => terminal.store.getState().screen.kind === 'verify');
	assert.equal(cloud.asked().length, 0);
	await terminal.press('esc');
	assert.match(terminal.screen(), /Nobody was asked/);
	assert.deepEqual([cloud.asked().length, terminal.store.getState().asking], [0, undefined]);
});

test('the question does not come over something else; it is said that nobody was asked', async context => {
	ownAddress(context);
	const cloud = fakeReach(openingTime, () => 'valid');
	const {terminal} = await openApp(context, [at('alpha', 'https://one.example')], {reach: cloud.reach});
	await terminal.burst('V', 'T');
	await ended(terminal);
	assert.match(terminal.screen(), /Not asked: one\.example\. V asks you first/);
	assert.deepEqual([cloud.asked().length, terminal.store.getState().screen.kind], [0, 'trash']);
});

test('plain http is never asked, and it is said what does', async context => {
	ownAddress(context);
	const cloud = fakeReach(openingTime, () => 'valid');
	const all = [at('alpha', 'http://127.0.0.1:8080'), at('bravo', 'http://one.example')];
	const {terminal} = await openApp(context, all, {reach: cloud.reach, columns: 120});
	await terminal.press('V');
	await ended(terminal);
	assert.match(terminal.screen(), /only `pharmer verify --endpoint-from-env` asks there/);
	await terminal.press('j', 'V');
	await ended(terminal);
	assert.match(terminal.screen(), /names one\.example without TLS/);
	assert.equal(cloud.asked().length, 0);
});

test('a lock while the question is asked lets go of it', async context => {
	ownAddress(context);
	const cloud = fakeReach(openingTime, () => 'valid');
	const {terminal} = await openApp(context, [at('alpha', 'https://one.example')], {reach: cloud.reach});
	await terminal.press('V');
	await until(terminal, () => terminal.store.getState().screen.kind === 'verify');
	await terminal.press('ctrl+x');
	assert.doesNotMatch(terminal.screen(), /one\.example/);
	await terminal.play(passphrase, 'enter');
	assert.deepEqual([terminal.store.getState().screen.kind, cloud.asked().length], ['list', 0]);
});

test('two thousand are asked about in one write, and in no more steps than there are frames', async context => {
	const all = Array.from({length: 2000}, (_, index) => named(`n${index}`));
	const cloud = fakeReach(openingTime, () => 'valid');
	const {terminal, place} = await openApp(context, all, {reach: cloud.reach});
	const count = await writes(place);
	let steps = 0;
	terminal.store.subscribe(() => steps++);
	await terminal.press('a', 'V');
	await ended(terminal);
	assert.deepEqual([cloud.asked().length, count()], [2000, 1]);
	assert.ok(steps < 500, `${steps} steps`);
	assert.equal((await kept(place))?.length, 2000);
});

test('a screen reader hears that somebody is asked, and what came of it', async context => {
	const {terminal} = await app(context, sayings, {linear: true});
	await terminal.press('V');
	await ended(terminal);
	assert.match(terminal.screen(), /Asking the provider/);
	assert.match(terminal.screen(), /alpha is valid: account 123456789012/);
	await terminal.press('enter');
	assert.match(terminal.screen(), /verdict: valid, AWS knows it/);
});
