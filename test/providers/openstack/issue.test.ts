import assert from 'node:assert/strict';
import {test} from 'node:test';
import {memoryVaultPlace} from '../../../source/vault/memory-vault.js';
import {openstackCloud} from '../../helpers/clouds/openstack.js';
import {fields, now, runCommandLine, usualPassphrase, type World} from '../../helpers/command-line.js';
import {storedCredential} from '../../helpers/credentials.js';
import {directNetwork, type Fate} from '../../helpers/direct-network.js';
import {fieldsOf} from '../../helpers/killed-at-request.js';

const clock = (): number => now.getTime();
type Fields = Readonly<Record<string, string>>;
type Cloud = ReturnType<typeof openstackCloud>;

/** A vault with a credential `me` of these fields. */
const placeOf = (data: Fields) =>
	memoryVaultPlace(
		{credentials: [storedCredential('me', {provider: 'openstack', data: fields(data)})], trash: []},
		usualPassphrase,
	);

function run(line: string, cloud: Cloud, world: World, fateOf?: (request: {readonly url: string}) => Fate) {
	const network = directNetwork(cloud.handlers, clock, fateOf);
	return runCommandLine(line.split(' '), {network: {network, wait: async () => {}}, ...world});
}

test('an application credential of the user that signs is made, for one role, and can make no other', async () => {
	for (const by of ['user', 'data'] as const) {
		const cloud = openstackCloud(clock);
		const place = placeOf({...cloud[by], region: 'RegionOne'});
		const {code, stderr, content} = await run('issue work --with me', cloud, {place, answers: ['y']});
		assert.equal(code, 0, stderr);
		assert.match(
			stderr,
			/the user that signs \(is there\)\n.*\nIt is an application credential of the user that signs/,
		);
		const [made] = cloud.shown().slice(1);
		assert.match(made ?? '', /^pharmer pharmer-[0-9a-f]{8}: member$/, 'not unrestricted');
		const stored = fieldsOf((await content()) ?? assert.fail(), 'work');
		assert.equal(cloud.opens(stored), true);
		const {applicationCredentialID: _, applicationCredentialSecret: __, ...rest} = stored;
		assert.deepEqual(rest, {
			authURL: cloud[by].authURL,
			region: 'RegionOne',
			authType: 'v3applicationcredential',
		});
		assert.ok(!stderr.includes(stored.applicationCredentialSecret ?? 'x'));
	}
});

test('roles are given by --policy, and one that the user does not have makes nothing', async () => {
	const cloud = openstackCloud(clock);
	const place = placeOf(cloud.user);
	const refused = await run('issue work --with me --policy owner --yes', cloud, {place});
	assert.deepEqual([refused.code, cloud.shown().length], [10, 1]);
	assert.match(refused.stderr, /does not have the role owner in the project/);
	const line = 'issue work --with me --user backup --policy reader --policy admin --yes';
	const {code, stderr} = await run(line, cloud, {place});
	assert.equal(code, 0, stderr);
	assert.match(cloud.shown()[1] ?? '', /^backup pharmer-[0-9a-f]{8}: reader,admin$/);
});

test('a restricted application credential makes none, and it is said who may', async () => {
	const cloud = openstackCloud(clock);
	const place = placeOf(cloud.with({name: 'narrow', unrestricted: false}));
	const {code, stderr} = await run('issue work --with me --yes', cloud, {place});
	assert.deepEqual([code, cloud.shown().length], [10, 2]);
	assert.match(stderr, /only an unrestricted one, or the user's password/);
});

test('what was made is taken back, and the other application credentials of the user stay', async () => {
	const cloud = openstackCloud(clock);
	const place = placeOf(cloud.user);
	const isList = ({url}: {readonly url: string}): boolean => url.endsWith('/application_credentials');
	let asked = 0;
	const lost = await run('issue work --with me --yes', cloud, {place}, request =>
		isList(request) && ++asked === 2 ? 'answer-lost' : undefined,
	);
	assert.deepEqual([lost.code, cloud.shown().length], [11, 2]);
	cloud.addKey();
	const [first, , added] = cloud.shown();
	const {code, stderr} = await run('issue work --undo --yes', cloud, {place});
	assert.equal(code, 0, stderr);
	assert.deepEqual(cloud.shown(), [first, added]);
});
