import type {Request} from '../../domain/exchange.js';
import {Secret} from '../../domain/secret.js';
import {addressIn} from '../address.js';
import {objectOf, textAt} from '../answers.js';
import {askApi, endOf, given, idAt, type KeyApi, listIn, objectIn, secretAt} from '../key-api.js';
import type {KeyCall, KeyService, ListedKey, NewKey} from '../key-service.js';
import {nextLabel} from '../next-label.js';
import {type RefusalRow, Refused, refusal} from '../refused.js';
import {unlessGone} from '../unless-gone.js';
import {applicationOf, userOf} from './fields.js';
import {comparable, identityApi, messageOf, tokenRequest} from './keystone.js';

const unsigned = /^(?:The request you have made requires authentication|Invalid username or password)\b/;
const gone = /^Could not find Application Credential: /;

/** What Keystone answers to who signs in, but 201 (keystone 30.0.0, tried). */
const signInRows: readonly RefusalRow[] = [
	{
		status: 401,
		code: unsigned,
		kind: 'unsigned',
		why: 'Keystone does not let it in: its secret is wrong, or it has expired',
	},
	{status: 401, code: /^The password is expired\b/, kind: 'unsigned', why: 'the password has expired'},
	{status: 404, code: gone, kind: 'unsigned', why: 'the cloud does not have the application credential that signs'},
];

const restricted = "it is restricted: only an unrestricted one, or the user's password, makes and deletes others";

/** What Keystone answers about application credentials, but what was hoped for (keystone 30.0.0, tried). */
const rows: readonly RefusalRow[] = [
	{status: 403, code: /\bUsing method 'application_credential' is not allowed\b/, kind: 'denied', why: restricted},
	{status: 403, code: /\bmaximum of \d+ already exceeded\b/, kind: 'full', why: 'the cloud allows a user no more'},
	{
		status: 403,
		code: /^You are not authorized\b/,
		kind: 'denied',
		why: 'it may not: a user makes only its own, in the project that it signs in for',
	},
	{status: 404, code: gone, kind: 'gone', why: 'the cloud does not have it'},
	{status: 409, code: /^Conflict occurred\b/, kind: 'taken', why: 'the user has one of that name'},
	{status: 401, code: unsigned, kind: 'unsigned', why: 'Keystone does not accept what signs'},
	{
		status: 400,
		code: /\bunassigned role$/,
		kind: 'other',
		why: 'what signs does not have all the roles of the old one',
	},
];

/** Ids are 32 hexadecimal digits, but for those of some users from elsewhere. */
const idForm = /^[\w-]{1,64}$/;

/** The longest name (keystone, api/validation/parameter_types.py). */
export const longestName = 255;

/** The application credentials of a user (OpenStack Identity API v3, "Application credentials"). */
export const openstackKeys: KeyService = {
	cant(of) {
		if (applicationOf(of) !== undefined) return undefined;
		return userOf(of) === undefined
			? 'it has no application credential'
			: 'a user has one password, and the old one stops as soon as it is changed';
	},
	// Keystone does not tell when one was made, so how long it was to live is not known.
	warns: () => 'if it expires some day, the new one expires on the same day',
	isMarked: true,
	keys: call => applicationsFor(call),
	async make(call, mark) {
		const token = await signIn(call);
		const api = apiFor(token);
		const old = objectIn(await askApi(api, call, 'GET', pathOf(call.of('applicationCredentialID'))));
		const wanted = likeOld(objectIn(old.application_credential), token.project, mark);
		return {...(await makeApplication(token, call, wanted)), expires: wanted.expires_at};
	},
	remove: (call, id) => removeApplication(call, id),
};

/** The application credentials of the user that signs in. */
export async function applicationsFor(call: KeyCall): Promise<readonly ListedKey[]> {
	const {application_credentials, truncated} = objectIn(await askApi(apiFor(await signIn(call)), call, 'GET', ''));
	if (truncated === true) throw new Refused('other', 'the user has more application credentials than Keystone lists');
	return listIn(application_credentials).map(each => {
		const id = idAt(idForm, each, 'id');
		return {id, label: textAt(each, 'name'), isOwn: id === call.of('applicationCredentialID')};
	});
}

/** Makes an application credential of these members, of the user that has signed in. */
export async function makeApplication(token: Token, call: KeyCall, members: object): Promise<NewKey> {
	const answer = await askApi(apiFor(token), call, 'POST', '', {application_credential: members});
	const made = objectIn(answer).application_credential;
	const id = idAt(idForm, made, 'id');
	return {
		id,
		fields: new Map([
			['applicationCredentialID', new Secret(id)],
			['applicationCredentialSecret', secretAt(made, 'secret')],
		]),
	};
}

