import type {MapNode, Node} from '../../text/node.js';

/** Members beside `Credentials` in what `aws sts` prints (AWS CLI reference: assume-role and its relatives, get-session-token, get-federation-token). */
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

/** Members beside the keys themselves: of `aws iam create-access-key`, of `aws sts`, of a `credential_process`. */
const besideKeys = ['AccountId', 'CreateDate', 'Expiration', 'Status', 'UserName', 'Version'];

/**
 * The map of AWS fields, everything else left out, inside what the `aws` command and the helpers it calls print: `{"AccessKey":
 * {…}}` of `aws iam create-access-key`, `{"Credentials": {…}, …}` of `aws sts`, and `{"Version": 1, "AccessKeyId": …}` of a
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
