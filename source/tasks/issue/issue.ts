import {backText} from '../../credentials/issue-words.js';
import {type Credential, contentOf} from '../../domain/credential.js';
import {PharmerError} from '../../domain/errors.js';
import type {Issue} from '../../domain/journal.js';
import {type Name, parseName} from '../../domain/name.js';
import {isRefused} from '../../domain/verdict.js';
import type {IssueStep} from '../../providers/issuer.js';
import {keepIssued} from '../../vault/issue-changes.js';
import {refusedFor} from '../rotation/key-desk.js';
import {held} from '../rotation/rotate.js';
import {verdictOn} from '../rotation/verdict-on.js';
import type {Asked} from '../verify.js';
import {beginIssuing, type IssuePlan} from './begin.js';
import type {Issuing} from './issuing.js';
import {findKey, makeKey, takeKeyBack} from './make-key.js';
import {IssueRun} from './run.js';

/**
 * Makes an identity and its key with another credential, asks its provider whether the key works, and stores it as a
 * credential. Resolves to its name. Each step is written once it is done. Throws as `beginIssuing()` does, and what
 * stops it: nothing is lost then, and it can be gone on with.
 */
export function issueKey(plan: IssuePlan, issuing: Issuing): Promise<string> {
	return held(issuing, async holder => {
		const run = await beginIssuing(plan, holder, issuing);
		return steps(run, true);
	});
}

/** Goes on with the issue with that id, under another name where one is given. Throws as `issueKey()` does. */
export function goOnIssuing(id: string, name: Name | undefined, issuing: Issuing): Promise<string> {
	return held(issuing, async holder => {
		const run = await IssueRun.take(id, holder, issuing);
		if (name !== undefined) await run.rename(name);
		if (run.issue.isBack) await findKey(run).then(() => run.startOver());
		return steps(run, false);
	});
}

/** Takes back what an issue has made, last first, after a yes. What somebody else made, or is in, stays. */
export function takeIssueBack(id: string, issuing: Issuing): Promise<void> {
	return held(issuing, async holder => {
		const run = await IssueRun.take(id, holder, issuing);
		const all = (await run.steps()).filter(step => !run.issue.there.includes(step.id));
		const made = all.filter(step => run.issue.made.has(step.id));
		const says = [backText(made, run.issue.freshId !== undefined)];
		const reply = await issuing.ask({kind: 'plan', says, asks: 'Take it back?'});
		if (reply !== 'yes') throw new PharmerError('cancelled', 'you did not agree', 'nothing was done');
		await run.put({isBack: true});
		const others = await takeKeyBack(run);
		// Whoever has another key of the identity goes on with all that it may do.
		if (others.length > 0) tellStays(made.length > 0 ? made : all, run);
		else await takeAllBack(all, run);
		await run.forget();
	});
}

async function steps(run: IssueRun, isNew: boolean): Promise<string> {
	for (const step of await run.steps()) {
		if (!run.issue.made.has(step.id)) await makeStep(step, run, isNew);
	}
	if (run.issue.freshId === undefined) await orForget(run, isNew, () => makeKey(run));
	return keep(run, await proved(run));
}

async function makeStep(step: IssueStep, run: IssueRun, isNew: boolean): Promise<void> {
	await orForget(run, isNew, async () => {
		const id = await run.patiently(`${step.says} is not made`, (_, call) => step.make(call));
		await run.put({made: new Map([...run.issue.made, [step.id, id]])}, `made ${step.says}`);
	});
}

/** Refused at the first that is made, nothing was done: nothing is under way any more. */
async function orForget(run: IssueRun, isNew: boolean, make: () => Promise<void>): Promise<void> {
	const isFirst = isNew && run.issue.made.size === run.issue.there.length;
	try {
		await make();
	} catch (error) {
		const why = refusedFor(error);
		// What is not known yet, or comes too fast, is not refused.
		if (isFirst && why !== undefined && why !== 'gone' && why !== 'later') await run.forget();
		throw error;
	}
}

/**
 * How long is waited, in seconds, before what may have been made a moment ago is looked for again: where its answer was
 * lost, its provider may not show it yet.
 */
const settling = [3, 9];

/** Takes all of it back, last first; again where it is not known what of it was made. */
async function takeAllBack(steps: readonly IssueStep[], run: IssueRun): Promise<void> {
	const isKnown = steps.every(({id}) => run.issue.made.has(id));
	const delays = isKnown ? [0] : [0, ...settling];
	for (const [pass, delay] of delays.entries()) {
		if (delay > 0) await run.issuing.wait(delay * 1000);
		const left: IssueStep[] = [];
		for (const step of steps.toReversed()) if (!(await takeBack(step, run))) left.push(step);
		if (pass < delays.length - 1) continue;
		tellStays(left, run);
	}
}

function tellStays(steps: readonly IssueStep[], {issuing}: IssueRun): void {
	for (const {says} of steps) issuing.onStep(`${says} stays: something else is in it`);
}

/** Resolves to whether it is gone: something else may be in it. */
async function takeBack(step: IssueStep, run: IssueRun): Promise<boolean> {
	const {made} = run.issue;
	const id = made.get(step.id);
	let isGone = true;
	try {
		await run.call(`${step.says} is not deleted`, (_, call) => step.remove(call, id));
	} catch (error) {
		if (refusedFor(error) !== 'used') throw error;
		isGone = false;
	}
	if (id !== undefined && isGone) await run.put({made: new Map([...made].filter(([each]) => each !== step.id))});
	return isGone;
}

/** What the provider says of the new key. Throws when it is not that it works. */
async function proved(run: IssueRun): Promise<Asked> {
	const credential = credentialOf(run.issue);
	const said = await verdictOn(credential, credential.data, run.issuing);
	run.assertGoing();
	if (said?.is === 'valid' || said?.is === 'limited') return said;
	const is = said?.is ?? 'unknown';
	const {name} = run.issue;
	throw new PharmerError(
		is === 'unreachable' ? 'network' : isRefused(is) ? 'refused' : 'conflict',
		`the key is made and kept, and its provider says that it is ${is}: ${said?.why ?? 'no answer'}`,
		`\`pharmer issue ${name}\` asks again, --undo takes everything back`,
	);
}

/** The credential as it will be. */
function credentialOf({id, name, provider, fresh, began: at}: Issue): Credential {
	if (fresh === undefined) throw new PharmerError('bug', 'the new key is not stored');
	return {id, name: parseName(name), provider, data: fresh, labels: new Map(), revision: 1, created: at, changed: at};
}

/** Stores the credential. Where somebody has taken its name meanwhile, another one is asked for. */
async function keep(run: IssueRun, said: Asked): Promise<string> {
	for (;;) {
		const {name} = run.issue;
		const day = (said.expires ?? run.issue.freshExpires)?.slice(0, 10);
		const expires = day === undefined ? {} : {expires: day};
		const verdict = said.isOfProvider ? said : undefined;
		const now = new Date(run.issuing.now());
		try {
			await run.issuing.vault.change(content =>
				keepIssued(content, run.issue, {...contentOf(credentialOf(run.issue)), ...expires}, verdict, now),
			);
			return name;
		} catch (error) {
			if (!(error instanceof PharmerError && error.code === 'exists')) throw error;
			const other = await run.issuing.otherName(name);
			if (other === undefined)
				throw new PharmerError(
					'exists',
					`the key is made and kept, and a credential \`${name}\` exists by now`,
					`\`pharmer issue ${name} --name OTHER\` keeps it under another name`,
				);
			await run.put({name: other});
		}
	}
}
