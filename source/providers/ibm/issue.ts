import {PharmerError} from '../../domain/errors.js';
import {listAt, objectOf, textAt} from '../answers.js';
import {assertNoKeys, type IssueCall, type IssueOrder, type Issuer, type IssueStep, nothingThere} from '../issuer.js';
import {idAt} from '../key-api.js';
import {markedLabel} from '../key-service.js';
import {incomplete, type RefusalRow, Refused} from '../refused.js';
import {ifThere, unlessGone} from '../unless-gone.js';
import {type AskIam, everyOne, signIn} from './iam.js';
import {chooseValue, keyOf, listOf, makeKeyOf, removeKeyOf} from './keys.js';

const serviceIdForm = /^ServiceId-[\w-]{1,100}$/;
const policyIdForm = /^[\w-]{1,100}$/;
const policyForm = /^([a-z][a-z\d.-]{0,99})=([A-Z][a-z]+(?:,[A-Z][a-z]+)*)$/;

/** The roles that every service has ("IAM roles and actions"), by the start of their names. */
const roleStarts: Readonly<Record<string, string>> = {
	Administrator: 'role',
	Editor: 'role',
	Operator: 'role',
	Viewer: 'role',
	Manager: 'serviceRole',
	Writer: 'serviceRole',
	Reader: 'serviceRole',
};

/** The services with whose groups and keys an identity gets the access of others ("IAM roles and actions"). */
const granting: ReadonlySet<string> = new Set(['iam-groups', 'iam-identity']);

/** What it refuses with beside what it does about keys (platform-services-go-sdk 0.101, ErrorObject.Code). */
const rows: readonly RefusalRow[] = [
	{
		status: 403,
		code: /^/,
		kind: 'denied',
		why: 'it may not: that needs Administrator on the IAM Identity Service and on the services of the policies',
	},
	{
		status: 409,
		code: /^policy_conflict_error\b/,
		kind: 'later',
		why: 'IBM Cloud has the policy, and does not list it yet',
	},
	{
		status: [400, 404],
		code: /^(?:invalid_body|role_not_found|resource_not_found)\b/,
		kind: 'other',
		why: 'IBM Cloud has no such service, or the service has no such role',
	},
];

/**
 * A service ID with policies (IAM Identity API, createServiceId; IAM Policy Management API v1, createPolicy; the same
 * as the guide of this provider says). Names may be there twice: the description tells whose a service ID is.
 */
export const ibmIssuer: Issuer = {
	identity: 'pharmer',
	refusesName: identity => (/^[^\p{C}]{1,100}$/u.test(identity) ? undefined : 'it has 1 to 100 characters'),
	policies: () => ['containers-kubernetes=Administrator,Manager', 'is=Editor'],
	policy: {
		takes: 'SERVICE=ROLE,…, such as is=Editor',
		isFile: () => false,
		refuses(policy) {
			const {roles} = partsOf(policy);
			if (roles.length === 0) return 'it is no service with its roles, such as `is=Editor`';
			return roles.every(role => Object.hasOwn(roleStarts, role))
				? undefined
				: `a role is one of ${Object.keys(roleStarts).join(', ')}`;
		},
	},
	policyName,
	warns({policies}) {
		const all = policies.map(partsOf);
		const own = all.find(({service, roles}) => granting.has(service) && roles.some(role => /^(?:Adm|Edi)/.test(role)));
		if (own !== undefined)
			return `${policyName(policies[all.indexOf(own)] ?? '')} lets the key grant itself any access`;
		const services = all.filter(({roles}) => roles.includes('Administrator'));
		return services.length === 0
			? undefined
			: `Administrator lets the key give anybody access to ${services.map(({service}) => service).join(', ')}`;
	},
	steps(order) {
		assertApart(order.policies);
		return [serviceIdStep(order), ...order.policies.map((policy, at) => policyStep(order, policy, at + 1))];
	},
	identityStep: 'service ID',
	survey: async () => nothingThere,
	async keys(call) {
		const {iam, account} = await open(call);
		return listOf(iam, {account, user: userOf(await serviceIdOf(call, iam, account))});
	},
	choose: chooseValue,
	async makeKey(call, chosen) {
		const {iam, account} = await open(call);
		const id = await serviceIdOf(call, iam, account);
		const name = markedLabel(call.order.mark);
		return makeKeyOf(iam, chosen?.('apiKey') ?? '', async () => ({name, iam_id: userOf(id), account_id: account}));
	},
	removeKey: async (call, id) => removeKeyOf(await signIn(call, rows), id),
	fields: () => new Map(),
};

function partsOf(policy: string): {readonly service: string; readonly roles: readonly string[]} {
	const [, service = '', roles] = policyForm.exec(policy) ?? [];
	return {service, roles: roles?.split(',') ?? []};
}

