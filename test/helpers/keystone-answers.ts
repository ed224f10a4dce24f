import type {Reply} from './fake-cloud.js';

/** Answers of Keystone, as version 30.0.0 gave them. */
const user = {id: '699ea465a2bf4b9fadcdfbcfbc1cd699', name: 'ann', domain: {id: 'default', name: 'Default'}};
const roles = [
	{id: '1', name: 'reader'},
	{id: '2', name: 'member'},
];
const project = {id: 'c7d799522ab24c14b16c8ac27bfc989a', name: 'invented', domain: user.domain};

/** A token, with members that are there for some ways to sign in only. */
export function tokenReply(members: object = {}, ends: string | null = null): Reply {
	return {
		status: 201,
		headers: {'x-subject-token': 'gAAAAA-invented-token'},
		body: {token: {methods: ['password'], user: {...user, password_expires_at: ends}, ...members}},
	};
}

export const scopedReply: Reply = tokenReply({project, roles, is_domain: false});

export function keystoneError(code: number, title: string, message: string): Reply {
	return {status: code, body: {error: {code, message, title}}};
}

export const unauthorized = keystoneError(401, 'Unauthorized', 'The request you have made requires authentication.');

/** What a user with a second factor gets for the right password alone. */
export const receiptReply: Reply = {
	status: 401,
	headers: {'openstack-auth-receipt': 'gAAAAA-invented-receipt'},
	body: {receipt: {methods: ['password'], user}, required_auth_methods: [['password', 'totp']]},
};
