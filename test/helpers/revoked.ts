import type {Revocation} from '../../source/domain/journal.js';
import {goOnRevoking, letBe, revokeKey} from '../../source/tasks/revocation/revoke.js';
import type {Revoking} from '../../source/tasks/revocation/run.js';
import {journalOf} from '../../source/vault/journals.js';
import type {Content} from '../../source/vault/vault.js';
import {adminId, type How, ownId, rotatingOf} from './rotated.js';

function revokingOf(how: How, onStep: (revocation: Revocation) => void = () => {}): Revoking {
	return {...rotatingOf(how), onStep};
}

/** Revokes the key, or goes on with that. */
export async function revoke(how: How, onStep?: (revocation: Revocation) => void): Promise<void> {
	const content = await how.vault.read();
	const credential = content.credentials.find(({id}) => id === ownId);
	if (credential === undefined) throw new Error('there is no credential');
	const revoking = revokingOf(how, onStep);
	if (revocationIn(content) !== undefined) return goOnRevoking(ownId, undefined, revoking);
	return revokeKey({credential, admin: content.credentials.find(({id}) => id === adminId)}, revoking);
}

/** Lets the key be after all. */
export function leave(how: How): Promise<void> {
	return letBe(ownId, revokingOf(how));
}

/** What is under way for the credential. */
export function revocationIn(content: Content): Revocation | undefined {
	const journal = journalOf(content, ownId);
	return journal?.kind === 'revoke' ? journal : undefined;
}
