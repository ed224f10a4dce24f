import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {setImmediate} from 'node:timers/promises';
import {pressOf} from '../../source/app/input/keys.js';
import {contentOf as contentOfCredential} from '../../source/domain/credential.js';
import {parseName} from '../../source/domain/name.js';
import {Secret} from '../../source/domain/secret.js';
import {journalsOf} from '../../source/vault/journals.js';
import {addCredential} from '../../source/vault/operations.js';
import type {VaultPlace} from '../../source/vault/vault.js';
import {awsAccount} from '../helpers/clouds/aws-account.js';
import {issuingClouds} from '../helpers/clouds/issuing-clouds.js';
import {storedCredential} from '../helpers/credentials.js';
import {directNetwork, type Fate} from '../helpers/direct-network.js';
import {contentOf, openApp, passphrase} from '../helpers/opened.js';
import {openingTime, openTerminal, type TerminalOptions, type TestTerminal} from '../helpers/terminal.js';

type Options = Partial<TerminalOptions> & {readonly signers?: readonly string[]};

/** The app on the list, before a fake account of AWS; `lose` decides what becomes of each request. */
async function app(context: TestContext, {signers = ['admin'], ...options}: Options = {}) {
	let passed = 0;
	let fate: (action: string) => Fate = () => undefined;
	let gate: Promise<void> = Promise.resolve();
	let held = '';
	const asked: string[] = [];
	const now = (): number => openingTime + passed;
	const account = awsAccount(now);
	const handlers = Object.fromEntries(
		Object.entries(account.handlers).map(([host, handler]) => [
			host,
			async (request: Parameters<typeof handler>[0]) => {
				if (held !== '' && request.body.includes(`Action=${held}&`)) await gate;
				return handler(request);
			},
		]),
	);
	const reach: TerminalOptions['reach'] = async () => ({
		network: directNetwork(handlers, now, ({body}) => {
			const action = /Action=(\w+)/.exec(String(body))?.[1] ?? '';
			asked.push(action);
			return fate(action);
		}),
		wait: async () => {},
	});
	const data = new Map(Object.entries(account.admin).map(([key, text]) => [key, new Secret(text)]));
	const opened = await openApp(
		context,
		signers.map(name => storedCredential(name, {data})),
		{reach, ...options},
	);
	return {
		...opened,
		account,
		asked,
		reach,
		lose: (next: typeof fate) => {
			fate = next;
		},
		/** Who asks for that is not answered until the result is called. */
		hold(action: string): () => void {
			held = action;
			let release: () => void = () => {};
			gate = new Promise<void>(resolve => {
				release = resolve;
			});
			return release;
		},
		pass(milliseconds: number) {
			passed += milliseconds;
			opened.terminal.sleep(milliseconds);
		},
	};
}

type App = Awaited<ReturnType<typeof app>>;

/** Lets what runs beside everything else go on until it has come that far. */
async function until(terminal: TestTerminal, isThere: () => boolean): Promise<void> {
	// A pair of RSA is made in a thread, which takes as long as it takes.
	for (let turn = 0; turn < 20_000 && !isThere(); turn++) await terminal.settle();
	await terminal.settle();
	assert.ok(isThere(), terminal.screen());
}

const sees = (terminal: TestTerminal, form: RegExp) => until(terminal, () => form.test(terminal.screen()));
const rests = (terminal: TestTerminal) => until(terminal, () => terminal.store.getState().rotating.ids.length === 0);

/** A key counts as nobody's once it had time to be used. */
function age({users}: ReturnType<typeof awsAccount>): void {
	for (const key of users.get('pharmer')?.keys.values() ?? []) key.made -= 3_600_000;
}

/** Answers a question once it could be read. */
async function agree(terminal: TestTerminal): Promise<void> {
	await terminal.settle();
	await terminal.pass(500);
	await terminal.press('y');
}

/** Chooses that a new credential `work` is made, up to the question whether to. */
async function choose(terminal: TestTerminal, name = 'work'): Promise<void> {
	await terminal.play('n', 'aws', 'enter', name, 'enter', 'down', 'down', 'down', 'down', 'enter');
	await sees(terminal, /Make a key for|Who signs/);
}

async function begin(terminal: TestTerminal): Promise<void> {
	await choose(terminal);
	await agree(terminal);
}

const journals = async (place: VaultPlace) => journalsOf(await contentOf(place)) ?? [];

