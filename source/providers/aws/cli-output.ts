import type {MapNode, Node} from '../../text/node.js';

/**
 * Members next to `Credentials` in the output of `aws sts` (AWS CLI reference: assume-role and its relatives,
 * get-session-token, get-federation-token).
 */
const besideCredentials = [
	'AssumedRoleUser',
	'Audience',
	'FederatedUser',
	'Issuer',
	'NameQualifier',
	'PackedPolicySize',
	'Provider',
	'SourceIdentity',
	'Subject',
	'SubjectFromWebIdentityToken',
	'SubjectType',
];

/**
 * Members next to the keys themselves, in the output of `aws iam create-access-key`, `aws sts` and a
 * `credential_process`.
 */
const besideKeys = ['AccountId', 'CreateDate', 'Expiration', 'Status', 'UserName', 'Version'];

/**
 * The AWS fields, and nothing else, in what the `aws` command and its helpers print: `{"AccessKey": {…}}` from `aws iam
 * create-access-key`, `{"Credentials": {…}, …}` from `aws sts`, and `{"Version": 1, "AccessKeyId": …}` from a
 * `credential_process`. Undefined when `map` is none of these.
 */
export function unwrapAws(map: MapNode): MapNode | undefined {
	const keys = [...map.members.keys()];
	const inside = (key: string): Node | undefined => map.members.get(key)?.value;
	const accessKey = inside('AccessKey');
	if (accessKey?.kind === 'map' && keys.length === 1) return without(accessKey, besideKeys);
	const credentials = inside('Credentials');
	if (credentials?.kind === 'map' && keys.every(key => key === 'Credentials' || besideCredentials.includes(key))) {
		return without(credentials, besideKeys);
	}
	return keys.includes('Version') && keys.includes('AccessKeyId') ? without(map, besideKeys) : undefined;
}

function without(map: MapNode, keys: readonly string[]): MapNode {
	return {...map, members: new Map([...map.members].filter(([key]) => !keys.includes(key)))};
}
