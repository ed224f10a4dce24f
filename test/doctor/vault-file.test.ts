import assert from 'node:assert/strict';
import {test} from 'node:test';
import {examine} from '../../source/doctor/checks.js';
import type {Lock} from '../../source/doctor/machine.js';
import {vaultFileChecks} from '../../source/doctor/vault-file.js';
import {PharmerError} from '../../source/domain/errors.js';
import {type Entry, fakeMachine, vault} from '../helpers/fake-machine.js';

const now = Date.parse('2026-03-01T12:00:00Z');
const holder = {pid: 7, host: 'here', space: '', started: '', at: '2026-03-01T11:00:00Z'};
const held: Lock = {token: 'a', modified: now - 1000, holder, isStale: false, isGone: false};

type Entries = Readonly<Record<string, Entry | undefined>>;

async function look(id: string, entries: Entries, changes: Parameters<typeof fakeMachine>[0] = {}) {
	const found = await examine(
		fakeMachine(changes, entries),
		vaultFileChecks.filter(each => each.id === id),
	);
	return found.flatMap(({state, text, fix}) => [state, text, ...Object.values(fix ?? {})]);
}

const lockWith = (changes: Partial<Lock>) => look('lock', {[`${vault}.lock`]: {lock: {...held, ...changes}}});

test('a lock is of somebody at work, of somebody who takes long, or stale', async () => {
	assert.deepEqual(await look('lock', {}), ['ok', 'nobody holds it']);
	assert.deepEqual(await lockWith({}), ['ok', 'of process 7, made just now, at work']);
	assert.deepEqual(await lockWith({modified: now - 300_000}), [
		'care',
		'held for long: of process 7, made 5 minutes ago',
		'look what that process does, and end it if it hangs',
	]);
	assert.deepEqual(await lockWith({isStale: true, isGone: true}), [
		'care',
		'stale: of process 7, which has ended, made just now',
		`rm ${vault}.lock`,
	]);
	assert.deepEqual(await lockWith({isGone: undefined}), [
		'ok',
		'of process 7 on another machine or in a container, `here`, made just now, at work',
	]);
	assert.deepEqual(
		(await lockWith({holder: undefined, isGone: undefined, isStale: true}))[1],
		'stale: of an unknown process, made just now',
	);
});

test('what a writer has for a moment is left over only when nobody writes', async () => {
	const left = {
		[`${vault}.next`]: {},
		[`${vault}.tmp-1234567890abcdef`]: {},
		[`${vault}.v1`]: {},
		[`${vault}.seen.new`]: {},
		[`${vault}.note`]: {},
	};
	assert.deepEqual(await look('leftovers', {...left, [`${vault}.lock`]: {lock: held}}), []);
	const [state, , fix] = await look('leftovers', {...left, [`${vault}.lock`]: {lock: {...held, isStale: true}}});
	assert.deepEqual([state, fix], ['care', `rm ${vault}.next ${vault}.seen.new ${vault}.tmp-1234567890abcdef`]);
});

test('a vault that nobody has opened here has no memory, which is no fault', async () => {
	assert.equal((await look('newest', {[`${vault}.seen`]: undefined}))[0], 'unknown');
	assert.equal((await look('newest', {[`${vault}.seen`]: {text: 'no memory'}}))[0], 'unknown');
});

test('a link in the place of the memory is not read, and goes', async () => {
	assert.deepEqual(await look('newest', {[`${vault}.seen`]: {kind: 'link', to: '/dev/null'}}), [
		'care',
		`\`${vault}.seen\` is a link, which is not read: no older copy would be noticed`,
		`rm ${vault}.seen`,
	]);
});

test('a damaged vault is said once', async () => {
	const trouble = new PharmerError('newer-version', 'it was made by a newer pharmer', 'update pharmer');
	const place = {
		...fakeMachine().place,
		inspect: async () => {
			throw trouble;
		},
	};
	const found = await examine(fakeMachine({place}));
	assert.deepEqual(
		found.filter(({state}) => state !== 'ok').map(({id, text, fix}) => [id, text, fix]),
		[['vault', 'it was made by a newer pharmer', {advice: 'update pharmer'}]],
	);
});

test('a damaged vault is not to be replaced by what somebody else has put beside it', async () => {
	const {place} = fakeMachine();
	const damaged = {
		place: {
			...place,
			exists: () => true,
			inspect: async () => {
				throw new PharmerError('damaged', 'it is damaged', 'choose a copy');
			},
		},
	};
	const [copy, later, next] = ['.2026-02-28', '.2999-01-01', '.next'].map(ending => `${vault}${ending}`);
	const own: Entries = {[vault]: {}, [`${copy}`]: {isVault: true}};
	const planted: Entries = {[`${later}`]: {isVault: true, uid: 7}, [`${next}`]: {isVault: true, uid: 7}};
	assert.equal(
		(await look('vault', {...own, ...planted}, damaged))[2],
		`pharmer restore-vault ${copy} --replace --yes`,
	);
	assert.equal((await look('vault', {[vault]: {}, ...planted}, damaged))[2], 'choose a copy');
});
