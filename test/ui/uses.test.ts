import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import type {Use, Uses} from '../../source/domain/use.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import type {VaultPlace} from '../../source/vault/vault.js';
import {storedCredential} from '../helpers/credentials.js';
import {openApp, passphrase} from '../helpers/opened.js';
import {openingTime, openTerminal} from '../helpers/terminal.js';

const moment = (secondsAgo: number): string =>
	`${new Date(openingTime - secondsAgo * 1000).toISOString().slice(0, 19)}Z`;
const usesOf = async (place: VaultPlace): Promise<readonly string[]> =>
	(await (await place.unlock(new Secret(passphrase))).openUseLog().read()).list.map(({id, kind}) => `${id} ${kind}`);

/** The app on a vault of which these uses are known. */
async function openWith(context: TestContext, uses: readonly Use[], columns = 80) {
	const credentials = ['dns', 'prod', 'web'].map(name => storedCredential(name));
	const place = memoryVaultPlace({credentials, trash: []}, passphrase, uses);
	const terminal = await openTerminal({place, columns});
	context.after(() => terminal.close());
	await terminal.play(passphrase, 'enter');
	return {place, terminal};
}

test('the list shows when each credential was used last, by age', async context => {
	const {terminal} = await openWith(context, [
		{id: 'id-of-prod', kind: 'exec', at: moment(120)},
		{id: 'id-of-prod', kind: 'env', at: moment(4000)},
		{id: 'id-of-web', kind: 'get', at: moment(3 * 86_400)},
	]);
	assert.match(terminal.screen(), /name +provider +id +age +used +health/);
	assert.match(terminal.screen(), /prod +aws +AKIAQ4J5K6L7M2N3P4Q5 +10mo +2m +/);
	assert.match(terminal.screen(), /web +aws +AKIAQ4J5K6L7M2N3P4Q5 +10mo +3d +/);
	assert.match(terminal.screen(), /dns +aws +AKIAQ4J5K6L7M2N3P4Q5 +10mo {8,}/);
	await terminal.press('s', 's', 's', 's');
	assert.match(terminal.screen(), /by last use[\s\S]+prod [\s\S]+web [\s\S]+dns /);
});

test('a reveal, a copied secret and an export are noted, and shown at once', async context => {
	const {place, terminal} = await openApp(context, ['dns', 'prod']);
	await terminal.press('j', 'y');
	assert.match(terminal.screen(), /prod +aws +AKIAQ4J5K6L7M2N3P4Q5 +10mo +now +/);
	await terminal.press('r', 'r', 'esc', 'k', 'x');
	await terminal.press('ctrl+u', ...'/tmp/dns.yaml', 'enter');
	await terminal.press('y');
	assert.deepEqual((await usesOf(place)).slice(-2), ['id-of-prod reveal', 'id-of-prod copy']);
	assert.ok((await usesOf(place)).includes('id-of-dns export'), (await usesOf(place)).join());
});

test('a copied id, a command line to copy and a revealed credential without a secret are no uses', async context => {
	const open = storedCredential('open', {provider: 'nimbus', data: new Map()});
	const {place, terminal} = await openApp(context, [storedCredential('dns'), open]);
	await terminal.press('u', 'U', 'enter', 'Y', 'enter', 'j', 'r');
	assert.deepEqual(await usesOf(place), []);
});

test('a copy that did not arrive is no use', async context => {
	const {place, terminal} = await openApp(context, ['prod'], {clipboard: 'none'});
	await terminal.press('y');
	assert.deepEqual(await usesOf(place), []);
});

