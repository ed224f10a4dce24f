import assert from 'node:assert/strict';
import {type TestContext, test} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {versionsOf} from '../../source/vault/history/history.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import {addCredential, deleteCredentials, getByName, replaceCredential} from '../../source/vault/operations.js';
import {awsContent, keyId, secretKey, storedCredential} from '../helpers/credentials.js';
import {openTerminal, type TerminalOptions, type TestTerminal} from '../helpers/terminal.js';

const sizes = [
	[80, 24],
	[140, 40],
	[40, 12],
] as const;

async function open(context: TestContext, options: TerminalOptions): Promise<TestTerminal> {
	const terminal = await openTerminal(options);
	context.after(() => terminal.close());
	return terminal;
}

/** The app over a vault with these credentials, unlocked. */
async function openWith(context: TestContext, names: readonly string[], options: Partial<TerminalOptions> = {}) {
	const place = memoryVaultPlace({credentials: names.map(name => storedCredential(name)), trash: []}, 'open sesame');
	const terminal = await open(context, {place, ...options});
	await terminal.press('open sesame', 'enter');
	return {place, terminal};
}

const content = async (place: ReturnType<typeof memoryVaultPlace>) =>
	await (await place.unlock(new Secret('open sesame'))).read();

for (const [columns, rows] of sizes) {
	test(`keys alone create a vault, and create, edit, delete and restore a credential, at ${columns}×${rows}`, async context => {
		const place = memoryVaultPlace();
		const terminal = await open(context, {place, columns, rows});
		assert.match(terminal.screen(), /Welcome to pharmer/);
		await terminal.press('open sesame', 'enter', 'open sesamx', 'enter');
		if (rows > 12) assert.match(terminal.screen(), /the two are not the same/);
		await terminal.press('open sesame', 'enter');
		assert.match(terminal.screen(), /No credentials yet/);

		await terminal.press('n', 'enter', 'prod', 'enter', 'enter');
		assert.match(terminal.screen(), /Access key ID/);
		await terminal.press(
			keyId,
			'enter',
			secretKey,
			'enter',
			'eu-west-1',
			'enter',
			...(rows > 12 ? [] : ['up', 'up', 'up']),
		);
		assert.match(terminal.screen(), /eu-west-1/);
		assert.doesNotMatch(terminal.screen(), new RegExp(secretKey));
		await terminal.press('enter');
		assert.match(terminal.screen(), /prod is in the vault/);
		await terminal.press('enter');
		assert.match(terminal.screen(), /Credentials 1/);

		await terminal.press('enter');
		assert.match(terminal.screen(), /Secret access key +•{12}\s/);
		await terminal.press('e', 'down', 'down', 'down', 'ctrl+u', 'us-east-1', 'ctrl+s');
		const [saved] = (await content(place)).credentials;
		assert.equal(saved?.data.get('region')?.reveal(), 'us-east-1');
		assert.equal(saved?.data.get('secretAccessKey')?.reveal(), secretKey);

		await terminal.press('d', 'enter');
		assert.equal((await content(place)).credentials.length, 1, 'enter is never yes');
		await terminal.press('d', 'y');
		assert.equal((await content(place)).credentials.length, 0);
		await terminal.press('z');
		assert.equal((await content(place)).credentials.length, 1);
		await terminal.press('q');
		assert.deepEqual(terminal.outcome(), {kind: 'quit'});
		assert.ok(!terminal.written().includes(secretKey), 'the secret was never drawn');
	});
}

test('no key is lost when all keys for a new credential arrive in one read', async context => {
	const place = memoryVaultPlace({credentials: [], trash: []}, 'open sesame');
	const terminal = await open(context, {place});
	await terminal.burst('open sesame', 'enter');
	await terminal.settle();
	await terminal.burst(
		'n',
		'enter',
		'prod',
		'enter',
		'enter',
		keyId,
		'enter',
		secretKey,
		'enter',
		'enter',
		'enter',
		'enter',
	);
	await terminal.settle();
	const [saved] = (await content(place)).credentials;
	assert.equal(saved?.name, 'prod');
	assert.equal(saved?.data.get('secretAccessKey')?.reveal(), secretKey);
});