export async function removeApplication(call: KeyCall, id: string): Promise<void> {
	await unlessGone(askApi(apiFor(await signIn(call)), call, 'DELETE', pathOf(id)));
}

/** What an application credential is made from that is as the old one, with a token of this project. */
function likeOld(old: Readonly<Record<string, unknown>>, project: string, mark: string) {
	const name = given(textAt(old, 'name'));
	const roles = listIn(old.roles).map(role => ({id: idAt(idForm, role, 'id')}));
	// Without roles it would get all of the user's.
	given(roles[0]);
	const expires = endOf(given(old.expires_at));
	if (textAt(old, 'project_id') !== project)
		throw new Refused('other', 'it is for another project than the one that signs');
	const description = textAt(old, 'description');
	const rules = listIn(old.access_rules ?? []).map(rule => ({
		service: given(textAt(rule, 'service')),
		path: given(textAt(rule, 'path')),
		method: given(textAt(rule, 'method')),
	}));
	return {
		name: nextLabel(name, mark, longestName),
		...(description === undefined ? {} : {description}),
		roles,
		unrestricted: old.unrestricted === true,
		...(expires === undefined ? {} : {expires_at: expires}),
		...(rules.length === 0 ? {} : {access_rules: rules}),
	};
}

type Token = {
	readonly token: string;
	readonly address: string;
	readonly user: string;
	readonly project: string;
	/** The ids of the user's roles in the project, by their names. */
	readonly roles: ReadonlyMap<string, string>;
};

/** Signs in with what signs. A password is sent once, for the project that it is used for. */
export async function signIn({ask, of, by, isAdmin}: KeyCall): Promise<Token> {
	const address = of('authURL');
	if (addressIn(address) === undefined)
		throw new Refused('other', 'its identity address is not a plain one of http or https');
	if (isAdmin && comparable(by('authURL')) !== comparable(address))
		throw new Refused('other', 'the credential that signs is of another cloud');
	const answer = await ask(signInRequest(address, by));
	const body = objectOf(answer);
	if (answer.status !== 201) {
		if (answer.status === 401 && textAt(body, 'receipt', 'user', 'name') !== undefined)
			throw new Refused('denied', 'the cloud wants a second factor for that password');
		throw refusal(answer, messageOf(body), signInRows);
	}
	const signed = objectIn(body?.token);
	const {restricted: isRestricted, access_rules: rules} = objectIn(signed.application_credential ?? {});
	if (isRestricted === true) throw new Refused('denied', restricted);
	if (Array.isArray(rules) && rules.length > 0)
		throw new Refused('denied', "with its access rules Keystone lets it make none: the user's password may");
	if (signed.project === undefined)
		throw new Refused(
			'denied',
			'the user signs in for no project: it has to name the one of the application credential',
		);
	return {
		token: given(answer.headers.get('x-subject-token')),
		address,
		user: idAt(idForm, signed.user, 'id'),
		project: idAt(idForm, signed.project, 'id'),
		roles: new Map(
			listIn(signed.roles ?? []).map(role => [given(textAt(role, 'name')), idAt(idForm, role, 'id')] as const),
		),
	};
}

function signInRequest(address: string, by: KeyCall['by']): Request {
	const [application, user] = [applicationOf(by), userOf(by)];
	if (application !== undefined) {
		const identity = {methods: ['application_credential'], application_credential: application};
		return tokenRequest(address, {identity});
	}
	if (user === undefined)
		throw new Refused('denied', 'what signs has neither an application credential nor a password');
	const {name, domain, password, project} = user;
	const identity = {methods: ['password'], password: {user: {name, domain, password}}};
	const auth = {identity, ...(project === undefined ? {} : {scope: {project}})};
	return {...tokenRequest(address, auth), isOnce: true};
}

/** The application credentials of the user that signs in. */
function apiFor({token, address, user}: Token): KeyApi {
	return {
		base: () => `${identityApi(address)}/users/${encodeURIComponent(user)}/application_credentials`,
		proof: () => ({'x-auth-token': token}),
		codeOf: messageOf,
		rows,
	};
}

/** Where one of them is. */
function pathOf(id: string): string {
	if (idForm.test(id)) return `/${encodeURIComponent(id)}`;
	throw new Refused('other', 'the id of the application credential has another form than ids have');
}
