import type {Data} from '../../domain/journal.js';
import {isObject} from '../../domain/json.js';
import {Secret} from '../../domain/secret.js';
import {textAt} from '../answers.js';
import {
	assertNoKeys,
	assertOurs,
	assertSame,
	doubtOf,
	type FoundIdentity,
	type IssueCall,
	type IssueOrder,
	type Issuer,
	type IssueStep,
	isSame,
	nothingThere,
} from '../issuer.js';
import {everyPage, given, listIn} from '../key-api.js';
import {type KeyCall, markedLabel} from '../key-service.js';
import type {Values} from '../provider.js';
import {type RefusalRow, Refused} from '../refused.js';
import {unlessGone} from '../unless-gone.js';
import {accountOf} from './grant.js';
import {openGoogle} from './iam.js';
import {gceKeys, upload, withPair} from './keys.js';
import {clusterRoles} from './roles.js';

/** Roles that give roles, or change what these allow ("IAM roles and permissions index"). */
const selfGranting =
	/^roles\/(?:owner|iam\.(?:securityAdmin|roleAdmin|organizationRoleAdmin)|resourcemanager\.(?:projectIamAdmin|folderIamAdmin|folderAdmin|organizationAdmin))$/;

const uniqueId = /^\d{1,30}$/;

/** What Google says to whoever may not make accounts or give roles, and of an account that it does not know yet. */
const rows: readonly RefusalRow[] = [
	{
		status: 403,
		code: /^PERMISSION_DENIED/,
		kind: 'denied',
		why: 'it may not: that needs roles/iam.serviceAccountAdmin and roles/resourcemanager.projectIamAdmin',
	},
	{status: 409, code: /^ABORTED/, kind: 'later', why: "somebody else changes the project's roles"},
	{status: 400, code: /^INVALID_ARGUMENT/, kind: 'gone', why: 'Google does not know the account or the role'},
];

/**
 * A service account, roles of the project for it, and a key whose private half stays here (IAM API,
 * projects.serviceAccounts; Resource Manager API, projects.setIamPolicy; the same as the guide of this provider says).
 */
export const gceIssuer: Issuer = {
	identity: 'pharmer',
	refusesName: identity =>
		/^[a-z][a-z\d-]{4,28}[a-z\d]$/.test(identity)
			? undefined
			: 'an account has 6 to 30 lower-case letters, digits or `-`, and begins with a letter',
	policies: () => clusterRoles,
	policy: {
		takes: 'a role, such as roles/dns.admin',
		isFile: () => false,
		refuses: policy =>
			/^(?:(?:projects|organizations)\/[\w.:-]+\/)?roles\/[\w.]+$/.test(policy) ? undefined : 'it is no role',
	},
	policyName: policy => policy,
	warns({policies}) {
		const granting = policies.find(role => selfGranting.test(role));
		if (granting !== undefined) return `${granting} lets the key grant itself any access`;
		const acting = policies.find(role => role.startsWith('roles/iam.'));
		return acting === undefined ? undefined : `${acting} may let the key act as other accounts, with what they may do`;
	},
	places: {sends: () => 'a token that is signed with the private key'},
	steps: (order, by) => [accountStep(order), ...order.policies.map(role => roleStep(order, role, by))],
	identityStep: 'account',
	async survey(call) {
		const {order, by} = call;
		const account = await find(call);
		if (account === undefined) return nothingThere;
		const {bindings} = await policyOf(call);
		const has = order.policies.filter(role => membersOf(bindings, role).includes(memberOf(order, by)));
		return {
			there: new Map([['account', account.id], ...has.map(role => [role, role] as const)]),
			doubts: [doubtOf('Google Cloud', 'an account', order.identity)],
		};
	},
	keys: call => withAccount(call, () => gceKeys.keys(keyCall(call))),
	choose: call => withPair(keyFile(call)),
	makeKey: (call, chosen) => withAccount(call, () => upload(keyCall(call), chosen?.('serviceAccount') ?? '')),
	removeKey: (call, id) => gceKeys.remove(keyCall(call), id),
	fields: ({by}): Data => new Map([['projectID', new Secret(projectOf(by))]]),
};

function projectOf(by: Values): string {
	return by('projectID') || accountOf(by).projectID;
}

/** The address of the account. A project of a domain, `example.com:project`, is turned around in it. */
function emailOf({identity}: IssueOrder, by: Values): string {
	return `${identity}@${projectOf(by).split(':').toReversed().join('.')}.iam.gserviceaccount.com`;
}

const memberOf = (order: IssueOrder, by: Values): string => `serviceAccount:${emailOf(order, by)}`;

function keyFile({order, by, made}: IssueCall): string {
	const email = emailOf(order, by);
	return JSON.stringify({
		type: 'service_account',
		project_id: projectOf(by),
		private_key_id: '',
		private_key: '',
		client_email: email,
		client_id: made.get('account') ?? '',
		auth_uri: 'https://accounts.google.com/o/oauth2/auth',
		token_uri: 'https://oauth2.googleapis.com/token',
		auth_provider_x509_cert_url: 'https://www.googleapis.com/oauth2/v1/certs',
		client_x509_cert_url: `https://www.googleapis.com/robot/v1/metadata/x509/${encodeURIComponent(email)}`,
		universe_domain: 'googleapis.com',
	});
}

const keyCall = (call: IssueCall): KeyCall => ({
	...call,
	of: key => (key === 'serviceAccount' ? keyFile(call) : ''),
	isAdmin: true,
});

const accountsUrl = (by: Values): string =>
	`https://iam.googleapis.com/v1/projects/${encodeURIComponent(projectOf(by))}/serviceAccounts`;