test('keys typed while the key is derived run afterwards', async context => {
	const place = memoryVaultPlace({credentials: [], trash: []}, 'open sesame');
	const terminal = await open(context, {place});
	await terminal.burst('wrong', 'enter', 'open sesame', 'enter', 'n');
	await terminal.settle();
	await terminal.settle();
	assert.match(terminal.screen(), /Which provider is it for/);
});

test('a wrong passphrase is reported and can be tried again', async context => {
	const place = memoryVaultPlace({credentials: [], trash: []}, 'open sesame');
	const terminal = await open(context, {place});
	await terminal.press('nope', 'enter');
	assert.match(terminal.screen(), /Wrong passphrase\./);
	await terminal.press('nope', 'enter');
	assert.match(terminal.screen(), /Wrong passphrase, 2 times now/);
	await terminal.press('open sesame', 'enter');
	assert.match(terminal.screen(), /No credentials yet/);
});

test('a revealed secret is hidden after 15 seconds', async context => {
	const {terminal} = await openWith(context, ['prod'], {columns: 140, rows: 40});
	await terminal.press('r');
	assert.ok(terminal.screen().includes(secretKey));
	assert.match(terminal.screen(), /hides in 15 s/);
	await terminal.pass(5000);
	assert.match(terminal.screen(), /hides in 10 s/);
	await terminal.pass(10_000);
	assert.ok(!terminal.screen().includes(secretKey));
});

test('moving the selection or leaving the detail hides a revealed secret', async context => {
	const {terminal} = await openWith(context, ['one', 'two'], {columns: 140, rows: 40});
	await terminal.press('r', 'down');
	assert.ok(!terminal.screen().includes(secretKey));
	await terminal.press('enter', 'r', 'esc');
	assert.ok(!terminal.screen().includes(secretKey));
});

test('a taken name is reported before any secret is asked for', async context => {
	const {terminal} = await openWith(context, ['prod']);
	await terminal.press('n', 'enter', 'PROD');
	assert.match(terminal.screen(), /prod exists already/);
	await terminal.press('enter');
	assert.match(terminal.screen(), /What is it called/);
});

