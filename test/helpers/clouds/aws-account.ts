import type {Handler, Reply} from '../fake-cloud.js';
import {checkSignature} from '../sigv4.js';

export type AwsKey = {id: string; secret: string; made: number; lastUsed?: number; isOff: boolean};
export type AwsUser = {tags: Map<string, string>; keys: Map<string, AwsKey>; groups: Set<string>; unseen: number};
export type AwsGroup = {attached: Set<string>; inline: Map<string, string>; path?: string};
type Members = URLSearchParams;

const reply = (status: number, inner: string): Reply => ({
	status,
	headers: {'content-type': 'text/xml'},
	body: `<?xml version="1.0"?>\n<Response>${inner}</Response>`,
});
const error = (status: number, code: string): Reply =>
	reply(status, `<Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error>`);
const gone = error(404, 'NoSuchEntity');
const taken = error(409, 'EntityAlreadyExists');
const conflict = error(409, 'DeleteConflict');
const metadata = '<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>';
const done = reply(200, metadata);
const result = (action: string, inner: string): Reply =>
	reply(200, `<${action}Result>${inner}</${action}Result>${metadata}`);
const time = (moment: number): string => `${new Date(moment).toISOString().slice(0, 19)}Z`;
const list = (name: string, members: readonly string[]): string =>
	`<${name}>${members.map(each => `<member>${each}</member>`).join('')}</${name}><IsTruncated>false</IsTruncated>`;
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What a user without policies may do: everything with its own keys. */
const ownActions = /^(?:GetCallerIdentity|(?:List|Create|Update|Delete)AccessKeys?|GetAccessKeyLastUsed)$/;

/**
 * An account of AWS: `admin` may do everything, other users what they may with their own keys, of which they have two
 * at most. A user is not seen by the next `lag` requests after it was made. `now` is its clock, `own` the key of `admin`.
 */
