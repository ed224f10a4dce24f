import assert from 'node:assert/strict';
import {test} from 'node:test';
import {PharmerError} from '../../source/domain/errors.js';
import {Unreachable} from '../../source/domain/exchange.js';
import {parseName} from '../../source/domain/name.js';
import {beginJoining} from '../../source/team/joining.js';
import {cardText} from '../../source/team/log/card.js';
import {slotKey} from '../../source/team/log/object-keys.js';
import {sync} from '../../source/team/sync.js';
import {addCredential, getByName, replaceCredential} from '../../source/vault/operations.js';
import {awsContent} from '../helpers/credentials.js';
import {contentOf, passphrase} from '../helpers/opened.js';
import {quiet, sharedApp, storageAddress} from '../helpers/shared-app.js';
import {type Device, device, joined} from '../helpers/team.js';

const now = new Date('2026-11-24T12:00:00Z');
const minute = 60_000;

function put(one: Device, name: string, fields: Readonly<Record<string, string>> = {}): Promise<unknown> {
	return one.vault.change(content => {
		const found = content.credentials.find(each => each.name === name);
		const next = awsContent(name, fields);
		return found === undefined ? addCredential(content, next, now) : replaceCredential(content, found, next, now);
	});
}

/** Both have changed the secret of `prod`. */
async function inConflict(ana: Device, ben: Device): Promise<void> {
	await put(ana, 'prod', {secretAccessKey: 'mine'});
	await put(ben, 'prod', {secretAccessKey: 'theirs'});
	await sync(ben);
	await sync(ana);
}

test('what somebody shares is on the screen within a minute, with no key pressed', async context => {
	const {terminal, ben, unlock} = await sharedApp(context);
	await unlock();
	await put(ben, 'from-ben');
	await sync(ben);
	assert.doesNotMatch(terminal.screen(), /from-ben/);
	await terminal.pass(minute);
	await quiet(terminal);
	assert.match(terminal.screen(), /from-ben/);
	assert.match(terminal.screen(), /Somebody else added from-ben in the vault\./);
	await terminal.play('j');
	assert.match(terminal.screen(), /· shared · just now/);
});

test('a change here is with the others at once, and several become few', async context => {
	const {terminal, ben, unlock} = await sharedApp(context);
	await unlock();
	await terminal.play('R', 'ctrl+u', 'production', 'enter');
	await quiet(terminal);
	await sync(ben);
	assert.ok((await ben.vault.read()).credentials.some(({name}) => name === 'production'));
});

test('whoever leaves the app hears what is not shared yet', async context => {
	const left = async (isDown: boolean) => {
		const {terminal, storage, unlock, place} = await sharedApp(context);
		await unlock();
		if (isDown) storage.fail(new Unreachable('s3.example.com does not answer'));
		await terminal.play('R', 'ctrl+u', 'production', 'enter');
		await quiet(terminal);
		await terminal.play('q');
		return [terminal.outcome(), place.path];
	};
	assert.deepEqual((await left(false))[0], {kind: 'quit'});
	const [outcome, path] = await left(true);
	assert.deepEqual(outcome, {kind: 'quit', left: {path, pending: 1}});
});

test('an hour without anything new costs one request a minute, and one more every tenth time', async context => {
	const {terminal, storage, unlock} = await sharedApp(context, {settings: {lockMinutes: 60}});
	await unlock();
	const before = storage.asked();
	for (let count = 0; count < 30; count++) {
		await terminal.pass(minute);
		await quiet(terminal);
	}
	assert.ok(storage.asked() - before <= 34, `${storage.asked() - before} requests`);
});

