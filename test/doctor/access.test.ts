import assert from 'node:assert/strict';
import {test} from 'node:test';
import {access} from '../../source/doctor/access.js';
import {examine} from '../../source/doctor/checks.js';
import {type Entry, fakeMachine, vault} from '../helpers/fake-machine.js';

type Changes = Parameters<typeof fakeMachine>[0];

async function cares(entries: Readonly<Record<string, Entry | undefined>>, changes: Changes = {}) {
	const found = await examine(fakeMachine(changes, entries), access);
	return found.filter(({state}) => state === 'care').map(({id, text, fix}) => [id, text, Object.values(fix ?? {})[0]]);
}

const directory = '/home/me/.config/pharmer';

test('a directory above that others can write in is closed by its owner, or by root', async () => {
	assert.deepEqual(await cares({'/home/me': {kind: 'directory', mode: 0o770}}), [
		['above', 'others can rename what is in `/home/me`, mode 0770', 'chmod go-w /home/me'],
	]);
	assert.deepEqual(await cares({'/home': {kind: 'directory', uid: 0, mode: 0o777}}), [
		['above', 'others can rename what is in `/home`, mode 0777', 'sudo chmod go-w /home'],
	]);
	assert.deepEqual(await cares({'/home': {kind: 'directory', uid: 0, mode: 0o1777}}), []);
	const [foreign] = await cares({'/home': {kind: 'directory', uid: 7, mode: 0o755}});
	assert.deepEqual(foreign?.slice(1), [
		'`/home` belongs to user 7, who can put something else in the place of what is in it',
		'move the vault to a directory of yours',
	]);
});

test('root leaves the files of a user to that user', async () => {
	assert.deepEqual(await cares({}, {user: 0}), []);
	assert.deepEqual(await cares({[`${vault}.seen`]: {uid: 0}}, {user: 0}), [
		['files', `\`${vault}.seen\` belongs to user 0, not to user 1000`, `chown -h 1000 ${vault}.seen`],
	]);
});

test("what is somebody else's takes root to give back", async () => {
	assert.deepEqual(await cares({[directory]: {kind: 'directory', uid: 0, mode: 0o755}}), [
		['directories', `\`${directory}\` belongs to user 0`, `sudo chown -h 1000 ${directory}`],
	]);
	assert.deepEqual(await cares({[vault]: {uid: 0}}), [
		['files', `\`${vault}\` belongs to user 0, not to you`, `sudo chown -h 1000 ${vault}`],
	]);
});

test('a directory of the system is not to be given to the user', async () => {
	const {place} = fakeMachine();
	for (const system of ['/', '/etc', '/home']) {
		const found = await cares(
			{[system]: {kind: 'directory', uid: 0, mode: 0o755}},
			{place: {...place, path: `${system === '/' ? '' : system}/vault.json`}},
		);
		assert.deepEqual(found, [
			['directories', `\`${system}\` belongs to user 0`, 'move the vault to a directory of yours'],
		]);
	}
});

test('a link in the place of the directory is named, and needs care when it is of others or leads nowhere', async () => {
	const elsewhere = {'/data': {kind: 'directory'}, '/data/pharmer': {kind: 'directory', mode: 0o700}} as const;
	const link = (more: Entry) => ({...elsewhere, [directory]: {kind: 'link', ...more} as const});
	assert.deepEqual(await cares(link({to: '/data/pharmer'})), []);
	assert.deepEqual((await cares(link({})))[0], [
		'directories',
		`\`${directory}\` is a link that leads nowhere`,
		`rm ${directory}`,
	]);
	assert.deepEqual((await cares(link({to: '/data/pharmer', uid: 7})))[0], [
		'directories',
		`\`${directory}\` is a link of user 7`,
		'put a directory of yours in its place',
	]);
});

test('a directory or a file that its owner may not use is opened to its owner', async () => {
	assert.deepEqual(await cares({[directory]: {kind: 'directory', mode: 0o500}}), [
		['directories', `you can't use \`${directory}\`, mode 0500`, `chmod u+rwx ${directory}`],
	]);
	assert.deepEqual(await cares({[vault]: {mode: 0o200}}), [
		['files', `you can't read and write \`${vault}\`, mode 0200`, `chmod u+rw ${vault}`],
	]);
	assert.deepEqual((await cares({[directory]: {kind: 'file'}}))[0]?.[1], `\`${directory}\` is not a directory`);
});

test('a path that a terminal could not show is left out of the command', async () => {
	const odd = `${vault}.a\u202eb`;
	const [found] = await cares({[odd]: {mode: 0o644}});
	assert.equal(found?.[2], "`chmod`, with the path as it is: it has characters that can't be shown");
	const [spaced] = await cares({[`${vault}.it's`]: {mode: 0o644}});
	assert.equal(spaced?.[2], `chmod go-rwx '${vault}.it'\\''s'`);
});