test('an odd key id is reported and kept after a second enter; an empty one is refused', async context => {
	const {place, terminal} = await openWith(context, []);
	await terminal.press('n', 'enter', 'odd', 'enter', 'enter', 'enter');
	assert.match(terminal.screen(), /Access key ID can't be empty/);
	await terminal.press('AKIASHORT', 'enter');
	assert.match(terminal.screen(), /20 characters, this has 9; enter again to keep it/);
	await terminal.press('enter', secretKey, 'enter', 'enter', 'enter', 'enter');
	assert.equal((await content(place)).credentials[0]?.data.get('accessKeyID')?.reveal(), 'AKIASHORT');
});

test('a duplicate secret is reported and kept after a second enter', async context => {
	const {place, terminal} = await openWith(context, ['prod']);
	await terminal.press('n', 'enter', 'again', 'enter', 'enter', keyId, 'enter', secretKey, 'enter', 'enter', 'enter');
	assert.match(terminal.screen(), /prod has the same secret; enter again to keep both/);
	assert.equal((await content(place)).credentials.length, 1);
	await terminal.press('enter');
	assert.equal((await content(place)).credentials.length, 2);
});

test('a temporary key is not saved without its session token', async context => {
	const {place, terminal} = await openWith(context, []);
	await terminal.press(
		'n',
		'enter',
		'temp',
		'enter',
		'enter',
		keyId.replace('AKIA', 'ASIA'),
		'enter',
		secretKey,
		'enter',
		'enter',
	);
	assert.match(terminal.screen(), /needs its session token/);
	await terminal.press('a-token', 'enter', 'enter', 'enter', 'enter');
	assert.equal((await content(place)).credentials[0]?.data.get('sessionToken')?.reveal(), 'a-token');
});

test('going back in the wizard keeps the answers', async context => {
	const {terminal} = await openWith(context, []);
	await terminal.press(
		'n',
		'enter',
		'kept',
		'enter',
		'enter',
		keyId,
		'enter',
		secretKey,
		'shift+tab',
		'shift+tab',
		'shift+tab',
	);
	assert.match(terminal.screen(), /kept/);
	await terminal.press('enter', 'enter');
	assert.ok(terminal.screen().includes(keyId));
	await terminal.press('enter', 'enter', 'enter', 'ctrl+r');
	assert.ok(terminal.screen().includes(secretKey), 'shown in the review when asked');
});

test('the wizard takes fields from the environment and names each variable', async context => {
	const environment = {AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_KEY: secretKey};
	const {place, terminal} = await openWith(context, [], {environment});
	await terminal.press('n', 'enter', 'env', 'enter');
	assert.match(terminal.screen(), /2 found: AWS_ACCESS_KEY_ID, AWS_SECRET_KEY/);
	await terminal.press('down', 'enter');
	assert.match(terminal.screen(), /from AWS_SECRET_KEY/);
	assert.ok(!terminal.screen().includes(secretKey));
	await terminal.press('enter');
	assert.equal((await content(place)).credentials[0]?.data.get('secretAccessKey')?.reveal(), secretKey);
});

test('the wizard asks for one of several profiles in a file', async context => {
	const profile = (region: string) =>
		`[${region}]\naws_access_key_id = ${keyId}\naws_secret_access_key = ${secretKey}\nregion = ${region}\n`;
	const {place, terminal} = await openWith(context, [], {
		machine: {'/credentials': `${profile('eu-west-1')}${profile('us-east-1')}`},
	});
	await terminal.press('n', 'enter', 'file', 'enter', 'down', 'down', 'enter', '/credentials', 'enter');
	assert.match(terminal.screen(), /The file holds several/);
	await terminal.press('j', 'enter', 'enter');
	assert.equal((await content(place)).credentials[0]?.data.get('region')?.reveal(), 'us-east-1');
});

test('the guide shows the dedicated user, the group and the four policies', async context => {
	const {terminal} = await openWith(context, [], {columns: 140, rows: 40});
	await terminal.press('n', '?');
	for (const text of [
		'create-group --group-name pharmer',
		'AmazonEC2FullAccess',
		'AmazonRoute53FullAccess',
		'IAMFullAccess',
		'AmazonVPCFullAccess',
		'create-user --user-name pharmer',
		'create-access-key',
	]) {
		assert.ok(terminal.screen().includes(text), text);
	}
	await terminal.press('esc');
	assert.match(terminal.screen(), /Which provider is it for/);
});

test('a service account of several lines pasted into a field is kept to the byte', async context => {
	const account = `${JSON.stringify({type: 'service_account', private_key: 'k'.repeat(1700)}, null, 2)}\n`.padEnd(
		2300,
		' ',
	);
	const {place, terminal} = await openWith(context, []);
	await terminal.press('n', 'generic', 'enter', 'gce', 'enter', 'enter', 'serviceAccount', 'enter');
	await terminal.paste(account);
	assert.match(terminal.screen(), /Pasted 2300 characters in 5 lines/);
	await terminal.press('enter', 'enter', 'enter');
	assert.equal((await content(place)).credentials[0]?.data.get('serviceAccount')?.reveal(), account);
	assert.ok(!terminal.written().includes('kkkk'));
});

test('a paste into the list runs no command', async context => {
	const {place, terminal} = await openWith(context, ['prod']);
	await terminal.paste('dprod\rprod\rq\r');
	assert.match(terminal.screen(), /Paste ignored/);
	assert.equal((await content(place)).credentials.length, 1);
	assert.equal(terminal.outcome(), undefined);
	await terminal.burst(`${'dprod\r'.repeat(30)}`);
	assert.equal((await content(place)).credentials.length, 1, 'also from a terminal that does not mark pastes');
});

test('a paste replaces a hidden secret', async context => {
	const {place, terminal} = await openWith(context, ['prod']);
	const other = secretKey.split('').reverse().join('');
	await terminal.press('e', 'down');
	await terminal.paste(other);
	await terminal.press('ctrl+s');
	assert.equal((await content(place)).credentials[0]?.data.get('secretAccessKey')?.reveal(), other);
});

test('escape and ctrl+c ask before they discard a draft', async context => {
	const {terminal} = await openWith(context, ['prod']);
	await terminal.press('e', 'x', 'esc');
	assert.match(terminal.screen(), /Discard the draft\?/);
	await terminal.press('esc');
	assert.match(terminal.screen(), /1 changed/);
	await terminal.press('ctrl+c');
	assert.match(terminal.screen(), /Discard the draft\?/);
	await terminal.press('n', 'esc', 'y');
	assert.match(terminal.screen(), /Credentials 1/);
	await terminal.press('n', 'enter', 'half', 'ctrl+c');
	assert.equal(terminal.outcome(), undefined);
	await terminal.press('y');
	assert.deepEqual(terminal.outcome(), {kind: 'quit'});
});

test('a conflict shows both versions, and m keeps the changes of both', async context => {
	const {place, terminal} = await openWith(context, ['prod'], {columns: 140, rows: 40});
	await terminal.press('e', 'down', 'down', 'down', 'eu-west-1');
	const other = await place.unlock(new Secret('open sesame'));
	await other.change(now => {
		const [basis] = now.credentials;
		assert.ok(basis);
		return replaceCredential(now, basis, awsContent('prod', {sessionToken: 'theirs'}), new Date());
	});
	await terminal.press('ctrl+s');
	assert.match(terminal.screen(), /was changed meanwhile/);
	assert.match(terminal.screen(), /Session token +not changed +•+ changed[\s\S]*Region +eu-west-1 +not changed/);
	await terminal.press('m', 'ctrl+s', 'ctrl+s');
	const [saved] = (await content(place)).credentials;
	assert.equal(saved?.data.get('region')?.reveal(), 'eu-west-1');
	assert.equal(saved?.data.get('sessionToken')?.reveal(), 'theirs');
});

test('a draft survives when somebody else deletes its credential', async context => {
	const {place, terminal} = await openWith(context, ['prod']);
	await terminal.press('e', 'down', 'down', 'down', 'eu-west-1');
	const other = await place.unlock(new Secret('open sesame'));
	await other.change(now => ({content: {...now, credentials: []}, result: undefined}));
	await terminal.press('ctrl+s');
	assert.match(terminal.screen(), /was deleted meanwhile/);
	await terminal.press('m');
	assert.equal((await content(place)).credentials[0]?.data.get('region')?.reveal(), 'eu-west-1');
});

test('the list shows changes by other programs, and the selection stays', async context => {
	const {place, terminal} = await openWith(context, ['b', 'c']);
	await terminal.press('down');
	const other = await place.unlock(new Secret('open sesame'));
	await other.change(now => addCredential(now, awsContent('a'), new Date()));
	await terminal.settle();
	assert.match(terminal.screen(), /Credentials 3/);
	assert.match(terminal.screen(), /❯ c/);
});

test('a field can be added to and removed from a generic credential', async context => {
	const credential = storedCredential('any', {
		provider: 'generic',
		data: new Map([
			['token', new Secret('t')],
			['old', new Secret('o')],
		]),
	});
	const place = memoryVaultPlace({credentials: [credential], trash: []}, 'open sesame');
	const terminal = await open(context, {place});
	await terminal.press('open sesame', 'enter', 'e', 'down', 'ctrl+u', 'ctrl+n', 'user', 'enter', 'me', 'ctrl+s');
	const [saved] = (await content(place)).credentials;
	assert.deepEqual(
		[...(saved?.data ?? [])].map(([key, value]) => [key, value.reveal()]),
		[
			['token', 't'],
			['user', 'me'],
		],
	);
});

test('a resize keeps the selection, the draft and the caret', async context => {
	const {terminal} = await openWith(context, ['one', 'two', 'three']);
	await terminal.press('down');
	for (const [columns, rows] of [
		[40, 12],
		[140, 40],
		[30, 5],
		[80, 24],
	] as const)
		await terminal.resize(columns, rows);
	assert.match(terminal.screen(), /❯ three/);
	await terminal.press('n', 'enter', 'draft');
	await terminal.resize(140, 40);
	assert.match(terminal.screen(), /draft is free/);
	const {x, y} = terminal.cursor();
	assert.equal(
		terminal.lines()[y]?.slice(0, x).trimEnd().endsWith('draft'),
		true,
		'the caret stands behind what was typed',
	);
	await terminal.press('!');
	assert.match(terminal.screen(), /draft!/);
	await terminal.resize(10, 3);
	assert.match(terminal.screen(), /make the/);
});

test('control sequences in the vault are escaped', async context => {
	const credential = storedCredential('evil', {
		note: '\u001b]52;c;ZXZpbA==\u0007\u001b[2J\u202Egnp.exe',
		labels: new Map([['team', '\u001b[31mred']]),
		data: new Map([
			['accessKeyID', new Secret('\u001b[31mAKIA')],
			['secretAccessKey', new Secret('\u001b]0;title\u0007')],
		]),
	});
	const place = memoryVaultPlace({credentials: [credential], trash: []}, 'open sesame');
	const terminal = await open(context, {place, columns: 140, rows: 40});
	await terminal.press('open sesame', 'enter', 'r', 'e', 'esc', 'd');
	assert.ok(!/\u001b\]52|\u001b\]0;|\u202e|\u001b\[31mAKIA/.test(terminal.written()));
	await terminal.press('esc');
	assert.match(terminal.screen(), /\\u001b\]52;c/);
});