test('an unreachable storage is said in the status row and waited for ever longer; no key waits', async context => {
	const {terminal, storage, unlock} = await sharedApp(context, {settings: {lockMinutes: 60}});
	await unlock();
	storage.fail(new Unreachable('s3.example.com does not answer'));
	await terminal.pass(minute);
	await quiet(terminal);
	assert.match(terminal.screen(), /· sync failed: s3\.example\.com does not answer/);
	await terminal.play('R', 'ctrl+u', 'renamed', 'enter');
	await quiet(terminal);
	await terminal.pass(minute / 2);
	assert.match(terminal.screen(), /sync failed: s3\.example\.com does not answer · 1 not shared yet/);
	const waits: number[] = [];
	let last = terminal.store.getState().now;
	for (let count = 0, asked = storage.asked(); count < 40; count++) {
		await terminal.pass(minute);
		await quiet(terminal);
		if (storage.asked() > asked) {
			waits.push((terminal.store.getState().now - last) / minute);
			last = terminal.store.getState().now;
		}
		asked = storage.asked();
	}
	assert.deepEqual(waits.slice(1), [4, 8, 10, 10]);
	storage.fail(undefined);
	await terminal.pass(10 * minute);
	await quiet(terminal);
	assert.match(terminal.screen(), /· shared · just now/);
});

test('while the storage does not answer, keys do their work and the lock locks', async context => {
	const {terminal, storage, unlock, place} = await sharedApp(context);
	await unlock();
	const release = storage.hold();
	await terminal.pass(minute);
	assert.equal(terminal.store.getState().sharing.syncing, 'unasked');
	await terminal.play('R', 'ctrl+u', 'renamed', 'enter');
	assert.match(terminal.screen(), /renamed/);
	assert.ok((await contentOf(place)).credentials.some(({name}) => name === 'renamed'));
	await terminal.play('ctrl+x');
	assert.match(terminal.screen(), /The vault is locked/i);
	release();
	await terminal.settle();
	assert.equal(terminal.store.getState().sharing.team, undefined, 'nothing of the team is left behind the lock');
	await terminal.play(passphrase, 'enter');
	await quiet(terminal);
	assert.match(terminal.screen(), /renamed/);
});

test('a forked storage is said in the danger tone and stays', async context => {
	const {terminal, storage, unlock} = await sharedApp(context, {settings: {lockMinutes: 60}});
	await unlock();
	storage.fail(new PharmerError('forked', 'the storage shows another entry 3', 'compare words with the others'));
	await terminal.play('M', 's');
	await quiet(terminal);
	assert.match(terminal.screen(), /The last sync failed: the storage shows another entry 3; compare words with/);
	await terminal.play('esc');
	await terminal.pass(minute / 2);
	assert.match(terminal.screen(), /· sync failed: the storage shows another entry 3/);
});

test('offline, nobody is asked and the row says so', async context => {
	const {terminal, storage, unlock} = await sharedApp(context, {environment: {PHARMER_OFFLINE: '1'}});
	await unlock();
	await terminal.pass(3 * minute);
	assert.equal(storage.asked(), 0);
	assert.match(terminal.screen(), /· shared · offline/);
	await terminal.play('M', 's');
	assert.match(terminal.screen(), /PHARMER_OFFLINE is set: nobody is asked/);
});

test('a newcomer is added by its card, after words, passphrase and y', async context => {
	const {terminal, store, ben, unlock} = await sharedApp(context);
	const cloe = await device(store);
	const keys = await beginJoining(cloe.vault, {url: storageAddress, opener: undefined});
	const card = cardText(parseName('cloe'), keys);
	await unlock();
	await terminal.play('M', 'a');
	await terminal.paste(`${card.slice(0, 40)}\n${card.slice(40)}`);
	assert.match(terminal.screen(), /Add a member/, 'a paste goes on with nothing');
	await terminal.play('enter', 'x');
	assert.match(terminal.screen(), /Have the newcomer read six words to you, by voice/);
	assert.match(terminal.screen(), /cloex/);
	await terminal.play('tab', 'right', 'enter', passphrase, 'enter');
	assert.match(terminal.screen(), /cloex becomes a reader/);
	await terminal.play('y');
	assert.match(terminal.screen(), /Nothing is done yet/, 'it could not be read yet');
	await terminal.pass(600);
	await terminal.play('y');
	await quiet(terminal);
	assert.match(terminal.screen(), /cloex is a member\. Say it these, by voice/);
	await terminal.play('y');
	const {place} = terminal.store.getState().sharing.team ?? {};
	assert.match(terminal.clipboard(), new RegExp(`^${place?.seq} ([a-z]+ ){5}[a-z]+$`));
	await terminal.play('enter');
	assert.match(terminal.screen(), /Team · 3 members/);
	const {state} = await sync(ben);
	assert.deepEqual(
		state.members.map(({name, role}) => `${name} ${role}`),
		['ana admin', 'ben writer', 'cloex reader'],
	);
});

