import {type Credential, type CredentialContent, sameData} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import type {Journal} from '../domain/journal.js';
import {journalsOf} from './journals.js';
import type {Content} from './vault.js';

/** A credential before a change, and what the user decides of it after that. */
type Change = {readonly before: Credential; readonly after: Pick<CredentialContent, 'data' | 'provider'>};

/** Throws `busy` where a change gives other fields to a credential whose key is being replaced or revoked. */
export function assertFieldsFree(content: Pick<Content, 'sections'>, changes: readonly Change[]): void {
	const journals = underWay(content);
	if (journals.size === 0) return;
	for (const {before, after} of changes) {
		const journal = journals.get(before.id);
		const isSame = before.provider === after.provider && sameData(before, after);
		if (journal !== undefined && !isSame) throw busy(before.name, journal, 'change its fields');
	}
}

/** Throws `busy` where one of these credentials' keys is being replaced or revoked, or where one of them signs that. */
export function assertMayGo(content: Pick<Content, 'sections'>, credentials: readonly Credential[]): void {
	const journals = underWay(content);
	if (journals.size === 0) return;
	const signing = new Map(
		[...journals.values()].flatMap(each => (each.admin === undefined ? [] : [[each.admin, each]])),
	);
	for (const {id, name} of credentials) {
		const journal = journals.get(id);
		if (journal !== undefined) throw busy(name, journal, 'delete it');
		if (signing.has(id))
			throw new PharmerError('busy', `\`${name}\` signs what is under way at a provider`, '`pharmer health` lists it');
	}
}

/** What is under way, by the ids of the credentials. */
function underWay(content: Pick<Content, 'sections'>): ReadonlyMap<string, Journal> {
	return new Map((journalsOf(content) ?? []).map(each => [each.id, each]));
}

function busy(name: string, {kind}: Journal, what: string): PharmerError {
	if (kind === 'revoke')
		return new PharmerError('busy', `\`${name}\` is being revoked`, `\`pharmer revoke ${name}\` goes on`);
	return new PharmerError(
		'busy',
		`the key of \`${name}\` is being replaced`,
		`\`pharmer rotate ${name} --resume\` goes on, --undo takes it back; then ${what}`,
	);
}
