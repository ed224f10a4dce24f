import {createHash} from 'node:crypto';
import {PharmerError} from '../../domain/errors.js';
import {Secret} from '../../domain/secret.js';
import {listAt, objectOf, textAt} from '../answers.js';
import {assertNoKeys, type IssueCall, type IssueOrder, type Issuer, type IssueStep, nothingThere} from '../issuer.js';
import {idAt} from '../key-api.js';
import {markedLabel} from '../key-service.js';
import type {Values} from '../provider.js';
import {incomplete, type RefusalRow, Refused} from '../refused.js';
import {ifThere, unlessGone} from '../unless-gone.js';
import {addSecret, isUuid, removeSecret, secretRows, secretsOf} from './keys.js';
import {type AskService, signIn} from './sign-in.js';

/** A role, by its name or id, and where: a subscription, or something in one. */
const roleForm =
	/^([^@\p{C}]{1,128})(?:@(\/subscriptions\/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?:\/(?!\.+(?:\/|$))[\w().-]{1,90})*))?$/iu;

/** Roles that give roles, and their ids ("Azure built-in roles", Privileged). */
const selfGranting: ReadonlySet<string> = new Set([
	'owner',
	'8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
	'user access administrator',
	'18d7d88d-d35e-4fb5-a5c3-7773c20a72d9',
	'role based access control administrator',
	'f58310d9-a9f6-439a-9e8d-f62e7b41a168',
]);

const contributing: ReadonlySet<string> = new Set(['contributor', 'b24988ac-6180-42a0-ab88-20f7382dd24c']);

/** What Graph refuses with about applications ("Microsoft Graph error responses"; openshift-azure#1534). */
const graphRows: readonly RefusalRow[] = [
	{status: 404, code: 'Request_ResourceNotFound', kind: 'gone', why: 'Azure does not have it'},
	{
		status: 409,
		code: 'Request_MultipleObjectsWithSameKeyValue',
		kind: 'later',
		why: 'Azure has it, and does not show it',
	},
	...secretRows,
];

/** It says the same of any bad request, and of an application that it does not know everywhere yet. */
const lagRow: RefusalRow = {
	status: 400,
	code: 'Request_BadRequest',
	kind: 'later',
	why: 'Azure does not know the application everywhere yet',
};

/** What it refuses with about roles (Azure RBAC, "Troubleshoot Azure RBAC"). */
const roleRows: readonly RefusalRow[] = [
	{
		status: 403,
		code: /^(?:AuthorizationFailed|LinkedAuthorizationFailed)$/,
		kind: 'denied',
		why: 'it may not: giving roles needs Owner or User Access Administrator there',
	},
	{
		status: 400,
		code: 'PrincipalNotFound',
		kind: 'later',
		why: 'Azure does not know the service principal everywhere yet',
	},
	{status: 409, code: 'RoleAssignmentExists', kind: 'taken', why: 'it has the role'},
	{status: 404, code: /^(?:RoleAssignmentNotFound|NotFound)$/, kind: 'gone', why: 'Azure does not have it'},
	{
		status: [400, 404],
		code: /^(?:RoleDefinitionDoesNotExist|SubscriptionNotFound|ResourceGroupNotFound|ResourceNotFound)$/,
		kind: 'other',
		why: 'Azure has no such role, or no such place for it',
	},
	{status: 401, code: /^/, kind: 'unsigned', why: 'Azure does not accept what signs'},
];

/**
 * An application with its service principal, and roles for it (Microsoft Graph, "Upsert application" and "Create
 * servicePrincipal"; Azure RBAC, "Assign Azure roles using the REST API"; the same as the guide of this provider says).
 * Names may be there twice: `uniqueName` is the mark.
 */
