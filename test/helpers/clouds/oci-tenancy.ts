import {createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject} from 'node:crypto';
import type {Handler, Reply} from '../fake-cloud.js';
import {checkOci} from '../oci.js';
import type {IssuingCloud} from './issuing-cloud.js';

type Kind = 'groups' | 'users' | 'policies';
type Thing = {
	readonly id: string;
	readonly name: string;
	readonly description: string;
	readonly statements?: readonly string[];
	readonly email?: string;
	/** How many lists show that it is still being made. */
	unready: number;
};
type Membership = {readonly id: string; readonly userId: string; readonly groupId: string};
type Key = {readonly user: string; readonly publicKey: KeyObject};

const tenancy = 'ocid1.tenancy.oc1..aaaainventedtenancy';
const regions = {'eu-frankfurt-1': true, 'us-ashburn-1': false};
const {privateKey, publicKey} = generateKeyPairSync('rsa', {modulusLength: 2048});

const printOf = (key: KeyObject): string =>
	createHash('md5')
		.update(key.export({type: 'spki', format: 'der'}))
		.digest('hex')
		.replace(/..(?=.)/g, '$&:');
const error = (status: number, code: string): Reply => ({status, body: {code, message: 'no'}});
const absent = error(404, 'NotAuthorizedOrNotFound');
const codes = {groups: 'GroupAlreadyExists', users: 'UserAlreadyExists', policies: 'PolicyAlreadyExists'};
const statement =
	/^Allow group id (ocid1\.group\.oc1\.\.\w+) to (?:inspect|read|use|manage) [a-z-]+-family in (?:tenancy|compartment dev)$/;

/**
 * A tenancy of Oracle's in which one user may make others, their groups, policies and keys, in the home region alone.
 * What was made is not ready in the next `lag` lists.
 */
