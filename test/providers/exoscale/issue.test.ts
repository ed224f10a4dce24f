import assert from 'node:assert/strict';
import {test} from 'node:test';
import {exoscaleIssuer} from '../../../source/providers/exoscale/issue.js';
import {rolePolicy} from '../../../source/providers/exoscale/policy.js';
import {exoscale} from '../../../source/providers/exoscale/schema.js';
import {exoscaleOrganization} from '../../helpers/clouds/exoscale.js';
import {now} from '../../helpers/command-line.js';
import {issuingPlace, runIssue} from '../../helpers/issue-command.js';

type Organization = ReturnType<typeof exoscaleOrganization>;

const organizationNow = (): Organization => exoscaleOrganization(() => now.getTime());
const placeOf = (organization: Organization) => issuingPlace('exoscale', organization);
const roleNamed = ({roles}: Organization, name: string) => [...roles.values()].find(role => role.name === name);
const keysOf = ({keys}: Organization, role: string | undefined) =>
	[...keys.values()].filter(key => key['role-id'] === role).map(({name}) => name);
const compute = {'default-service-strategy': 'deny', services: {compute: {type: 'allow'}}};

test('a role of Exoscale with the policy of the guide is made, and a key of it in the same zone', async () => {
	const organization = organizationNow();
	const place = issuingPlace('exoscale', {...organization, admin: {...organization.admin, zone: 'ch-gva-2'}});
	const {code, stderr, data, underWay} = await runIssue('issue work --with admin', place, {answers: ['y']});
	assert.deepEqual([code, underWay], [0, undefined], stderr);
	const role = roleNamed(organization, 'pharmer');
	assert.deepEqual(role?.policy, compute);
	const [command = ''] = exoscale.guide?.sections[0]?.lines ?? [];
	assert.ok(command.includes(JSON.stringify(rolePolicy(exoscaleIssuer.policies(() => '')))), 'as the guide says');
	assert.match(keysOf(organization, role?.id).join(), /^pharmer-[0-9a-f]{8}$/);
	assert.deepEqual([organization.opens(data), data.zone], [true, 'ch-gva-2']);
	assert.match(stderr, /this makes:\n {2}the role pharmer that may use compute\n {2}a key for it/);
	assert.match(stderr, /compute lets the key make and delete any instance, cluster and network\./);
	assert.ok(!stderr.includes(data.apiSecret ?? 'x'));
});

test('what a key of Exoscale may do is said by service classes or one policy', async () => {
	const organization = organizationNow();
	const services = await runIssue(
		'issue a --with admin --user dns --policy dns --policy sos --yes',
		placeOf(organization),
	);
	assert.equal(services.code, 0, services.stderr);
	assert.deepEqual(roleNamed(organization, 'dns')?.policy, {
		'default-service-strategy': 'deny',
		services: {dns: {type: 'allow'}, sos: {type: 'allow'}},
	});
	assert.deepEqual(
		keysOf(organization, roleNamed(organization, 'dns')?.id).map(name => name.slice(0, 12)),
		['dns pharmer-'],
	);
	assert.ok(!services.stderr.includes('lets the key'), 'nothing far-reaching is said of these');
	const policy = {
		'default-service-strategy': 'deny',
		services: {iam: {type: 'rules', rules: [{action: 'allow', expression: "operation == 'list-api-keys'"}]}},
	};
	const files = {'own.json': JSON.stringify(policy)};
	const own = await runIssue('issue b --with admin --user own --policy own.json --yes', placeOf(organization), {files});
	assert.equal(own.code, 0, own.stderr);
	assert.deepEqual(roleNamed(organization, 'own')?.policy, policy);
	assert.match(own.stderr, /iam lets the key give itself any access/);
});

test('what is no policy of Exoscale, and no name, makes nothing', async () => {
	const organization = organizationNow();
	const files = {
		'aws.json': '{"Version": "2012-10-17", "Statement": []}',
		'list.json': '{"default-service-strategy": "deny", "services": []}',
		'odd.json': '{"default-service-strategy": "maybe", "services": {}}',
		'good.json': JSON.stringify(compute),
	};
	const lines = [
		...['aws.json', 'list.json', 'odd.json'].map(name => `--policy ${name}`),
		'--policy good.json --policy dns',
		'--user a/b',
	];
	for (const flags of lines) {
		const {code, stderr} = await runIssue(`issue work --with admin --yes ${flags}`, placeOf(organization), {files});
		assert.deepEqual([code, organization.roles.size], [7, 2], `${flags}: ${stderr}`);
	}
});

test('a role of Exoscale that somebody else made is used after a yes only, and never taken back', async () => {
	const organization = organizationNow();
	const role = organization.addRole('pharmer', {'default-service-strategy': 'allow', services: {}});
	organization.add('console', role.id);
	const place = placeOf(organization);
	const refused = await runIssue('issue work --with admin --yes', place);
	assert.equal(refused.code, 5, refused.stderr);
	assert.match(
		refused.stderr,
		/a role `pharmer` that this did not make\. It may do other things than those that are asked for/,
	);
	const no = await runIssue('issue work --with admin', place, {answers: ['n']});
	assert.deepEqual([no.code, keysOf(organization, role.id)], [3, ['console']]);
	const lost = await runIssue('issue work --with admin', place, {answers: ['y', 'y']}, ({url, method}) =>
		method === 'GET' && /\/api-key\/EXO/.test(url) ? 'request-lost' : undefined,
	);
	assert.equal(lost.code, 11, lost.stderr);
	assert.equal(keysOf(organization, role.id).length, 2);
	const {code, underWay} = await runIssue('issue work --undo --yes', place);
	assert.deepEqual([code, underWay, keysOf(organization, role.id)], [0, undefined, ['console']]);
	assert.ok(organization.roles.has(role.id));
});

test('a role of Exoscale that somebody makes meanwhile stays as it is, with its keys', async () => {
	const organization = organizationNow();
	const place = placeOf(organization);
	let role: {readonly id: string} | undefined;
	const {code, stderr} = await runIssue('issue work --with admin --yes', place, {}, ({method, url}) => {
		if (method === 'POST' && url.endsWith('/iam-role')) {
			role = organization.addRole('pharmer', compute);
			organization.add('theirs', role.id);
		}
		return undefined;
	});
	assert.equal(code, 10, stderr);
	await runIssue('issue work --undo --yes', place);
	assert.deepEqual(keysOf(organization, role?.id), ['theirs']);
});

test('a role of Exoscale that others use by now stays, and their key', async () => {
	const organization = organizationNow();
	const place = placeOf(organization);
	await runIssue('issue work --with admin --yes', place, {}, ({method, url}) =>
		method === 'GET' && /\/api-key\/EXO/.test(url) ? 'request-lost' : undefined,
	);
	const role = roleNamed(organization, 'pharmer');
	organization.add('theirs', role?.id ?? '');
	const {code, stderr, underWay} = await runIssue('issue work --undo --yes', place);
	assert.deepEqual([code, underWay, keysOf(organization, role?.id)], [0, undefined, ['theirs']], stderr);
	assert.match(stderr, /the role pharmer that may use compute stays: something else is in it/);
});

test('a key of Exoscale that may not make roles is told so, and nothing is under way', async () => {
	const organization = organizationNow();
	const place = issuingPlace('exoscale', {...organization, admin: organization.poor});
	const {code, stderr, underWay} = await runIssue('issue work --with admin --yes', place);
	assert.deepEqual([code, underWay], [10, undefined]);
	assert.match(stderr, /needs a role that allows all of the service iam/);
});