test('an ASCII terminal gets only ASCII', async context => {
	const {terminal} = await openWith(context, ['prod'], {ascii: true, columns: 140, rows: 40});
	for (const keys of [
		['r'],
		['e'],
		['esc', 'd'],
		['esc', 'n'],
		['enter', 'x', 'enter'],
		['?'],
		['esc', 'esc', 'esc', 'esc'],
	]) {
		await terminal.press(...keys);
		assert.match(terminal.screen(), /^[\x20-\x7e\n]*$/, keys.join(' '));
	}
});

test('the app that was opened for a credential that is deleted meanwhile ends with the draft saved as a new one', async context => {
	const place = memoryVaultPlace({credentials: [storedCredential('prod')], trash: []}, 'open sesame');
	const terminal = await open(context, {place, start: {kind: 'edit', name: 'prod'}});
	await terminal.press('open sesame', 'enter', 'down', 'down', 'down', 'eu-west-1');
	const other = await place.unlock(new Secret('open sesame'));
	await other.change(content => deleteCredentials(content, content.credentials, new Date()));
	await terminal.press('ctrl+s');
	assert.match(terminal.screen(), /prod was deleted meanwhile/);
	await terminal.press('m');
	assert.deepEqual(terminal.outcome(), {kind: 'edited', name: 'prod'});
});

