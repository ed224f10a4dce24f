import {enumerated} from '../../domain/words.js';
import {textAt} from '../answers.js';
import {firstLabel} from '../first-label.js';
import {type IssueCall, type Issuer, nothingThere} from '../issuer.js';
import {askApi, idAt, secretAt} from '../key-api.js';
import type {ListedKey} from '../key-service.js';
import {unlessGone} from '../unless-gone.js';
import {form, linodeApi, listedFor} from './keys.js';
import {clusterScopes} from './schema.js';

/**
 * A token of the user that signs: Linode makes none for others, and no more than the one that signs may do (Linode API,
 * "Create a personal access token").
 */
export const linodeIssuer: Issuer = {
	identity: 'pharmer',
	refusesName: identity =>
		/^[^\p{C}]{1,80}$/u.test(identity) ? undefined : 'the label of a token has 1 to 80 characters here',
	policies: () => clusterScopes,
	policy: {
		takes: 'SCOPE',
		isFile: () => false,
		refuses: scope =>
			/^(?:\*|[a-z_]+:read_(?:only|write))$/.test(scope)
				? undefined
				: 'it is no scope, such as `domains:read_write` or `linodes:read_only`',
	},
	policyName: scope => scope,
	keySays: ({policies}) => `a token of the user that signs, with ${enumerated(policies)}`,
	warns({policies}) {
		if (policies.includes('*')) return '* lets the key do all that its user may';
		if (policies.includes('account:read_write'))
			return 'account:read_write lets the key pay, invite users and make tokens';
		return policies.includes('linodes:read_write')
			? 'linodes:read_write lets the key make and delete any Linode of the account'
			: undefined;
	},
	steps: () => [],
	async survey(call) {
		await tokensOf(call);
		return nothingThere;
	},
	keys: tokensOf,
	async makeKey(call, _, mark) {
		const label = firstLabel(call.order, mark, 100);
		const scopes = call.order.policies.join(' ');
		const made = await askApi(linodeApi, call, 'POST', '', {label, scopes, expiry: null});
		return {id: idAt(form, made, 'id'), fields: new Map([['token', secretAt(made, 'token')]])};
	},
	removeKey: (call, id) => unlessGone(askApi(linodeApi, call, 'DELETE', `/${encodeURIComponent(id)}`)),
	fields: () => new Map(),
};

/** The tokens of the user that signs. */
async function tokensOf(call: IssueCall): Promise<readonly ListedKey[]> {
	const tokens = await listedFor({...call, of: call.by, isAdmin: false});
	return tokens.map(({id, json}) => ({id, label: textAt(json, 'label')}));
}
