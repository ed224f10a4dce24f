import {Secret} from '../../domain/secret.js';
import {enumerated} from '../../domain/words.js';
import type {IssueCall, Issuer} from '../issuer.js';
import type {KeyCall} from '../key-service.js';
import {nextLabel} from '../next-label.js';
import {Refused} from '../refused.js';
import {applicationsFor, longestName, makeApplication, removeApplication, signIn} from './keys.js';
import {byApplication} from './schema.js';

/**
 * An application credential of the user that signs: only a user itself makes one (OpenStack Identity API v3,
 * "Application credentials"). It has the roles that are ordered, and can't make others.
 */
export const openstackIssuer: Issuer = {
	identity: 'pharmer',
	refusesName: identity =>
		/^[\w .-]{1,64}$/.test(identity) ? undefined : 'it is 1 to 64 letters, digits, spaces or `.-_` here',
	policies: () => ['member'],
	policy: {
		takes: 'a role that the user has in the project',
		isFile: () => false,
		refuses: policy => (/^\S.{0,254}$/u.test(policy) ? undefined : 'it is no name of a role'),
	},
	policyName: policy => policy,
	warns: ({policies}) =>
		`It is an application credential of the user that signs, with ${policies.length === 1 ? 'the role' : 'the roles'} ${enumerated(policies)}: it does not expire, and ends with that user`,
	steps: () => [
		{id: 'user', says: 'the user that signs', make: async ({order}) => order.identity, remove: async () => {}},
	],
	identityStep: 'user',
	// The user is always there, and its other application credentials are no business of ours.
	survey: async call => {
		await rolesFor(call);
		return {there: new Map([['user', call.order.identity]]), doubts: []};
	},
	keys: call => applicationsFor(keyCall(call)),
	async makeKey(call, _, mark) {
		const {token, roles} = await rolesFor(call);
		const name = nextLabel(call.order.identity, mark, longestName);
		return makeApplication(token, keyCall(call), {name, roles, unrestricted: false});
	},
	removeKey: (call, id) => removeApplication(keyCall(call), id),
	fields({by}) {
		const same = ['authURL', 'region', 'identityAPIVersion'].filter(key => by(key) !== '');
		return new Map([...same.map(key => [key, by(key)] as const), ['authType', byApplication] as const].map(secretly));
	},
};

const secretly = ([key, text]: readonly [string, string]): readonly [string, Secret] => [key, new Secret(text)];

/** The user that signs asks about what is its own. */
const keyCall = (call: IssueCall): KeyCall => ({...call, of: call.by, isAdmin: false});

/** Signs in, and finds the ordered roles among those of the user. Throws `Refused` for one that it does not have. */
async function rolesFor(call: IssueCall) {
	const token = await signIn(keyCall(call));
	const roles = call.order.policies.map(name => {
		const id = token.roles.get(name);
		if (id !== undefined) return {id};
		throw new Refused(
			'other',
			`the user does not have the role ${name} in the project: --policy takes one that it has`,
		);
	});
	return {token, roles};
}