/** The vault has the key of the user that was made, it opens, there is no other, and nothing is under way. */
async function assertMade({place, account}: App, name = 'work'): Promise<void> {
	const {credentials} = await contentOf(place);
	const made = credentials.find(each => each.name === name);
	const data = Object.fromEntries([...(made?.data ?? [])].map(([key, value]) => [key, value.reveal()]));
	assert.equal(account.opens(data), true);
	assert.deepEqual([...(account.users.get('pharmer')?.keys.keys() ?? [])], [data.accessKeyID]);
	assert.deepEqual([...(account.users.get('pharmer')?.groups ?? [])], ['pharmer']);
	assert.equal(account.groups.get('pharmer')?.attached.size, 4);
	assert.deepEqual(await journals(place), []);
}

test('in the wizard a user and its key are made by another credential, and stored once the key works', async context => {
	const world = await app(context);
	const {terminal, asked} = world;
	await choose(terminal);
	assert.match(
		terminal.screen(),
		/Make a key for work\?[\s\S]*signed by `admin`, this makes:[\s\S]*○ the group pharmer[\s\S]*○ a key for it, which is stored here as `work`[\s\S]*! IAMFullAccess lets the key grant itself any access\.[\s\S]*`pharmer issue` takes other policies/,
	);
	assert.deepEqual(asked, [], 'nobody is asked before');
	await agree(terminal);
	await rests(terminal);
	assert.match(terminal.screen(), /work is in the vault[\s\S]*Made work: its key works/);
	await assertMade(world);
	await terminal.press('enter');
	assert.equal(terminal.store.getState().screen.kind, 'list');
	assert.match(terminal.screen(), /▶? *work/);
	const {selected, credentials} = terminal.store.getState();
	assert.equal(credentials.find(({id}) => id === selected)?.name, 'work');
});

test('a y by habit makes nothing, nor does enter; esc leads back to the wizard as it was', async context => {
	const {terminal, asked} = await app(context);
	await choose(terminal);
	await terminal.press('y');
	assert.match(terminal.screen(), /Nothing is done yet: read it, and press y/);
	await terminal.pass(500);
	await terminal.press('enter');
	assert.match(terminal.screen(), /Where do its values come from\?[\s\S]*❯ made for you/);
	assert.match(terminal.screen(), /name +work/);
	assert.deepEqual(asked, []);
});

test('where nothing could sign the wizard says so, and a provider without an issuer has no such line', async context => {
	const {terminal} = await app(context, {signers: []});
	await terminal.play('n', 'aws', 'enter', 'work', 'enter');
	assert.match(terminal.screen(), /made for you +no credential of Amazon Web Services here could sign/);
	await terminal.play('down', 'down', 'down', 'down', 'enter');
	assert.match(
		terminal.screen(),
		/Where do its values come from[\s\S]*no credential of Amazon Web Services here could sign/,
	);
	await terminal.play('shift+tab', 'shift+tab', 'ctrl+u', 'hetzner', 'enter', 'enter', 'enter');
	assert.doesNotMatch(terminal.screen(), /made for you/);
	assert.match(terminal.screen(), /Access token|Where do its values/);
});

test('where several could sign one is chosen first, and w chooses another', async context => {
	const world = await app(context, {signers: ['admin', 'boss']});
	const {terminal} = world;
	await choose(terminal);
	assert.match(terminal.screen(), /Who signs for work\?[\s\S]*❯ admin[\s\S]*boss/);
	await terminal.press('down', 'enter');
	await sees(terminal, /signed by `boss`, this makes/);
	await terminal.press('w', 'enter');
	await sees(terminal, /signed by `admin`, this makes/);
	await terminal.press('w', 'esc');
	await sees(terminal, /signed by `admin`, this makes/);
	await agree(terminal);
	await rests(terminal);
	await assertMade(world);
});

test('what somebody else made there is asked about, and a no makes nothing', async context => {
	const world = await app(context);
	const {terminal, account} = world;
	account.addUser('pharmer');
	await begin(terminal);
	await sees(terminal, /AWS has a user `pharmer` that this did not make\.[\s\S]*Use the user `pharmer`/);
	await terminal.press('n');
	await rests(terminal);
	assert.match(terminal.screen(), /It stopped: you did not agree\.[\s\S]*nothing was done\./);
	assert.deepEqual(await journals(world.place), []);
	await agree(terminal);
	await sees(terminal, /Use the user `pharmer`/);
	await agree(terminal);
	await rests(terminal);
	await assertMade(world);
});

