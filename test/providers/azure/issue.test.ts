import assert from 'node:assert/strict';
import {test} from 'node:test';
import {azureIssuer} from '../../../source/providers/azure/issue.js';
import {azureDirectory} from '../../helpers/clouds/azure-directory.js';
import {subscription, tenant} from '../../helpers/clouds/azure-login.js';
import type {Fate} from '../../helpers/direct-network.js';
import {fieldsMade, issue, issueIn, type Making, takeBack} from '../../helpers/issued.js';
import {vaultWith} from '../../helpers/rotated.js';

const now = (): number => Date.parse('2026-11-30T10:00:00Z');
const start = `/subscriptions/${subscription}`;

async function begun({
	lag = 0,
	admin = {},
}: {
	readonly lag?: number;
	readonly admin?: Readonly<Record<string, string>>;
}) {
	const directory = azureDirectory(lag);
	const vault = await vaultWith({provider: 'azure', data: {...directory.admin, ...admin}});
	return {directory, vault, making: {handlers: directory.handlers, vault, now} satisfies Making};
}

test('an application of Azure gets a service principal, a role in the subscription, and a secret', async () => {
	const {directory, vault, making} = await begun({lag: 4});
	const other = directory.addApplication('pharmer', 'of somebody else');
	const says: string[] = [];
	await issue({
		...making,
		answer: question => {
			if ('says' in question) says.push(...question.says);
			return 'yes';
		},
	});
	const [made] = [...directory.applications.values()].filter(each => each !== other);
	const [principal] = directory.principals.values();
	const [secret] = made?.passwords.values() ?? [];
	assert.match(made?.uniqueName ?? '', /^pharmer-[0-9a-f]{8}$/);
	assert.equal(made?.displayName, 'pharmer');
	assert.match(secret?.displayName ?? '', /^pharmer-[0-9a-f]{8}$/);
	const [[path = '', assignment] = []] = directory.assignments;
	assert.match(path, /\/roleAssignments\/[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
	assert.deepEqual(assignment, {
		principalId: principal?.id,
		roleDefinitionId: `${start}/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c`,
	});
	const content = await vault.read();
	// A secret without rights in its tenant can't be asked when it ends.
	assert.equal(content.credentials.find(({name}) => name === 'made')?.expires, '2028-11-30');
	assert.deepEqual(fieldsMade(content), {
		tenantID: tenant,
		subscriptionID: subscription,
		clientID: made?.appId,
		clientSecret: secret?.secretText,
	});
	assert.deepEqual(says.slice(1), [
		'  the application pharmer',
		'  the service principal pharmer',
		`  the role Contributor for it on ${start}`,
		'  a key for it, which is stored here as `made`',
		'Contributor lets the key change and delete everything there.',
	]);
});

test('what was made at Azure is taken back last first, and what is of somebody else stays', async () => {
	const {directory, vault, making} = await begun({});
	const other = directory.addApplication('pharmer', 'of somebody else');
	directory.addSecret(other, 'theirs');
	let isMade = false;
	const fateOf = (): Fate => (isMade ? 'request-lost' : undefined);
	const graph = directory.handlers['graph.microsoft.com'];
	const handlers = {
		...directory.handlers,
		'graph.microsoft.com': (request: Parameters<NonNullable<typeof graph>>[0]) => {
			isMade = request.target.endsWith('/addPassword');
			return graph?.(request) ?? {status: 599};
		},
	};
	await assert.rejects(issue({...making, handlers, fateOf}), {code: 'network'});
	await takeBack(making);
	assert.equal(issueIn(await vault.read()), undefined);
	assert.deepEqual(directory.deleted, ['role', 'service principal', 'application']);
	assert.deepEqual([...directory.applications.values()], [other]);
	assert.equal(other.passwords.size, 1);
});

test('a policy of Azure is a role that there is, in a place that is known', async () => {
	const {refuses} = azureIssuer.policy;
	for (const policy of ['Reader', "Ann's role", `Reader@${start}`, `Reader@${start}/resourceGroups/a.b-(c)`])
		assert.equal(refuses(policy), undefined, policy);
	for (const policy of ['', 'Reader@', 'Reader@/', `Reader@${start}/..`, `Reader@${start}/a b`, `Reader@${start}/a?b`])
		assert.notEqual(refuses(policy), undefined, policy);
	const {directory, vault, making} = await begun({});
	const unknown = issue({...making, policies: ['Reader', 'Reeder']});
	await assert.rejects(unknown, {code: 'refused', message: 'nothing is made: Azure has no role `Reeder`'});
	assert.deepEqual([directory.applications.size, issueIn(await vault.read())], [0, undefined]);
	await issue({...making, policies: [`Ann's role@${start}/resourceGroups/dns`, 'Reader']});
	assert.deepEqual(
		[...directory.assignments].map(([path, {roleDefinitionId}]) => [
			path.split('/providers/')[0],
			roleDefinitionId.split('/').at(-1),
		]),
		[
			[`${start}/resourceGroups/dns`, '0a1b2c3d-0000-4000-8000-aaaaaaaaaaaa'],
			[start, 'acdd72a7-3385-48ef-bd42-f606fba81ae7'],
		],
	);
});

test('without a subscription one has to be named', async () => {
	const {directory, vault, making} = await begun({admin: {subscriptionID: ''}});
	for (const policies of [undefined, ['Reader']])
		await assert.rejects(issue({...making, policies}), {
			code: 'invalid',
			hint: `name one: \`--policy ${policies?.[0] ?? 'Contributor'}@/subscriptions/ID\``,
		});
	assert.equal(directory.applications.size, 0);
	await issue({...making, policies: [`Reader@${start}`]});
	assert.equal(fieldsMade(await vault.read())?.subscriptionID, subscription);
});

test('who may not make an application, or give a role, is told so', async () => {
	const {directory, vault, making} = await begun({});
	const poor = directory.addApplication('poor', 'poor');
	const {secretText} = directory.addSecret(poor, 'poor');
	const data = {...directory.admin, clientID: poor.appId, clientSecret: secretText};
	const poorVault = await vaultWith({provider: 'azure', data});
	await assert.rejects(issue({...making, vault: poorVault}), {code: 'refused', message: /needs Owner or User Access/});
	assert.equal(issueIn(await poorVault.read()), undefined);
	const graph = () => ({status: 403, body: {error: {code: 'Authorization_RequestDenied', message: 'no'}}});
	const handlers = {...directory.handlers, 'graph.microsoft.com': graph};
	await assert.rejects(issue({...making, handlers}), {
		code: 'refused',
		message: /needs Application\.ReadWrite\.OwnedBy/,
	});
	assert.deepEqual([directory.applications.size, issueIn(await vault.read())], [1, undefined]);
});

test('what a role lets a key do is said', () => {
	const warning = (...policies: readonly string[]) =>
		azureIssuer.warns?.({identity: 'pharmer', policies, mark: '0a1b2c3d'});
	assert.equal(warning('Reader'), undefined);
	assert.equal(warning('Contributor', `owner@${start}`), 'owner lets the key grant itself any access');
});
