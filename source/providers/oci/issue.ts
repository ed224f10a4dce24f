import {Secret} from '../../domain/secret.js';
import {enumerated} from '../../domain/words.js';
import {objectOf, textAt} from '../answers.js';
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
} from '../issuer.js';
import {everyPage, idAt} from '../key-api.js';
import {markedLabel} from '../key-service.js';
import {type RefusalRow, Refused} from '../refused.js';
import {askIdentity, homeRegion, listIn} from './identity.js';
import {choosePair, keysOf, makeKeyOf, removeKeyOf} from './keys.js';
import {clusterFamilies} from './policies.js';

type Kind = 'groups' | 'users' | 'policies' | 'userGroupMemberships';

const ocid = /^ocidv?1[.:][\w.:-]{1,250}$/;

/** The end of a statement, behind `Allow group … to` ("Policy syntax"). */
const policyForm =
	/^(inspect|read|use|manage) ([a-z][a-z\d-]{0,99}) in (?:tenancy(?: where [^\p{C}]{1,500})?|compartment [^\p{C}]{1,500})$/iu;

/** What lets a user change what they may do, where they may manage it. */
const granting: ReadonlySet<string> = new Set([
	'all-resources',
	'policies',
	'groups',
	'users',
	'dynamic-groups',
	'domains',
]);

/**
 * A group with a policy, and a user in it (Identity API 20160918, CreateGroup, CreateUser, AddUserToGroup and
 * CreatePolicy; the same as the guide of this provider says). The description of each is the mark.
 */
export const ociIssuer: Issuer = {
	identity: 'pharmer',
	refusesName: identity =>
		/^[\w.+@-]{1,100}$/.test(identity) ? undefined : 'a user of Oracle has 1 to 100 letters, digits or `+@._-`',
	policies: () => clusterFamilies.map(family => `manage ${family} in tenancy`),
	policy: {
		takes: '"VERB KIND in PLACE", such as "manage cluster-family in compartment dev"',
		isFile: () => false,
		refuses: policy =>
			policyForm.test(policy) ? undefined : 'it is no `manage KIND in compartment NAME`, as behind `Allow group … to`',
	},
	policyName: policy => policy,
	warns({policies}) {
		const parts = policies.map(policy => policyForm.exec(policy) ?? []);
		const kindsOf = (right: string): readonly string[] =>
			parts.flatMap(([, verb, kind = '']) => (verb?.toLowerCase() === right ? [kind] : []));
		const kind = kindsOf('manage').find(each => granting.has(each.toLowerCase()));
		if (kind !== undefined) return `manage ${kind} lets the key grant itself any access`;
		const used = new Set(kindsOf('use').map(each => each.toLowerCase()));
		// Together they put a user into a group ("Details for IAM", AddUserToGroup).
		if (used.has('all-resources') || (used.has('users') && used.has('groups')))
			return 'to use users and groups lets the key join any group';
		return policies.some(policy => / in tenancy(?: where |$)/i.test(policy))
			? '`in tenancy` is every compartment, `in compartment NAME` would be one'
			: undefined;
	},
	steps: order => [groupStep(order), userStep(order), membershipStep, policyStep(order)],
	identityStep: 'user',
	async survey(call) {
		const {identity} = call.order;
		const [group, user] = [await find(call, 'groups', groupName(identity)), await find(call, 'users', identity)];
		const isBoth = group !== undefined && user !== undefined;
		const there = {
			group: group?.id,
			user: user?.id,
			membership: isBoth ? await membershipOf(call, user.id, group.id) : undefined,
		};
		return {
			there: new Map(Object.entries(there).flatMap(([step, id]) => (id === undefined ? [] : [[step, id]]))),
			doubts: [
				...(group === undefined ? [] : [groupDoubt(groupName(identity))]),
				...(user === undefined ? [] : [doubtOf('Oracle', 'a user', identity)]),
			],
		};
	},
	keys: async call => keysOf(await atHome(call), await userOf(call)),
	choose: () => choosePair(),
	makeKey: async (call, chosen) =>
		makeKeyOf(await atHome(call), await userOf(call), {pem: chosen?.('privateKey') ?? ''}),
	removeKey: async (call, id) => removeKeyOf(await atHome(call), await userOf(call), id),
	fields: ({by, made}) =>
		new Map([
			['user', new Secret(made.get('user') ?? '')],
			['tenancy', new Secret(by('tenancy'))],
			['region', new Secret(by('region'))],
		]),
};

