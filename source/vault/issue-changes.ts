import {randomUUID} from 'node:crypto';
import type {CredentialContent} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import type {Issue} from '../domain/journal.js';
import {nameKey} from '../domain/name.js';
import {timestamp} from '../domain/time.js';
import type {KeptVerdict} from '../domain/verdict.js';
import {beginJournal, endJournal} from './journal-changes.js';
import {journalsOf} from './journals.js';
import {assertNameFree} from './operations.js';
import type {Changed, Content} from './vault.js';
import {withVerdicts} from './verdicts.js';

/** What is made under that name, if anything. */
export function issueNamed(content: Content, name: string): Issue | undefined {
	const key = nameKey(name);
	return (journalsOf(content) ?? []).find((each): each is Issue => each.kind === 'issue' && nameKey(each.name) === key);
}

/** Begins to make an identity. Throws `exists` when the name is taken, `busy` when it is being made already. */
export function beginIssue(content: Content, issue: Issue): Changed<Issue> {
	assertNameFree(content, issue.name);
	if (issueNamed(content, issue.name) !== undefined)
		throw new PharmerError(
			'busy',
			`\`${issue.name}\` is being made already`,
			`\`pharmer issue ${issue.name}\` goes on with it`,
		);
	return beginJournal(content, issue);
}

/**
 * Ends an issue and adds its credential, with what its provider says of it, in one change. Throws `exists` when its
 * name is taken, and as `endJournal()` does.
 */
export function keepIssued(
	content: Content,
	issue: Issue,
	credential: CredentialContent,
	verdict: KeptVerdict | undefined,
	now: Date,
): Changed<undefined> {
	const {content: ended} = endJournal(content, issue);
	assertNameFree(ended, credential.name);
	const at = timestamp(now);
	// A merge may have brought the same one in.
	const isTaken = [...ended.credentials, ...ended.trash].some(({id}) => id === issue.id);
	const id = isTaken ? randomUUID() : issue.id;
	const added = {...credential, id, revision: 1, created: at, changed: at};
	const kept = {...ended, credentials: ended.credentials.concat(added)};
	const verdicts = verdict === undefined ? [] : [{...verdict, id}];
	return {content: withVerdicts(kept, {verdicts, consents: []}), result: undefined};
}