test('the list is shown before the log is read, and what is asked for meanwhile does not wait for it', async context => {
	const place = memoryVaultPlace({credentials: [storedCredential('prod')], trash: []}, passphrase);
	const waiting: ((uses: Uses) => void)[] = [];
	let closed = 0;
	const slow: VaultPlace = {
		...place,
		async unlock(given) {
			const vault = await place.unlock(given);
			return {
				...vault,
				openUseLog: () => ({
					...vault.openUseLog(),
					read: () => new Promise(resolve => waiting.push(resolve)),
					close: () => void closed++,
				}),
			};
		},
	};
	const terminal = await openTerminal({place: slow});
	context.after(() => terminal.close());
	await terminal.press(passphrase, 'enter');
	assert.match(terminal.screen(), /prod +aws +AKIAQ4J5K6L7M2N3P4Q5 +10mo +old/);
	assert.equal(waiting.length, 1);
	await terminal.press('y');
	assert.match(terminal.screen(), /Copied Secret access key of prod/);
	waiting[0]?.({since: moment(9000), list: [{id: 'id-of-prod', kind: 'exec', at: moment(7200)}]});
	await terminal.press('enter');
	assert.match(terminal.screen(), /used +2026-11-24 · just now · copy/, 'the later use of both is shown');
	await terminal.press('ctrl+x');
	await terminal.press(passphrase, 'enter');
	const before = closed;
	assert.equal(waiting.length, 2);
	await terminal.press('ctrl+x');
	assert.equal(closed, before + 1, 'the lock ends the reading');
	waiting[1]?.({since: moment(9000), list: [{id: 'id-of-prod', kind: 'exec', at: moment(7200)}]});
	await terminal.settle();
	assert.equal(terminal.store.getState().uses.byId.size, 0);
});

test('what other programs note comes with the next minute', async context => {
	const {place, terminal} = await openWith(context, []);
	const other = await place.unlock(new Secret(passphrase));
	await other.openUseLog().note(['id-of-dns'], 'exec', new Date(openingTime));
	await terminal.pass(61_000);
	assert.match(terminal.screen(), /dns +aws +AKIAQ4J5K6L7M2N3P4Q5 +10mo +1m /);
});

test('nothing of the log is left in the state of a locked app, and it is read again after the unlock', async context => {
	const {terminal} = await openWith(context, [{id: 'id-of-prod', kind: 'exec', at: moment(120)}]);
	await terminal.press('ctrl+x');
	assert.equal(terminal.store.getState().uses.byId.size, 0);
	assert.equal(terminal.store.getState().uses.since, undefined);
	await terminal.press(passphrase, 'enter');
	assert.match(terminal.screen(), /prod +aws +AKIAQ4J5K6L7M2N3P4Q5 +10mo +2m +/);
});

test('a credential that was not used for 180 days is in the health view, and is said to be so when it is deleted', async context => {
	const {terminal} = await openWith(context, [{id: 'id-of-web', kind: 'get', at: moment(200 * 86_400)}]);
	await terminal.press('H', 'G');
	assert.match(
		terminal.screen(),
		/web has not been used here for 200 days: if nothing needs it any more, +│\n│ revoke it/,
	);
	await terminal.press('esc', 'G', 'd');
	assert.match(terminal.screen(), /AKIA…P4Q5 · used 6 months ago/);
});

test('a stored secret that is shown in the editor is a use, and one that is typed is none', async context => {
	const {place, terminal} = await openApp(context, ['prod']);
	await terminal.press('e', 'down', 'ctrl+r');
	assert.deepEqual(await usesOf(place), ['id-of-prod reveal']);
	await terminal.press('ctrl+r');
	assert.equal((await usesOf(place)).length, 1, 'hiding it is none');
	await terminal.press('ctrl+y');
	assert.equal((await usesOf(place)).length, 1, 'the manifest hides secrets');
	await terminal.press('ctrl+r');
	assert.equal((await usesOf(place)).length, 2, 'until they are shown');
});

test('a screen reader is told when the credential under the cursor was used last', async context => {
	const credentials = ['dns', 'prod'].map(name => storedCredential(name));
	const uses: readonly Use[] = [{id: 'id-of-prod', kind: 'exec', at: moment(120)}];
	const terminal = await openTerminal({
		place: memoryVaultPlace({credentials, trash: []}, passphrase, uses),
		linear: true,
	});
	context.after(() => terminal.close());
	await terminal.press(passphrase, 'enter');
	await terminal.press('j');
	assert.match(terminal.written(), /prod, aws, id ending in P4Q5, 10 months old, used 2 minutes ago, /);
});
