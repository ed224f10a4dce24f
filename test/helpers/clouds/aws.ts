import type {Handler, Received, Reply} from '../fake-cloud.js';
import {checkSignature} from '../sigv4.js';
import type {MakeCloud} from './key-cloud.js';

type Key = {id: string; secret: string; made: number; lastUsed?: number; isOff: boolean};

const reply = (status: number, inner: string): Reply => ({
	status,
	headers: {'content-type': 'text/xml'},
	body: `<?xml version="1.0"?>\n<Response>${inner}</Response>`,
});
const error = (status: number, code: string): Reply =>
	reply(status, `<Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error>`);
const time = (moment: number): string => `${new Date(moment).toISOString().slice(0, 19)}Z`;

/** One IAM user of AWS, who may do everything with its own keys: two at most, also of those that are off. */
export const awsCloud: MakeCloud = now => {
	let count = 0;
	const keys = new Map<string, Key>();
	const add = (): Key => {
		const digits = [...(++count).toString(5).padStart(16, '0')];
		const id = `AKIA${digits.map(digit => 'QRSTU'[Number(digit)]).join('')}`;
		const key = {
			id,
			secret: `secret/of/the/key/${'x'.repeat(10)}+${digits.slice(-11).join('')}`,
			made: now(),
			isOff: false,
		};
		keys.set(id, key);
		return key;
	};
	const first = add();
	const actions = new Map<string, (members: URLSearchParams) => Reply>([
		[
			'GetCallerIdentity',
			() =>
				reply(200, '<Arn>arn:aws:iam::123456789012:user/me</Arn><UserId>AIDA1</UserId><Account>123456789012</Account>'),
		],
		[
			'ListAccessKeys',
			() => {
				const members = [...keys.values()].map(
					({id, isOff, made}) =>
						`<member><UserName>me</UserName><AccessKeyId>${id}</AccessKeyId><Status>${isOff ? 'Inactive' : 'Active'}</Status><CreateDate>${time(made)}</CreateDate></member>`,
				);
				const list = `<AccessKeyMetadata>${members.join('')}</AccessKeyMetadata><IsTruncated>false</IsTruncated>`;
				return reply(200, `<ListAccessKeysResult>${list}</ListAccessKeysResult>`);
			},
		],
		[
			'GetAccessKeyLastUsed',
			members => {
				const key = keys.get(members.get('AccessKeyId') ?? '');
				if (key === undefined) return error(404, 'NoSuchEntity');
				const date = key.lastUsed === undefined ? '' : `<LastUsedDate>${time(key.lastUsed)}</LastUsedDate>`;
				return reply(
					200,
					`<GetAccessKeyLastUsedResult><UserName>me</UserName><AccessKeyLastUsed>${date}<Region>N/A</Region></AccessKeyLastUsed></GetAccessKeyLastUsedResult>`,
				);
			},
		],
		[
			'CreateAccessKey',
			() => {
				if (keys.size >= 2) return error(409, 'LimitExceeded');
				const {id, secret} = add();
				return reply(
					200,
					`<CreateAccessKeyResult><AccessKey><UserName>me</UserName><AccessKeyId>${id}</AccessKeyId><Status>Active</Status><SecretAccessKey>${secret}</SecretAccessKey></AccessKey></CreateAccessKeyResult>`,
				);
			},
		],
		[
			'UpdateAccessKey',
			members => {
				const key = keys.get(members.get('AccessKeyId') ?? '');
				if (key === undefined) return error(404, 'NoSuchEntity');
				key.isOff = members.get('Status') === 'Inactive';
				return reply(200, '<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>');
			},
		],
		[
			'DeleteAccessKey',
			members => {
				if (!keys.delete(members.get('AccessKeyId') ?? '')) return error(404, 'NoSuchEntity');
				return reply(200, '<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>');
			},
		],
	]);
	const handler: Handler = (request: Received) => {
		const members = new URLSearchParams(request.body);
		const id = /Credential=(\w+)\//.exec(request.headers.authorization ?? '')?.[1] ?? '';
		const key = keys.get(id);
		if (key === undefined || key.isOff) return error(403, 'InvalidClientTokenId');
		if (!checkSignature(request, key.secret).verifies) return error(403, 'SignatureDoesNotMatch');
		const answer = actions.get(members.get('Action') ?? '')?.(members) ?? error(400, 'InvalidAction');
		key.lastUsed = now();
		return answer;
	};
	return {
		provider: 'aws',
		handlers: {'iam.amazonaws.com': handler, 'sts.amazonaws.com': handler},
		data: {accessKeyID: first.id, secretAccessKey: first.secret},
		keys: () => [...keys.values()],
		opens({accessKeyID = '', secretAccessKey}) {
			const key = keys.get(accessKeyID);
			return key !== undefined && !key.isOff && key.secret === secretAccessKey;
		},
		addKey: () => add().id,
		dropKey: id => void keys.delete(id),
	};
};
