import type {CredentialContent} from '../domain/credential.js';
import {daysUntil} from '../domain/time.js';
import {deadSince} from '../providers/expiration.js';
import type {Handing} from '../providers/handing.js';

/** Whether a credential has expired: its day is past, or its keys have stopped working. */
export function isOver(
	{data, expires}: Pick<CredentialContent, 'data' | 'expires'>,
	handing: Handing,
	now: Date,
): boolean {
	return (expires !== undefined && daysUntil(expires, now) < 0) || deadSince(handing, data, now) !== undefined;
}