/** The account of that name; undefined when there is none. Google does not tell that to whoever asks for it alone. */
async function find(call: IssueCall): Promise<FoundIdentity | undefined> {
	const google = await openGoogle(call);
	const email = emailOf(call.order, call.by);
	const accounts = await everyPage(async token => {
		const query = new URLSearchParams({pageSize: '100', ...(token === undefined ? {} : {pageToken: token})});
		const page = await google({method: 'GET', url: `${accountsUrl(call.by)}?${query}`}, rows);
		const next = textAt(page, 'nextPageToken');
		return {items: page.accounts === undefined ? [] : listIn(page.accounts), next: next === '' ? undefined : next};
	});
	const account = accounts.find(each => textAt(each, 'email') === email);
	if (account === undefined) return undefined;
	return {id: idOf(account), isOurs: textAt(account, 'description') === markedLabel(call.order.mark)};
}

function idOf(account: unknown): string {
	const id = textAt(account, 'uniqueId');
	return given(id !== undefined && uniqueId.test(id) ? id : undefined);
}

/** Of an account that is gone Google says what it says to whoever may not ask: its list tells them apart. */
async function withAccount<Result>(call: IssueCall, work: () => Promise<Result>): Promise<Result> {
	const account = await find(call);
	assertSame(call, 'account', account);
	try {
		return await work();
	} catch (error) {
		const isOpen = error instanceof Refused && error.kind === 'denied' && account === undefined;
		throw isOpen ? new Refused('gone', 'Google does not have the account') : error;
	}
}

function accountStep(order: IssueOrder): IssueStep {
	return {
		id: 'account',
		says: `the service account ${order.identity}`,
		async make(call) {
			const google = await openGoogle(call);
			const serviceAccount = {displayName: order.identity, description: markedLabel(order.mark)};
			const body = {accountId: order.identity, serviceAccount};
			try {
				return idOf(await google({method: 'POST', url: accountsUrl(call.by), body}, rows));
			} catch (error) {
				if (!(error instanceof Refused && error.kind === 'taken')) throw error;
				const there = await find(call);
				if (there === undefined) throw new Refused('later', 'Google does not list the account yet');
				if (!there.isOurs) throw error;
				return there.id;
			}
		},
		async remove(call) {
			const account = await find(call);
			if (account === undefined) return;
			assertOurs(account);
			assertNoKeys(await gceKeys.keys(keyCall(call)));
			const google = await openGoogle(call);
			const email = encodeURIComponent(emailOf(order, call.by));
			await unlessGone(google({method: 'DELETE', url: `${accountsUrl(call.by)}/${email}`}, rows));
		},
	};
}

function roleStep(order: IssueOrder, role: string, by: Values): IssueStep {
	const member = memberOf(order, by);
	return {
		id: role,
		says: `${role} for it`,
		async make(call) {
			assertSame(call, 'account', await find(call));
			await changeRole(call, role, members => [...members.filter(each => each !== member), member]);
			return role;
		},
		async remove(call) {
			const account = await find(call);
			// What is left of an account that is gone is nobody's.
			if (account === undefined || isSame(call, 'account', account))
				return changeRole(call, role, members => members.filter(each => each !== member));
			if (membersOf((await policyOf(call)).bindings, role).includes(member))
				throw new Refused('used', 'another account of that name has it');
		},
	};
}

type Binding = {readonly role: string; readonly members: readonly string[]};
type Policy = {readonly bindings: readonly Binding[]; readonly rest: object};

/** Whether a binding gives that role without a condition. */
const isPlain = (binding: Binding, role: string): boolean => binding.role === role && !('condition' in binding);

/** Who has that role without a condition. */
const membersOf = (bindings: readonly Binding[], role: string): readonly string[] =>
	bindings.filter(each => isPlain(each, role)).flatMap(({members}) => members);

const policyUrl = (by: Values): string =>
	`https://cloudresourcemanager.googleapis.com/v1/projects/${encodeURIComponent(projectOf(by))}`;

/** The roles of the project, and what else its policy has: its `etag` above all. */
async function policyOf(call: IssueCall): Promise<Policy> {
	const google = await openGoogle(call);
	const body = {options: {requestedPolicyVersion: 3}};
	const {bindings = [], ...rest} = await google(
		{method: 'POST', url: `${policyUrl(call.by)}:getIamPolicy`, body},
		rows,
	);
	given(typeof rest.etag === 'string' ? rest.etag : undefined);
	return {bindings: listIn(bindings).map(bindingIn), rest};
}

function bindingIn(value: unknown): Binding {
	const {role, members = [], ...more} = isObject(value) ? value : {};
	// What is left out here would be taken away: a policy is written as a whole.
	const all = listIn(members).map(each => given(typeof each === 'string' ? each : undefined));
	return {role: given(typeof role === 'string' ? role : undefined), members: all, ...more};
}

/** Gives a role other members, unless it has these. The `etag` has it refused where somebody else was faster. */
async function changeRole(
	call: IssueCall,
	role: string,
	change: (members: readonly string[]) => readonly string[],
): Promise<void> {
	const {bindings, rest} = await policyOf(call);
	const plain = bindings.find(each => isPlain(each, role)) ?? {role, members: []};
	const members = change(plain.members);
	if (members.length === plain.members.length) return;
	const others = bindings.filter(each => each !== plain);
	const next = members.length === 0 ? others : [...others, {...plain, members}];
	const google = await openGoogle(call);
	const body = {policy: {...rest, bindings: next}};
	await google({method: 'POST', url: `${policyUrl(call.by)}:setIamPolicy`, body}, rows);
}
