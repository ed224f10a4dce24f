import {checkAcs3} from '../acs3.js';
import type {Handler, Reply} from '../fake-cloud.js';
import type {IssuingCloud} from './issuing-cloud.js';

type User = {
	id: string;
	comments: string;
	policies: Set<string>;
	keys: Map<string, {secret: string; made: number; lastUsed?: number}>;
};

const ok = (members: object = {}): Reply => ({status: 200, body: {RequestId: '1', ...members}});
const error = (status: number, Code: string): Reply => ({status, body: {RequestId: '1', Code, Message: `no ${Code}`}});
const noUser = error(404, 'EntityNotExist.User');
const time = (moment: number): string => `${new Date(moment).toISOString().slice(0, 19)}Z`;
const systemPolicies = /^(?:Aliyun(?:ECS|CS|VPC|SLB)FullAccess|ReadOnlyAccess)$/;

/** An account of Alibaba Cloud in which `admin` may make RAM users, their policies and keys. */
export function alibabaIssuing(now: () => number): IssuingCloud {
	let count = 0;
	const users = new Map<string, User>();
	const addUser = (name: string, comments = ''): User => {
		const user = {id: String(200_000 + ++count), comments, policies: new Set<string>(), keys: new Map()};
		users.set(name, user);
		return user;
	};
	const addKey = ({keys}: User) => {
		const id = `LTAI5t${String(++count).padStart(18, '0')}`;
		const key = {secret: `Secret${count}${'x'.repeat(30)}`.slice(0, 30), made: now()};
		keys.set(id, key);
		return {id, secret: key.secret};
	};
	const admin = addKey(addUser('admin'));
	const actions: Readonly<Record<string, (asked: URLSearchParams, name: string, user: User) => Reply>> = {
		GetUser: (_, name, {id, comments}) => ok({User: {UserId: id, UserName: name, Comments: comments}}),
		ListPoliciesForUser: (_, __, {policies}) =>
			ok({Policies: {Policy: [...policies].map(each => ({PolicyName: each, PolicyType: 'System'}))}}),
		AttachPolicyToUser(asked, _, {policies}) {
			const name = asked.get('PolicyName') ?? '';
			if (asked.get('PolicyType') !== 'System' || !systemPolicies.test(name))
				return error(404, 'EntityNotExist.Policy');
			if (policies.has(name)) return error(409, 'EntityAlreadyExists.User.Policy');
			policies.add(name);
			return ok();
		},
		DetachPolicyFromUser: (asked, _, {policies}) =>
			policies.delete(asked.get('PolicyName') ?? '') ? ok() : error(404, 'EntityNotExist.User.Policy'),
		ListAccessKeys: (_, __, {keys}) =>
			ok({
				AccessKeys: {
					AccessKey: [...keys].map(([id, {made}]) => ({AccessKeyId: id, Status: 'Active', CreateDate: time(made)})),
				},
			}),
		GetAccessKeyLastUsed(asked, _, {keys}) {
			const key = keys.get(asked.get('UserAccessKeyId') ?? '');
			if (key === undefined) return error(404, 'EntityNotExist.User.AccessKey');
			return ok({AccessKeyLastUsed: {LastUsedDate: key.lastUsed === undefined ? 'N/A' : time(key.lastUsed)}});
		},
		CreateAccessKey(_, __, user) {
			if (user.keys.size >= 2) return error(409, 'LimitExceeded.User.AccessKey');
			const {id, secret} = addKey(user);
			return ok({AccessKey: {AccessKeyId: id, AccessKeySecret: secret, Status: 'Active'}});
		},
		DeleteAccessKey: (asked, _, {keys}) =>
			keys.delete(asked.get('UserAccessKeyId') ?? '') ? ok() : error(404, 'EntityNotExist.User.AccessKey'),
		DeleteUser(_, name, {policies, keys}) {
			if (policies.size > 0) return error(409, 'DeleteConflict.User.Policy');
			if (keys.size > 0) return error(409, 'DeleteConflict.User.AccessKey');
			users.delete(name);
			return ok();
		},
	};
	const handler: Handler = request => {
		const {accessKeyId} = checkAcs3(request, '');
		const [signer, own] = [...users].find(([, {keys}]) => keys.has(accessKeyId)) ?? [];
		const key = own?.keys.get(accessKeyId);
		if (key === undefined) return error(404, 'InvalidAccessKeyId.NotFound');
		if (!checkAcs3(request, key.secret).verifies) return error(400, 'SignatureDoesNotMatch');
		const {host, target, headers} = request;
		const action = String(headers['x-acs-action']);
		key.lastUsed = now();
		if (host === 'sts.aliyuncs.com')
			return ok({AccountId: '1968132000121234', Arn: `acs:ram::1968132000121234:user/${signer}`});
		if (signer !== 'admin') return error(403, 'NoPermission');
		if (headers['x-acs-version'] !== '2015-05-01') return error(404, 'InvalidVersion');
		const asked = new URL(target, `https://${host}`).searchParams;
		const name = asked.get('UserName') ?? '';
		const user = users.get(name);
		if (action === 'CreateUser') {
			if (user !== undefined) return error(409, 'EntityAlreadyExists.User');
			const {id} = addUser(name, asked.get('Comments') ?? '');
			return ok({User: {UserId: id, UserName: name}});
		}
		return user === undefined ? noUser : (actions[action]?.(asked, name, user) ?? error(404, 'InvalidAction.NotFound'));
	};
	return {
		provider: 'alibaba',
		handlers: {'ram.aliyuncs.com': handler, 'sts.aliyuncs.com': handler},
		admin: {accessKeyID: admin.id, accessKeySecret: admin.secret},
		things: () =>
			[...users]
				.filter(([name]) => name !== 'admin')
				.flatMap(([name, {policies, keys}]) => [
					`user ${name}`,
					...[...policies].map(each => `policy ${each}`),
					...[...keys.keys()].map(id => `key ${id}`),
				]),
		whole: [/^user pharmer$/, /ECS/, /CSFull/, /VPC/, /SLB/, /^key LTAI/],
		opens({accessKeyID = '', accessKeySecret}) {
			return [...users.values()].some(({keys}) => keys.get(accessKeyID)?.secret === accessKeySecret);
		},
	};
}