/** A group's name may have less than a user's. */
const groupName = (identity: string): string => identity.replace(/[@+]/g, '-');

/** What is asked where a group of that name is there: the user would be in it, and the policy is for all who are. */
function groupDoubt(name: string) {
	return {
		says: `Oracle has a group \`${name}\` that this did not make: the key may do what it may, and its members what this adds.`,
		asks: `Use the group \`${name}\` that is there?`,
	};
}

/** The same call in the home region: what is made there is known there first. */
async function atHome(call: IssueCall): Promise<IssueCall> {
	const region = await homeRegion(call);
	return region === undefined ? call : {...call, by: key => (key === 'region' ? region : call.by(key))};
}

/** Everything in a list, page by page, but what is going or gone. */
async function everything(
	call: IssueCall,
	kind: Kind,
	query: Readonly<Record<string, string>>,
): Promise<readonly unknown[]> {
	const all = await everyPage(async page => {
		const members = {compartmentId: call.by('tenancy'), ...query, ...(page === undefined ? {} : {page})};
		const answer = await askIdentity(call, {method: 'GET', path: `/${kind}?${new URLSearchParams(members)}`});
		return {items: listIn(answer), next: answer.headers.get('opc-next-page') ?? undefined};
	});
	return all.filter(each => !/^DELET(?:ED|ING)$/.test(textAt(each, 'lifecycleState') ?? ''));
}

type Found = FoundIdentity & {readonly isReady: boolean};

/** What has that name; undefined when there is no such thing. */
async function find(call: IssueCall, kind: Kind, name: string): Promise<Found | undefined> {
	const all = await everything(await atHome(call), kind, {name});
	const found = all.find(each => textAt(each, 'name')?.toLowerCase() === name.toLowerCase());
	if (found === undefined) return undefined;
	return {
		id: idAt(ocid, found, 'id'),
		isOurs: textAt(found, 'description') === markedLabel(call.order.mark),
		isReady: textAt(found, 'lifecycleState') === 'ACTIVE',
	};
}

/** The id of what a step has made, or that was there before. */
async function idOf(call: IssueCall, step: 'group' | 'user'): Promise<string | undefined> {
	const {identity} = call.order;
	const made = call.made.get(step);
	if (made !== undefined) return made;
	const found = await find(call, `${step}s`, step === 'group' ? groupName(identity) : identity);
	return found?.isOurs === true ? found.id : undefined;
}

/** Throws `Refused` where there is none. */
async function userOf(call: IssueCall): Promise<string> {
	const found = await find(call, 'users', call.order.identity);
	if (found === undefined) throw new Refused('gone', 'Oracle does not have the user');
	assertSame(call, 'user', found);
	return found.id;
}

type Thing = Pick<IssueStep, 'id' | 'says'> & {
	readonly kind: Kind;
	readonly name: string;
	/** What may be wrong with it where Oracle does not take it. */
	readonly mistake: string;
	readonly members?: (call: IssueCall) => object;
	readonly keys?: (call: IssueCall, id: string) => Promise<readonly unknown[]>;
};