test('what is no card, a wrong passphrase and a name that is taken are said where they are typed', async context => {
	const {terminal, store, unlock} = await sharedApp(context);
	await unlock();
	await terminal.play('M', 'a', 'hello', 'enter');
	assert.match(terminal.screen(), /that is not a card; a card begins with `pharmer1\.`/);
	const cloe = await device(store);
	const keys = await beginJoining(cloe.vault, {url: storageAddress, opener: undefined});
	await terminal.paste(cardText(parseName('Ben'), keys));
	await terminal.play('enter');
	assert.match(terminal.screen(), /a member has that name/);
	await terminal.play('enter');
	assert.match(terminal.screen(), /a member has that name/);
	await terminal.play('2', 'enter', 'wrong', 'enter');
	assert.match(terminal.screen(), /wrong passphrase/);
	await terminal.play('esc', 'esc', 'esc');
	assert.match(terminal.screen(), /Team · 2 members/);
});

test('a member is removed, what it could read is listed, and each goes from the list with its new secret', async context => {
	const {terminal, unlock} = await sharedApp(context);
	await unlock();
	await terminal.play('M', 'j', 'd');
	assert.match(terminal.screen(), /may have kept: 2\s/);
	await terminal.play(passphrase, 'enter');
	await terminal.pass(600);
	await terminal.play('y');
	await quiet(terminal);
	assert.match(terminal.screen(), /To rotate · 2/);
	assert.match(terminal.screen(), /prod +aws +ben/);
	await terminal.play('e', 'down', 'x'.repeat(40), 'ctrl+s');
	await quiet(terminal);
	await terminal.play('esc', 'M', 'w');
	assert.match(terminal.screen(), /To rotate · 1/);
});

test('a member gets another role', async context => {
	const {terminal, ben, unlock} = await sharedApp(context);
	await unlock();
	await terminal.play('M', 'j', 'e');
	assert.match(terminal.screen(), /ben is a writer\. As a reader it reads credentials, and changes/);
	await terminal.play('enter', passphrase, 'enter');
	await terminal.pass(600);
	await terminal.play('y');
	await quiet(terminal);
	assert.match(terminal.screen(), /ben is a reader now/);
	assert.equal((await sync(ben)).state.self?.role, 'reader');
});

test('both sides of a conflict stand beside each other, masked; mine is put back, and undone', async context => {
	const {terminal, place, unlock} = await sharedApp(context, {prepare: inConflict});
	await unlock();
	const secret = async () =>
		getByName(await contentOf(place), 'prod')
			.data.get('secretAccessKey')
			?.reveal();
	assert.match(terminal.screen(), /· 1 conflict: M shows it/);
	await terminal.play('M', 'c');
	assert.match(terminal.screen(), /prod · conflict 1 of 1/);
	assert.doesNotMatch(terminal.screen(), /mine +theirs$/m);
	await terminal.play('r');
	assert.match(terminal.screen(), /Secret access key .* mine +theirs/);
	await terminal.play('m');
	await quiet(terminal);
	assert.equal(await secret(), 'mine');
	assert.match(terminal.screen(), /prod has what you had; z undoes it/);
	await terminal.play('esc', 'z');
	await quiet(terminal);
	assert.equal(await secret(), 'theirs');
	assert.match(terminal.screen(), /The conflict about prod is open again/);
	await terminal.pass(6000);
	assert.match(terminal.screen(), /1 conflict: M shows it/);
	await terminal.play('Z');
	await quiet(terminal);
	assert.equal(await secret(), 'mine');
});