export const azureIssuer: Issuer = {
	identity: 'pharmer',
	refusesName: identity => (/^[^\p{C}]{1,120}$/u.test(identity) ? undefined : 'it has 1 to 120 characters'),
	policies: by => [`Contributor@${subscriptionOf('Contributor', by)}`],
	policy: {
		takes: 'ROLE or ROLE@/subscriptions/ID/…',
		isFile: () => false,
		refuses: policy =>
			roleForm.test(policy)
				? undefined
				: 'it is no role, such as `Reader` or `Reader@/subscriptions/ID/resourceGroups/NAME`',
	},
	policyName: policy => roleForm.exec(policy)?.[1] ?? policy,
	warns({policies}) {
		const roles = policies.map(policy => azureIssuer.policyName(policy));
		const granting = roles.find(role => selfGranting.has(role.toLowerCase()));
		if (granting !== undefined) return `${granting} lets the key grant itself any access`;
		const wide = roles.find(role => contributing.has(role.toLowerCase()));
		return wide === undefined ? undefined : `${wide} lets the key change and delete everything there`;
	},
	steps: (order, by) => [
		applicationStep(order),
		principalStep(order),
		...[...new Set(order.policies)].map(policy => roleStep(order, policy, by)),
	],
	identityStep: 'application',
	// Nothing is made for a role that Azure does not have.
	async survey(call) {
		const ask = await signIn(call, 'management', roleRows);
		for (const policy of call.order.policies) await roleIdOf(ask, roleOf(policy, call.by));
		return nothingThere;
	},
	async keys(call) {
		const ask = await graph(call);
		return (await secretsOf(ask, await clientOf(call, ask))).map(({key}) => key);
	},
	async makeKey(call, _, mark) {
		const ask = await graph(call);
		return addSecret(ask, await clientOf(call, ask), {displayName: markedLabel(mark)});
	},
	removeKey(call, id) {
		const remove = async (): Promise<void> => {
			const ask = await graph(call);
			await removeSecret(ask, await clientOf(call, ask), id);
		};
		return unlessGone(remove());
	},
	fields({by, made, order}) {
		const [first = ''] = order.policies;
		return new Map([
			['tenantID', new Secret(by('tenantID'))],
			['subscriptionID', new Secret(roleOf(first, by).scope.split('/')[2] ?? '')],
			['clientID', new Secret(made.get('application') ?? '')],
		]);
	},
};

const version = 'api-version=2022-04-01';

const graph = (call: IssueCall, more: readonly RefusalRow[] = []): Promise<AskService> =>
	signIn(call, 'graph', [...more, ...graphRows]);

/** The subscription of the credential that signs, as a place. Throws `invalid` where it names none. */
function subscriptionOf(role: string, by: Values): string {
	const id = by('subscriptionID');
	if (isUuid.test(id)) return `/subscriptions/${id}`;
	throw new PharmerError(
		'invalid',
		'the credential that signs names no subscription to give a role in',
		`name one: \`--policy ${role}@/subscriptions/ID\``,
	);
}

type Role = {readonly name: string; readonly scope: string};

function roleOf(policy: string, by: Values): Role {
	const [, name = policy, scope] = roleForm.exec(policy) ?? [];
	return {name, scope: scope ?? subscriptionOf(name, by)};
}

/** Throws `Refused` where there is no role of that name. */
async function roleIdOf(ask: AskService, {name, scope}: Role): Promise<string> {
	if (isUuid.test(name)) return name;
	const filter = encodeURIComponent(`roleName eq '${name.replaceAll("'", "''")}'`);
	const path = `${scope}/providers/Microsoft.Authorization/roleDefinitions?${version}&$filter=${filter}`;
	const answer = await ask({method: 'GET', path}, [200]);
	const body = objectOf(answer);
	const role = listAt(body, 'value').find(
		each => textAt(each, 'properties', 'roleName')?.toLowerCase() === name.toLowerCase(),
	);
	if (role !== undefined) return idAt(isUuid, role, 'name');
	throw Array.isArray(body?.value) ? new Refused('other', `Azure has no role \`${name}\``) : incomplete(answer);
}

/** The path of the application that is made for an order, which its mark names. */
const applicationPath = ({mark}: IssueOrder): string => `/v1.0/applications(uniqueName='${markedLabel(mark)}')`;

