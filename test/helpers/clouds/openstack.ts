import type {Handler, Received, Reply} from '../fake-cloud.js';
import {keystoneError, unauthorized} from '../keystone-answers.js';
import type {MakeCloud} from './key-cloud.js';

type Role = {id: string; name: string};
type Application = {
	id: string;
	name: string;
	description: string | null;
	secret: string;
	project_id: string;
	roles: readonly Role[];
	expires_at: string | null;
	unrestricted: boolean | null;
	access_rules?: readonly object[];
};
type Token = {user: string; project: string; roles: readonly Role[]; application?: Application};

const host = 'auth.cloud.ovh.net';
const project = 'c7d799522ab24c14b16c8ac27bfc989a';
const user = {id: '699ea465a2bf4b9fadcdfbcfbc1cd699', name: 'ann', domain: {id: 'default', name: 'Default'}};
const roles: readonly Role[] = [
	{id: 'd8219edca9cc49e8a35b31055911bf8d', name: 'reader'},
	{id: '67cd69523e7449f89208ee0a13fdd3d2', name: 'member'},
	{id: 'a452566484044ed7ae7eef6a326e6376', name: 'admin'},
];
const path = `/v3/users/${user.id}/application_credentials`;

const missing = (id: string): Reply => keystoneError(404, 'Not Found', `Could not find Application Credential: ${id}.`);
const may = (why: string): Reply =>
	keystoneError(403, 'Forbidden', `You are not authorized to perform the requested action: ${why}.`);

/**
 * A user of an OpenStack cloud, with one unrestricted application credential for one of two roles, and a password: with
 * `user` it signs in by that. Names are unique, and there are four application credentials at most.
 */