test('a lost request or answer stops it, which is shown with the way on; enter goes on to the same end', async context => {
	for (const lost of ['request-lost', 'answer-lost'] as const)
		for (let at = 0; at < 16; at++) {
			const world = await app(context);
			const {terminal, asked, lose} = world;
			lose(() => (asked.length === at + 1 ? lost : undefined));
			await begin(terminal);
			await rests(terminal);
			lose(() => undefined);
			if (/It stopped: /.test(terminal.screen())) {
				assert.doesNotMatch(terminal.screen(), /--/, 'no flag of a command');
				if ((await journals(world.place)).length > 0) await terminal.press('enter');
				else await agree(terminal);
				await rests(terminal);
			}
			if (/may be the key whose answer was lost/.test(terminal.screen())) {
				age(world.account);
				await terminal.press('enter');
				await sees(terminal, /Delete it for good\?/);
				await agree(terminal);
				await rests(terminal);
			}
			assert.match(terminal.screen(), /work is in the vault/, `${lost} ${at}`);
			await assertMade(world);
			terminal.close();
		}
});

test('a lock at any moment loses nothing, and enter goes on after the unlock', async context => {
	for (let turns = 0; turns < 16; turns++) {
		const world = await app(context);
		const {terminal, place} = world;
		await choose(terminal);
		await terminal.settle();
		await terminal.pass(500);
		terminal.store.dispatch({type: 'key', press: pressOf('y')});
		for (let turn = 0; turn < turns * 5; turn++) await setImmediate();
		await terminal.press('ctrl+x');
		const {rotating, screen, message} = terminal.store.getState();
		assert.deepEqual([rotating.ids, screen.kind, message?.kind], [[], 'unlock', undefined]);
		for (let turn = 0; turn < 60; turn++) await setImmediate();
		await terminal.play(passphrase, 'enter');
		await terminal.settle();
		const isMade = (await contentOf(place)).credentials.length === 2;
		if (!isMade) {
			await sees(terminal, /✓ what is there|Make a key for work\?/);
			if ((await journals(place)).length > 0) await terminal.press('enter');
			else await agree(terminal);
			await rests(terminal);
		}
		await assertMade(world);
		terminal.close();
	}
});

