import assert from 'node:assert/strict';
import {test} from 'node:test';
import {isRemote, lookInPaste} from '../../source/look/pasted-text.js';
import type {World} from '../../source/look/world.js';
import {providerOf} from '../../source/providers/catalog.js';
import {filesWorld} from '../helpers/import-world.js';

const key = '-----BEGIN OPENSSH PRIVATE KEY-----\nnot one\n-----END OPENSSH PRIVATE KEY-----\n';

const profile = (file: string, name = 'DEFAULT'): string =>
	`[${name}]\nuser=ocid1.user.oc1..a\ntenancy=ocid1.tenancy.oc1..b\nfingerprint=12\nregion=eu-frankfurt-1\nkey_file=${file}\n`;

/** A machine on which every file is a key, and what was read of it. */
function machine(): {readonly world: World; readonly read: string[]} {
	const read: string[] = [];
	const world: World = {
		...filesWorld(),
		async read(path) {
			read.push(path);
			return {text: key};
		},
	};
	return {world, read};
}

const texts = {
	'a profile': profile('~/id_rsa'),
	'a variable': 'GOOGLE_APPLICATION_CREDENTIALS=/home/me/id_rsa\nGOOGLE_CLOUD_PROJECT=mine\n',
	'a roundabout path': profile('/tmp/../home/me/./id_rsa'),
} as const;

for (const [what, text] of Object.entries(texts)) {
	test(`${what} in a paste names a file that is not read unless somebody agrees`, async () => {
		for (const provider of [undefined, providerOf('oci'), providerOf('gce')]) {
			const {world, read} = machine();
			const asked = await lookInPaste(text, world, {provider});
			assert.deepEqual([asked.names, read], [['~/id_rsa'], []]);
		}
		const {world, read} = machine();
		await lookInPaste(text, world, {files: ['~/other']});
		assert.deepEqual(read, []);
		const {look} = await lookInPaste(text, world, {files: ['~/id_rsa']});
		assert.deepEqual(read, ['/home/me/id_rsa']);
		const [found] = look.found;
		assert.ok([...(found?.data.values() ?? [])].some(value => value.reveal() === key));
	});
}

test('the only credential is found without the fields whose files are not read, and says so', async () => {
	const {look} = await lookInPaste(profile('~/id_rsa'), machine().world, {files: []});
	const [found] = look.found;
	assert.equal(found?.data.get('region')?.reveal(), 'eu-frankfurt-1');
	assert.equal(found?.data.has('privateKey'), false);
	assert.equal(found?.remark, 'the file `~/id_rsa` was not read');
	const {look: two} = await lookInPaste(profile('~/a') + profile('~/b', 'ADMIN'), machine().world, {files: []});
	assert.deepEqual(two.found, []);
	assert.deepEqual(
		two.refused.map(({label, reason}) => `${label} ${reason}`),
		['DEFAULT names the file `~/a`, which was not read', 'ADMIN names the file `~/b`, which was not read'],
	);
	const absent = {...machine().world, read: async () => undefined};
	const {look: gone} = await lookInPaste(profile('~/id_rsa'), absent, {files: ['~/id_rsa']});
	assert.equal(gone.found[0]?.remark, "the file `~/id_rsa` can't be read");
});

const remote = [
	'//server/share/key',
	'\\\\server\\share\\key',
	'/\\server\\share\\key',
	'\\\\?\\UNC\\server\\share\\key',
	'/net/server/key',
	'/tmp/../net/server/key',
	'/Network/Servers/key',
	'/afs/example.org/key',
];

test('a file on another machine is never read for a paste, nor asked about', async () => {
	for (const path of remote) {
		assert.equal(isRemote(path), true, path);
		const {world, read} = machine();
		const {names} = await lookInPaste(profile(path), world, {});
		await lookInPaste(profile(path), world, {files: [path]});
		assert.deepEqual([names, read], [[], []], path);
	}
	for (const path of ['/home/me/net/key', '/network-keys/one', 'C:\\keys\\one'])
		assert.equal(isRemote(path), false, path);
	const {look} = await lookInPaste(profile('/net/server/key'), machine().world, {});
	assert.match(look.found[0]?.remark ?? '', /`\/net\/server\/key` may be on another machine/);
});

test('a path that depends on a place, or is no path to show, is not read', async () => {
	for (const path of ['id_rsa', './id_rsa', '../id_rsa', `/${'x'.repeat(300)}`]) {
		const {world, read} = machine();
		const {names} = await lookInPaste(profile(path), world, {files: [path]});
		assert.deepEqual([names, read], [[], []], path);
	}
});

const log = '2026-11-29: started\nlevel: info\nmessage: all is well\n';

test('a text that has nothing of the chosen provider is no credential, whatever is wrong with it', async () => {
	const given = {provider: providerOf('aws')};
	const unknown = {code: 'invalid', message: 'it is no credential that is known here'};
	for (const text of [log, `${log}${'a: '.repeat(40)}\n`, 'two\nlines', '{"a": 1, "a": 2}'])
		await assert.rejects(lookInPaste(text, machine().world, given), unknown, text);
	const known = {message: 'line 2, column 1: `nothing` is not a field of aws'};
	await assert.rejects(lookInPaste('accessKeyID: a\nnothing: b\n', machine().world, given), known);
	const csv = 'User name,Access key ID,Secret access key\na,b\n';
	await assert.rejects(lookInPaste(csv, machine().world, given), {message: /^line 2: this row has more or fewer/});
});

test('keys are answered while a long paste is read, and it can be given up', async () => {
	let pauses = 0;
	const world: World = {
		...machine().world,
		pause: async () => {
			pauses++;
		},
	};
	const csv = `Access key ID,Secret access key\n${'"AKIAINVENTED00000001","invented"\n'.repeat(6000)}`;
	await lookInPaste(csv, world, {}).catch(() => {});
	assert.ok(pauses > 30, `${pauses} pauses`);
	await assert.rejects(lookInPaste(log, world, {provider: providerOf('aws')}));
	const {PharmerError} = await import('../../source/domain/errors.js');
	const pause = async () => Promise.reject(new PharmerError('cancelled', 'stopped'));
	await assert.rejects(lookInPaste(csv, {...world, pause}, {}), {code: 'cancelled'});
});
