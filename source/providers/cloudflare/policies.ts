import {isObject} from '../../domain/json.js';

/** What a token may do with what (Cloudflare documentation, "Create tokens via API"). */
export type TokenPolicy = {
	readonly effect: 'allow' | 'deny';
	readonly permission_groups: readonly {readonly id: string}[];
	readonly resources: object;
};

/** A permission as Cloudflare lists it, for zones or accounts. */
export type Permission = {readonly id: string; readonly isOfZones: boolean};

/** Whether a text names a permission, such as `DNS Write`. */
export function isPermission(text: string): boolean {
	return /^[A-Z][\w :&()-]{1,99}$/.test(text);
}

/** One policy or a list of them, in JSON; undefined when the text is none of it. */
export function parsePolicies(text: string): readonly TokenPolicy[] | undefined {
	try {
		const value: unknown = JSON.parse(text);
		const policies = (Array.isArray(value) ? value : [value]).map(policyOf);
		return policies.length > 0 && policies.every(each => each !== undefined) ? policies : undefined;
	} catch {
		return undefined;
	}
}

function policyOf(value: unknown): TokenPolicy | undefined {
	if (!isObject(value)) return undefined;
	// What else Cloudflare tells of a policy may be left out; anything more would be lost.
	const {effect, permission_groups: list, resources, id: _, ...more} = value;
	if (Object.keys(more).length > 0) return undefined;
	if ((effect !== 'allow' && effect !== 'deny') || !isObject(resources) || !Array.isArray(list)) return undefined;
	const groups = list.map(groupOf);
	if (groups.length === 0 || Object.keys(resources).length === 0) return undefined;
	if (!groups.every(id => id !== undefined)) return undefined;
	return {effect, permission_groups: groups.map(id => ({id})), resources};
}

/** The id of a permission; undefined where it has more than that and its name. */
function groupOf(value: unknown): string | undefined {
	if (!isObject(value)) return undefined;
	const {id, name: _, ...more} = value;
	return typeof id === 'string' && Object.keys(more).length === 0 ? id : undefined;
}

/** The policies that allow these permissions in an account, or wherever it is allowed where `account` is empty. */
export function policiesFor(permissions: readonly Permission[], account: string): readonly TokenPolicy[] {
	const everyZone = {'com.cloudflare.api.account.zone.*': '*'};
	const own = `com.cloudflare.api.account.${account === '' ? '*' : account}`;
	const zones = account === '' ? everyZone : {[own]: everyZone};
	return [
		...allowing(
			permissions.filter(({isOfZones}) => isOfZones),
			zones,
		),
		...allowing(
			permissions.filter(({isOfZones}) => !isOfZones),
			{[own]: '*'},
		),
	];
}

function allowing(permissions: readonly Permission[], resources: object): readonly TokenPolicy[] {
	if (permissions.length === 0) return [];
	return [{effect: 'allow', permission_groups: permissions.map(({id}) => ({id})), resources}];
}
