import {PharmerError} from '../domain/errors.js';
import type {Revocation} from '../domain/journal.js';
import {endJournal} from './journal-changes.js';
import {deleteCredentials} from './operations.js';
import type {Changed, Content} from './vault.js';

/**
 * Ends a revocation whose key is gone, and moves its credential to the trash, in one change. Throws as `endJournal()`
 * does, and `busy` when the credential signs what is under way for another one.
 */
export function trashRevoked(content: Content, revocation: Revocation, now: Date): Changed<string> {
	const {content: ended} = endJournal(content, revocation);
	const credential = ended.credentials.find(({id}) => id === revocation.id);
	if (credential === undefined)
		throw new PharmerError('conflict', 'the credential is gone', 'its key is deleted; bring it back from the trash');
	return {content: deleteCredentials(ended, [credential], now).content, result: credential.name};
}
