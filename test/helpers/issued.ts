import type {IssueQuestion} from '../../source/credentials/issue-words.js';
import type {KeyQuestion, Reply} from '../../source/credentials/key-question.js';
import type {Issue} from '../../source/domain/journal.js';
import {parseName} from '../../source/domain/name.js';
import type {Network} from '../../source/network/network.js';
import {goOnIssuing, issueKey, takeIssueBack} from '../../source/tasks/issue/issue.js';
import type {Issuing} from '../../source/tasks/issue/issuing.js';
import {issueNamed} from '../../source/vault/issue-changes.js';
import type {Content, Vault} from '../../source/vault/vault.js';
import {directNetwork} from './direct-network.js';
import type {Handler} from './fake-cloud.js';
import {ownId} from './rotated.js';

/** How an identity is made in a test; the credential with `ownId` signs. */
export type Making = {
	readonly handlers: Readonly<Record<string, Handler>>;
	/** In the place of the way to the handlers. */
	readonly network?: Network;
	readonly placeOf?: Issuing['placeOf'];
	readonly vault: Vault;
	readonly now: () => number;
	readonly fateOf?: Parameters<typeof directNetwork>[2];
	readonly answer?: (question: KeyQuestion | IssueQuestion) => Reply;
	readonly identity?: string | undefined;
	readonly policies?: readonly string[] | undefined;
};

function issuingOf(making: Making): Issuing {
	const {handlers, vault, now, fateOf, answer = () => 'yes', placeOf = () => undefined} = making;
	return {
		vault,
		network: making.network ?? directNetwork(handlers, now, fateOf),
		now,
		wait: async () => {},
		placeOf,
		probePlaceOf: placeOf,
		ask: async question => answer(question),
		otherName: async () => undefined,
		onStep: () => {},
	};
}

/** Makes an identity, or goes on with that. */
export async function issue(making: Making): Promise<string> {
	const content = await making.vault.read();
	const under = issueIn(content);
	if (under !== undefined) return goOnIssuing(under.id, undefined, issuingOf(making));
	const admin = content.credentials.find(({id}) => id === ownId);
	if (admin === undefined) throw new Error('there is no admin');
	const {identity, policies} = making;
	return issueKey({name: parseName('made'), admin, identity, policies}, issuingOf(making));
}

/** Takes back what is under way. */
export async function takeBack(making: Making): Promise<void> {
	const under = issueIn(await making.vault.read());
	if (under === undefined) throw new Error('nothing is under way');
	await takeIssueBack(under.id, issuingOf(making));
}

export function issueIn(content: Content): Issue | undefined {
	return issueNamed(content, 'made');
}

/** The fields of the credential that was made, in clear; undefined when there is none. */
export function fieldsMade({credentials}: Content): Readonly<Record<string, string>> | undefined {
	const made = credentials.find(({name}) => name === 'made');
	return made && Object.fromEntries([...made.data].map(([key, value]) => [key, value.reveal()]));
}
