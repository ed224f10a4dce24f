import {type Credential, type CredentialContent, sameData} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import type {Journal} from '../domain/journal.js';
import {journalsOf, strangeIds} from './journals.js';
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
	for (const each of credentials) {
		const journal = journals.get(each.id);
		if (journal !== undefined) throw busy(each.name, journal, 'delete it');
		assertSignsNothing(content, each);
	}
}

/** Throws `busy` where a credential signs what is under way for another one. */
export function assertSignsNothing(content: Pick<Content, 'sections'>, {id, name}: Credential): void {
	if (!(journalsOf(content) ?? []).some(({admin}) => admin === id)) return;
	throw new PharmerError('busy', `\`${name}\` signs what is under way at a provider`, '`pharmer health` lists it');
}

/** What is under way, by the ids of the credentials; `strange` is what this program does not know. */
function underWay(content: Pick<Content, 'sections'>): ReadonlyMap<string, Journal | 'strange'> {
	const known = new Map<string, Journal | 'strange'>(strangeIds(content).map(id => [id, 'strange']));
	for (const each of journalsOf(content) ?? []) known.set(each.id, each);
	return known;
}

/** Throws `busy` where something is under way for a credential that this program does not know. */
export function assertKnown(content: Pick<Content, 'sections'>, id: string): void {
	if (strangeIds(content).includes(id)) throw strange('it');
}

function strange(name: string): PharmerError {
	return new PharmerError(
		'busy',
		`something is under way for ${name} at its provider that this pharmer does not know`,
		'a newer one may: update it',
	);
}

function busy(name: string, journal: Journal | 'strange', what: string): PharmerError {
	if (journal === 'strange') return strange(`\`${name}\``);
	if (journal.kind === 'revoke')
		return new PharmerError(
			'busy',
			`\`${name}\` is being revoked`,
			`\`pharmer revoke ${name}\` goes on, --undo lets the key be`,
		);
	return new PharmerError(
		'busy',
		`the key of \`${name}\` is being replaced`,
		`\`pharmer rotate ${name} --resume\` goes on, --undo takes it back; then ${what}`,
	);
}
