import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ibmIssuer} from '../../../source/providers/ibm/issue.js';
import {ibmAccount} from '../../helpers/clouds/ibm-account.js';
import {fieldsMade, issue, issueIn, takeBack} from '../../helpers/issued.js';
import {vaultWith} from '../../helpers/rotated.js';

const now = (): number => Date.parse('2026-11-30T10:00:00Z');

async function begun(apiKey?: string) {
	const account = ibmAccount(now);
	const data = apiKey === undefined ? account.admin : {apiKey};
	const vault = await vaultWith({provider: 'ibm', data});
	return {account, vault, making: {handlers: account.handlers, vault, now}};
}

test('a service ID of IBM Cloud gets the policies of the guide, and a key', async () => {
	const {account, vault, making} = await begun();
	const other = account.addServiceId('pharmer', 'of somebody else');
	const says: string[] = [];
	await issue({
		...making,
		answer: question => {
			if ('says' in question) says.push(...question.says);
			return 'yes';
		},
	});
	const [made] = [...account.serviceIds.values()].filter(each => each !== other);
	assert.match(made?.description ?? '', /^pharmer-[0-9a-f]{8}$/);
	assert.equal(made?.name, 'pharmer');
	assert.deepEqual(
		[...account.policies.values()].map(({user, sent}) => [user, sent.roles, JSON.stringify(sent.resources)]),
		[
			[
				`iam-${made?.id}`,
				[
					{role_id: 'crn:v1:bluemix:public:iam::::role:Administrator'},
					{role_id: 'crn:v1:bluemix:public:iam::::serviceRole:Manager'},
				],
				'[{"attributes":[{"name":"accountId","value":"0a1b2c"},{"name":"serviceName","value":"containers-kubernetes"}]}]',
			],
			[
				`iam-${made?.id}`,
				[{role_id: 'crn:v1:bluemix:public:iam::::role:Editor'}],
				'[{"attributes":[{"name":"accountId","value":"0a1b2c"},{"name":"serviceName","value":"is"}]}]',
			],
		],
	);
	const data = fieldsMade(await vault.read());
	assert.deepEqual(Object.keys(data ?? {}), ['apiKey']);
	assert.equal([...account.keys.values()].find(({value}) => value === data?.apiKey)?.name, made?.description);
	assert.deepEqual(says.slice(1, 5), [
		'  the service ID pharmer',
		'  its policy Administrator and Manager on containers-kubernetes',
		'  its policy Editor on is',
		'  a key for it, which is stored here as `made`',
	]);
	assert.equal(says.at(-1), 'Administrator lets the key give anybody access to containers-kubernetes.');
});

test('what was made at IBM Cloud is taken back last first, and what is of somebody else stays', async () => {
	const {account, vault, making} = await begun();
	const other = account.addServiceId('pharmer', 'of somebody else');
	account.addKey(`iam-${other.id}`, 'a-key-of-somebody-else-------------------', 'theirs');
	let isLost = false;
	const stops = {
		...making,
		fateOf: () => (isLost ? ('request-lost' as const) : undefined),
		handlers: {
			'iam.cloud.ibm.com': (request: Parameters<(typeof account.handlers)['iam.cloud.ibm.com']>[0]) => {
				const reply = account.handlers['iam.cloud.ibm.com'](request);
				isLost ||= request.method === 'POST' && request.target === '/v1/apikeys';
				return reply;
			},
		},
	};
	await assert.rejects(issue(stops), {code: 'network'});
	assert.equal(account.keys.size, 3);
	await takeBack(making);
	assert.equal(issueIn(await vault.read()), undefined);
	assert.deepEqual(account.deleted, ['ApiKey', '0a1b2c3d', '0a1b2c3d', 'ServiceId']);
	assert.deepEqual([[...account.serviceIds.keys()], account.policies.size, account.keys.size], [[other.id], 0, 2]);
});

test('what a policy of IBM Cloud may be', async () => {
	const {refuses} = ibmIssuer.policy;
	for (const policy of ['is=Editor', 'containers-kubernetes=Viewer,Reader', 'kms=Manager'])
		assert.equal(refuses(policy), undefined, policy);
	for (const policy of ['is', 'is=', '=Editor', 'is=Owner', 'is=toString', 'IS=Editor', 'is=Editor,', 'is=Editor\n'])
		assert.notEqual(refuses(policy), undefined, policy);
	const {account, vault, making} = await begun();
	await assert.rejects(issue({...making, policies: ['is=Editor', 'is=Viewer']}), {
		code: 'invalid',
		message: 'two policies are for `is`',
	});
	assert.deepEqual([account.serviceIds.size, issueIn(await vault.read())], [0, undefined]);
	await assert.rejects(issue({...making, policies: ['unheard-of=Editor']}), {
		code: 'refused',
		message: /no such service/,
	});
	await takeBack(making);
	assert.equal(account.serviceIds.size, 0);
});

test('who may not make a service ID is told so, and nothing is under way', async () => {
	const {account, vault, making} = await begun('the-key-of-a-poor-user-------------------');
	account.addKey('IBMid-poor', 'the-key-of-a-poor-user-------------------', 'poor');
	await assert.rejects(issue(making), {code: 'refused', message: /needs Administrator on the IAM Identity Service/});
	assert.deepEqual([account.serviceIds.size, issueIn(await vault.read())], [0, undefined]);
});