export function ociTenancy(lag = 0) {
	let count = 0;
	const things = {
		groups: new Map<string, Thing>(),
		users: new Map<string, Thing>(),
		policies: new Map<string, Thing>(),
	};
	const memberships = new Map<string, Membership>();
	const keys = new Map<string, Key>();
	const deleted: string[] = [];
	const add = (kind: Kind, members: Pick<Thing, 'name' | 'description'> & Partial<Thing>): Thing => {
		const made = {unready: lag, ...members, id: `ocid1.${kind.replace(/s$/, '')}.oc1..aaaa${++count}`};
		things[kind].set(made.id, made);
		return made;
	};
	const addKey = (user: string, publicKey: KeyObject): string => {
		const print = printOf(publicKey);
		keys.set(print, {user, publicKey});
		return print;
	};
	const join = (userId: string, groupId: string): Membership => {
		const made = {id: `ocid1.groupmembership.oc1..aaaa${++count}`, userId, groupId};
		memberships.set(made.id, made);
		return made;
	};
	const admin = add('users', {name: 'admin', description: 'the admin'});
	const adminPrint = addKey(admin.id, publicKey);
	const toldKey = ([print, {user}]: readonly [string, Key]) => ({
		fingerprint: print,
		userId: user,
		timeCreated: '2026-11-30T10:00:00Z',
		lifecycleState: 'ACTIVE',
	});
	/** One at a time. */
	const page = (all: readonly object[], query: URLSearchParams): Reply => {
		const from = Number(query.get('page') ?? 0);
		const headers: Readonly<Record<string, string>> = all.length > from + 1 ? {'opc-next-page': String(from + 1)} : {};
		return {status: 200, headers: {'content-type': 'application/json', ...headers}, body: all.slice(from, from + 1)};
	};
	const list = (kind: Kind, query: URLSearchParams): Reply =>
		page(
			[...things[kind].values()]
				.filter(({name}) => name === query.get('name'))
				.map(thing => ({...thing, lifecycleState: thing.unready-- > 0 ? 'CREATING' : 'ACTIVE'})),
			query,
		);
	const make = (kind: Kind, {compartmentId, ...sent}: Thing & {readonly compartmentId: string}): Reply => {
		if (compartmentId !== tenancy) return absent;
		const groups = (sent.statements ?? []).map(each => statement.exec(each)?.[1] ?? '');
		if (kind === 'policies' && !groups.every(id => things.groups.has(id))) return error(400, 'InvalidParameter');
		if ([...things[kind].values()].some(({name}) => name === sent.name)) return error(409, codes[kind]);
		return {status: 200, body: {...add(kind, sent), lifecycleState: 'CREATING'}};
	};
	const remove = (kind: Kind, id: string): Reply => {
		if ([...memberships.values()].some(each => each.userId === id || each.groupId === id))
			return error(409, 'IncorrectState');
		if (!things[kind].delete(id)) return absent;
		for (const [print, {user}] of keys) if (user === id) keys.delete(print);
		deleted.push(kind);
		return {status: 204};
	};
	const ownKeys = (method: string, user: string, print: string | undefined, body: string): Reply => {
		if (!things.users.has(user)) return absent;
		const own = [...keys].filter(([, key]) => key.user === user);
		if (method === 'GET') return {status: 200, body: own.map(toldKey)};
		if (method === 'DELETE') {
			deleted.push('key');
			return keys.delete(print ?? '') ? {status: 204} : absent;
		}
		if (own.length >= 3) return error(400, 'LimitExceeded');
		const made = addKey(user, createPublicKey(JSON.parse(body).key));
		return {status: 200, body: {fingerprint: made, userId: user, lifecycleState: 'CREATING'}};
	};
	const members = (method: string, id: string | undefined, query: URLSearchParams, body: string): Reply => {
		if (method === 'DELETE') {
			deleted.push('membership');
			return memberships.delete(id ?? '') ? {status: 204} : absent;
		}
		const {userId, groupId} = method === 'GET' ? Object.fromEntries(query) : JSON.parse(body);
		const found = [...memberships.values()].filter(each => each.userId === userId && each.groupId === groupId);
		if (method === 'GET') return page(found, query);
		if (!things.users.has(userId) || !things.groups.has(groupId)) return absent;
		if (found.length > 0) return error(409, 'IdcsConversionError');
		return {status: 200, body: join(userId, groupId)};
	};
	const handler =
		(isHome: boolean): Handler =>
		request => {
			const {method, target, headers, body} = request;
			const print = /keyId="([^"]*)"/.exec(headers.authorization ?? '')?.[1]?.split('/')[2] ?? '';
			const key = keys.get(print);
			if (key === undefined) return error(401, 'NotAuthenticated');
			const {id, verifies} = checkOci(request, key.publicKey);
			if (!verifies || id !== `${tenancy}/${key.user}/${print}`) return error(401, 'NotAuthenticated');
			if (method !== 'GET' && !isHome) return error(403, 'NotAllowed');
			const {pathname, searchParams} = new URL(target, 'https://identity.eu-frankfurt-1.oraclecloud.com');
			const [, , kind = '', thing, more, last] = pathname.split('/').map(decodeURIComponent);
			if (kind === 'users' && thing === key.user && method === 'GET' && more === undefined)
				return {status: 200, body: {id: key.user, compartmentId: tenancy, name: 'ops', lifecycleState: 'ACTIVE'}};
			const isOwn = thing === key.user;
			if (kind === 'users' && more === 'apiKeys' && (isOwn || key.user === admin.id))
				return ownKeys(method, thing ?? '', last, body);
			if (key.user !== admin.id) return absent;
			if (kind === 'tenancies')
				return {
					status: 200,
					body: Object.entries(regions).map(([regionName, isHomeRegion]) => ({regionName, isHomeRegion})),
				};
			if (method === 'GET' && searchParams.get('compartmentId') !== tenancy) return absent;
			if (kind === 'userGroupMemberships') return members(method, thing, searchParams, body);
			if (kind !== 'groups' && kind !== 'users' && kind !== 'policies') return absent;
			if (method === 'GET') return list(kind, searchParams);
			return method === 'POST' ? make(kind, JSON.parse(body)) : remove(kind, thing ?? '');
		};
	return {
		...things,
		memberships,
		keys,
		add,
		addKey,
		join,
		/** What was deleted, in order. */
		deleted,
		admin: {
			user: admin.id,
			tenancy,
			fingerprint: adminPrint,
			privateKey: privateKey.export({type: 'pkcs8', format: 'pem'}).toString(),
			region: 'us-ashburn-1',
		},
		handlers: Object.fromEntries(
			Object.entries(regions).map(([region, isHome]) => [`identity.${region}.oraclecloud.com`, handler(isHome)]),
		),
		opens({user, privateKey: pem = ''}: Readonly<Record<string, string>>): boolean {
			return keys.get(printOf(createPublicKey(createPrivateKey(pem))))?.user === user;
		},
	};
}

export function ociIssuing(): IssuingCloud {
	const {groups, users, policies, memberships, keys, admin: data, handlers, opens} = ociTenancy(2);
	const names = (kind: string, all: ReadonlyMap<string, Thing>) => [...all.values()].map(({name}) => `${kind} ${name}`);
	return {
		provider: 'oci',
		handlers,
		admin: data,
		things: () => [
			...names('group', groups),
			...names('user', users).filter(each => each !== 'user admin'),
			...names('policy', policies),
			...[...memberships].map(() => 'membership'),
			...[...keys.values()].filter(({user}) => user !== data.user).map(() => 'key'),
		],
		whole: [/^group pharmer$/, /^user pharmer$/, /^policy pharmer-[0-9a-f]{8}$/, /^membership$/, /^key$/],
		opens,
	};
}
