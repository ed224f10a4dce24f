import {isObject} from '../../domain/json.js';
import {Secret} from '../../domain/secret.js';
import {enumerated} from '../../domain/words.js';
import {
	doubtOf,
	type IssueCall,
	type IssueOrder,
	type Issuer,
	type IssueStep,
	nothingThere,
	type Survey,
} from '../issuer.js';
import type {KeyCall} from '../key-service.js';
import {Refused} from '../refused.js';
import {ifThere, unlessGone} from '../unless-gone.js';
import {askIam} from './iam.js';
import {keysOf, makeKeyOf, removeKeyOf} from './keys.js';
import {clusterPolicies, partitionOf, selfGranting} from './policies.js';
import {elementsOf, membersOf, textsOf} from './xml.js';

/** The tag of a user that is made: its value is the mark (IAM API reference, CreateUser). */
const tag = 'pharmer';

/** A group with policies, and a user in it (IAM API reference; the same as the guide of this provider says). */
export const awsIssuer: Issuer = {
	identity: 'pharmer',
	refusesName: identity =>
		/^[\w+=,.@-]{1,64}$/.test(identity) ? undefined : 'a user of AWS has 1 to 64 letters, digits or `+=,.@-_`',
	policies: by => clusterPolicies.map(name => `arn:${partitionOf(by('region'))}:iam::aws:policy/${name}`),
	policy: {
		takes: 'ARN|FILE',
		isFile: text => !text.startsWith('arn:'),
		refuses: policy =>
			/^arn:[\w-]+:iam::(?:aws|\d{12}):policy\/[\w+=,.@/-]+$/.test(policy) || isDocument(policy)
				? undefined
				: 'it is no ARN of a policy, and no policy document: JSON with `Statement`',
	},
	policyName: policy => (isArn(policy) ? nameOf(policy) : 'a policy of your own'),
	warns: ({policies}) =>
		policies.some(each => isArn(each) && nameOf(each) === selfGranting)
			? `${selfGranting} lets the key grant itself any access`
			: undefined,
	places: {
		endpointVariables: ['AWS_ENDPOINT_URL_IAM', 'AWS_ENDPOINT_URL'],
		sends: () => 'requests that are signed with the secret key, to make a user and its key',
	},
	steps: order => [groupStep(order), ...order.policies.map(policyStep(order)), userStep(order), memberStep(order)],
	identityStep: 'user',
	async survey(call) {
		const [group, user] = [await groupSurvey(call), await userSurvey(call)];
		return {there: new Map([...group.there, ...user.there]), doubts: [...group.doubts, ...user.doubts]};
	},
	async assertOurs(call) {
		const {body} = await askIam(call, 'GetUser', userName(call.order));
		if (!hasMark(call, body)) throw new Refused('taken', `AWS has another user ${call.order.identity} by now`);
	},
	keys: call => keysOf(keyCall(call), userName(call.order)),
	makeKey: call => makeKeyOf(keyCall(call), userName(call.order)),
	removeKey: (call, id) => removeKeyOf(keyCall(call), userName(call.order), id),
	fields({by}) {
		const region = by('region');
		return new Map(region === '' ? [] : [['region', new Secret(region)]]);
	},
};

const isArn = (policy: string): boolean => policy.startsWith('arn:');
const nameOf = (arn: string): string => arn.split('/').at(-1) ?? arn;
const userName = ({identity}: IssueOrder) => ({UserName: identity});
const groupName = ({identity}: IssueOrder) => ({GroupName: identity});
/** A group has no tags: its path is the mark (IAM API reference, CreateGroup). */
const groupPath = ({mark}: IssueOrder): string => `/pharmer/${mark}/`;
const keyCall = (call: IssueCall): KeyCall => ({...call, of: () => '', isAdmin: true});

/** Whether a text is a policy document, as far as AWS does not look at it itself. */
function isDocument(text: string): boolean {
	try {
		const value: unknown = JSON.parse(text);
		return isObject(value) && value.Statement !== undefined;
	} catch {
		return false;
	}
}

function groupStep({identity}: IssueOrder): IssueStep {
	return {
		id: 'group',
		says: `the group ${identity}`,
		async make(call) {
			const isNew = await made(askIam(call, 'CreateGroup', {...groupName(call.order), Path: groupPath(call.order)}));
			if (!isNew && !(await isOurGroup(call))) throw new Refused('taken', 'AWS has a group of that name already');
			return groupPath(call.order);
		},
		async remove(call) {
			if (await isOurGroup(call)) await unlessGone(askIam(call, 'DeleteGroup', groupName(call.order)));
		},
	};
}

/** What a policy is known by in its group: an ARN, or the name that a document gets there. */
function policyId({mark, policies}: IssueOrder, policy: string): string {
	return isArn(policy) ? policy : `pharmer-${mark}-${policies.indexOf(policy) + 1}`;
}