test('esc leaves it going on: the status line says so, and then the new one is under the cursor', async context => {
	const world = await app(context);
	const {terminal, hold} = world;
	const release = hold('CreateUser');
	await begin(terminal);
	await sees(terminal, /✓ the policy AmazonVPCFullAccess on it/);
	await terminal.press('esc');
	assert.equal(terminal.store.getState().screen.kind, 'list');
	assert.match(terminal.screen(), /Working on a key for work/);
	release();
	await rests(terminal);
	assert.match(terminal.screen(), /Made work: its key works/);
	const {selected, credentials} = terminal.store.getState();
	assert.equal(credentials.find(({id}) => id === selected)?.name, 'work');
	await terminal.press('z');
	assert.match(terminal.screen(), /What was made for work can't be undone with z: `pharmer revoke work`/);
	await assertMade(world);
});

test('leaving waits for the step under way; Health of the next start leads to it, and enter goes on', async context => {
	const world = await app(context);
	const {terminal, place, reach, asked, hold} = world;
	const release = hold('CreateUser');
	await begin(terminal);
	await until(terminal, () => asked.includes('CreateUser'));
	await terminal.press('ctrl+c');
	release();
	await until(terminal, () => terminal.outcome() !== undefined);
	const [journal] = await journals(place);
	assert.ok(journal?.kind === 'issue' && journal.holder === undefined);
	const again = await openTerminal({place, reach});
	context.after(() => again.close());
	await again.play(passphrase, 'enter', 'H');
	assert.match(again.screen(), /admin[\s\S]*signs for work[\s\S]*go on with ctrl\+g/);
	await again.press('ctrl+g');
	await sees(again, /A key for work[\s\S]*✓ the policy AmazonVPCFullAccess/);
	await again.press('enter');
	await rests(again);
	assert.equal(again.store.getState().screen.kind, 'health');
	assert.match(again.screen(), /Made work: its key works/);
	await assertMade(world);
});

test('u takes back what was made, after a question', async context => {
	const world = await app(context);
	const {terminal, place, account, lose} = world;
	lose(action => (action === 'CreateAccessKey' ? 'answer-lost' : undefined));
	await begin(terminal);
	await rests(terminal);
	lose(() => undefined);
	age(account);
	await terminal.press('u');
	await sees(terminal, /This deletes the group pharmer,[\s\S]*Take it back\?/);
	await terminal.press('n');
	await rests(terminal);
	assert.equal(account.users.has('pharmer'), true);
	await terminal.press('u');
	await sees(terminal, /Take it back\?/);
	await agree(terminal);
	await sees(terminal, /Delete it for good\?/);
	await agree(terminal);
	await rests(terminal);
	assert.match(terminal.screen(), /What was made for work is deleted/);
	assert.equal(terminal.store.getState().screen.kind, 'list');
	assert.deepEqual([account.users.has('pharmer'), account.groups.has('pharmer')], [false, false]);
	assert.deepEqual(await journals(place), []);
});

test('where somebody took the name meanwhile n keeps it under another one', async context => {
	const world = await app(context);
	const {terminal, place, hold} = world;
	const release = hold('GetCallerIdentity');
	await begin(terminal);
	await sees(terminal, /its key is made and stored: AKIA/);
	const vault = await place.unlock(new Secret(passphrase));
	await vault.change(content =>
		addCredential(content, contentOfCredential(storedCredential('work')), new Date(openingTime)),
	);
	release();
	await rests(terminal);
	assert.match(terminal.screen(), /a credential `work` exists by[\s│]*now\.[\s\S]*n keeps it under another name/);
	await terminal.play('n', 'enter');
	assert.match(terminal.screen(), /Another name for work[\s\S]*work exists already/);
	await terminal.play('-2', 'enter');
	await rests(terminal);
	assert.match(terminal.screen(), /Made work-2: its key works/);
	await assertMade(world, 'work-2');
});

test('when the app was opened to make one, it ends with that', async context => {
	const {terminal, place} = await app(context, {start: {kind: 'create', name: parseName('work'), provider: 'aws'}});
	await terminal.play('down', 'down', 'down', 'down', 'enter');
	await sees(terminal, /Make a key for/);
	await agree(terminal);
	await rests(terminal);
	await terminal.press('enter');
	await until(terminal, () => terminal.outcome() !== undefined);
	assert.deepEqual(terminal.outcome(), {kind: 'created', name: 'work'});
	assert.deepEqual(await journals(place), []);
});

test('for a screen reader each step is one line, told once', async context => {
	const {terminal} = await app(context, {linear: true});
	await terminal.play('n', 'aws', 'enter', 'work', 'enter', 'down', 'down', 'down', 'down');
	assert.match(terminal.screen(), /made for you, a key of its own/);
	await terminal.press('enter');
	await sees(terminal, /this makes:[\s\S]*to come: the user pharmer[\s\S]*make it, y or esc/);
	await agree(terminal);
	await rests(terminal);
	const text = terminal.screen();
	assert.match(text, /done: the group pharmer[\s\S]*Made work/);
	assert.equal(text.split('done: the user pharmer').length, 2);
});

test('at every provider where that can be done, the app makes one', async context => {
	for (const [which, make] of issuingClouds) {
		const now = (): number => openingTime;
		const cloud = make(now);
		const {provider} = cloud;
		const network = directNetwork(cloud.handlers, now);
		const data = new Map(Object.entries(cloud.admin).map(([key, text]) => [key, new Secret(text)]));
		const {terminal, place} = await openApp(context, [storedCredential('admin', {provider, data})], {
			reach: async () => ({network, wait: async () => {}}),
			start: {kind: 'create', name: parseName('work'), provider},
		});
		await terminal.play('down', 'down', 'down', 'down', 'enter');
		await sees(terminal, /Make a key for/);
		await agree(terminal);
		await rests(terminal);
		const {screen, message, rotating} = terminal.store.getState();
		assert.equal(screen.kind, 'wizard', `${which}: ${message?.text} ${JSON.stringify([...rotating.stopped.values()])}`);
		const things = cloud.things();
		for (const part of cloud.whole)
			assert.ok(
				things.some(each => part.test(each)),
				`${which}: ${part}`,
			);
		const made = (await contentOf(place)).credentials.find(({name}) => name === 'work');
		assert.equal(
			cloud.opens(Object.fromEntries([...(made?.data ?? [])].map(([key, value]) => [key, value.reveal()]))),
			true,
			which,
		);
		terminal.close();
	}
});
