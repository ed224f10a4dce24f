import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {setImmediate} from 'node:timers/promises';
import {pressOf} from '../../source/app/input/keys.js';
import type {Credential} from '../../source/domain/credential.js';
import {Secret} from '../../source/domain/secret.js';
import {versionsOf} from '../../source/vault/history/history.js';
import {journalsOf} from '../../source/vault/journals.js';
import type {VaultPlace} from '../../source/vault/vault.js';
import {verdictsOf} from '../../source/vault/verdicts.js';
import {awsCloud} from '../helpers/clouds/aws.js';
import {clouds} from '../helpers/clouds/clouds.js';
import type {KeyCloud} from '../helpers/clouds/key-cloud.js';
import {openstackCloud} from '../helpers/clouds/openstack.js';
import {storedCredential} from '../helpers/credentials.js';
import {directNetwork, type Fate} from '../helpers/direct-network.js';
import {contentOf, openApp, passphrase} from '../helpers/opened.js';
import {openingTime, openTerminal, type TerminalOptions, type TestTerminal} from '../helpers/terminal.js';

const secrets = (fields: Readonly<Record<string, string>>) =>
	new Map(Object.entries(fields).map(([key, text]) => [key, new Secret(text)]));

/** A credential with a key of that cloud, which is its first, or one that was made so many keys later. */
function keyOf(cloud: KeyCloud, name: string, later: number): Credential {
	let data = cloud.data;
	for (let count = 0; count < later; count++) {
		const [old] = cloud.keys();
		cloud.addKey();
		cloud.dropKey(old?.id ?? '');
		const [key] = cloud.keys() as readonly {readonly id: string; readonly secret?: string}[];
		data = {accessKeyID: key?.id ?? '', secretAccessKey: key?.secret ?? ''};
	}
	return storedCredential(name, {provider: cloud.provider, data: secrets(data)});
}

type Request = {readonly body?: string | undefined};

/** The app before a fake AWS; `fate` decides what becomes of each request. */
async function app(
	context: TestContext,
	options: Partial<TerminalOptions> & {readonly names?: readonly string[]} = {},
) {
	const {names = ['prod'], ...rest} = options;
	let passed = 0;
	let fate: (request: Request) => Fate = () => undefined;
	const asked: string[] = [];
	let gate: Promise<void> = Promise.resolve();
	let isHeld = (_action: string): boolean => false;
	const now = (): number => openingTime + passed;
	// One AWS for each: their keys are of different users.
	const clouds = names.map(() => awsCloud(now));
	const byKey = new Map(clouds.map((cloud, index) => [index, cloud]));
	const handlerAt =
		(host: string): NonNullable<KeyCloud['handlers'][string]> =>
		async request => {
			if (isHeld(request.body)) await gate;
			for (const cloud of byKey.values()) {
				const reply = await cloud.handlers[host]?.(request);
				if (reply !== undefined && !(reply.status === 403 && names.length > 1)) return reply;
			}
			return {status: 403, body: '<Response><Error><Code>InvalidClientTokenId</Code></Error></Response>'};
		};
	const handlers = Object.fromEntries(['iam.amazonaws.com', 'sts.amazonaws.com'].map(host => [host, handlerAt(host)]));
	const reach: TerminalOptions['reach'] = async () => ({
		network: directNetwork(handlers, now, request => {
			asked.push(/Action=(\w+)/.exec(String(request.body))?.[1] ?? '');
			return fate({body: String(request.body)});
		}),
		wait: async () => {},
	});
	const [cloud] = clouds;
	assert.ok(cloud !== undefined);
	const opened = await openApp(
		context,
		clouds.map((each, index) => keyOf(each, names[index] ?? '', index * 10)),
		{reach, ...rest},
	);
	return {
		...opened,
		cloud,
		reach,
		asked,
		lose: (next: typeof fate) => {
			fate = next;
		},
		/** Nobody who asks for that is answered until it is called. */
		hold(action = ''): () => void {
			isHeld = body => body.includes(action);
			let release: () => void = () => {};
			gate = new Promise<void>(resolve => {
				release = resolve;
			});
			return release;
		},
		/** Lets time pass, here and at the provider. */
		async pass(milliseconds: number) {
			passed += milliseconds;
			opened.terminal.sleep(milliseconds);
		},
	};
}