test('z does what was said of it where the last choice about a conflict leads', async context => {
	const {terminal, unlock} = await sharedApp(context, {prepare: inConflict});
	await unlock();
	await terminal.play('M', 'c', 't');
	await quiet(terminal);
	assert.match(terminal.screen(), /Team · 2 members[\s\S]*prod stays as the others have it; z undoes it/);
	await terminal.play('z');
	await quiet(terminal);
	assert.match(
		terminal.screen(),
		/Team · 2 members[\s\S]*1 conflict with ben: c shows[\s\S]*is open again; Z does it again/,
	);
	await terminal.play('Z');
	await quiet(terminal);
	assert.match(terminal.screen(), /prod stays as the others have it; z undoes it/);
	assert.doesNotMatch(terminal.screen(), /1 conflict/);
});

test('an entry that counts for nobody is said once, as a note', async context => {
	const {terminal, store, ben, unlock} = await sharedApp(context);
	await unlock();
	const {state} = await sync(ben);
	await store.create(slotKey(state.vault, state.place.seq + 1), Buffer.from('rubbish'));
	await terminal.play('M', 's');
	await quiet(terminal);
	assert.match(terminal.screen(), new RegExp(`Skipped entry ${state.place.seq + 1}: `));
	await terminal.play('s');
	await quiet(terminal);
	assert.match(terminal.screen(), /In sync: nothing was new/);
});

test('a device that was removed says so, and asks nobody any more', async context => {
	const {terminal, storage, unlock} = await sharedApp(context, {
		async prepare(ana, ben) {
			const {remove} = await import('../../source/team/members.js');
			const cloe = await joined(ana, 'cloe', 'admin', undefined, ben.store);
			const {members} = (await sync(cloe)).state;
			await remove(cloe, members.find(({name}) => name === 'ana')?.id ?? '');
		},
	});
	await unlock();
	assert.match(terminal.screen(), /this device was removed from the team: nothing is shared any more/);
	const before = storage.asked();
	await terminal.pass(3 * minute);
	assert.equal(storage.asked(), before);
});

test('with 10,000 credentials each key is drawn while a sync waits for the storage', async context => {
	const names = Array.from({length: 10_000}, (_, at) => `service-${String(at).padStart(5, '0')}`);
	const {terminal, ben, storage, unlock} = await sharedApp(context, {names});
	await unlock();
	await put(ben, 'aaa-from-ben');
	await sync(ben);
	const release = storage.hold();
	await terminal.pass(minute);
	assert.equal(terminal.store.getState().sharing.syncing, 'unasked');
	for (let step = 1; step <= 20; step++) {
		await terminal.press('j');
		assert.match(terminal.screen(), new RegExp(`❯ +service-${String(step).padStart(5, '0')} `));
	}
	release();
	await quiet(terminal);
	assert.match(terminal.screen(), /❯ +service-00020 /, 'what comes in takes nobody away from where they are');
	await terminal.press('g');
	assert.match(terminal.screen(), /aaa-from-ben/);
});

test('what comes in while a credential is edited keeps the draft, and saving shows both sides', async context => {
	const {terminal, ben, unlock} = await sharedApp(context);
	await unlock();
	await terminal.play('e', 'down', 'x'.repeat(40));
	await put(ben, 'prod', {secretAccessKey: 'y'.repeat(40)});
	await sync(ben);
	await terminal.pass(minute);
	await quiet(terminal);
	assert.match(terminal.screen(), /prod · editing · 1 changed/);
	await terminal.play('ctrl+s');
	assert.match(terminal.screen(), /prod was changed meanwhile/);
});