/** What the step about a policy is known by: a policy of AWS's own by its name with its path. */
const stepId = (id: string): string => id.replace(/^arn:[\w-]+:iam::aws:policy\//, '');

function policyStep(order: IssueOrder): (policy: string) => IssueStep {
	return policy => {
		const id = policyId(order, policy);
		const members = (call: IssueCall) => ({
			...groupName(call.order),
			...(isArn(policy) ? {PolicyArn: policy} : {PolicyName: id}),
		});
		return {
			id: stepId(id),
			says: isArn(policy) ? `the policy ${nameOf(policy)} on it` : `your policy on it, as ${id}`,
			async make(call) {
				if (isArn(policy)) await askIam(call, 'AttachGroupPolicy', members(call));
				else await askIam(call, 'PutGroupPolicy', {...members(call), PolicyDocument: policy});
				return id;
			},
			async remove(call, made) {
				const isMade = made !== undefined && isGroupThere(call);
				if (!isMade && !(await isOurGroup(call))) return;
				await unlessGone(askIam(call, isArn(policy) ? 'DetachGroupPolicy' : 'DeleteGroupPolicy', members(call)));
			},
		};
	};
}

function userStep({identity}: IssueOrder): IssueStep {
	return {
		id: 'user',
		says: `the user ${identity}`,
		async make(call) {
			const tags = {'Tags.member.1.Key': tag, 'Tags.member.1.Value': call.order.mark};
			const isNew = await made(askIam(call, 'CreateUser', {...userName(call.order), ...tags}));
			if (!isNew && !(await isOurs(call))) throw new Refused('taken', 'AWS has a user of that name already');
			return identity;
		},
		async remove(call) {
			if (await isOurs(call)) await unlessGone(askIam(call, 'DeleteUser', userName(call.order)));
		},
	};
}

function memberStep({identity}: IssueOrder): IssueStep {
	const members = ({order}: IssueCall) => ({...groupName(order), ...userName(order)});
	return {
		id: 'membership',
		says: 'its membership in the group',
		async make(call) {
			await askIam(call, 'AddUserToGroup', members(call));
			return identity;
		},
		async remove(call, made) {
			const isMade = made !== undefined && isGroupThere(call);
			if (!isMade && !(await isOurs(call)) && !(await isOurGroup(call))) return;
			await unlessGone(askIam(call, 'RemoveUserFromGroup', members(call)));
		},
	};
}

/** Resolves to whether something was made just now: otherwise something of that name is there. */
async function made(making: Promise<unknown>): Promise<boolean> {
	try {
		await making;
		return true;
	} catch (error) {
		if (error instanceof Refused && error.kind === 'taken') return false;
		throw error;
	}
}

/** Whether the user of that name was made for this order. */
async function isOurs(call: IssueCall): Promise<boolean> {
	const answer = await ifThere(askIam(call, 'GetUser', userName(call.order)));
	return hasMark(call, answer?.body ?? '');
}

function hasMark({order}: IssueCall, user: string): boolean {
	return membersOf(user).some(each => each.get('Key') === tag && each.get('Value') === order.mark);
}

/** Whether the group was there before: one that was made is known by its path. */
const isGroupThere = ({made, order}: IssueCall): boolean => made.get('group') === order.identity;

/** Whether the group of that name was made for this order. */
async function isOurGroup(call: IssueCall): Promise<boolean> {
	const answer = await ifThere(askIam(call, 'GetGroup', groupName(call.order)));
	// The users in it have paths, too: it comes before them.
	return elementsOf(answer?.body.split('<Users')[0] ?? '')?.get('Path') === groupPath(call.order);
}

type GroupPolicies = {readonly attached: readonly string[]; readonly inline: readonly string[]};

/** The policies of the group of that name; undefined when there is no such group. */
async function policiesOf(call: IssueCall): Promise<GroupPolicies | undefined> {
	const attached = await ifThere(askIam(call, 'ListAttachedGroupPolicies', groupName(call.order)));
	if (attached === undefined) return undefined;
	const inline = await askIam(call, 'ListGroupPolicies', groupName(call.order));
	return {
		attached: membersOf(attached.body).flatMap(each => each.get('PolicyArn') ?? []),
		inline: textsOf(inline.body),
	};
}

/** A group that has exactly what was ordered is used as it is; any other one would be changed, or give more. */
async function groupSurvey(call: IssueCall): Promise<Survey> {
	const found = await policiesOf(call);
	if (found === undefined) return nothingThere;
	const {order} = call;
	const has = new Set([...found.attached, ...found.inline]);
	const own = order.policies.map(each => policyId(order, each));
	const missing = order.policies.filter(each => !has.has(policyId(order, each)));
	const attached = own.filter(each => has.has(each)).map(each => [stepId(each), each] as const);
	const there = new Map([['group', order.identity], ...attached]);
	if (missing.length === 0 && has.size === own.length) return {there, doubts: []};
	const policies = has.size === 0 ? 'no policies' : `the policies ${enumerated([...has].map(nameOf))}`;
	const gets = missing.length === 0 ? '' : ` It would get ${enumerated(missing.map(awsIssuer.policyName))} as well.`;
	return {
		there,
		doubts: [
			{
				says: `AWS has a group \`${order.identity}\` with ${policies}.${gets}`,
				asks: `Use the group \`${order.identity}\` that is there?`,
			},
		],
	};
}

async function userSurvey(call: IssueCall): Promise<Survey> {
	const {identity} = call.order;
	const user = await ifThere(askIam(call, 'GetUser', userName(call.order)));
	if (user === undefined) return nothingThere;
	const group = await ifThere(askIam(call, 'GetGroup', groupName(call.order)));
	const isMember = membersOf(group?.body ?? '').some(each => each.get('UserName') === identity);
	const steps = ['user', ...(isMember ? ['membership'] : [])];
	return {there: new Map(steps.map(each => [each, identity])), doubts: [doubtOf('AWS', 'a user', identity)]};
}