test('the app that was opened for one credential ends with it', async context => {
	const place = memoryVaultPlace({credentials: [storedCredential('prod')], trash: []}, 'open sesame');
	const editing = await open(context, {place, start: {kind: 'edit', name: 'PROD'}});
	await editing.press('open sesame', 'enter', 'down', 'down', 'down', 'eu-west-1', 'ctrl+s');
	assert.deepEqual(editing.outcome(), {kind: 'edited', name: 'prod'});

	const missing = await open(context, {place, start: {kind: 'edit', name: 'nope'}});
	await missing.press('open sesame', 'enter');
	assert.match(String((missing.outcome() as Error).message), /no credential `nope`/);

	const creating = await open(context, {place, start: {kind: 'create', name: awsContent('new').name, provider: 'aws'}});
	await creating.press('open sesame', 'enter');
	assert.match(creating.screen(), /Where do its values come from/);
	await creating.press('enter', keyId, 'enter', secretKey, 'enter', 'enter', 'enter', 'enter', 'enter');
	assert.deepEqual(creating.outcome(), {kind: 'created', name: 'new'});
});

test('the app that was opened to create one ends with all that were created, however it is left then', async context => {
	const values = ['enter', keyId, 'enter', secretKey, 'enter', 'enter'];
	const leave = {
		'at the end': ['enter'],
		'from another one that is not begun': ['n', 'esc', 'esc'],
		'from another one, without what was typed': ['n', 'enter', 'third', 'enter', ...values, 'ctrl+c', 'y'],
	};
	for (const [how, presses] of Object.entries(leave)) {
		const place = memoryVaultPlace({credentials: [], trash: []}, 'open sesame');
		const start = {kind: 'create', name: awsContent('new').name, provider: 'aws'} as const;
		const terminal = await open(context, {place, start});
		await terminal.press('open sesame', 'enter', ...values, 'enter');
		assert.match(terminal.screen(), /new is in the vault/);
		// It has the same secret, which is asked about.
		await terminal.press('n', 'enter', 'second', 'enter', ...values, 'enter', 'enter');
		assert.match(terminal.screen(), /second is in the vault/);
		await terminal.press(...presses);
		assert.deepEqual(terminal.outcome(), {kind: 'created', name: 'new', others: ['second']}, how);
	}
});

