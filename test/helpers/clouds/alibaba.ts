import {checkAcs3} from '../acs3.js';
import type {Handler, Reply} from '../fake-cloud.js';
import type {MakeCloud} from './key-cloud.js';

type Key = {id: string; secret: string; user: string; made: number; lastUsed?: number; isOff: boolean};

const ok = (members: object = {}): Reply => ({status: 200, body: {RequestId: '1', ...members}});
const error = (status: number, Code: string): Reply => ({
	status,
	body: {RequestId: '1', HostId: 'ims.aliyuncs.com', Code, Message: `no ${Code}`},
});
const time = (moment: number): string => `${new Date(moment).toISOString().slice(0, 19)}Z`;

/**
 * A RAM user of Alibaba Cloud, who may do everything with its own keys: two at most, also of those that are off; and
 * `owner`, another one, who may do so with everybody's, and has to say with whose.
 */
export const alibabaCloud = (now => {
	let count = 0;
	const keys = new Map<string, Key>();
	const add = (user = 'me'): Key => {
		const id = `LTAI5t${String(++count).padStart(18, '0')}`;
		const key = {id, secret: `Secret${count}${'x'.repeat(30)}`.slice(0, 30), user, made: now(), isOff: false};
		keys.set(id, key);
		return key;
	};
	const [first, owner] = [add(), add('owner')];
	const of = (user: string): readonly Key[] => [...keys.values()].filter(key => key.user === user);
	const named = ({id, user}: Pick<Key, 'id' | 'user'>): Key | undefined => of(user).find(key => key.id === id);
	const actions: Readonly<Record<string, (user: string, id: string, status: string) => Reply>> = {
		GetUser(_, id) {
			const user = keys.get(id)?.user;
			return user === undefined
				? error(404, 'EntityNotExist.User')
				: ok({User: {UserPrincipalName: `${user}@invented.onaliyun.com`, UserId: '20732900249392'}});
		},
		ListAccessKeys: user =>
			ok({
				AccessKeys: {
					AccessKey: of(user).map(({id, isOff, made}) => ({
						AccessKeyId: id,
						Status: isOff ? 'Inactive' : 'Active',
						CreateDate: time(made),
					})),
				},
			}),
		GetAccessKeyLastUsed(user, id) {
			const key = named({id, user});
			if (key === undefined) return error(404, 'EntityNotExist.User.AccessKey');
			return ok({AccessKeyLastUsed: {LastUsedDate: key.lastUsed === undefined ? 'N/A' : time(key.lastUsed)}});
		},
		CreateAccessKey(user) {
			if (of(user).length >= 2) return error(409, 'LimitExceeded.User.AccessKey');
			const {id, secret, made} = add(user);
			return ok({AccessKey: {AccessKeyId: id, AccessKeySecret: secret, Status: 'Active', CreateDate: time(made)}});
		},
		UpdateAccessKey(user, id, status) {
			const key = named({id, user});
			if (key === undefined) return error(404, 'EntityNotExist.User.AccessKey');
			key.isOff = status === 'Inactive';
			return ok();
		},
		DeleteAccessKey(user, id) {
			if (named({id, user}) === undefined) return error(404, 'EntityNotExist.User.AccessKey');
			keys.delete(id);
			return ok();
		},
	};
	const handler: Handler = request => {
		const {accessKeyId} = checkAcs3(request, '');
		const key = keys.get(accessKeyId);
		if (key === undefined) return error(404, 'InvalidAccessKeyId.NotFound');
		if (key.isOff) return error(400, 'InvalidAccessKeyId.Inactive');
		const {host, method, target, headers} = request;
		if (method !== 'POST' || !checkAcs3(request, key.secret).verifies) return error(400, 'SignatureDoesNotMatch');
		if (Math.abs(Date.parse(String(headers['x-acs-date'])) - now()) > 15 * 60_000)
			return error(400, 'InvalidTimeStamp.Expired');
		const action = String(headers['x-acs-action']);
		if (host === 'sts.aliyuncs.com') {
			key.lastUsed = now();
			const Arn = `acs:ram::1968132000121234:user/${key.user}`;
			return action === 'GetCallerIdentity' ? ok({AccountId: '1968132000121234', Arn}) : error(404, 'InvalidAction');
		}
		if (headers['x-acs-version'] !== '2019-08-15') return error(404, 'InvalidVersion');
		const asked = new URL(target, `https://${host}`).searchParams;
		const user = asked.get('UserPrincipalName')?.replace('@invented.onaliyun.com', '') ?? key.user;
		const isForeign = user !== key.user || action === 'GetUser';
		if (isForeign && key.user !== 'owner') return error(403, 'NoPermission');
		const answer = actions[action]?.(user, asked.get('UserAccessKeyId') ?? '', asked.get('Status') ?? '');
		key.lastUsed = now();
		return answer ?? error(404, 'InvalidAction.NotFound');
	};
	return {
		provider: 'alibaba',
		handlers: {'ims.aliyuncs.com': handler, 'sts.aliyuncs.com': handler},
		data: {accessKeyID: first.id, accessKeySecret: first.secret},
		owner: {accessKeyID: owner.id, accessKeySecret: owner.secret},
		keys: () => of('me'),
		opens({accessKeyID = '', accessKeySecret}) {
			const key = keys.get(accessKeyID);
			return key !== undefined && !key.isOff && key.secret === accessKeySecret;
		},
		addKey: () => add().id,
		dropKey: id => void keys.delete(id),
	};
}) satisfies MakeCloud;