export function awsAccount(now: () => number, lag = 0, own?: Pick<AwsKey, 'id' | 'secret'>) {
	let count = 0;
	const users = new Map<string, AwsUser>();
	const groups = new Map<string, AwsGroup>();
	const policies = new Set(
		['AmazonEC2FullAccess', 'AmazonRoute53FullAccess', 'IAMFullAccess', 'AmazonVPCFullAccess', 'ReadOnlyAccess'].map(
			name => `arn:aws:iam::aws:policy/${name}`,
		),
	);
	const addUser = (name: string, tags: readonly (readonly [string, string])[] = [], unseen = 0): AwsUser => {
		const user = {tags: new Map(tags), keys: new Map<string, AwsKey>(), groups: new Set<string>(), unseen};
		users.set(name, user);
		return user;
	};
	const addKey = ({keys}: AwsUser, given?: Pick<AwsKey, 'id' | 'secret'>): AwsKey => {
		const digits = [...(++count).toString(5).padStart(16, '0')];
		const id = `AKIA${digits.map(digit => 'QRSTU'[Number(digit)]).join('')}`;
		const secret = `secret/of/the/key/${'x'.repeat(10)}+${digits.slice(-11).join('')}`;
		const key = {id, secret, ...given, made: now(), isOff: false};
		keys.set(key.id, key);
		return key;
	};
	const admin = addKey(addUser('admin'), own);
	const signerOf = (id: string) => {
		for (const [name, user] of users) {
			const key = user.keys.get(id);
			if (key !== undefined) return {name, user, key};
		}
		return undefined;
	};
	const userIn = (members: Members, own: string): readonly [string, AwsUser] | undefined => {
		const name = members.get('UserName') ?? own;
		const user = users.get(name);
		if (user === undefined || user.unseen-- > 0) return undefined;
		return [name, user];
	};
	const groupIn = (members: Members): AwsGroup | undefined => groups.get(members.get('GroupName') ?? '');
	const keyIn = (members: Members, own: string): AwsKey | undefined =>
		userIn(members, own)?.[1].keys.get(members.get('AccessKeyId') ?? '');
	const actions: Readonly<Record<string, (members: Members, own: string) => Reply>> = {
		GetCallerIdentity: (_, own) =>
			reply(
				200,
				`<Arn>arn:aws:iam::123456789012:user/${own}</Arn><UserId>AIDA1</UserId><Account>123456789012</Account>`,
			),
		ListAccessKeys(members, own) {
			const [name, user] = userIn(members, own) ?? [];
			if (user === undefined) return gone;
			const texts = [...user.keys.values()].map(
				({id, isOff, made}) =>
					`<UserName>${name}</UserName><AccessKeyId>${id}</AccessKeyId><Status>${isOff ? 'Inactive' : 'Active'}</Status><CreateDate>${time(made)}</CreateDate>`,
			);
			return result('ListAccessKeys', list('AccessKeyMetadata', texts));
		},
		GetAccessKeyLastUsed(members) {
			const found = signerOf(members.get('AccessKeyId') ?? '');
			if (found === undefined) return gone;
			const {lastUsed} = found.key;
			const date = lastUsed === undefined ? '' : `<LastUsedDate>${time(lastUsed)}</LastUsedDate>`;
			return result(
				'GetAccessKeyLastUsed',
				`<UserName>${found.name}</UserName><AccessKeyLastUsed>${date}<Region>N/A</Region></AccessKeyLastUsed>`,
			);
		},
		CreateAccessKey(members, own) {
			const [name, user] = userIn(members, own) ?? [];
			if (user === undefined) return gone;
			if (user.keys.size >= 2) return error(409, 'LimitExceeded');
			const {id, secret} = addKey(user);
			return result(
				'CreateAccessKey',
				`<AccessKey><UserName>${name}</UserName><AccessKeyId>${id}</AccessKeyId><Status>Active</Status><SecretAccessKey>${secret}</SecretAccessKey></AccessKey>`,
			);
		},
		UpdateAccessKey(members, own) {
			const key = keyIn(members, own);
			if (key === undefined) return gone;
			key.isOff = members.get('Status') === 'Inactive';
			return done;
		},
		DeleteAccessKey(members, own) {
			const [, user] = userIn(members, own) ?? [];
			return user?.keys.delete(members.get('AccessKeyId') ?? '') ? done : gone;
		},
		CreateGroup(members) {
			const name = members.get('GroupName') ?? '';
			if (groups.has(name)) return taken;
			groups.set(name, {attached: new Set(), inline: new Map(), path: members.get('Path') ?? '/'});
			return result('CreateGroup', `<Group><GroupName>${name}</GroupName></Group>`);
		},
		GetGroup(members) {
			const name = members.get('GroupName') ?? '';
			const group = groups.get(name);
			if (group === undefined) return gone;
			const inside = [...users].filter(([, user]) => user.groups.has(name));
			const texts = inside.map(([each]) => `<Path>/</Path><UserName>${each}</UserName>`);
			const told = `<Group><Path>${group.path ?? '/'}</Path><GroupName>${name}</GroupName></Group>`;
			return result('GetGroup', `${told}${list('Users', texts)}`);
		},
		DeleteGroup(members) {
			const name = members.get('GroupName') ?? '';
			const group = groups.get(name);
			if (group === undefined) return gone;
			const isUsed =
				group.attached.size + group.inline.size > 0 || [...users.values()].some(each => each.groups.has(name));
			if (isUsed) return conflict;
			groups.delete(name);
			return done;
		},
		ListAttachedGroupPolicies(members) {
			const group = groupIn(members);
			if (group === undefined) return gone;
			const texts = [...group.attached].map(
				arn => `<PolicyName>${arn.split('/').at(-1)}</PolicyName><PolicyArn>${arn}</PolicyArn>`,
			);
			return result('ListAttachedGroupPolicies', list('AttachedPolicies', texts));
		},
		ListGroupPolicies(members) {
			const group = groupIn(members);
			if (group === undefined) return gone;
			const names = [...group.inline.keys()];
			return result('ListGroupPolicies', list('PolicyNames', names));
		},
		GetGroupPolicy(members) {
			const document = groupIn(members)?.inline.get(members.get('PolicyName') ?? '');
			if (document === undefined) return gone;
			return result('GetGroupPolicy', `<PolicyDocument>${encodeURIComponent(document)}</PolicyDocument>`);
		},
		AttachGroupPolicy(members) {
			const [group, arn] = [groupIn(members), members.get('PolicyArn') ?? ''];
			if (group === undefined || !policies.has(arn)) return gone;
			group.attached.add(arn);
			return done;
		},
		DetachGroupPolicy: members => (groupIn(members)?.attached.delete(members.get('PolicyArn') ?? '') ? done : gone),
		PutGroupPolicy(members) {
			const group = groupIn(members);
			group?.inline.set(members.get('PolicyName') ?? '', members.get('PolicyDocument') ?? '');
			return group === undefined ? gone : done;
		},
		DeleteGroupPolicy: members => (groupIn(members)?.inline.delete(members.get('PolicyName') ?? '') ? done : gone),
		CreateUser(members) {
			const name = members.get('UserName') ?? '';
			if (users.has(name)) return taken;
			addUser(name, [[members.get('Tags.member.1.Key') ?? '', members.get('Tags.member.1.Value') ?? '']], lag);
			return result('CreateUser', `<User><UserName>${name}</UserName></User>`);
		},
		GetUser(members, own) {
			const [name, user] = userIn(members, own) ?? [];
			if (user === undefined) return gone;
			const tags = [...user.tags].map(([key, value]) => `<Key>${escaped(key)}</Key><Value>${escaped(value)}</Value>`);
			return result('GetUser', `<User><UserName>${name}</UserName>${list('Tags', tags)}</User>`);
		},
		DeleteUser(members, own) {
			const [name, user] = userIn(members, own) ?? [];
			if (name === undefined || user === undefined) return gone;
			if (user.keys.size + user.groups.size > 0) return conflict;
			users.delete(name);
			return done;
		},
		AddUserToGroup(members, own) {
			const [, user] = userIn(members, own) ?? [];
			if (user === undefined || groupIn(members) === undefined) return gone;
			user.groups.add(members.get('GroupName') ?? '');
			return done;
		},
		RemoveUserFromGroup(members, own) {
			const [, user] = userIn(members, own) ?? [];
			return user?.groups.delete(members.get('GroupName') ?? '') ? done : gone;
		},
	};
	const handler: Handler = request => {
		const members = new URLSearchParams(request.body);
		const id = /Credential=(\w+)\//.exec(request.headers.authorization ?? '')?.[1] ?? '';
		const signer = signerOf(id);
		if (signer === undefined || signer.key.isOff) return error(403, 'InvalidClientTokenId');
		if (!checkSignature(request, signer.key.secret).verifies) return error(403, 'SignatureDoesNotMatch');
		const name = members.get('Action') ?? '';
		const isOwn = ownActions.test(name) && (members.get('UserName') ?? signer.name) === signer.name;
		if (signer.name !== 'admin' && !isOwn) return error(403, 'AccessDenied');
		const answer = actions[name]?.(members, signer.name) ?? error(400, 'InvalidAction');
		signer.key.lastUsed = now();
		return answer;
	};
	return {
		users,
		groups,
		addUser,
		addKey,
		admin: {accessKeyID: admin.id, secretAccessKey: admin.secret},
		handlers: {
			'iam.amazonaws.com': handler,
			'sts.amazonaws.com': handler,
			'sts.eu-central-1.amazonaws.com': handler,
		},
		opens({accessKeyID = '', secretAccessKey}: Readonly<Record<string, string>>): boolean {
			const found = signerOf(accessKeyID);
			return found !== undefined && !found.key.isOff && found.key.secret === secretAccessKey;
		},
	};
}