test('the header and the footer stay visible in every view at every window size', async context => {
	for (const [columns, rows] of [
		[40, 10],
		[40, 12],
		[60, 20],
		[80, 24],
		[120, 40],
		[200, 60],
	] as const) {
		const names = Array.from({length: 70}, (_, index) => `credential-with-a-long-name-${index}`);
		const {terminal} = await openWith(context, names, {columns, rows});
		for (const keys of [
			['G'],
			['enter'],
			['r'],
			['e'],
			['esc', 'd'],
			['esc', 'n'],
			['?'],
			['esc', 'enter', 'x'],
			['enter', 'enter', 'bad', 'enter'],
			['ctrl+c'],
		]) {
			await terminal.press(...keys);
			const lines = terminal.lines();
			assert.ok(
				lines[0]?.startsWith(' pharmer'),
				`${columns}×${rows} ${keys.join(' ')}: the header stays on top\n${terminal.screen()}`,
			);
			assert.notEqual(
				lines.at(-1)?.trim(),
				'',
				`${columns}×${rows} ${keys.join(' ')}: the footer stays at the bottom\n${terminal.screen()}`,
			);
		}
	}
});

test('backspace keeps a hidden secret, and ctrl+o restores a changed one', async context => {
	const {place, terminal} = await openWith(context, ['prod'], {columns: 140, rows: 40});
	await terminal.press('e', 'down', 'backspace');
	assert.match(terminal.screen(), /Type or paste a new value over the hidden one/);
	assert.doesNotMatch(terminal.screen(), /changed/);
	await terminal.press('x');
	assert.match(terminal.screen(), /1 changed/);
	await terminal.press('ctrl+o');
	assert.doesNotMatch(terminal.screen(), /1 changed/);
	await terminal.press('down', 'down', 'eu-west-1', 'ctrl+s');
	assert.equal((await content(place)).credentials[0]?.data.get('secretAccessKey')?.reveal(), secretKey);
});