/** IBM refuses a policy that gives what another one of the same identity gives. Throws `invalid`. */
function assertApart(policies: readonly string[]): void {
	const services = policies.map(policy => partsOf(policy).service);
	const twice = services.find((service, at) => services.indexOf(service) !== at);
	if (twice === undefined) return;
	throw new PharmerError(
		'invalid',
		`two policies are for \`${twice}\``,
		`name its roles in one: \`${twice}=ROLE,ROLE\``,
	);
}

function policyName(policy: string): string {
	const {service, roles} = partsOf(policy);
	return `${roles.join(' and ')} on ${service}`;
}

const headers = {'content-type': 'application/json'};

/** By this IBM's policies and keys know the service ID of an id. */
const userOf = (id: string): string => `iam-${id}`;

type Account = {readonly iam: AskIam; readonly account: string};

/** Signs in, and asks which account the key is of. */
async function open(call: IssueCall): Promise<Account> {
	const iam = await signIn(call, rows);
	return {iam, account: (await keyOf(iam, call.by('apiKey'))).account};
}

/** The ids of the service IDs that were made for this order: several only where IBM was slow to list the first. */
async function madeServiceIds({order}: IssueCall, {iam, account}: Account): Promise<readonly string[]> {
	const all = await everyOne(iam, '/v1/serviceids', 'serviceids', {account_id: account, name: order.identity});
	const own = all.filter(each => textAt(each, 'description') === markedLabel(order.mark));
	return own.map(each => idAt(serviceIdForm, each, 'id'));
}

/** Throws `Refused` where there is none. */
async function serviceIdOf(call: IssueCall, iam: AskIam, account: string): Promise<string> {
	const id = call.made.get('service ID') ?? (await madeServiceIds(call, {iam, account}))[0];
	if (id === undefined) throw new Refused('gone', 'IBM Cloud does not have the service ID');
	return id;
}

function serviceIdStep({identity, mark}: IssueOrder): IssueStep {
	return {
		id: 'service ID',
		says: `the service ID ${identity}`,
		async make(call) {
			const {iam, account} = await open(call);
			const [there] = await madeServiceIds(call, {iam, account});
			if (there !== undefined) return there;
			const body = JSON.stringify({account_id: account, name: identity, description: markedLabel(mark)});
			const answer = await iam({method: 'POST', path: '/v1/serviceids', headers, body}, 201);
			return idAt(serviceIdForm, objectOf(answer), 'id');
		},
		async remove(call, id) {
			const {iam, account} = await open(call);
			for (const each of new Set([
				...(await madeServiceIds(call, {iam, account})),
				...(id === undefined ? [] : [id]),
			])) {
				assertNoKeys((await ifThere(listOf(iam, {account, user: userOf(each)}))) ?? []);
				await unlessGone(iam({method: 'DELETE', path: `/v1/serviceids/${encodeURIComponent(each)}`}, 204));
			}
		},
	};
}

function policyStep(order: IssueOrder, policy: string, number: number): IssueStep {
	const description = `${markedLabel(order.mark)}-${number}`;
	const {service, roles} = partsOf(policy);
	const find = async (iam: AskIam, account: string, user: string): Promise<string | undefined> => {
		const query = new URLSearchParams({account_id: account, iam_id: user, type: 'access', state: 'active'});
		const answer = await iam({method: 'GET', path: `/v1/policies?${query}`});
		const body = objectOf(answer);
		if (!Array.isArray(body?.policies)) throw incomplete(answer);
		const own = listAt(body, 'policies').find(each => textAt(each, 'description') === description);
		return own === undefined ? undefined : idAt(policyIdForm, own, 'id');
	};
	return {
		id: policy,
		says: `its policy ${policyName(policy)}`,
		async make(call) {
			const {iam, account} = await open(call);
			const user = userOf(await serviceIdOf(call, iam, account));
			const there = await find(iam, account, user);
			if (there !== undefined) return there;
			const body = JSON.stringify({
				type: 'access',
				description,
				subjects: [{attributes: [{name: 'iam_id', value: user}]}],
				roles: roles.map(role => ({role_id: `crn:v1:bluemix:public:iam::::${roleStarts[role]}:${role}`})),
				resources: [
					{
						attributes: [
							{name: 'accountId', value: account},
							{name: 'serviceName', value: service},
						],
					},
				],
			});
			const answer = await iam({method: 'POST', path: '/v1/policies', headers, body}, 201);
			return idAt(policyIdForm, objectOf(answer), 'id');
		},
		async remove(call, known) {
			const {iam, account} = await open(call);
			const user = call.made.get('service ID') ?? (await madeServiceIds(call, {iam, account}))[0];
			const id = known ?? (user === undefined ? undefined : await find(iam, account, userOf(user)));
			if (id === undefined) return;
			await unlessGone(iam({method: 'DELETE', path: `/v1/policies/${encodeURIComponent(id)}`}, 204));
		},
	};
}
