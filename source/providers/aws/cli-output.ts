import type {MapNode, Node} from '../../text/node.js';

/**
 * Members next to `Credentials` in the output of `aws sts` (AWS CLI reference: assume-role and its relatives,
 * get-session-token, get-federation-token), and in the files of `~/.aws/cli/cache` (botocore, credentials.py).
 */
const besideCredentials = [
	'AssumedRoleUser',
	'Audience',
	'FederatedUser',
	'Issuer',
	'NameQualifier',
	'PackedPolicySize',
	'Provider',
	'ProviderType',
	'ResponseMetadata',
	'SourceIdentity',
	'Subject',
	'SubjectFromWebIdentityToken',
	'SubjectType',
];

/**
 * Members next to the keys themselves, in the output of `aws iam create-access-key`, `aws sts` and a
 * `credential_process`.
 */
const besideKeys = ['AccountId', 'CreateDate', 'Status', 'UserName', 'Version', 'accountId'];

/**
 * The AWS fields, and nothing else, in what the `aws` command and its helpers print or keep. Undefined when `map` is
 * none of these:
 *
 * - `{"AccessKey": {…}}` from `aws iam create-access-key`;
 * - `{"Credentials": {…}, …}` from `aws sts`, and in the files of `~/.aws/cli/cache`;
 * - `{"roleCredentials": {…}}` from `aws sso get-role-credentials`;
 * - `{"accessToken": {…}, …}` in the cache of `aws login` (botocore, credentials.py);
 * - `{"Version": 1, "AccessKeyId": …}` from a `credential_process`.
 */
export function unwrapAws(map: MapNode): MapNode | undefined {
	const keys = [...map.members.keys()];
	const inside = (key: string): Node | undefined => map.members.get(key)?.value;
	const accessKey = inside('AccessKey');
	if (accessKey?.kind === 'map' && keys.length === 1) return without(accessKey, besideKeys);
	const role = inside('roleCredentials');
	if (role?.kind === 'map' && keys.length === 1) return without(role, besideKeys);
	const login = inside('accessToken');
	if (login?.kind === 'map' && login.members.has('accessKeyId')) return without(login, besideKeys);
	const credentials = inside('Credentials');
	if (credentials?.kind === 'map' && keys.every(key => key === 'Credentials' || besideCredentials.includes(key))) {
		return without(credentials, besideKeys);
	}
	return keys.includes('Version') && keys.includes('AccessKeyId') ? without(map, besideKeys) : undefined;
}

function without(map: MapNode, keys: readonly string[]): MapNode {
	return {...map, members: new Map([...map.members].filter(([key]) => !keys.includes(key)))};
}