test('a secret shown in the form is hidden after 15 seconds without a key', async context => {
	const {terminal} = await openWith(context, ['prod'], {columns: 140, rows: 40});
	await terminal.press('e', 'down', 'ctrl+r');
	assert.ok(terminal.screen().includes(secretKey));
	await terminal.pass(10_000);
	await terminal.press('left');
	await terminal.pass(10_000);
	assert.ok(terminal.screen().includes(secretKey), 'a key keeps it');
	await terminal.pass(5000);
	assert.ok(!terminal.screen().includes(secretKey));
});

test('z skips a delete whose name was taken, and restores the one before', async context => {
	const {place, terminal} = await openWith(context, ['one', 'two']);
	await terminal.press('d', 'y', 'd', 'y');
	const other = await place.unlock(new Secret('open sesame'));
	await other.change(now => addCredential(now, awsContent('two'), new Date()));
	await terminal.settle();
	await terminal.press('z');
	assert.match(terminal.screen(), /two: the name is taken; T opens the trash/);
	await terminal.press('z');
	assert.match(terminal.screen(), /one is back/);
});

test('escape goes back through the fields of a new generic credential to correct them', async context => {
	const {place, terminal} = await openWith(context, []);
	await terminal.press(
		'n',
		'generic',
		'enter',
		'any',
		'enter',
		'enter',
		'user',
		'enter',
		'me',
		'enter',
		'tokne',
		'enter',
		'abc',
		'enter',
	);
	assert.match(terminal.screen(), /Another field\?/);
	await terminal.press('esc');
	assert.match(terminal.screen(), /tokne/);
	await terminal.press('shift+tab', 'backspace', 'backspace', 'en', 'enter', 'enter', 'enter', 'enter');
	const [saved] = (await content(place)).credentials;
	assert.deepEqual(
		[...(saved?.data ?? [])].map(([key, value]) => [key, value.reveal()]),
		[
			['user', 'me'],
			['token', 'abc'],
		],
	);
});

test('ages advance while no key is pressed', async context => {
	const place = memoryVaultPlace(
		{
			credentials: [storedCredential('new', {created: '2026-11-24T11:59:30Z', changed: '2026-11-24T11:59:30Z'})],
			trash: [],
		},
		'open sesame',
	);
	const terminal = await open(context, {place});
	await terminal.press('open sesame', 'enter');
	assert.match(terminal.screen(), / now /);
	await terminal.pass(180_000);
	assert.match(terminal.screen(), / 3m /);
});

test('escape and a key that come in one read are two keys', async context => {
	const {terminal} = await openWith(context, ['prod']);
	await terminal.press('d');
	await terminal.burst('\u001b', 'n');
	assert.match(terminal.screen(), /Which provider is it for/);
});

test('z undoes changes one by one, and loses no saved version', async context => {
	const {place, terminal} = await openWith(context, ['prod']);
	const region = async () =>
		(await content(place)).credentials
			.find(({name}) => name === 'prod')
			?.data.get('region')
			?.reveal();
	await terminal.press('e', 'down', 'down', 'down', 'eu-west-1', 'ctrl+s');
	await terminal.press('e', 'down', 'down', 'down', 'ctrl+u', 'eu-west-2', 'ctrl+s');
	await terminal.press(
		'n',
		'enter',
		'new',
		'enter',
		'enter',
		keyId,
		'enter',
		`x${secretKey.slice(1)}`,
		'enter',
		'enter',
		'enter',
		'enter',
	);
	assert.equal((await content(place)).credentials.length, 2);
	await terminal.press('z');
	assert.match(terminal.screen(), /new was new; it is in the trash now/);
	assert.deepEqual(
		(await content(place)).credentials.map(({name}) => name),
		['prod'],
	);
	assert.equal(await region(), 'eu-west-2');
	await terminal.press('z');
	assert.match(terminal.screen(), /prod is as it was before; Z does it again/);
	assert.equal(await region(), 'eu-west-1');
	const undone = await content(place);
	assert.deepEqual(
		versionsOf(undone, getByName(undone, 'prod')).map(({cause, content: {data}}) => [
			cause,
			data.get('region')?.reveal(),
		]),
		[
			['undo', 'eu-west-2'],
			['edit', 'eu-west-1'],
			['edit', undefined],
		],
	);
	await terminal.press('d', 'y', 'z', 'z');
	assert.equal(await region(), undefined);
	await terminal.press('z');
	assert.match(terminal.screen(), /Nothing to undo/);
});

