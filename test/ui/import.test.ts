import assert from 'node:assert/strict';
import {test} from 'node:test';
import {renderYaml} from '../../source/documents/manifest.js';
import {keyId, secretKey, storedCredential} from '../helpers/credentials.js';
import {contentOf, namesIn, openApp} from '../helpers/opened.js';

const environment = {AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_ACCESS_KEY: secretKey};
const other = (end: string): string =>
	JSON.stringify({accessKeyID: keyId, secretAccessKey: secretKey.slice(0, -1) + end});

test('i finds the credentials on this machine, ticked, and enter keeps them', async context => {
	const {place, terminal} = await openApp(context, [], {environment});
	await terminal.press('i');
	assert.match(terminal.screen(), /On this machine 1 · 1 to keep/);
	assert.match(terminal.screen(), /❯ \[x\] aws +aws +AKIAQ4J5K6L7M2N3P4Q5 new/);
	assert.match(terminal.screen(), /From AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY/);
	assert.doesNotMatch(terminal.screen(), new RegExp(secretKey));
	await terminal.press('enter');
	assert.match(terminal.screen(), /Kept aws; z undoes it/);
	assert.deepEqual(await namesIn(place), ['aws']);
	await terminal.press('z');
	assert.match(terminal.screen(), /aws was new; it is in the trash now/);
	assert.deepEqual(await namesIn(place), []);
});

test('a find that the vault has already cannot be ticked', async context => {
	const {terminal} = await openApp(context, ['mine'], {environment});
	await terminal.press('i');
	assert.match(terminal.screen(), /\[ \] mine +aws +AKIAQ4J5K6L7M2N3P4Q5 in the vault/);
	await terminal.press(' ');
	assert.match(terminal.screen(), /Nothing to keep: it is in the vault/);
	await terminal.press('enter');
	assert.match(terminal.screen(), /^ · Nothing new: the vault has all of it\.$/m);
});

test('finds are renamed, ticked and unticked, and looked for elsewhere', async context => {
	const machine = {'/keys/a.json': other('A'), '/keys/b.json': [other('B'), 0o644] as const};
	const {place, terminal} = await openApp(context, ['taken'], {environment, machine});
	await terminal.press('i', 'o', '/none', 'enter');
	assert.match(terminal.screen(), /there is no file `\/none`/);
	await terminal.press('ctrl+u', '/keys', 'enter');
	assert.match(terminal.screen(), /On this machine 3 · 2 to keep/);
	assert.match(terminal.screen(), /\[ \] taken .*in the vault.*\n.*❯ \[x\] aws /, 'what was found before stays above');
	await terminal.press('down');
	assert.match(terminal.screen(), /0644: others can read it/);
	await terminal.press('R', 'ctrl+u', 'taken', 'enter');
	assert.match(terminal.screen(), /taken is taken; choose another name/);
	await terminal.press('ctrl+u', '-x', 'enter');
	assert.match(terminal.screen(), /a name starts with a letter or a digit/);
	await terminal.press('ctrl+u', 'prod', 'enter', 'up', ' ');
	assert.match(terminal.screen(), /\[ \] aws .*\n.*\[x\] prod/);
	await terminal.press('a');
	assert.match(terminal.screen(), /· 2 to keep/);
	await terminal.press('a');
	assert.doesNotMatch(terminal.screen(), /to keep/);
	await terminal.press('a', 'up', ' ', 'enter');
	assert.deepEqual(await namesIn(place), ['taken', 'prod']);
	const [, prod] = (await contentOf(place)).credentials;
	assert.equal(prod?.data.get('secretAccessKey')?.reveal(), `${secretKey.slice(0, -1)}B`);
});

test('ticks and names survive a look elsewhere, and a second look there finds nothing more', async context => {
	const machine = {'/keys/a.json': other('A'), '/keys/b.json': other('B')};
	const {place, terminal} = await openApp(context, [], {environment, machine});
	await terminal.press('i', 'R', 'ctrl+u', 'mine', 'enter', 'o', '/keys', 'enter');
	assert.match(terminal.screen(), /On this machine 3 · 3 to keep/);
	assert.match(terminal.screen(), /\[x\] mine .*\n.*❯ \[x\] aws .*\n.*\[x\] aws-2 /);
	await terminal.press(' ', 'o', '/keys', 'enter');
	assert.match(terminal.screen(), /Nothing more was found in \/keys/);
	assert.match(terminal.screen(), /On this machine 3 · 2 to keep/);
	await terminal.press('enter');
	assert.deepEqual(await namesIn(place), ['mine', 'aws-2']);
});