/** Lets what runs beside everything else go on until it has come that far. */
async function until(terminal: TestTerminal, isThere: () => boolean): Promise<void> {
	// A pair of RSA is made in a thread, which takes as long as it takes.
	for (let turn = 0; turn < 20_000 && !isThere(); turn++) await terminal.settle();
	await terminal.settle();
	assert.ok(isThere(), terminal.screen());
}

/** Waits for a state for as long as it takes: some keys are made here, which is work. */
async function changed(terminal: TestTerminal, isThere: () => boolean): Promise<void> {
	const {store} = terminal;
	await new Promise<void>(resolve => {
		const unsubscribe = store.subscribe(look);
		function look(): void {
			if (!isThere()) return;
			unsubscribe();
			resolve();
		}
		look();
	});
	await terminal.settle();
}

const sees = (terminal: TestTerminal, form: RegExp) => until(terminal, () => form.test(terminal.screen()));
const rests = (terminal: TestTerminal) => until(terminal, () => terminal.store.getState().rotating.ids.length === 0);

/** Answers a question once it could be read. */
async function agree(terminal: TestTerminal): Promise<void> {
	await terminal.settle();
	await terminal.pass(500);
	await terminal.press('y');
}

/** Opens the view on the chosen credential, and begins. */
async function begin(terminal: TestTerminal): Promise<void> {
	await terminal.press('ctrl+g');
	await sees(terminal, /Replace the key of/);
	await agree(terminal);
}

async function goOn(terminal: TestTerminal): Promise<void> {
	await terminal.press('enter');
	await rests(terminal);
}

/** The fields of a credential in the vault, in clear. */
async function fieldsOf(place: VaultPlace, name = 'prod'): Promise<Readonly<Record<string, string>>> {
	const credential = (await contentOf(place)).credentials.find(each => each.name === name);
	return Object.fromEntries([...(credential?.data ?? [])].map(([key, value]) => [key, value.reveal()]));
}

const journals = async (place: VaultPlace) => journalsOf(await contentOf(place)) ?? [];

/** The key of the vault opens, and there are no others than that, and the old one while it is kept. */
async function assertSound(place: VaultPlace, cloud: KeyCloud, count: number): Promise<void> {
	assert.equal(cloud.opens(await fieldsOf(place)), true);
	assert.equal(cloud.keys().length, count);
}

test('ctrl+g says what would be done; y replaces the key step by step, and the old one is kept', async context => {
	const {terminal, place, cloud, asked} = await app(context);
	await terminal.press('ctrl+g');
	await sees(terminal, /Replace the key of prod\?/);
	assert.match(terminal.screen(), /key +AKIA\w+ at Amazon Web Services[\s\S]*signs +itself[\s\S]*kept for 24 hours/);
	assert.deepEqual(asked, [], 'nobody is asked before');
	await agree(terminal);
	await rests(terminal);
	assert.match(
		terminal.screen(),
		/✓ written down[\s\S]*✓ the new key is made and stored: AKIA\w+[\s\S]*✓ the new key works[\s\S]*✓ the old key is switched off[\s\S]*● the old key is kept until 2026-11-25 12:00 UTC[\s\S]*○ the old key is deleted/,
	);
	assert.match(terminal.screen(), /`prod` has its new key; the old one is kept until 2026-11-25 12:00 UTC/);
	await assertSound(place, cloud, 2);
	assert.equal(cloud.opens(cloud.data), false, 'the old one is off');
	const content = await contentOf(place);
	const [credential] = content.credentials;
	assert.ok(credential);
	assert.deepEqual(
		versionsOf(content, credential).map(({cause}) => cause),
		['rotate'],
	);
	await terminal.press('esc');
	assert.equal(terminal.store.getState().screen.kind, 'list');
});

