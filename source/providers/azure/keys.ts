import {isObject} from '../../domain/json.js';
import {Secret} from '../../domain/secret.js';
import {momentAt, objectOf, textAt} from '../answers.js';
import type {KeyCall, KeyService, ListedKey, NewKey} from '../key-service.js';
import {nextLabel} from '../next-label.js';
import {incomplete, type RefusalRow, Refused} from '../refused.js';
import {sameLife} from '../same-life.js';
import {type AskService, principalOf, signIn} from './sign-in.js';

export const isUuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const longestName = 100;

/**
 * What Microsoft Graph answers but success ("Microsoft Graph error responses"; teamsfx, aadErrorCode). For an
 * application that its tenant does not have there is one elsewhere, or none: that says nothing of the secret.
 */
export const secretRows: readonly RefusalRow[] = [
	{
		status: 403,
		code: 'Authorization_RequestDenied',
		kind: 'denied',
		why: 'it may not: it needs Application.ReadWrite.OwnedBy and to own the application, or Application.ReadWrite.All',
	},
	{status: 401, code: 'InvalidAuthenticationToken', kind: 'unsigned', why: 'Azure does not accept what signs'},
	{status: 404, code: 'Request_ResourceNotFound', kind: 'other', why: 'the tenant that signs has no such application'},
	{
		status: [400, 403],
		code: /^Credential\w+AsPerAppPolicy$/,
		kind: 'denied',
		why: 'a rule of the tenant for the secrets of applications forbids it',
	},
];

/**
 * The client secrets of an application (Microsoft Graph, application: addPassword, removePassword). Graph tells the
 * first three characters of each, which tell the own one where no other has them.
 */
export const azureKeys: KeyService = {
	cant(of) {
		const {tenant, client, secret} = principalOf(of);
		if (tenant === '' || client === '' || secret === '') return 'it has no tenant, client id and client secret';
		return isUuid.test(client) ? undefined : 'its client id is not a UUID';
	},
	isMarked: true,
	keys: async call => (await ownList(await graph(call), call)).map(({key}) => key),
	async make(call, mark) {
		const ask = await graph(call);
		const old = (await ownList(ask, call)).filter(({key}) => key.isOwn !== false);
		if (old.length === 0) throw new Refused('other', 'no secret of the application starts as the old one does');
		// Which of several is the old one is not told: the new one lives as long as the shortest of them.
		const lives = old.flatMap(({key: {created}, expires}) => sameLife({created, expires}, call.now) ?? []);
		const [endDateTime] = lives.toSorted();
		const label = old.length === 1 ? old[0]?.key.label : undefined;
		return addSecret(ask, clientOf(call), {displayName: nextLabel(label, mark, longestName), endDateTime});
	},
	remove: async (call, id) => removeSecret(await graph(call), clientOf(call), id),
};

type Listed = {readonly key: ListedKey; readonly expires: string | undefined};

const graph = (call: KeyCall): Promise<AskService> => signIn(call, 'graph', secretRows);

function clientOf({of}: KeyCall): string {
	const {client} = principalOf(of);
	if (!isUuid.test(client)) throw new Refused('other', 'its client id is not a UUID');
	return client;
}

function ownList(ask: AskService, call: KeyCall): Promise<readonly Listed[]> {
	return secretsOf(ask, clientOf(call), principalOf(call.of).secret.slice(0, 3));
}

/** The secrets of the application with that client id. `start` are the first characters of the own one, if any. */
export async function secretsOf(ask: AskService, client: string, start?: string): Promise<readonly Listed[]> {
	const path = `/v1.0/applications(appId='${client}')?$select=passwordCredentials`;
	const answer = await ask({method: 'GET', path}, [200]);
	const secrets: unknown = objectOf(answer)?.passwordCredentials;
	if (!Array.isArray(secrets)) throw incomplete(answer);
	// Old ones have no hint.
	const mayBe = start === undefined ? [] : secrets.filter(each => (textAt(each, 'hint') ?? start) === start);
	return secrets.map(each => {
		const id = textAt(each, 'keyId');
		if (id === undefined || !isUuid.test(id) || !isObject(each)) throw incomplete(answer);
		const isOwn = !mayBe.includes(each) ? false : mayBe.length === 1 ? true : undefined;
		return {
			key: {
				id,
				label: textAt(each, 'displayName'),
				created: momentAt(each, 'startDateTime'),
				...(isOwn === undefined ? {} : {isOwn}),
			},
			expires: momentAt(each, 'endDateTime'),
		};
	});
}

/** Adds a secret to the application with that client id. */
export async function addSecret(ask: AskService, client: string, passwordCredential: object): Promise<NewKey> {
	const path = `/v1.0/applications(appId='${client}')/addPassword`;
	const answer = await ask({method: 'POST', path, body: {passwordCredential}}, [200]);
	const made = objectOf(answer);
	const [id, secret] = [textAt(made, 'keyId'), textAt(made, 'secretText')];
	if (id === undefined || !isUuid.test(id) || secret === undefined) throw incomplete(answer);
	return {id, fields: new Map([['clientSecret', new Secret(secret)]]), expires: momentAt(made, 'endDateTime')};
}

/** Deletes a secret of the application with that client id. */
export async function removeSecret(ask: AskService, client: string, id: string): Promise<void> {
	if (!isUuid.test(id)) throw new Refused('other', 'it is no id of a secret');
	const path = `/v1.0/applications(appId='${client}')/removePassword`;
	try {
		await ask({method: 'POST', path, body: {keyId: id}}, [204]);
	} catch (error) {
		// Graph's code for a secret that is gone is that for any bad request, and each of its servers may lag.
		const isOpen = error instanceof Refused && error.kind === 'other';
		if (!isOpen || (await secretsOf(ask, client)).some(({key}) => key.id === id)) throw error;
	}
}
