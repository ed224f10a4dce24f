import {Secret} from '../../domain/secret.js';
import {enumerated} from '../../domain/words.js';
import {textAt} from '../answers.js';
import {firstLabel} from '../first-label.js';
import {type IssueCall, type Issuer, nothingThere} from '../issuer.js';
import {askApi, idAt, listIn, objectIn, secretAt} from '../key-api.js';
import type {KeyCall, ListedKey} from '../key-service.js';
import type {Values} from '../provider.js';
import {Refused} from '../refused.js';
import {unlessGone} from '../unless-gone.js';
import {cloudflareApi, cloudflareKeys, form, listAt, placeOf, succeeded} from './keys.js';
import {isPermission, type Permission, parsePolicies, policiesFor, type TokenPolicy} from './policies.js';

/**
 * A token of whoever signs, the user or the account: Cloudflare makes none for others (cloudflare-typescript,
 * user/tokens, accounts/tokens; Cloudflare documentation, "Create tokens via API").
 */
export const cloudflareIssuer: Issuer = {
	identity: 'pharmer',
	refusesName: identity =>
		/^[^\p{C}]{1,80}$/u.test(identity) ? undefined : 'the name of a token has 1 to 80 characters here',
	policies: () => ['DNS Write'],
	policy: {
		takes: 'PERMISSION|FILE',
		isFile: text => !isPermission(text),
		refuses: policy =>
			isPermission(policy) || parsePolicies(policy) !== undefined
				? undefined
				: 'it is no permission, such as `DNS Write`, and no policies: JSON with only `effect`, `permission_groups` and `resources`',
	},
	policyName: policy => (isPermission(policy) ? policy : 'your policies'),
	keySays({policies}, by) {
		const names = policies.map(cloudflareIssuer.policyName);
		return `a token of ${ownerOf(by)}, with ${enumerated([...new Set(names)])}`;
	},
	warns: ({policies}) =>
		policies.some(isPermission)
			? 'Permissions are for all zones or accounts that the signer has: a file with policies can name some of them'
			: undefined,
	steps: () => [],
	async survey(call) {
		const path = await pathOf(call);
		await tokensAt(call, path);
		await policiesOf(call, path);
		return nothingThere;
	},
	keys: async call => tokensAt(call, await pathOf(call)),
	async makeKey(call, _, mark) {
		const path = await pathOf(call);
		const policies = await policiesOf(call, path);
		const body = {name: firstLabel(call.order, mark, 120), policies};
		const {result} = objectIn(await askApi(cloudflareApi, call, 'POST', path, body));
		return {id: idAt(form, result, 'id'), fields: new Map([['apiToken', secretAt(result, 'value')]])};
	},
	async removeKey(call, id) {
		const done = askApi(cloudflareApi, call, 'DELETE', `${await pathOf(call)}/${encodeURIComponent(id)}`);
		await unlessGone(done.then(succeeded));
	},
	fields({by}) {
		const account = by('accountID');
		return new Map(account === '' ? [] : [['accountID', new Secret(account)]]);
	},
};

function ownerOf(by: Values): string {
	const token = by('apiToken');
	if (token.startsWith('cfat_')) return 'the account';
	return token === '' || token.startsWith('cfut_') ? 'the user that signs' : 'the user or account that signs';
}

/** Where the tokens are of whoever signs. */
async function pathOf(call: IssueCall): Promise<string> {
	if (call.by('apiToken') === '') return '/user/tokens';
	const why = cloudflareKeys.cant(call.by);
	if (why !== undefined) throw new Refused('other', why);
	return (await placeOf(ownCall(call))).path;
}

const tokensAt = (call: IssueCall, path: string): Promise<readonly ListedKey[]> =>
	listAt(ownCall(call), path, undefined);

const ownCall = (call: IssueCall): KeyCall => ({...call, of: call.by, isAdmin: false});

/** The policies of the token: those that are given, and those for the permissions that are named. */
async function policiesOf(call: IssueCall, path: string): Promise<readonly TokenPolicy[]> {
	const {policies} = call.order;
	const given = policies.filter(policy => !isPermission(policy)).flatMap(policy => parsePolicies(policy) ?? []);
	const names = policies.filter(isPermission);
	if (names.length === 0) return given;
	const account = call.by('accountID');
	if (account !== '' && !form.test(account))
		throw new Refused('other', 'its account ID is no account ID, and without one it would be every account');
	const known = await permissionsAt(call, path);
	const permissions = names.map((name): Permission => {
		const [found, ...more] = known.get(name) ?? [];
		if (found === undefined) throw new Refused('other', `it has no permission ${name} for zones or accounts`);
		if (more.length > 0) throw new Refused('other', `there are several permissions ${name}: a file can name one's id`);
		return found;
	});
	return [...given, ...policiesFor(permissions, account)];
}

/** The permissions for zones and accounts that there are, by their names, of which some stand for two. */
async function permissionsAt(call: IssueCall, path: string): Promise<ReadonlyMap<string, readonly Permission[]>> {
	const {result} = objectIn(await askApi(cloudflareApi, call, 'GET', `${path}/permission_groups`));
	const all = listIn(result).flatMap(json => {
		const scopes = listIn(objectIn(json).scopes);
		const isOfZones = scopes.includes('com.cloudflare.api.account.zone');
		if (!isOfZones && !scopes.includes('com.cloudflare.api.account')) return [];
		return [{name: textAt(json, 'name') ?? '', id: idAt(form, json, 'id'), isOfZones}];
	});
	const names = new Map<string, readonly Permission[]>();
	for (const {name, ...permission} of all) names.set(name, [...(names.get(name) ?? []), permission]);
	return names;
}