export const openstackCloud = (now => {
	let count = 0;
	const applications = new Map<string, Application>();
	const tokens = new Map<string, Token>();
	const add = (members: Partial<Application> = {}): Application => {
		const id = (++count).toString(16).padStart(32, '0');
		const made = {
			id,
			name: `made-${count}`,
			description: null,
			secret: `invented-secret-${count}`,
			project_id: project,
			roles: roles.slice(0, 2),
			expires_at: null,
			unrestricted: null,
			...members,
		};
		applications.set(id, made);
		return made;
	};
	const first = add({name: 'pharmer', description: 'for clusters', unrestricted: true});
	const isOver = ({expires_at: end}: Application): boolean => end !== null && Date.parse(`${end}Z`) <= now();
	const shown = ({secret: _, ...members}: Application): object => ({...members, user_id: user.id, links: {}});
	const tokenFor = (token: Token): Reply => {
		const text = `gAAAAA-${++count}`;
		tokens.set(text, token);
		const {application} = token;
		const own = application && {
			application_credential: {
				id: application.id,
				name: application.name,
				restricted: application.unrestricted !== true,
				...(application.access_rules && {access_rules: application.access_rules}),
			},
		};
		const members = {user: {...user, password_expires_at: null}, roles: token.roles, project: {id: token.project}};
		return {status: 201, headers: {'x-subject-token': text}, body: {token: {methods: [], ...members, ...own}}};
	};
	const signIn = (body: string): Reply => {
		const {identity, scope} = JSON.parse(body).auth;
		if (identity.methods[0] === 'application_credential') {
			const {id, secret} = identity.application_credential;
			const application = applications.get(id);
			if (application === undefined) return missing(id);
			if (application.secret !== secret || isOver(application)) return unauthorized;
			return tokenFor({user: user.id, project: application.project_id, roles: application.roles, application});
		}
		const {name, password} = identity.password.user;
		if (name !== user.name || password !== 'correct horse') return unauthorized;
		return tokenFor({user: user.id, project: scope?.project?.id ?? project, roles});
	};
	const make = (token: Token, body: string): Reply => {
		const {secret, expires_at: expires, ...asked} = JSON.parse(body).application_credential;
		const all = [...applications.values()];
		if (all.length >= 4)
			return keystoneError(
				403,
				'Forbidden',
				'Unable to create additional application credentials, maximum of 4 already exceeded for user.',
			);
		if (all.some(({name}) => name === asked.name))
			return keystoneError(
				409,
				'Conflict',
				`Conflict occurred attempting to store application_credential - Duplicate entry found with name ${asked.name}.`,
			);
		const wanted: readonly {id: string}[] = asked.roles ?? token.roles.map(({id}) => ({id}));
		if (wanted.some(role => JSON.stringify(Object.keys(role)) !== '["id"]'))
			return keystoneError(400, 'Bad Request', 'Invalid input for field/attribute 0. It has too many properties');
		const given = wanted.flatMap(({id}) => token.roles.filter(role => role.id === id));
		if (given.length < wanted.length)
			return keystoneError(
				400,
				'Bad Request',
				'Invalid application credential: Cannot create an application credential with unassigned role',
			);
		if (expires !== undefined && !(Date.parse(expires) > now()))
			return keystoneError(400, 'Bad Request', "The 'expires_at' must not be before now.");
		const ends = expires === undefined ? null : expires.replace('Z', '.000000');
		const made = add({...asked, roles: given, project_id: token.project, expires_at: ends});
		return {status: 201, body: {application_credential: {...shown(made), secret: made.secret}}};
	};
	const about = ({method, target, body}: Received, token: Token): Reply => {
		const isRestricted = token.application !== undefined && token.application.unrestricted !== true;
		if (isRestricted && method !== 'GET')
			return may(
				"Using method 'application_credential' is not allowed for managing additional application credentials.",
			);
		if (target === path) {
			if (method === 'POST') return make(token, body);
			return {status: 200, body: {application_credentials: [...applications.values()].map(shown), links: {next: null}}};
		}
		const id = target.slice(path.length + 1);
		const application = applications.get(id);
		if (application === undefined) return missing(id);
		if (method === 'GET') return {status: 200, body: {application_credential: shown(application)}};
		applications.delete(id);
		return {status: 204};
	};
	const handler: Handler = request => {
		const {method, target, headers, body} = request;
		if (method === 'POST' && target === '/v3/auth/tokens') return signIn(body);
		const token = tokens.get(String(headers['x-auth-token']));
		const {application} = token ?? {};
		// A token ends with what it was given for, and one with access rules opens nothing here.
		const isDead = application !== undefined && applications.get(application.id) !== application;
		if (token === undefined || isDead || application?.access_rules !== undefined) return unauthorized;
		if (!target.startsWith(path)) return may('identity:list_application_credentials');
		return about(request, token);
	};
	const fieldsOf = ({id, secret}: Application) => ({
		authURL: `https://${host}/v3`,
		applicationCredentialID: id,
		applicationCredentialSecret: secret,
	});
	return {
		provider: 'openstack',
		handlers: {[host]: handler},
		data: fieldsOf(first),
		user: {authURL: `https://${host}`, username: user.name, password: 'correct horse', projectID: project},
		/** Another application credential as somebody has made it. */
		with: (members: Partial<Application>) => fieldsOf(add(members)),
		keys: () => [...applications.values()].map(({id}) => ({id, isOff: false})),
		opens({applicationCredentialID = '', applicationCredentialSecret}) {
			const application = applications.get(applicationCredentialID);
			return application !== undefined && application.secret === applicationCredentialSecret && !isOver(application);
		},
		addKey: () => add().id,
		dropKey: id => void applications.delete(id),
		/** A line for each that there is: its name, its roles, and whether it can make others. */
		shown: () =>
			[...applications.values()].map(
				({name, roles, unrestricted}) =>
					`${name}: ${roles.map(role => role.name).join()}${unrestricted === true ? ', unrestricted' : ''}`,
			),
		/** What there is, by its name. */
		named: (name: string) => [...applications.values()].find(each => each.name === name),
	};
}) satisfies MakeCloud;
