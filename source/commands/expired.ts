import {expiryOf} from '../credentials/expiry.js';
import type {Credential} from '../domain/credential.js';
import type {Context} from './context.js';
import {warn} from './talk.js';

/** Warns about expired credentials; the tools themselves only report "access denied". */
export function warnOfExpired(credentials: readonly Credential[], context: Context): void {
	for (const credential of credentials) {
		const {isOver = false, day} = expiryOf(credential, context.now()) ?? {};
		if (isOver) warn(context, `\`${credential.name}\` expired on ${day}`);
	}
}