/** The client id of the application. Throws `Refused` where there is none. */
async function clientOf({made, order}: IssueCall, ask: AskService): Promise<string> {
	const known = made.get('application');
	if (known !== undefined) return known;
	const answer = await ask({method: 'GET', path: `${applicationPath(order)}?$select=appId`}, [200]);
	return idAt(isUuid, objectOf(answer), 'appId');
}

/** Throws `Refused` of the kind `used` where the application has a secret. */
async function assertNoSecrets(ask: AskService, client: string): Promise<void> {
	assertNoKeys((await ifThere(secretsOf(ask, client))) ?? []);
}

function applicationStep(order: IssueOrder): IssueStep {
	return {
		id: 'application',
		says: `the application ${order.identity}`,
		async make(call) {
			const ask = await graph(call);
			const body = {displayName: order.identity, signInAudience: 'AzureADMyOrg'};
			const headers = {prefer: 'create-if-missing'};
			const answer = await ask({method: 'PATCH', path: applicationPath(order), headers, body}, [201, 204]);
			return answer.status === 201 ? idAt(isUuid, objectOf(answer), 'appId') : clientOf(call, ask);
		},
		async remove(call) {
			const ask = await graph(call);
			const client = await ifThere(clientOf(call, ask));
			if (client === undefined) return;
			await assertNoSecrets(ask, client);
			await unlessGone(ask({method: 'DELETE', path: `/v1.0/applications(appId='${client}')`}, [204]));
		},
	};
}

function principalStep({identity}: IssueOrder): IssueStep {
	const pathOf = (client: string): string => `/v1.0/servicePrincipals(appId='${client}')`;
	return {
		id: 'service principal',
		says: `the service principal ${identity}`,
		async make(call) {
			const ask = await graph(call, [lagRow]);
			const client = await clientOf(call, ask);
			const there = await ifThere(ask({method: 'GET', path: `${pathOf(client)}?$select=id`}, [200]));
			const body = {appId: client};
			const answer = there ?? (await ask({method: 'POST', path: '/v1.0/servicePrincipals', body}, [201]));
			return idAt(isUuid, objectOf(answer), 'id');
		},
		async remove(call) {
			const ask = await graph(call);
			const client = await ifThere(clientOf(call, ask));
			if (client === undefined) return;
			// With it goes whatever the application's secrets open.
			await assertNoSecrets(ask, client);
			await unlessGone(ask({method: 'DELETE', path: pathOf(client)}, [204]));
		},
	};
}

function roleStep({mark}: IssueOrder, policy: string, by: Values): IssueStep {
	const {name, scope} = roleOf(policy, by);
	const id = uuidOf(`${markedLabel(mark)} ${policy}`);
	const path = `${scope}/providers/Microsoft.Authorization/roleAssignments/${id}?${version}`;
	return {
		id: policy,
		says: `the role ${name} for it on ${scope}`,
		async make(call) {
			const ask = await signIn(call, 'management', roleRows);
			const roleId = await roleIdOf(ask, {name, scope});
			const properties = {
				roleDefinitionId: `${scope}/providers/Microsoft.Authorization/roleDefinitions/${roleId}`,
				principalId: call.made.get('service principal'),
				principalType: 'ServicePrincipal',
			};
			try {
				await ask({method: 'PUT', path, body: {properties}}, [200, 201]);
			} catch (error) {
				// It is not repeatable, whatever its name: the same is refused, too (azure-cli#8599).
				if (!(error instanceof Refused && error.kind === 'taken')) throw error;
			}
			return id;
		},
		async remove(call) {
			const ask = await signIn(call, 'management', roleRows);
			await unlessGone(ask({method: 'DELETE', path}, [200, 204]));
		},
	};
}

/** A UUID that is always the same for a text (RFC 9562, version 8). */
function uuidOf(text: string): string {
	const hex = createHash('sha256').update(text).digest('hex');
	return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5');
}
