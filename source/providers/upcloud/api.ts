import {textAt} from '../answers.js';
import type {Values} from '../provider.js';

/** The header by which an account proves itself: with its token, or else its user name and password. */
export function authorizationOf(value: Values): string {
	const token = value('token');
	return token === '' ? `Basic ${Buffer.from(pairOf(value)).toString('base64')}` : `Bearer ${token}`;
}

export function pairOf(value: Values): string {
	return `${value('username')}:${value('password')}`;
}

/** The code: `error_code`, or that at the end of a problem's type (upcloud-go-api, problem.go). */
export function codeOf(object: unknown): string | undefined {
	const type = textAt(object, 'type');
	return textAt(object, 'error', 'error_code') ?? type?.replace(/^.*#(?:ERROR_)?/, '');
}
