import {Unreachable} from '../../domain/exchange.js';
import {Secret} from '../../domain/secret.js';
import {textAt} from '../answers.js';
import {everyPage, given, idAt, listIn, objectIn, secretAt, withKey} from '../key-api.js';
import type {KeyCall, KeyService, NewKey} from '../key-service.js';
import {nextLabel} from '../next-label.js';
import {Refused} from '../refused.js';
import {unlessGone} from '../unless-gone.js';
import {type Account, accountOf} from './account.js';
import {endpointAt} from './endpoints.js';
import {type Way, wayOf} from './ways.js';

const clients = '/me/api/oauth2/client';
const policies = '/iam/policy';

/** Ids begin with a region where they are newer: `EU.ad5a4d2d8166e832`. */
const clientForm = /^(?:[A-Za-z]{2}\.)?[\da-z]{8,64}$/i;
const policyForm = /^[\da-z-]{8,64}$/i;
const identityForm = /^urn:v\d:[\w.:/-]+$/;

/** The most clients whose names are read. */
const mostClients = 200;
/** No limit is documented; a longer name than this helps nobody. */
const longestName = 64;

const cants: Readonly<Record<Exclude<Way, 'client'>, string>> = {
	keys: 'a person has to allow new keys in a browser',
	token: 'it is an access token, which ends by itself',
	user: 'a user of OpenStack has one password, and the old one stops as soon as it is changed',
};

type Json = Readonly<Record<string, unknown>>;

/**
 * The OAuth2 clients of an account. Each is a service account of its own, so the new one comes into the IAM policies of
 * the old one (ovh/docs, "Managing OVHcloud service accounts"; terraform-provider-ovh, resource_iam_policy.go and
 * resource_me_api_oauth2_client.go).
 */
export const ovhKeys: KeyService = {
	cant(of) {
		const way = wayOf(of);
		if (way !== 'client') return way === undefined ? 'it has no OAuth2 client' : cants[way];
		return endpointAt(of('endpoint'))?.tokens === undefined ? 'its endpoint has no OAuth2 clients' : undefined;
	},
	warns: () => 'the IAM policies of the old client will name the new one too',
	isMarked: true,
	async keys(call) {
		const account = await accountOf(call);
		const ids = listIn((await account({method: 'GET', path: clients})).json).map(id => idAt(clientForm, id));
		if (ids.length > mostClients) throw new Refused('other', `the account has more than ${mostClients} OAuth2 clients`);
		return Promise.all(
			ids.map(async id => ({id, label: (await clientAt(account, id)).name, isOwn: id === call.of('clientID')})),
		);
	},
	async make(call, mark) {
		const account = await accountOf(call);
		const old = await clientAt(account, call.of('clientID'));
		if (old.flow !== 'CLIENT_CREDENTIALS')
			throw new Refused('other', 'the OAuth2 client signs people in, and not itself');
		const naming = await policiesOf(account, old.identity);
		if (naming.some(({readOnly}) => readOnly === true))
			throw new Refused(
				'other',
				'OVHcloud itself keeps one of its IAM policies, which nobody can put another client into',
			);
		const {name, description} = old;
		const body = {name: nextLabel(name, mark, longestName), description, flow: old.flow, callbackUrls: []};
		const {json} = await account({method: 'POST', path: clients, body});
		const id = idAt(clientForm, json, 'clientId');
		const secret = secretAt(json, 'clientSecret');
		try {
			const {identity} = await clientAt(account, id);
			for (const policy of naming) await change(account, policy, named => [...new Set([...named, identity])]);
		} catch (error) {
			// It would have fewer rights than the old one: nobody gets it.
			if (!(error instanceof Refused)) throw error;
			await ovhKeys.remove(call, id).catch(() => {
				throw new Unreachable(`a client is made that can not be used, ${id}, and it is not deleted`);
			});
			throw error;
		}
		const fields: NewKey['fields'] = new Map([
			['clientID', new Secret(id)],
			['clientSecret', secret],
		]);
		return {id, fields};
	},
	remove: (call, id) => unlessGone(withKey(id, removed(call, id), () => ovhKeys.keys(call))),
};

/**
 * Deletes a client, and then takes it out of the IAM policies that are not for it alone. Not before: one that lives on
 * since the request was lost has all its rights.
 */
async function removed(call: KeyCall, id: string): Promise<void> {
	const account = await accountOf(call);
	const {identity} = await clientAt(account, id);
	const naming = await policiesOf(account, identity);
	await account({method: 'DELETE', path: pathOf(id)});
	for (const policy of naming) {
		const isShared = policy.readOnly !== true && listIn(policy.identities).length > 1;
		if (isShared) await tidied(change(account, policy, named => named.filter(each => each !== identity)));
	}
}

/** A policy may go on naming a client that is gone: that opens nothing. */
async function tidied(done: Promise<void>): Promise<void> {
	try {
		await done;
	} catch (error) {
		if (!(error instanceof Refused || error instanceof Unreachable)) throw error;
	}
}

function pathOf(id: string): string {
	if (clientForm.test(id)) return `${clients}/${encodeURIComponent(id)}`;
	throw new Refused('other', 'the id of the OAuth2 client has another form than ids have');
}

async function clientAt(account: Account, id: string) {
	const {json} = await account({method: 'GET', path: pathOf(id)});
	return {
		name: given(textAt(json, 'name')),
		description: textAt(json, 'description') ?? '',
		flow: given(textAt(json, 'flow')),
		identity: idAt(identityForm, json, 'identity'),
	};
}

/** The IAM policies that name an identity. */
function policiesOf(account: Account, identity: string): Promise<readonly Json[]> {
	return everyPage(async cursor => {
		const {json, next} = await account({method: 'GET', path: policies, cursor});
		const items = listIn(json)
			.map(objectIn)
			.filter(({identities}) => listIn(identities).includes(identity));
		return {items, next};
	});
}

/** What OVHcloud says of a policy and does not want to be told. */
const ownMembers: readonly string[] = ['id', 'owner', 'createdAt', 'updatedAt', 'readOnly'];

/** Changes whom a policy names. It is read again right before, so that nothing of anybody else's is taken back. */
async function change(
	account: Account,
	{id}: Json,
	edit: (identities: readonly unknown[]) => readonly unknown[],
): Promise<void> {
	const path = `${policies}/${encodeURIComponent(idAt(policyForm, id))}`;
	const policy = objectIn((await account({method: 'GET', path})).json);
	const bare = (list: unknown): readonly object[] =>
		listIn(list ?? []).map(each => ({urn: given(textAt(each, 'urn'))}));
	const body = {
		...Object.fromEntries(Object.entries(policy).filter(([key, value]) => value !== null && !ownMembers.includes(key))),
		identities: edit(listIn(policy.identities)),
		resources: bare(policy.resources),
		permissionsGroups: bare(policy.permissionsGroups),
	};
	await account({method: 'PUT', path, body});
}
