import {randomUUID} from 'node:crypto';
import {planLines} from '../../credentials/issue-words.js';
import type {Credential} from '../../domain/credential.js';
import {PharmerError} from '../../domain/errors.js';
import type {Holder, Issue} from '../../domain/journal.js';
import type {Name} from '../../domain/name.js';
import {timestamp} from '../../domain/time.js';
import {providerOf} from '../../providers/catalog.js';
import {valuesOf} from '../../providers/data.js';
import type {IssueOrder, Issuer, IssueStep} from '../../providers/issuer.js';
import {beginIssue, issueNamed} from '../../vault/issue-changes.js';
import {assertNameFree} from '../../vault/operations.js';
import {KeyDesk} from '../rotation/key-desk.js';
import type {Issuing} from './issuing.js';
import {callWith, IssueRun, issuerOf} from './run.js';

/** What is made. */
export type IssuePlan = {
	/** What the credential will be called. */
	readonly name: Name;
	/** The credential that signs: the new one is for the same provider. */
	readonly admin: Credential;
	/** What the identity is called, and what it may do; as its provider's issuer has it where nobody says. */
	readonly identity?: string | undefined;
	readonly policies?: readonly string[] | undefined;
	/** The id that the credential will have: a UUID. */
	readonly id?: string | undefined;
};

type Identified = IssuePlan & {readonly id: string};

/**
 * Looks what is there, asks, and writes down what is to be made. Nothing is made. Throws `exists` where the name, or
 * something at the provider that somebody else made, is in the way, `invalid`, `busy`, `cancelled`, `usage`, `refused`
 * and `network`.
 */
export async function beginIssuing(plan: IssuePlan, holder: Holder, issuing: Issuing): Promise<IssueRun> {
	const {vault} = issuing;
	const {name, admin, id = randomUUID()} = plan;
	const provider = providerOf(admin.provider);
	const issuer = issuerOf(provider.id);
	const at = timestamp(new Date(issuing.now()));
	const order = orderOf({...plan, id}, issuer);
	const content = await vault.read();
	assertNameFree(content, name);
	if (issueNamed(content, name) !== undefined)
		throw new PharmerError('busy', `\`${name}\` is being made already`, `\`pharmer issue ${name}\` goes on with it`);
	const desk = new KeyDesk(issuer, issuing);
	const survey = await callWith(desk, {...order, made: new Map()}, admin, 'nothing is made', (each, call) =>
		each.survey(call),
	);
	for (const {says, asks} of survey.doubts) {
		const reply = await issuing.ask({kind: 'doubt', says: [says], asks});
		if (reply === 'yes') continue;
		if (reply === 'no') throw new PharmerError('cancelled', 'you did not agree', 'nothing was done');
		throw new PharmerError(
			'exists',
			says.replace(/\.$/, ''),
			'name another one: `--user NAME`; on a terminal you are asked',
		);
	}
	const there = [...survey.there.keys()];
	const {says} = planned(plan, order, there);
	const reply = await issuing.ask({kind: 'plan', says, asks: 'Make it?'});
	if (reply !== 'yes') throw new PharmerError('cancelled', 'you did not agree', 'nothing was done');
	const issue: Issue = {
		kind: 'issue',
		id,
		began: at,
		at,
		admin: admin.id,
		holder,
		name,
		provider: provider.id,
		...order,
		there,
		made: survey.there,
	};
	return new IssueRun(await vault.change(current => beginIssue(current, issue)), desk, issuing);
}

/** What is made, step by step, and what is asked before, line by line. */
type Planned = {readonly steps: readonly IssueStep[]; readonly says: readonly string[]};

/** The same as far as it is known before anybody is asked what is there. Throws as `beginIssuing()` does for a plan. */
export function planIssue(plan: Identified): Planned {
	return planned(plan, orderOf(plan, issuerOf(plan.admin.provider)), []);
}

function planned({name, admin}: IssuePlan, order: IssueOrder, there: readonly string[]): Planned {
	const {title} = providerOf(admin.provider);
	const issuer = issuerOf(admin.provider);
	const by = valuesOf(admin.data);
	const steps = issuer.steps(order, by);
	const [warning, key] = [issuer.warns?.(order), issuer.keySays?.(order, by)];
	return {steps, says: planLines({title, admin: admin.name, name, steps, there, key, warning})};
}

/** What is ordered. Throws `invalid` for a name or a policy that its provider would not take. */
function orderOf(
	{id, admin, identity, policies}: Identified,
	issuer: Issuer,
): Pick<Issue, 'identity' | 'policies' | 'mark'> {
	const order = {
		identity: identity ?? issuer.identity,
		policies: policies ?? issuer.policies(valuesOf(admin.data)),
		// Whoever is asked before it begins is told the same mark.
		mark: id.slice(0, 8),
	};
	const why = issuer.refusesName?.(order.identity);
	if (why !== undefined) throw new PharmerError('invalid', `\`${order.identity}\` can't be its name: ${why}`);
	for (const policy of order.policies) {
		const refused = issuer.policy.refuses(policy, order.policies);
		if (refused !== undefined)
			throw new PharmerError('invalid', `a policy can't be given: ${refused}`, `--policy takes ${issuer.policy.takes}`);
	}
	return order;
}
