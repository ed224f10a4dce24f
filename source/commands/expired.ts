import type {Credential} from '../domain/credential.js';
import {daysUntil} from '../domain/time.js';
import type {Context} from './context.js';
import {warn} from './talk.js';

/** Warns about expired credentials; the tools themselves only report "access denied". */
export function warnOfExpired(credentials: readonly Credential[], context: Context): void {
	for (const {name, expires} of credentials) {
		if (expires !== undefined && daysUntil(expires, context.now()) < 0)
			warn(context, `\`${name}\` expired on ${expires}`);
	}
}
