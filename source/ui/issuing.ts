import {randomUUID} from 'node:crypto';
import type {Effect} from '../app/core/effect.js';
import type {IssueQuestion} from '../credentials/issue-words.js';
import type {KeyQuestion, Reply} from '../credentials/key-question.js';
import type {Credential} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import {parseName} from '../domain/name.js';
import {valuesOf} from '../providers/data.js';
import {planIssue} from '../tasks/issue/begin.js';
import {goOnIssuing, issueKey, takeIssueBack} from '../tasks/issue/issue.js';
import type {Issuing} from '../tasks/issue/issuing.js';
import {adminIn, issuerOf} from '../tasks/issue/run.js';
import {issueNamed} from '../vault/issue-changes.js';
import {journalOf} from '../vault/journals.js';
import type {Content} from '../vault/vault.js';
import {agreedPlaces, inSteps, type Reach, type Running} from './at-provider.js';

/** Tells what would be made under that name, or is where that is begun. Nobody is asked. */
export async function tellIssuePlan(
	{name, admin: adminId}: Extract<Effect, {type: 'plan-issue'}>,
	{session, tell}: Pick<Running, 'session' | 'tell'>,
): Promise<void> {
	const content = await session.vault.read();
	const begun = issueNamed(content, name);
	const admin = adminIn(content, begun ?? {admin: adminId});
	const id = begun?.id ?? randomUUID();
	const {steps, says} =
		begun === undefined
			? planIssue({id, name: parseName(name), admin})
			: {steps: issuerOf(admin.provider).steps(begun, valuesOf(admin.data)), says: []};
	tell({
		type: 'issue-planned',
		name,
		admin: adminId,
		plan: {
			id,
			says,
			steps: steps.map(step => ({id: step.id, says: step.says, isThere: begun?.there.includes(step.id) === true})),
		},
	});
}

type Wish = Extract<Effect, {type: 'issue'}>;

/** Makes an identity and its key, or takes them back, and tells each step that is written, and what came of it. */
export async function issueRun(wish: Wish, running: Running): Promise<void> {
	const {id} = wish;
	running.tell({type: 'issued', id, ...(await inSteps(id, running, reach => work(wish, running, reach)))});
}

async function work(
	wish: Wish,
	{world, session, signal, ask}: Running,
	reach: Reach & {readonly onStep: () => void},
): Promise<'made' | 'back'> {
	const {id} = wish;
	const {vault} = session;
	const {admin, name} = orderOf(wish, await vault.read());
	const credential = {...admin, id, name: parseName(name)};
	const issuer = issuerOf(admin.provider);
	const places = await agreedPlaces(issuer, {credential, signing: admin}, {session, ask});
	const reply = async (about: KeyQuestion | IssueQuestion): Promise<Reply> => {
		if ('keys' in about) return ask({kind: 'key', id, about});
		return isAgreed(wish, about) ? 'yes' : ask({kind: 'issue', id, about});
	};
	const issuing: Issuing = {
		...reach,
		...places,
		vault,
		signal,
		now: () => world.now().getTime(),
		ask: reply,
		// Its screen takes another name.
		otherName: async () => undefined,
	};
	if (wish.does === 'back') await takeIssueBack(id, issuing);
	else if (wish.does === 'begin') await issueKey({id, name: credential.name, admin}, issuing);
	else await goOnIssuing(id, wish.name === undefined ? undefined : parseName(wish.name), issuing);
	return wish.does === 'back' ? 'back' : 'made';
}

/** Who signs, and what the credential will be called. Throws `not-found`. */
function orderOf(wish: Wish, content: Content): {readonly admin: Credential; readonly name: string} {
	if (wish.does === 'begin') return {admin: adminIn(content, wish), name: wish.name};
	const journal = journalOf(content, wish.id);
	if (journal?.kind !== 'issue') throw new PharmerError('not-found', 'nothing is under way for it any more');
	return {admin: adminIn(content, journal), name: journal.name};
}

/** Whether that is what somebody has agreed to already, or less, since some of it is there. */
function isAgreed(wish: Wish, {kind, says}: IssueQuestion): boolean {
	const text = says.map(line => line.replace(/ \(is there\)$/, '')).join('\n');
	return kind === 'plan' && wish.does === 'begin' && wish.agreed.join('\n') === text;
}