/** A step that makes something of a name that is there once, with the mark as its description. */
function named({id, says, kind, name, mistake, members, keys}: Thing): IssueStep {
	const errors: readonly RefusalRow[] = [
		{status: 400, code: /^(?:InvalidParameter|IdcsConversionError)$/, kind: 'other', why: mistake},
	];
	const ready = async (call: IssueCall): Promise<string | undefined> => {
		const found = await find(call, kind, name);
		if (found === undefined) return undefined;
		if (!found.isOurs) throw new Refused('taken', 'Oracle has one of that name already');
		if (!found.isReady) throw new Refused('later', 'Oracle is still making it');
		return found.id;
	};
	return {
		id,
		says,
		async make(call) {
			const there = await ready(call);
			if (there !== undefined) return there;
			const description = markedLabel(call.order.mark);
			const body = JSON.stringify({compartmentId: call.by('tenancy'), name, description, ...members?.(call)});
			try {
				await askIdentity(await atHome(call), {method: 'POST', path: `/${kind}`, body}, {errors});
			} catch (error) {
				if (!(error instanceof Refused && error.kind === 'taken')) throw error;
			}
			// It is used once it is ready, and only then: so the API says of each of them.
			const made = await ready(call);
			if (made === undefined) throw new Refused('later', 'Oracle does not show it yet');
			return made;
		},
		async remove(call) {
			const found = await find(call, kind, name);
			if (found === undefined) return;
			assertOurs(found);
			assertNoKeys((await keys?.(call, found.id)) ?? []);
			await askIdentity(await atHome(call), {method: 'DELETE', path: `/${kind}/${encodeURIComponent(found.id)}`});
		},
	};
}

function groupStep({identity}: IssueOrder): IssueStep {
	const name = groupName(identity);
	return named({
		id: 'group',
		says: `the group ${name}`,
		kind: 'groups',
		name,
		mistake: 'Oracle does not take a group of that name',
	});
}

function userStep({identity}: IssueOrder): IssueStep {
	return named({
		id: 'user',
		says: `the user ${identity}`,
		kind: 'users',
		name: identity,
		mistake: 'Oracle does not take the user: where each needs an address, that is its name (--user ci@example.com)',
		members: () => (identity.includes('@') ? {email: identity} : {}),
		// Keys go with their user: one that somebody uses keeps it.
		keys: async (call, user) => keysOf(await atHome(call), user),
	});
}

/** The id of a user's membership in a group. */
async function membershipOf(call: IssueCall, userId: string, groupId: string): Promise<string | undefined> {
	const [found] = await everything(await atHome(call), 'userGroupMemberships', {userId, groupId});
	return found === undefined ? undefined : idAt(ocid, found, 'id');
}

const membershipStep: IssueStep = {
	id: 'membership',
	says: 'its membership in the group',
	async make(call) {
		const [userId, groupId] = [call.made.get('user') ?? '', call.made.get('group') ?? ''];
		const there = await membershipOf(call, userId, groupId);
		if (there !== undefined) return there;
		const body = JSON.stringify({userId, groupId});
		try {
			const answer = await askIdentity(await atHome(call), {method: 'POST', path: '/userGroupMemberships', body});
			return idAt(ocid, objectOf(answer), 'id');
		} catch (error) {
			if (!(error instanceof Refused && error.kind === 'taken')) throw error;
			throw new Refused('later', 'Oracle does not show it yet');
		}
	},
	async remove(call) {
		const [user, group] = [await idOf(call, 'user'), await idOf(call, 'group')];
		const id = user && group && (await membershipOf(call, user, group));
		if (id === undefined) return;
		const path = `/userGroupMemberships/${encodeURIComponent(id)}`;
		await askIdentity(await atHome(call), {method: 'DELETE', path});
	},
};

/** What policies allow, those of one verb and place together: `manage a and b in tenancy`. */
function rightsOf(policies: readonly string[]): string {
	const kinds = new Map<string, readonly string[]>();
	for (const policy of policies) {
		const [, verb = '', kind = '', place = ''] = /^(\S+) (\S+) (.*)$/u.exec(policy) ?? [];
		const key = `${verb} … ${place}`;
		kinds.set(key, [...(kinds.get(key) ?? []), kind]);
	}
	return enumerated([...kinds].map(([key, all]) => key.replace('…', () => enumerated(all))));
}

/** The policy's own name is free: the mark is in it. */
function policyStep({identity, mark, policies}: IssueOrder): IssueStep {
	const name = `${groupName(identity)}-${mark}`;
	return named({
		id: 'policy',
		says: `the policy ${name}: ${rightsOf(policies)}`,
		kind: 'policies',
		name,
		mistake: 'Oracle does not take the policy: a kind or a compartment in it is not there',
		members: ({made}) => ({statements: policies.map(policy => `Allow group id ${made.get('group')} to ${policy}`)}),
	});
}
