import {isDeepStrictEqual} from 'node:util';
import {isObject} from '../../domain/json.js';
import {Secret} from '../../domain/secret.js';
import {enumerated} from '../../domain/words.js';
import {textAt} from '../answers.js';
import {firstLabel} from '../first-label.js';
import {
	doubtOf,
	type IssueCall,
	type IssueOrder,
	type Issuer,
	type IssueStep,
	nothingThere,
	type Survey,
} from '../issuer.js';
import {askApi, idAt, listIn, objectIn} from '../key-api.js';
import type {ListedKey} from '../key-service.js';
import {Refused} from '../refused.js';
import {ifThere, unlessGone} from '../unless-gone.js';
import {assertDone, exoscaleApi, keyForm, uuid} from './api.js';
import {newKey} from './keys.js';
import {allows, isService, refusesPolicy, rolePolicy} from './policy.js';

const api = exoscaleApi('all of the service iam');

/** The label of a role that is made: its value is the mark. */
const label = 'pharmer';

/** The step that makes the role. */
const step = 'role';

/**
 * A role with what it may do, and an API key of it (Exoscale API, create-iam-role, create-api-key; egoscale, v3). The
 * same as the guide of this provider says.
 */
export const exoscaleIssuer: Issuer = {
	identity: 'pharmer',
	refusesName: identity =>
		/^[\w+=,.@-]{1,191}$/.test(identity) ? undefined : 'a role here has 1 to 191 letters, digits or `+=,.@-_`',
	policies: () => ['compute'],
	policy: {takes: 'SERVICE|FILE', isFile: text => !isService(text), refuses: refusesPolicy},
	policyName: policy => (isService(policy) ? policy : 'a policy of your own'),
	warns({policies}) {
		const policy = rolePolicy(policies);
		if (allows(policy, 'iam')) return 'iam lets the key give itself any access';
		return allows(policy, 'compute')
			? 'compute lets the key make and delete any instance, cluster and network'
			: undefined;
	},
	steps: order => [roleStep(order)],
	identityStep: step,
	survey,
	keys: async call => keysOf(call, await roleOf(call)),
	async makeKey(call, _, mark) {
		const role = await roleOf(call);
		if (role === undefined) throw new Refused('gone', 'Exoscale does not have the role');
		const name = firstLabel(call.order, mark, 255);
		return newKey(await askApi(api, call, 'POST', '/api-key', {name, 'role-id': role}));
	},
	removeKey: (call, id) => unlessGone(deleted(call, `/api-key/${encodeURIComponent(id)}`)),
	fields({by}) {
		const zone = by('zone');
		return new Map(zone === '' ? [] : [['zone', new Secret(zone)]]);
	},
};

/** A role as Exoscale tells it. */
type Role = {readonly id: string; readonly isOurs: boolean; readonly policy: unknown};

function roleStep(order: IssueOrder): IssueStep {
	const {identity, mark, policies} = order;
	const may = policies.every(isService) ? enumerated(policies) : 'what your policy allows';
	return {
		id: step,
		says: `the role ${identity} that may use ${may}`,
		async make(call) {
			const roles = await rolesNamed(call);
			const own = roles.find(({isOurs}) => isOurs);
			if (own !== undefined) return own.id;
			if (roles.length > 0) throw new Refused('taken', 'Exoscale has a role of that name already');
			const labels = {[label]: mark};
			const operation = await askApi(api, call, 'POST', '/iam-role', {
				name: identity,
				labels,
				policy: rolePolicy(policies),
			});
			assertDone(operation);
			return idAt(uuid, operation, 'reference', 'id');
		},
		async remove(call, id) {
			const own = (await rolesNamed(call)).filter(role => role.isOurs || role.id === id);
			for (const role of own) await removeRole(call, role.id);
		},
	};
}

async function removeRole(call: IssueCall, id: string): Promise<void> {
	if ((await keysOf(call, id)).length > 0) throw new Refused('used', 'other keys have the role');
	try {
		await unlessGone(deleted(call, `/iam-role/${id}`));
	} catch (error) {
		if (!(error instanceof Refused && error.kind === 'taken')) throw error;
		throw new Refused('later', 'users have the role, or Exoscale still deletes its key');
	}
}

/** A role of that name that somebody else made, of which keys and users may be. */
async function survey(call: IssueCall): Promise<Survey> {
	const {identity, policies} = call.order;
	const [found, ...more] = await rolesNamed(call);
	if (found === undefined) return nothingThere;
	if (more.length > 0) throw new Refused('taken', `Exoscale has several roles of the name ${identity}`);
	const isSame = isDeepStrictEqual(found.policy, rolePolicy(policies));
	const {says, asks} = doubtOf('Exoscale', 'a role', identity);
	const may = isSame ? 'It may do just what is asked for.' : 'It may do other things than those that are asked for.';
	return {there: new Map([[step, found.id]]), doubts: [{says: `${says} ${may}`, asks}]};
}

/** The role that was made or is there; undefined when there is none. */
async function roleOf(call: IssueCall): Promise<string | undefined> {
	return call.made.get(step) ?? (await rolesNamed(call)).find(({isOurs}) => isOurs)?.id;
}

/** The roles of that name. Where there are several, all are told: nothing says that a name is unique. */
async function rolesNamed(call: IssueCall): Promise<readonly Role[]> {
	const {identity, mark} = call.order;
	const list = listIn(objectIn(await askApi(api, call, 'GET', '/iam-role'))['iam-roles']);
	const ids = list.filter(json => textAt(json, 'name') === identity).map(json => idAt(uuid, json, 'id'));
	const roles: Role[] = [];
	for (const id of ids) {
		const role = await ifThere(askApi(api, call, 'GET', `/iam-role/${id}`));
		if (role === undefined) continue;
		const {labels, policy} = objectIn(role);
		roles.push({id, isOurs: isObject(labels) && labels[label] === mark, policy});
	}
	return roles;
}

/** The API keys of a role. */
async function keysOf(call: IssueCall, role: string | undefined): Promise<readonly ListedKey[]> {
	if (role === undefined) return [];
	return listIn(objectIn(await askApi(api, call, 'GET', '/api-key'))['api-keys'])
		.filter(json => textAt(json, 'role-id') === role)
		.map(json => ({id: idAt(keyForm, json, 'key'), label: textAt(json, 'name')}));
}

/** Has something deleted, which Exoscale may still be about when it answers. */
async function deleted(call: IssueCall, path: string): Promise<void> {
	assertDone(await askApi(api, call, 'DELETE', path));
}