test('a y by habit begins nothing, nor does enter', async context => {
	const {terminal, asked} = await app(context);
	await terminal.burst('ctrl+g', 'y');
	await sees(terminal, /Replace the key of prod\?/);
	await terminal.press('y');
	assert.match(terminal.screen(), /Nothing is done yet: read it, and press y/);
	await terminal.pass(500);
	await terminal.press('enter');
	assert.equal(terminal.store.getState().screen.kind, 'list');
	assert.deepEqual(asked, []);
});

test('g changes how long the old key is kept; without a grace it is deleted at once', async context => {
	const {terminal, place, cloud} = await app(context);
	await terminal.press('ctrl+g');
	await sees(terminal, /kept for 24 hours/);
	await terminal.press('g');
	assert.match(terminal.screen(), /kept for 7 days/);
	await terminal.press('g');
	assert.match(terminal.screen(), /not kept: deleted as soon as the new one works/);
	await agree(terminal);
	await rests(terminal);
	assert.match(terminal.screen(), /`prod` has its new key, and the old one is deleted/);
	assert.equal(terminal.store.getState().screen.kind, 'list');
	await assertSound(place, cloud, 1);
	assert.deepEqual(await journals(place), []);
});

test('x deletes the old key before its time, after a question; enter does when the time is over', async context => {
	const {terminal, place, cloud, pass} = await app(context);
	await begin(terminal);
	await rests(terminal);
	await terminal.press('enter');
	assert.match(terminal.screen(), /The old key is kept until 2026-11-25 12:00 UTC: x deletes it now/);
	await terminal.press('x');
	assert.match(terminal.screen(), /Delete the old key of prod now\?[\s\S]*Nothing brings it back/);
	await terminal.press('n');
	assert.match(terminal.screen(), /The new key of prod/);
	await assertSound(place, cloud, 2);
	await pass(86_400_000);
	// It was locked meanwhile.
	await terminal.press('ctrl+x');
	await terminal.play(passphrase, 'enter');
	await sees(terminal, /✓ the old key was kept[\s\S]*● the old key is deleted/);
	await goOn(terminal);
	await assertSound(place, cloud, 1);
	assert.match(terminal.screen(), /and the old one is deleted/);
});

test('u takes everything back, after a question', async context => {
	const {terminal, place, cloud} = await app(context);
	await begin(terminal);
	await rests(terminal);
	await terminal.press('u');
	assert.match(terminal.screen(), /Take the new key of prod back\?[\s\S]*works again/);
	await agree(terminal);
	await rests(terminal);
	assert.match(terminal.screen(), /`prod` has its old key again, and the new one is deleted/);
	assert.deepEqual(await fieldsOf(place), cloud.data);
	await assertSound(place, cloud, 1);
	assert.deepEqual(await journals(place), []);
});

