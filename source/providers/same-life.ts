import {timestamp} from '../domain/time.js';

/**
 * When a new key ends so that it lives as long as the old one (RFC 3339); undefined where that has no end. Where it is
 * not known when the old one was made, both end together.
 */
export function sameLife(
	{created, expires}: {readonly created?: string | undefined; readonly expires?: string | undefined},
	now: Date,
): string | undefined {
	if (expires === undefined || created === undefined) return expires;
	return timestamp(new Date(now.getTime() + Date.parse(expires) - Date.parse(created)));
}
