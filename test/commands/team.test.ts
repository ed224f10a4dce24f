import assert from 'node:assert/strict';
import {readdirSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {exitCodes} from '../../source/domain/errors.js';
import {Unreachable} from '../../source/domain/exchange.js';
import {addressText} from '../../source/stores/address.js';
import {memoryStore} from '../../source/stores/memory.js';
import type {Store} from '../../source/stores/store.js';
import {slotKey} from '../../source/team/log/object-keys.js';
import {now, type World} from '../helpers/command-line.js';
import {fakeAgent} from '../helpers/fake-agent.js';
import {invitationIn, joinHome, teamHomes, twoHomes, url} from '../helpers/team-command.js';
import {draft} from '../helpers/vault-samples.js';

const later = new Date(now.getTime() + 3 * 3_600_000);

/** The words that a page on the screen shows, in their order. */
function wordsOn(lines: readonly string[]): readonly string[] {
	const found = lines.flatMap(line => [...line.matchAll(/(\d+) {2}([a-z]+)/g)]);
	return found
		.map(([, at, word]) => [Number(at), word ?? ''] as const)
		.sort(([a], [b]) => a - b)
		.map(([, word]) => word);
}

test('a vault is shared, a second device joins, and each gets what the other changes', async context => {
	const {ana, ben, openers} = await twoHomes(context, {kind: 'in files'});
	assert.equal((await ben.secret('prod'))?.reveal(), 'first');
	assert.ok(openers().every(each => each === undefined));
	const edit = await ben.run('edit prod -f -', {files: {'-': '{"token": "second"}'}});
	assert.equal(edit.code, 0);
	assert.match(edit.stderr, /\n1 is not shared yet: `pharmer team sync`\n$/);
	assert.equal((await ben.run('team sync')).stderr, '1 credential shared\n');
	const sync = await ana.run('team sync');
	assert.deepEqual([sync.code, sync.stdout, sync.stderr], [0, '', '1 entry of others came in\n']);
	assert.equal((await ana.secret('prod'))?.reveal(), 'second');
	assert.equal((await ana.run('team sync')).stderr, 'nothing is new\n');
	const members = await ana.run('team members -o json');
	assert.deepEqual(
		JSON.parse(members.stdout).map(({name, role, isSelf}: Record<string, unknown>) => [name, role, isSelf]),
		[
			['ana', 'admin', true],
			['ben', 'writer', false],
		],
	);
});

test('an entry that counts for nobody is said by the sync that passes it, once', async context => {
	const {ana, ben, store} = await twoHomes(context);
	const {number, vault} = JSON.parse((await ana.run('team status -o json')).stdout);
	const rubbish = (seq: number) => store.create(slotKey(vault, seq), Buffer.from('rubbish \u001b[2J'));
	await rubbish(number + 1);
	const sync = await ana.run('team sync');
	assert.equal(sync.code, 0);
	assert.match(sync.stderr, new RegExp(`^skipped entry ${number + 1}: .+\nnothing is new\n$`));
	assert.equal((await ana.run('team sync')).stderr, 'nothing is new\n');
	await rubbish(number + 2);
	assert.match((await ben.run('team sync')).stderr, new RegExp(`^skipped 2 entries; the last, ${number + 2}: `));
});

test('the words of the recovery member are shown and asked for before anything is shared', async context => {
	const {home, store} = teamHomes(context);
	const ana = home('ana');
	await ana.put(draft('prod'));
	const none = await ana.run(`team init ${url}`);
	assert.deepEqual([none.code, await store.list('', '')], [2, []]);
	assert.match(none.stderr, /`--no-recovery` goes on without/);
	const clash = await ana.run(`team init ${url} --name Recovery`, {answers: []});
	assert.deepEqual([clash.code, clash.asked], [2, []]);
	let words: readonly string[] = [];
	const onShow = (lines: readonly string[]): void => {
		words = wordsOn(lines);
	};
	const wrong = await ana.run(`team init ${url}`, {
		answers: ['no', 'no', 'no'],
		onShow,
	});
	assert.equal(wrong.code, exitCodes.cancelled);
	assert.equal(words.length, 24);
	assert.match((await ana.run('team status')).stderr, /this vault is not shared/);
	const answer = (question: string): string => words[Number(/\d+/.exec(question)?.[0]) - 1] ?? '';
	const right = await ana.run(`team init ${url}`, {
		answers: [],
		answer,
		onShow,
	});
	assert.equal(right.code, 0, right.stderr);
	const [, number = '', told = ''] = /Number: (\d+)\n {2}Words: {2}(.*)\n/.exec(right.stderr) ?? [];
	const paper = words.join(' ');
	assert.match((await ana.run('team members')).stdout, /^recovery +admin /m);
	// Every device is gone: the paper opens it on a new one.
	const fresh = home('fresh');
	const lost = await fresh.run(`team join ${url} --recovery`, {answers: ['one two three', paper, number, told]});
	assert.equal(lost.code, 0, lost.stderr);
	assert.match(lost.stderr, /Those are not the 24 words/);
	assert.equal((await fresh.secret('prod'))?.reveal(), 'a');
	assert.match((await fresh.run('team status')).stdout, /this device is `ana-laptop-2`, admin/);
	// The same paper lets another one in, under its own name.
	const more = home('more');
	const second = await more.run(`team join ${url} --recovery --name desktop`, {answers: [paper, number, told]});
	assert.match(second.stderr, /joined as `desktop`: 4 members, 1 credential came\n/);
	await fresh.run('team sync');
	assert.equal((await fresh.run('team remove desktop --yes')).code, 0);
	assert.match((await fresh.run('team members')).stdout, /^recovery +admin /m);
	assert.equal((await fresh.secret('prod'))?.reveal(), 'a');
	for (const {stdout, stderr} of [right, lost]) assert.ok(!`${stdout}${stderr}`.includes(words.slice(0, 3).join(' ')));
});

test('a storage that lets two writers win is refused by name, and nothing is shared there', async context => {
	const inner = memoryStore();
	const careless: Store = {...inner, create: (...given) => inner.create(...given).then(() => 'created')};
	const ana = teamHomes(context, careless).home('ana');
	await ana.put();
	const {code, stderr} = await ana.run(`team init ${url} --no-recovery`);
	assert.equal(code, 10);
	assert.match(stderr, /not fit for a shared vault: 16 of 16 that created the same object/);
	assert.match((await ana.run('team status')).stderr, /this vault is not shared/);
});

test('who shares a vault where another one lies is told so', async context => {
	const {home} = teamHomes(context);
	const [ana, ben] = [home('ana'), home('ben')];
	await ana.put(draft('prod'));
	assert.doesNotMatch((await ana.run(`team init ${url} --no-recovery`)).stderr, /Another vault/);
	await ben.put(draft('other'));
	const second = await ben.run(`team init ${url} --no-recovery`);
	assert.equal(second.code, 0);
	assert.match(
		second.stderr,
		/Another vault is shared at that address.*\n.*: `pharmer team join s3:\/\/team\/vault`\n/,
	);
});

test('joining goes on with the same card until number and words are right', async context => {
	const {home} = teamHomes(context);
	const [ana, ben] = [home('ana'), home('ben')];
	await ana.put(draft('prod'));
	assert.match((await ben.run(`team join ${url}`)).stderr, /nobody shares a vault at that address yet/);
	await ana.run(`team init ${url} --no-recovery`);
	const script = await ben.run(`team join ${url} --name ben`);
	assert.equal(script.code, 2);
	assert.match(script.stderr, /the words .*missing\nrun it again with --at NUMBER --words/);
	const card = script.stdout.trim();
	assert.match(card, /^pharmer1\.ben\.[\w-]{86}$/);
	const left = await ben.run(`team join ${url} --name ben`, {answers: []});
	assert.deepEqual([left.code, left.stdout.trim()], [exitCodes.cancelled, card]);
	assert.match((await ben.run('team sync')).stderr, /an admin has not added this device yet/);
	assert.equal((await ben.run('team status')).code, 14);
	const words = /Its six words: (.*)\n/.exec(script.stderr)?.[1] ?? '';
	// A card that came broken into lines, read out in another voice.
	const middle = card.length / 2;
	const added = await ana.run(
		`team add ${card.slice(0, middle)} ${card.slice(middle)} --yes --words "${words.toUpperCase()}"`,
	);
	const back = invitationIn(added.stdout);
	const thrice = await ben.run(`team join ${url} --name ben`, {
		answers: [
			...['x', '0', back.number, 'abandon '.repeat(6)],
			...['99', back.words],
			back.number,
			` ${back.words.toUpperCase()} `,
		],
	});
	assert.equal(thrice.code, 0, thrice.stderr);
	assert.equal(thrice.stderr.match(/Try again\./g)?.length, 2);
	assert.match(thrice.stderr, /joined as `ben`: 2 members/);
	assert.equal((await ben.run(`team join ${url}`)).code, 5);
	const carl = home('carl');
	const never = await carl.run(`team join ${url} --at 2 --words "a b c d e f"`);
	assert.equal(never.code, 7);
});

test('nobody is added whose words are others, or when somebody says no', async context => {
	const {home} = teamHomes(context);
	const [ana, ben] = [home('ana'), home('ben')];
	await ana.put();
	await ana.run(`team init ${url} --no-recovery`);
	const card = (await ben.run(`team join ${url} --name ben`)).stdout.trim();
	const wrong = await ana.run(`team add ${card} --yes --words "abandon ability able about above absent"`);
	assert.equal(wrong.code, 7);
	assert.match(wrong.stderr, /not the six words of this card\nit may be the card of somebody else: nobody was added/);
	const refused = await ana.run(`team add ${card}`, {answers: ['n']});
	assert.equal(refused.code, exitCodes.cancelled);
	assert.match(refused.asked.at(-1) ?? '', /read out the same words/);
	assert.equal((await ana.run(`team add ${card}`)).code, 2);
	assert.equal((await ana.run('team add pharmer1.ben.x --yes --words a')).code, 7);
	assert.equal(JSON.parse((await ana.run('team members -o json')).stdout).length, 1);
	const agreed = await ana.run(`team add ${card} --name "second" --role admin`, {answers: ['y']});
	assert.equal(agreed.code, 0, agreed.stderr);
	assert.match((await ana.run('team members')).stdout, /^second +admin/m);
	assert.equal((await ana.run(`team add ${card}`, {answers: ['y']})).code, 5);
});

test('a name that a member has is said before anybody compares words, and another one asked for', async context => {
	let isDown = false;
	const inner = memoryStore();
	const get: Store['get'] = (...given) =>
		isDown ? Promise.reject(new Unreachable('the storage is down')) : inner.get(...given);
	const {ana, ben, home} = await twoHomes(context, {store: {...inner, get}, role: 'admin'});
	// Ben has not heard of carl.
	await joinHome(ana, home('carl'), 'carl');
	const card = await home('dora').run(`team join ${url} --name Carl`);
	const again = await ben.run(`team add ${card.stdout.trim()}`, {answers: ['ana', 'x y', '', 'dora', 'y']});
	assert.equal(again.code, 0, again.stderr);
	const name = 'Another name for this one: ';
	assert.deepEqual(again.asked.slice(0, 4), [name, name, name, name]);
	assert.match(again.asked[4] ?? '', /in a voice you know/);
	assert.match(again.stderr, /^`carl` is a member already\.\n`ana` is a member already\.\nA name has only letters/);
	assert.match(again.stderr, /\nThe card of `dora`, as writer\.[\s\S]*\nadded `dora`\./);
	const other = await ben.run(`team add ${card.stdout.trim()} --role admin`, {answers: ['y']});
	assert.deepEqual([other.code, other.asked], [exitCodes.exists, []]);
	const erin = (await home('erin').run(`team join ${url}`)).stdout.trim();
	assert.equal((await ana.run('team role ben writer')).code, 0);
	const refused = await ben.run(`team add ${erin}`, {answers: ['y']});
	assert.deepEqual([refused.code, refused.asked], [exitCodes.refused, []]);
	isDown = true;
	const down = await ana.run(`team add ${erin}`, {answers: ['y']});
	assert.deepEqual([down.code, down.asked], [exitCodes.network, []]);
});

test('a script that adds a name which a member has ends with an error that says so', async context => {
	const {ana, home} = await twoHomes(context);
	const card = await home('dora').run(`team join ${url} --name Ben`);
	const words = /Its six words: (.*)\n/.exec(card.stderr)?.[1] ?? '';
	const {code, stderr} = await ana.run(`team add ${card.stdout.trim()} --yes --words "${words}"`);
	assert.equal(code, exitCodes.exists);
	assert.match(stderr, /`ben` is a member already\ngive another name: `--name NAME`\n$/);
});

test('what a vault holds already is shared with a team only after a yes', async context => {
	const {home} = teamHomes(context);
	const [ana, ben] = [home('ana'), home('ben')];
	await ana.put();
	await ana.run(`team init ${url} --no-recovery`);
	await ben.put(draft('private'));
	const script = await ben.run(`team join ${url}`);
	assert.deepEqual([script.code, script.stdout], [2, '']);
	assert.match(
		script.stderr,
		/holds 1 credential, which the team would get\nadd --yes to share it, or join with another vault/,
	);
	const no = await ben.run(`team join ${url}`, {answers: ['n']});
	assert.deepEqual([no.code, no.stdout], [exitCodes.cancelled, '']);
	assert.match((await ben.run(`team join ${url} --yes`)).stdout, /^pharmer1\./);
});

test('the credential that opens the storage stays on its device, and can be another one', async context => {
	const {home, openers} = teamHomes(context);
	const [ana, ben] = [home('ana'), home('ben')];
	await ana.put(draft('bucket'), draft('prod'));
	assert.equal((await ana.run(`team init ${url} --no-recovery --with buckt`)).code, 4);
	assert.equal((await ana.run(`team init ${url} --no-recovery --with bucket`)).code, 0);
	await joinHome(ana, ben, 'ben');
	assert.deepEqual([await ben.secret('bucket'), (await ben.secret('prod'))?.reveal()], [undefined, 'a']);
	assert.equal(openers().includes('bucket'), true);
	await ana.run('delete bucket --yes');
	const gone = await ana.run('team sync');
	assert.deepEqual([gone.code, gone.stderr.split('\n')[1]], [4, 'bring it back: `pharmer restore bucket`']);
	await ana.put(draft('other'));
	assert.equal((await ana.run('team sync --with other')).code, 0);
	assert.equal(openers().at(-1), 'other');
	assert.match((await ana.run('team status')).stdout, /^signs in {3}`other`/m);
});

test('what has opened the storage stays on its device when something else does', async context => {
	const {home, openers} = teamHomes(context);
	const [ana, ben] = [home('ana'), home('ben')];
	await ana.put(draft('bucket'), draft('prod'));
	await ana.run(`team init ${url} --no-recovery --with bucket`);
	await joinHome(ana, ben, 'ben');
	await ana.put(draft('other'));
	assert.equal((await ana.run('team sync --with other')).code, 0);
	assert.equal((await ana.run('team sync --from-env')).code, 0);
	assert.equal(openers().at(-1), undefined);
	assert.equal((await ana.run('team sync --with other --from-env')).code, 2);
	await ana.run('edit bucket --note new');
	await ana.run('team sync');
	await ben.run('team sync');
	assert.deepEqual([await ben.secret('bucket'), await ben.secret('other')], [undefined, undefined]);
	// What the others have goes on being shared.
	assert.equal((await ana.run('team sync --with prod')).code, 0);
	await ana.run('edit prod -f -', {files: {'-': '{"token": "second"}'}});
	await ana.run('team sync');
	await ben.run('team sync');
	assert.equal((await ben.secret('prod'))?.reveal(), 'second');
});

test('a storage that has moved is found again, and another one is not taken for it', async context => {
	const {ana, ben, store} = await twoHomes(context);
	const [asked, empty]: [string[], Store] = [[], memoryStore()];
	const openStore: World['openStore'] = async address => {
		asked.push(addressText(address));
		return addressText(address) === 's3://team/new' ? store : empty;
	};
	assert.equal((await ana.run('team sync', {openStore})).code, 8);
	assert.equal((await ana.run('team sync --url s3://team/other', {openStore})).code, 8);
	assert.equal((await ana.run('team sync --url nonsense', {openStore})).code, 2);
	assert.equal((await ana.run('team sync --url s3://team/new', {openStore})).code, 0);
	await ana.run('edit prod -f -', {files: {'-': '{"token": "second"}'}});
	assert.equal((await ana.run('team sync', {openStore})).code, 0);
	assert.deepEqual(asked, [url, 's3://team/other', 's3://team/new', 's3://team/new']);
	await ben.run('team sync');
	assert.equal((await ben.secret('prod'))?.reveal(), 'second');
});

test('what both have changed is kept on both sides until somebody decides', async context => {
	const {ana, ben} = await twoHomes(context);
	await ana.run('edit prod -f -', {files: {'-': '{"token": "of-ana"}'}});
	await ben.run('edit prod -f -', {files: {'-': '{"token": "of-ben"}'}});
	assert.equal((await ana.run('team sync')).code, 0);
	const sync = await ben.run('team sync');
	assert.equal(sync.code, 12);
	assert.match(
		sync.stderr,
		/`prod` was changed by ana too: theirs stays.*\n.*\n1 conflict to decide: `pharmer team conflicts`\n$/,
	);
	const shown = await ben.run('team conflicts');
	assert.equal(shown.code, 12);
	assert.equal(
		shown.stdout,
		'prod, changed by ana just now, found just now\nPART   MINE          THEIRS        BEFORE\ntoken  ••••••••••••  ••••••••••••  ••••••••••••\n',
	);
	assert.match((await ben.run('team conflicts --reveal')).stdout, /of-ben {2}of-ana {2}first/);
	const json = (await ben.run('team conflicts -o json')).stdout;
	assert.ok(!json.includes('of-') && json.includes('[redacted]'));
	assert.match(json, /"by": \{\s+"name": "ana",\s+"at": "2[^"]+Z"/);
	assert.equal((await ben.run('team status')).code, 14);
	for (const reading of ['get prod', 'get credentials', 'health', 'env prod', 'get prod --sync'])
		assert.match((await ben.run(reading)).stderr, /^1 conflict to decide: `pharmer team conflicts`$/m, reading);
	assert.equal((await ben.run('team conflicts other --keep mine')).code, 4);
	assert.equal((await ben.run('team conflicts prod --keep mine')).code, 0);
	assert.equal((await ben.secret('prod'))?.reveal(), 'of-ben');
	assert.deepEqual([(await ben.run('team conflicts')).code, (await ben.run('team status')).code], [0, 0]);
	await ben.run('team sync');
	await ana.run('team sync');
	assert.equal((await ana.secret('prod'))?.reveal(), 'of-ben');
});

test('a member that is removed reads nothing new, and what it could read is to be replaced', async context => {
	const {ana, ben} = await twoHomes(context);
	assert.equal((await ana.run('team remove ben')).code, 2);
	assert.equal((await ana.run('team remove bne --yes')).code, 4);
	assert.equal((await ana.run('team remove ana --yes')).code, 2);
	assert.equal((await ana.run('team remove ben', {answers: ['n']})).code, exitCodes.cancelled);
	const removed = await ana.run('team remove ben', {answers: ['y']});
	assert.equal(removed.code, 0);
	assert.match(removed.stderr, /`ben` has read what is shared until now, and keeps it/);
	assert.match(removed.stderr, /It could read 1 credential\..*\n {2}pharmer rotate prod\n.*access to the storage/);
	const health = await ana.run('health --exit-code');
	assert.equal(health.code, 14);
	assert.match(health.stdout, /^prod +exposed +could be read by `ben`, who was removed$/m);
	assert.match((await ana.run('get prod')).stdout, /^care +could be read by `ben`, who was removed$/m);
	assert.match((await ana.run('get credentials --columns name,care')).stdout, /^prod +exposed$/m);
	assert.equal((await ana.run('team status')).code, 14);
	await ana.run('edit prod -f -', {files: {'-': '{"token": "secret-after"}'}});
	await ana.run('team sync');
	assert.equal((await ana.run('health --exit-code')).code, 0);
	const told = await ben.run('team sync');
	assert.equal(told.code, exitCodes.refused);
	assert.match(told.stderr, /^pharmer: this device was removed from the team.*\nwhat it had is still here; /);
	assert.equal((await ben.run('team sync')).code, exitCodes.refused, 'as often as it is tried');
	assert.equal((await ben.secret('prod'))?.reveal(), 'first');
	const get = await ben.run('get prod');
	assert.equal(get.stderr.match(/was removed from the team/g)?.length, 1);
	assert.equal((await ben.run('team leave --yes')).code, 0);
	assert.equal((await ben.run('get prod')).stderr, '');
});

test('roles: a reader shares nothing, and nobody but an admin changes the members', async context => {
	const {ana, ben} = await twoHomes(context, {role: 'reader', kind: 'in files'});
	const edit = await ben.run('edit prod -f -', {files: {'-': '{"token": "of-a-reader"}'}});
	assert.match(edit.stderr, /\nthis device only reads what is shared: the change stays here\n$/);
	assert.match((await ben.run('team sync')).stderr, /1 not shared: this device only reads/);
	assert.equal((await ben.run('team role ben writer')).code, 10);
	const remove = await ben.run('team remove ana --yes');
	assert.deepEqual(
		[remove.code, remove.stderr.split('\n')[0]],
		[10, 'pharmer: this device is no admin of the shared vault'],
	);
	assert.equal((await ana.run('team role ben boss')).code, 2);
	assert.equal((await ana.run('team role ana reader')).code, 7);
	assert.equal((await ana.run('team role ben writer')).stderr, '`ben` is a writer now\n');
	await ben.run('team sync');
	await ana.run('team sync');
	assert.equal((await ana.secret('prod'))?.reveal(), 'of-a-reader');
});

test('the log says who did what to which fields, and never a value', async context => {
	const {ana, ben} = await twoHomes(context);
	await ben.run('edit prod -f - --note "why"', {files: {'-': '{"token": "s3cr3t-value"}'}});
	await ben.run('team sync');
	await ana.run('team sync');
	const {stdout, stderr, code} = await ana.run('team log');
	assert.equal(code, 0);
	assert.match(stdout, /^4 +\S+ +ben +changed +prod +data\.token and note$/m);
	assert.match(stdout, /^3 +\S+ +ana +added member +ben +writer$/m);
	assert.match(stderr, /the times are those of the authors' clocks/);
	assert.ok(!stdout.includes('s3cr3t'));
	assert.deepEqual(JSON.parse((await ana.run('team log prod --limit 1 -o json')).stdout), [
		{seq: 4, by: 'ben', at: '2026-03-01T12:00:00Z', name: 'prod', verb: 'changed', fields: ['data.token', 'note']},
	]);
	assert.match((await ana.run('team log other')).stderr, /nothing was done to `other`/);
	await ana.run('team role ben admin');
	await ben.run('team sync');
	await ben.run('team leave --yes');
	await ana.run('team sync');
	assert.match((await ana.run('team log')).stdout, /^6 .* ben +left +ben +admin$/m);
	const carl = teamHomes(context).home('carl');
	assert.equal((await carl.run('team log')).code, 13);
});

test('on a terminal of 80 columns the log says how long ago, and cuts the fields', async context => {
	const {ana} = await twoHomes(context);
	const labels = Array.from({length: 9}, (_, at) => `--label key${at}=x`).join(' ');
	assert.equal((await ana.run(`edit prod ${labels} --note x`)).code, 0);
	await ana.run('team sync');
	const {stdout, stderr} = await ana.run('team log --no-color', {
		stdoutIsTerminal: true,
		columns: 80,
		now: () => later,
	});
	const lines = stdout.trimEnd().split('\n');
	assert.match(lines[0] ?? '', /^ENTRY +AT +BY +DID +NAME +FIELDS$/);
	assert.match(lines[1] ?? '', /^4 +3h ago +ana +changed +prod +(note|label\.key0), .*…$/);
	assert.match(lines[2] ?? '', /^3 +3h ago +ana +added member +ben +writer$/);
	assert.ok(lines.every(line => line.length <= 80));
	assert.doesNotMatch(stderr, /no room/);
});

test('a newcomer is told which entries are from before it was added', async context => {
	const team = await twoHomes(context);
	const {ana, home} = team;
	await ana.run('team remove ben --yes');
	const carl = home('carl');
	await joinHome(ana, carl, 'carl');
	const {stdout, stderr} = await carl.run('team log');
	assert.match(stderr, /1 change from before this device was added, which it can't read/);
	assert.ok(!stdout.includes('prod'));
});

test('the status needs nobody, and says what is known here', async context => {
	const {ana, ben} = await twoHomes(context, {kind: 'in files'});
	const world = {now: () => later, environment: {PHARMER_OFFLINE: '1'}};
	await ben.run('edit prod --note x');
	const {stdout, code} = await ben.run('team status', world);
	assert.equal(code, 0);
	assert.match(
		stdout,
		/^storage +s3:\/\/team\/vault\nmembers +2, this device is `ben`, writer\nnumber +3\nwords +(\w+ ){5}\w+\n/,
	);
	assert.match(stdout, /last word +from the others 3 hours ago\nreached +3 hours ago\nshared +all but 1\n$/);
	const one = JSON.parse((await ana.run('team status -o json')).stdout);
	const other = JSON.parse((await ben.run('team status -o json')).stdout);
	assert.deepEqual([one.number, one.words], [other.number, other.words]);
	const probed = await ana.run('team status --probe');
	assert.deepEqual([probed.code, probed.stderr.split('\n').length], [0, 3], probed.stderr);
	assert.match(probed.stderr, /its snapshot of entry 3 leads to what is known here/);
	for (const line of [
		'team sync',
		'team log',
		'team add pharmer1.x.y --yes --words z',
		`team init ${url}`,
		`team join ${url}`,
	])
		assert.equal((await ana.run(line, world)).code, 11, line);
});

test('the status says why the last sync of the agent failed, and asks for none', async context => {
	const {ana} = await twoHomes(context);
	const agent = fakeAgent();
	const world = {agent};
	assert.doesNotMatch((await ana.run('team status', world)).stdout, /failed/);
	agent.held = {path: ana.file, id: '', total: 60, key: Buffer.alloc(32)};
	agent.failure = 'the storage \u001B[31mis down';
	const {stdout, code} = await ana.run('team status', world);
	assert.equal(code, 0);
	assert.match(stdout, /^failed +the agent's last sync: the storage .*is down$/m);
	assert.ok(!stdout.includes('\u001B'));
	assert.equal(JSON.parse((await ana.run('team status -o json', world)).stdout).failure, agent.failure);
	assert.doesNotMatch((await ana.run('team status --no-agent', world)).stdout, /failed/);
	assert.ok(!agent.asked.includes('sync'));
});

test('a storage that is down, or shows an older state, is told by exit codes', async context => {
	let down = false;
	let hidden = Number.POSITIVE_INFINITY;
	const inner = memoryStore();
	const store: Store = {
		...inner,
		async get(key, most) {
			if (down) throw new Unreachable('the storage is down');
			return Number(key.split('/').at(-1)) > hidden ? undefined : inner.get(key, most);
		},
	};
	const {ana} = await twoHomes(context, {store, kind: 'in files'});
	down = true;
	const off = await ana.run('team sync');
	assert.deepEqual([off.code, off.stderr], [11, 'pharmer: the storage is down\nnothing is lost; try again later\n']);
	down = false;
	hidden = 2;
	const old = await ana.run('team sync');
	assert.equal(old.code, 8);
	assert.match(old.stderr, /older state/);
});

test('who leaves keeps the credentials; an admin takes itself off the list', async context => {
	const {ana, ben} = await twoHomes(context, {kind: 'in files'});
	assert.equal((await ana.run('team leave')).code, 2);
	const last = await ana.run('team leave --yes');
	assert.equal(last.code, 7);
	assert.match(last.stderr, /only admin.*\nmake another one first: `pharmer team role NAME admin`/);
	const writer = await ben.run('team leave', {answers: ['y']});
	assert.match(writer.stderr, /`ana` should run `pharmer team remove ben`/);
	assert.equal((await ben.secret('prod'))?.reveal(), 'first');
	assert.deepEqual(
		readdirSync(path.dirname(ben.file)).filter(name => name.endsWith('.base')),
		[],
	);
	assert.equal((await ben.run('team status')).code, 2);
	const third = await twoHomes(context, {role: 'admin'});
	const gone = {openStore: async () => memoryStore()};
	const stopped = await third.ben.run('team leave --yes', gone);
	assert.equal(stopped.code, 8);
	assert.match(stopped.stderr, /\nto leave without the storage: `pharmer team leave --here`\n$/);
	assert.match((await third.ben.run('team leave --yes', {environment: {PHARMER_OFFLINE: '1'}})).stderr, /leave --here/);
	assert.equal((await third.ben.run('team leave --yes')).code, 0);
	await third.ana.run('team sync');
	assert.equal(JSON.parse((await third.ana.run('team members -o json')).stdout).length, 1);
});

test('an admin leaves a storage that is gone, also the only one', async context => {
	const {ana, ben} = await twoHomes(context, {role: 'admin'});
	const gone = {openStore: async () => memoryStore()};
	const left = await ben.run('team leave --here --yes', gone);
	assert.equal(left.code, 0, left.stderr);
	assert.match(left.stderr, /its credentials stay here\n`ana` should run `pharmer team remove ben`/);
	assert.equal((await ben.secret('prod'))?.reveal(), 'first');
	assert.equal((await ana.run('team leave --here --yes', gone)).code, 0);
	assert.equal((await ana.run('team init s3://team/new --no-recovery', gone)).code, 0);
});

test('membership asks for the passphrase again, also where the vault is unlocked', async context => {
	const {ana} = await twoHomes(context);
	const world = {environment: {PHARMER_PASSPHRASE: undefined}, answers: ['wrong', 'wrong', 'wrong']};
	for (const line of [
		'team remove ben --yes',
		'team role ben admin',
		'team leave --yes',
		'team recovery --to x',
		'team add --key-file x --name ci',
	]) {
		const {code, asked} = await ana.run(line, {...world});
		assert.deepEqual([code, asked], [6, ['Passphrase: ', 'Passphrase: ', 'Passphrase: ']], line);
	}
});

test('recovery words can be printed, and a file that is there is left alone', async context => {
	const {ana, folder, home} = await twoHomes(context);
	const file = path.join(folder, 'recovery.txt');
	assert.equal((await ana.run(`team recovery --to ${file}`)).code, 0);
	const page = readFileSync(file, 'utf8');
	if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);
	const again = await ana.run(`team recovery --to ${file} --name again`);
	assert.equal(again.code, 9);
	assert.equal(JSON.parse((await ana.run('team members -o json')).stdout).length, 3);
	const [, number = '', told = ''] = /Number: (\d+)\nWords: {2}(.*)\n/.exec(page) ?? [];
	const fresh = home('fresh');
	const {code, stderr} = await fresh.run(`team join ${url} --recovery`, {
		answers: [wordsOn(page.split('\n')).join(' '), number, told],
	});
	assert.equal(code, 0, stderr);
	assert.equal((await ana.run('team recovery --to /nowhere/at/all --name other')).code, 9);
	const twice = await ana.run('team recovery', {answers: []});
	assert.equal(twice.code, 5);
	assert.match(twice.stderr, /recovery words already.*\n`pharmer team remove recovery` first/);
	assert.equal((await ana.run('team remove recovery --yes')).code, 0);
	assert.equal((await ana.run(`team recovery --to ${path.join(folder, 'new.txt')}`)).code, 0);
});