test('z takes back no step of it, and says so', async context => {
	const {terminal, place, cloud} = await app(context);
	await begin(terminal);
	await rests(terminal);
	await terminal.press('esc', 'z');
	assert.match(terminal.screen(), /A new key can't be undone with z: ctrl\+g shows whether it can be taken back/);
	await assertSound(place, cloud, 2);
});

test('a lost request or answer stops it, which is shown with the way on; enter goes on to the same end', async context => {
	for (const lost of ['request-lost', 'answer-lost'] as const)
		for (let at = 0; at < 12; at++) {
			const {terminal, place, cloud, lose, asked, pass} = await app(context);
			lose(() => (asked.length === at + 1 ? lost : undefined));
			await begin(terminal);
			await rests(terminal);
			lose(() => undefined);
			const isStopped = /It stopped: /.test(terminal.screen());
			if (isStopped) {
				await terminal.press('y', 'esc', 'ctrl+g');
				await sees(terminal, /It stopped: /);
				assert.doesNotMatch(terminal.screen(), /--/, 'no flag of a command');
				const isBegun = (await journals(place)).length > 0;
				if (isBegun) await goOn(terminal);
				else {
					await agree(terminal);
					await rests(terminal);
				}
				if (/may be the key whose answer was lost/.test(terminal.screen())) {
					await pass(16 * 60_000);
					await terminal.press('ctrl+x');
					await terminal.play(passphrase, 'enter');
					await terminal.press('enter');
					await sees(terminal, /Delete it for good\?/);
					await agree(terminal);
					await rests(terminal);
				}
			}
			assert.match(terminal.screen(), /the old key is kept until/, `${lost} ${at}`);
			await assertSound(place, cloud, 2);
			terminal.close();
		}
});

test('a lock at any moment loses nothing: the step under way is stored, and enter goes on after the unlock', async context => {
	for (let turns = 0; turns < 24; turns++) {
		const {terminal, place, cloud} = await app(context);
		await terminal.press('ctrl+g');
		await sees(terminal, /Replace the key/);
		await terminal.settle();
		await terminal.pass(500);
		terminal.store.dispatch({type: 'key', press: pressOf('y')});
		for (let turn = 0; turn < turns * 3; turn++) await setImmediate();
		await terminal.press('ctrl+x');
		const {rotating, screen, message} = terminal.store.getState();
		assert.deepEqual([rotating.ids, screen.kind, message?.kind], [[], 'unlock', undefined]);
		for (let turn = 0; turn < 60; turn++) await setImmediate();
		await terminal.play(passphrase, 'enter');
		await terminal.settle();
		assert.doesNotMatch(terminal.screen(), /goes on with it/);
		const [journal] = await journals(place);
		if (journal === undefined) await agree(terminal);
		else if (journal.kind === 'rotate' && journal.step !== 'off') await terminal.press('enter');
		await rests(terminal);
		await sees(terminal, /the old key is kept until/);
		await assertSound(place, cloud, 2);
		terminal.close();
	}
});

test('leaving waits for the step under way; the next start shows it, and goes on', async context => {
	const {terminal, place, cloud, reach, asked} = await app(context);
	await begin(terminal);
	await until(terminal, () => asked.includes('CreateAccessKey'));
	await terminal.press('ctrl+c');
	await until(terminal, () => terminal.outcome() !== undefined);
	const [journal] = await journals(place);
	assert.ok(journal?.kind === 'rotate' && journal.holder === undefined);
	assert.equal(cloud.keys().length, 2);
	const again = await openTerminal({place, reach});
	context.after(() => again.close());
	await again.play(passphrase, 'enter', 'ctrl+g');
	await sees(again, /✓ the new key is made and stored/);
	await goOn(again);
	await assertSound(place, cloud, 2);
});

test('esc leaves it going on: the status line says so, and then what came of it', async context => {
	const {terminal, lose, hold} = await app(context);
	const release = hold();
	await begin(terminal);
	await terminal.press('esc');
	assert.equal(terminal.store.getState().screen.kind, 'list');
	assert.match(terminal.screen(), /Replacing the key of prod/);
	await terminal.press('ctrl+g');
	await sees(terminal, /its keys are read at the provider/);
	await terminal.press('enter');
	assert.match(terminal.screen(), /It goes on already/);
	await terminal.press('esc');
	release();
	await rests(terminal);
	assert.match(terminal.screen(), /`prod` has its new key; the old one is kept until/);
	lose(() => 'answer-lost');
	await terminal.press('ctrl+g');
	await sees(terminal, /is kept until/);
	const again = hold();
	await terminal.press('u');
	await agree(terminal);
	await terminal.press('esc');
	again();
	await rests(terminal);
	assert.match(terminal.screen(), /✖ prod: the old key is not switched on: /);
});

test('two at once come one after the other, and each is told', async context => {
	const {terminal, place, hold} = await app(context, {names: ['alpha', 'bravo']});
	const release = hold();
	await begin(terminal);
	await terminal.press('esc', 'j');
	await begin(terminal);
	assert.match(terminal.screen(), /It goes on when the key of alpha is replaced/);
	assert.match(terminal.screen(), /Replacing the key of alpha, 1 more waits/);
	release();
	await rests(terminal);
	assert.match(terminal.screen(), /The new key of bravo[\s\S]*the old key is kept until/);
	assert.deepEqual(
		(await journals(place)).map(each => each.kind === 'rotate' && each.step),
		['off', 'off'],
	);
});

test('another process goes on with it: the view shows each step at once, and leaves when it is over', async context => {
	const {terminal, place, reach} = await app(context);
	await begin(terminal);
	await rests(terminal);
	const other = await openTerminal({place, reach});
	context.after(() => other.close());
	await other.play(passphrase, 'enter', 'ctrl+g');
	await sees(other, /is kept until/);
	await other.press('u');
	await agree(other);
	await rests(other);
	await sees(terminal, /Somebody else has ended its rotation/);
	assert.equal(terminal.store.getState().screen.kind, 'list');
});

test('what stopped it here is over once somebody else has gone on', async context => {
	const {terminal, place, reach, lose} = await app(context);
	lose(({body = ''}) => (body.includes('GetCallerIdentity') ? 'request-lost' : undefined));
	await begin(terminal);
	await rests(terminal);
	assert.match(terminal.screen(), /It stopped: /);
	lose(() => undefined);
	const other = await openTerminal({place, reach});
	context.after(() => other.close());
	await other.play(passphrase, 'enter', 'ctrl+g');
	await sees(other, /✓ the new key is made and stored/);
	await goOn(other);
	await sees(terminal, /is kept until/);
	assert.doesNotMatch(terminal.screen(), /It stopped: /);
});

test('while it is under way its fields, a delete and its versions are refused with the way out; a rename works', async context => {
	const {terminal, place, cloud} = await app(context);
	await terminal.press('R');
	await terminal.play('2', 'enter');
	await terminal.press('R');
	await terminal.play('backspace', 'enter');
	await begin(terminal);
	await rests(terminal);
	await terminal.press('esc', 'e');
	await terminal.play('tab', 'tab', 'typed', 'ctrl+s');
	await terminal.play('ctrl+s');
	assert.match(terminal.screen(), /the key of `prod` is being replaced \(ctrl\+g goes on, or takes it back\)/);
	assert.equal(terminal.store.getState().screen.kind, 'edit', 'what was typed is still there');
	await terminal.play('esc', 'y');
	assert.equal(terminal.store.getState().screen.kind, 'list');
	await terminal.play('d', 'y');
	assert.match(terminal.screen(), /the key of `prod` is being replaced \(ctrl\+g goes on, or takes it back\)/);
	await terminal.play('v', 'j', 'enter');
	assert.match(terminal.screen(), /is being replaced/);
	await terminal.play('esc', 'R');
	await terminal.play('3', 'enter');
	assert.match(terminal.screen(), /prod is called prod3 now/);
	assert.equal(cloud.opens(await fieldsOf(place, 'prod3')), true);
});

test("somebody else's key is asked about before anything is switched off; the question waits for who is typing", async context => {
	const {terminal, place, cloud, hold, asked} = await app(context);
	const release = hold('GetCallerIdentity');
	await begin(terminal);
	await until(terminal, () => asked.includes('GetCallerIdentity'));
	await terminal.press('esc', 'n');
	assert.equal(terminal.store.getState().screen.kind, 'wizard');
	const foreign = cloud.addKey();
	release();
	await until(terminal, () => terminal.store.getState().rotating.question !== undefined);
	assert.equal(terminal.store.getState().screen.kind, 'wizard');
	assert.match(terminal.screen(), /The rotation of prod asks something: the list shows it/);
	await terminal.press('y', 'esc');
	await sees(terminal, /Rotating prod/);
	assert.match(terminal.screen(), new RegExp(foreign));
	await terminal.press('y');
	assert.match(terminal.screen(), /Nothing is done yet: read it, and press y/);
	await terminal.press('n');
	await rests(terminal);
	assert.match(terminal.screen(), /prod: the provider has a key that is not of this rotation/);
	assert.ok(
		cloud.keys().some(({id}) => id === foreign),
		'nothing foreign is deleted',
	);
	assert.equal((await journals(place)).length, 1);
});

test('offline and in the demo nobody is asked, which y says', async context => {
	const {terminal, asked} = await app(context, {environment: {PHARMER_OFFLINE: '1'}});
	await begin(terminal);
	assert.match(terminal.screen(), /PHARMER_OFFLINE is set: nobody is asked/);
	assert.deepEqual(asked, []);
});

test('a screen reader hears what would be done, each step, and what came of it', async context => {
	const {terminal} = await app(context, {linear: true});
	await terminal.press('ctrl+g');
	await sees(terminal, /Replace the key of prod\?/);
	assert.match(terminal.screen(), /to come: the old key is deleted/);
	await agree(terminal);
	await rests(terminal);
	assert.match(terminal.screen(), /Replacing the key of prod\./);
	assert.match(terminal.screen(), /done: the new key works, and is the credential's/);
	assert.match(terminal.screen(), /now: the old key is kept until/);
	assert.match(terminal.screen(), /`prod` has its new key/);
});

test('at every provider that can, the app replaces a key, with another credential that signs where that is needed', async context => {
	const asked: string[] = [];
	for (const [provider, make] of clouds) {
		const now = (): number => openingTime;
		const cloud = make(now);
		const {admin} = cloud;
		const network = directNetwork(cloud.handlers, now);
		const credentials = [
			storedCredential('prod', {provider, data: secrets(cloud.data)}),
			...(admin === undefined ? [] : [storedCredential('root', {provider: admin.provider, data: secrets(admin.data)})]),
		];
		const {terminal, place} = await openApp(context, credentials, {
			reach: async () => ({network, wait: async () => {}}),
		});
		await begin(terminal);
		const {rotating} = terminal.store.getState();
		assert.equal(rotating.ids.length <= 1, true);
		const isAsked = (): boolean => terminal.store.getState().screen.kind === 'key-question';
		const isOver = (): boolean => terminal.store.getState().rotating.ids.length === 0;
		for (;;) {
			await changed(terminal, () => isAsked() || isOver());
			if (!isAsked()) break;
			asked.push(`${provider}: ${/╭─ (.*?) ─/.exec(terminal.screen())?.[1]}`);
			await agree(terminal);
		}
		assert.match(terminal.screen(), /is kept until|and the old one is deleted/, `${provider}\n${terminal.screen()}`);
		assert.equal(cloud.opens(await fieldsOf(place)), true, provider);
		terminal.close();
	}
	assert.deepEqual(asked, ['vultr: Rotating prod'], 'it does not tell which of its keys this is');
});

test('an address that a credential names is asked only after a yes, which is remembered', async context => {
	const now = (): number => openingTime;
	const cloud = openstackCloud(now);
	const [handler] = Object.values(cloud.handlers);
	assert.ok(handler !== undefined);
	const asked: string[] = [];
	const network = directNetwork({'keys.example': handler}, now, ({url}) => void asked.push(url));
	const data = secrets({...cloud.data, authURL: 'https://keys.example/v3'});
	const {terminal, place} = await openApp(context, [storedCredential('prod', {provider: 'openstack', data})], {
		reach: async () => ({network, wait: async () => {}}),
	});
	await begin(terminal);
	await sees(terminal, /Ask keys\.example\?[\s\S]*authURL[\s\S]*What would be sent there/);
	await terminal.press('n');
	await rests(terminal);
	assert.match(terminal.screen(), /It stopped: you did not agree to keys\.example/);
	assert.deepEqual([asked, await journals(place)], [[], []]);
	await agree(terminal);
	await sees(terminal, /Ask keys\.example\?/);
	await agree(terminal);
	await until(terminal, () => asked.length > 0 || terminal.store.getState().screen.kind === 'key-question');
	while (terminal.store.getState().screen.kind === 'key-question') await agree(terminal);
	await rests(terminal);
	assert.match(terminal.screen(), /is kept until/);
	const origins = verdictsOf(await contentOf(place))?.consents.map(({origin}) => origin);
	assert.deepEqual([...new Set(origins)], ['https://keys.example']);
});
