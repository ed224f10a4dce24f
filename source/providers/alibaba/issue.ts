import {Secret} from '../../domain/secret.js';
import {momentAt, textAt} from '../answers.js';
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
import {given, idAt, listIn, objectIn, secretAt} from '../key-api.js';
import {type ListedKey, markedLabel} from '../key-service.js';
import {Refused} from '../refused.js';
import {ifThere, unlessGone} from '../unless-gone.js';
import {askRam, idForm} from './ask.js';
import {clusterPolicies} from './policies.js';

const userId = /^\d{1,30}$/;

const userOf = ({identity}: IssueOrder) => ({UserName: identity});

/** A RAM user with policies (RAM API 2015-05-01; the same as the guide of this provider says). */
export const alibabaIssuer: Issuer = {
	identity: 'pharmer',
	refusesName: identity =>
		/^[\w.-]{1,64}$/.test(identity) ? undefined : 'a RAM user has 1 to 64 letters, digits or `.-_`',
	policies: () => clusterPolicies,
	policy: {
		takes: 'the name of a policy, or custom:NAME for one of the account',
		isFile: () => false,
		refuses: policy => (/^(?:custom:)?[\w-]{1,128}$/.test(policy) ? undefined : 'it is no name of a policy'),
	},
	policyName: policy => policy,
	warns({policies}) {
		const granting = policies.find(policy => policy === 'AdministratorAccess' || policy === 'AliyunRAMFullAccess');
		return granting && `${granting} lets the key grant itself any access`;
	},
	steps: order => [userStep(order), ...order.policies.map(policy => policyStep(order, policy))],
	identityStep: 'user',
	async survey(call) {
		const {order} = call;
		const user = await findUser(call);
		if (user === undefined) return nothingThere;
		const attached = await attachedTo(call);
		const there = order.policies.filter(each => attached.includes(each)).map(each => [each, each] as const);
		return {
			there: new Map([['user', user.id], ...there]),
			doubts: [doubtOf('Alibaba Cloud', 'a user', order.identity)],
		};
	},
	async keys(call) {
		assertSame(call, 'user', await findUser(call));
		return Promise.all(
			(await keysOf(call)).map(async key => {
				const id = idAt(idForm, key, 'AccessKeyId');
				return {
					id,
					created: momentAt(key, 'CreateDate'),
					lastUsed: await lastUseOf(call, id),
					isOff: textAt(key, 'Status') === 'Inactive',
				};
			}),
		);
	},
	async makeKey(call) {
		assertSame(call, 'user', await findUser(call));
		const {AccessKey} = await askRam(call, 'CreateAccessKey', userOf(call.order));
		const id = idAt(idForm, AccessKey, 'AccessKeyId');
		return {
			id,
			fields: new Map([
				['accessKeyID', new Secret(id)],
				['accessKeySecret', secretAt(AccessKey, 'AccessKeySecret')],
			]),
		};
	},
	removeKey: (call, id) => unlessGone(askRam(call, 'DeleteAccessKey', {UserAccessKeyId: id, ...userOf(call.order)})),
	fields({by}) {
		const region = by('region');
		return new Map(region === '' ? [] : [['region', new Secret(region)]]);
	},
};

function userStep(order: IssueOrder): IssueStep {
	return {
		id: 'user',
		says: `the user ${order.identity}`,
		async make(call) {
			try {
				const {User} = await askRam(call, 'CreateUser', {...userOf(order), Comments: markedLabel(order.mark)});
				return idAt(userId, User, 'UserId');
			} catch (error) {
				const there = error instanceof Refused && error.kind === 'taken' ? await findUser(call) : undefined;
				if (there?.isOurs !== true) throw error;
				return there.id;
			}
		},
		async remove(call) {
			const user = await findUser(call);
			if (user === undefined) return;
			assertOurs(user);
			assertNoKeys(await keysOf(call));
			await unlessGone(askRam(call, 'DeleteUser', userOf(order)));
		},
	};
}

function policyStep(order: IssueOrder, policy: string): IssueStep {
	const [type, name] = policy.startsWith('custom:') ? ['Custom', policy.slice('custom:'.length)] : ['System', policy];
	const members = {...userOf(order), PolicyType: type, PolicyName: name};
	return {
		id: policy,
		says: `the policy ${name} on it`,
		async make(call) {
			assertSame(call, 'user', await findUser(call));
			try {
				await askRam(call, 'AttachPolicyToUser', members);
			} catch (error) {
				if (!(error instanceof Refused && error.kind === 'taken')) throw error;
			}
			return policy;
		},
		async remove(call) {
			const user = await findUser(call);
			if (user === undefined) return;
			if (isSame(call, 'user', user)) return unlessGone(askRam(call, 'DetachPolicyFromUser', members));
			if ((await attachedTo(call)).includes(policy)) throw new Refused('used', 'another user of that name has it');
		},
	};
}

/** When a key was last used; undefined where the service does not tell. */
async function lastUseOf(call: IssueCall, id: string): Promise<ListedKey['lastUsed']> {
	const query = {UserAccessKeyId: id, ...userOf(call.order)};
	const said = await askRam(call, 'GetAccessKeyLastUsed', query).catch(unlessRefused);
	const date = textAt(said?.AccessKeyLastUsed, 'LastUsedDate');
	return date === 'N/A' ? 'never' : momentAt(said?.AccessKeyLastUsed, 'LastUsedDate');
}

function unlessRefused(error: unknown): undefined {
	if (!(error instanceof Refused)) throw error;
}

async function findUser(call: IssueCall): Promise<FoundIdentity | undefined> {
	const answer = await ifThere(askRam(call, 'GetUser', userOf(call.order)));
	if (answer === undefined) return undefined;
	const isOurs = textAt(answer.User, 'Comments') === markedLabel(call.order.mark);
	return {id: idAt(userId, answer.User, 'UserId'), isOurs};
}

/** The policies of the user, in the form in which they are given. */
async function attachedTo(call: IssueCall): Promise<readonly string[]> {
	const {Policies} = await askRam(call, 'ListPoliciesForUser', userOf(call.order));
	return listIn(objectIn(Policies).Policy).map(
		each => `${textAt(each, 'PolicyType') === 'Custom' ? 'custom:' : ''}${textAt(each, 'PolicyName')}`,
	);
}

/** The keys of the user. There are two at most: who tells of many more is not asked about each. */
async function keysOf(call: IssueCall): Promise<readonly unknown[]> {
	const {AccessKeys} = await askRam(call, 'ListAccessKeys', userOf(call.order));
	const keys = listIn(objectIn(AccessKeys).AccessKey);
	return given(keys.length > 20 ? undefined : keys);
}