test('a find that cannot be kept needs no name, and a path without finds is reported', async context => {
	const machine = {'/home/me/.aws/config': '[profile a]\nsso_session = b\n', '/empty/a.txt': 'nothing'};
	const {terminal} = await openApp(context, ['mine'], {environment, machine});
	await terminal.press('i', 'R');
	assert.match(terminal.screen(), /It is not kept, so it needs no name: it is in the vault/);
	await terminal.press('G', 'R');
	assert.match(terminal.screen(), /That can't be kept, so it needs no name/);
	const {terminal: empty} = await openApp(context, ['mine'], {
		machine,
		start: {kind: 'import', paths: ['/empty'], kinds: []},
	});
	assert.match(empty.screen(), /Nothing was found in \/empty\. o looks/);
	const {terminal: none} = await openApp(context, ['mine'], {start: {kind: 'import', paths: ['/none'], kinds: []}});
	assert.match(none.screen(), /✖ there is no file `\/none`; check the path/);
	assert.doesNotMatch(none.screen(), /environment/);
});

test('the app that was opened for an import ends with it', async context => {
	const start = {kind: 'import', paths: [], kinds: []} as const;
	const {terminal} = await openApp(context, [], {environment, start});
	assert.match(terminal.screen(), /On this machine 1 · 1 to keep/);
	await terminal.press('enter');
	assert.deepEqual(terminal.outcome(), {kind: 'imported', count: 1});
	const {terminal: left} = await openApp(context, [], {environment, start});
	await left.press('esc');
	assert.deepEqual(left.outcome(), {kind: 'cancelled'});
});

test('finds and ticks survive a lock', async context => {
	const {terminal} = await openApp(context, [], {environment});
	await terminal.press('i', ' ', 'ctrl+x');
	assert.match(terminal.screen(), /locked/);
	await terminal.press('open sesame', 'enter');
	assert.match(terminal.screen(), /\[ \] aws/);
});

test('an import with a name that was taken meanwhile keeps nothing and says so', async context => {
	const {place, terminal} = await openApp(context, [], {environment});
	await terminal.press('i', 'R', 'ctrl+u', 'prod', 'enter');
	const vault = await place.unlock(new (await import('../../source/domain/secret.js')).Secret('open sesame'));
	await vault.change(content => ({
		content: {...content, credentials: [...content.credentials, storedCredential('prod', {data: new Map()})]},
		result: undefined,
	}));
	await terminal.press('enter');
	assert.match(terminal.screen(), /a credential `prod` exists already/);
	assert.deepEqual(await namesIn(place), ['prod']);
});

test('an empty result is reported, and esc returns to the list', async context => {
	const {terminal} = await openApp(context, []);
	await terminal.press('i');
	assert.match(terminal.screen(), /Nothing was found/);
	await terminal.press('esc');
	assert.match(terminal.screen(), /No credentials yet/);
});

test('U shows ways to use a credential, and enter copies the command', async context => {
	const {terminal} = await openApp(context, ['prod']);
	await terminal.press('U');
	assert.match(terminal.screen(), /Use prod/);
	assert.match(terminal.screen(), /pharmer exec prod -- aws sts get-caller-identity/);
	await terminal.press('down', 'enter');
	assert.equal(terminal.clipboard(), 'eval "$(pharmer env prod)"');
	assert.match(terminal.screen(), /Copied the command/);
	const {terminal: other} = await openApp(context, ['prod'], {vault: '/my vaults/second.json'});
	await other.press('U', 'enter');
	assert.equal(other.clipboard(), "pharmer --vault '/my vaults/second.json' exec prod -- aws sts get-caller-identity");
});

/** An export that is read in dozens of parts. */
const largeExport = (): string =>
	renderYaml(Array.from({length: 2000}, (_, index) => storedCredential(`found-${index}`)));

test('esc stops a long look in between its parts, keeps what was found before, and lets the next one begin', async context => {
	const machine = {'/all.yaml': largeExport(), '/keys/a.json': other('A')};
	const {terminal} = await openApp(context, [], {environment, machine});
	await terminal.play('i');
	await terminal.press('o', '/all.yaml', 'enter');
	assert.match(terminal.screen(), /Looking around…|⠋|⠙|⠹|⠸|⠼/);
	assert.match(terminal.screen(), /esc stop looking/);
	await terminal.press('esc');
	assert.match(terminal.screen(), /On this machine 1 · 1 to keep/);
	await terminal.play('esc', 'esc');
	assert.match(terminal.screen(), /No credentials yet/);
	await terminal.play('i');
	await terminal.play('o', '/keys/a.json', 'enter');
	assert.match(terminal.screen(), /On this machine 2 · 2 to keep/);
	assert.equal(terminal.store.getState().underWay.length, 0);
	assert.equal(terminal.store.getState().message, undefined);
});

test('the spinner turns and ctrl+c leaves while a large export is read', async context => {
	const {terminal} = await openApp(context, [], {machine: {'/all.yaml': largeExport()}});
	await terminal.play('i');
	await terminal.press('o', '/all.yaml', 'enter');
	await terminal.press('ctrl+c');
	assert.deepEqual(terminal.outcome(), {kind: 'quit'});
});