test('z does not undo an edit that somebody else has changed since', async context => {
	const {place, terminal} = await openWith(context, ['prod']);
	await terminal.press('e', 'down', 'down', 'down', 'eu-west-1', 'ctrl+s');
	const other = await place.unlock(new Secret('open sesame'));
	await other.change(now => {
		const [basis] = now.credentials;
		assert.ok(basis);
		return replaceCredential(now, basis, {...basis, note: 'theirs'}, new Date());
	});
	await terminal.settle();
	await terminal.press('z');
	assert.match(terminal.screen(), /changed by somebody else/);
	assert.equal((await content(place)).credentials[0]?.note, 'theirs');
});

test('the last frame shows no secret, revealed or typed', async context => {
	for (const keys of [
		['r', 'q'],
		['e', 'down', 'ctrl+r', 'ctrl+c'],
		['e', 'down', 'ctrl+r', 'x', 'ctrl+c', 'ctrl+c'],
	]) {
		const {terminal} = await openWith(context, ['prod'], {columns: 140, rows: 40});
		await terminal.press(...keys.slice(0, -1));
		const before = terminal.written().length;
		await terminal.press(keys.at(-1) ?? '');
		assert.deepEqual(terminal.outcome(), {kind: 'quit'});
		const {screen, reveal, credentials} = terminal.store.getState();
		assert.deepEqual([screen.kind, reveal, credentials.length], ['list', undefined, 0]);
		assert.ok(!terminal.written().slice(before).includes(secretKey));
	}
});

test('keys typed during a save are dropped when it fails', async context => {
	const {place, terminal} = await openWith(context, ['prod']);
	await terminal.press('e', 'down', 'down', 'down', 'eu-west-1');
	const other = await place.unlock(new Secret('open sesame'));
	await other.change(now => ({content: {...now, credentials: []}, result: undefined}));
	await terminal.burst('ctrl+s', 'm', 't', 'y');
	await terminal.settle();
	assert.match(terminal.screen(), /was deleted meanwhile/);
	assert.equal((await content(place)).credentials.length, 0);
});

test('keys after an end mark in a paste do not run in the list', async context => {
	const {place, terminal} = await openWith(context, ['prod']);
	await terminal.burst('\u001b[200~harmless\u001b[201~', 'd', 'y');
	assert.match(terminal.screen(), /Paste ignored/);
	assert.doesNotMatch(terminal.screen(), /Delete prod/);
	assert.equal((await content(place)).credentials.length, 1);
	await terminal.press('j', 'd');
	assert.match(terminal.screen(), /Delete prod/, 'later keys are keys again');
});

test('a failed reload keeps the draft', async context => {
	const {place, terminal} = await openWith(context, ['prod']);
	await terminal.press('e', 'down', 'down', 'down', 'eu-west-1');
	terminal.store.dispatch({
		type: 'failed',
		during: 'reload',
		failure: {code: 'conflict', message: 'there is another vault now'},
	});
	await terminal.settle();
	assert.match(terminal.screen(), /there is another vault now/);
	assert.match(terminal.screen(), /1 changed/);
	assert.equal((await content(place)).credentials.length, 1);
});
