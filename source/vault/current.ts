import type {Basis, Credential} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';

/** `current` is what the vault has of `basis` now, if anything. Throws `conflict`. */
export function assertCurrent(current: Credential | undefined, basis: Basis): Credential {
	if (current === undefined) {
		throw new PharmerError(
			'conflict',
			`\`${basis.name}\` was deleted by somebody else meanwhile`,
			'nothing was written',
		);
	}
	if (current.revision !== basis.revision) {
		throw new PharmerError(
			'conflict',
			`\`${basis.name}\` was changed by somebody else meanwhile`,
			'nothing was written; look at it again and repeat your change',
		);
	}
	return current;
}
