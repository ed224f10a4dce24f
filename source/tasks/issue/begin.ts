import {randomBytes, randomUUID} from 'node:crypto';
import {planLines} from '../../credentials/issue-words.js';
import type {Credential} from '../../domain/credential.js';
import {PharmerError} from '../../domain/errors.js';
import type {Holder, Issue} from '../../domain/journal.js';
import type {Name} from '../../domain/name.js';
import {timestamp} from '../../domain/time.js';
import {providerOf} from '../../providers/catalog.js';
import {valuesOf} from '../../providers/data.js';
import type {Issuer} from '../../providers/issuer.js';
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
	/** The id that the credential will have. */
	readonly id?: string | undefined;
};

/**
 * Looks what is there, asks, and writes down what is to be made. Nothing is made. Throws `exists` where the name, or
 * something at the provider that somebody else made, is in the way, `invalid`, `busy`, `cancelled`, `usage`, `refused`
 * and `network`.
 */
export async function beginIssuing(plan: IssuePlan, holder: Holder, issuing: Issuing): Promise<IssueRun> {
	const {vault} = issuing;
	const {name, admin} = plan;
	const provider = providerOf(admin.provider);
	const issuer = issuerOf(provider.id);
	const by = valuesOf(admin.data);
	const at = timestamp(new Date(issuing.now()));
	const order = orderOf(plan, issuer);
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
	const steps = issuer.steps(order, by);
	const warning = issuer.warns?.(order);
	const says = planLines({title: provider.title, admin: admin.name, name, steps, there, warning});
	const reply = await issuing.ask({kind: 'plan', says, asks: 'Make it?'});
	if (reply !== 'yes') throw new PharmerError('cancelled', 'you did not agree', 'nothing was done');
	const issue: Issue = {
		kind: 'issue',
		id: plan.id ?? randomUUID(),
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

/** What is ordered. Throws `invalid` for a name or a policy that its provider would not take. */
function orderOf(
	{admin, identity, policies}: IssuePlan,
	issuer: Issuer,
): Pick<Issue, 'identity' | 'policies' | 'mark'> {
	const order = {
		identity: identity ?? issuer.identity,
		policies: policies ?? issuer.policies(valuesOf(admin.data)),
		mark: randomBytes(4).toString('hex'),
	};
	const why = issuer.refusesName?.(order.identity);
	if (why !== undefined) throw new PharmerError('invalid', `\`${order.identity}\` can't be its name: ${why}`);
	for (const policy of order.policies) {
		const refused = issuer.policy.refuses(policy);
		if (refused !== undefined)
			throw new PharmerError('invalid', `a policy can't be given: ${refused}`, `--policy takes ${issuer.policy.takes}`);
	}
	return order;
}
