import {endText, planText, stepText, usualGrace} from '../credentials/rotation-words.js';
import {secretSince} from '../credentials/secret-since.js';
import {waitingLines} from '../credentials/waiting.js';
import type {Credential} from '../domain/credential.js';
import {exitCodes, PharmerError} from '../domain/errors.js';
import type {Rotation} from '../domain/journal.js';
import {age} from '../domain/time.js';
import {namedWorks} from '../domain/under-way-work.js';
import {providerOf} from '../providers/catalog.js';
import {valuesOf} from '../providers/data.js';
import {keyServiceOf, whyByHand} from '../tasks/rotation/key-desk.js';
import {goOn, type Outcome, rotateKey} from '../tasks/rotation/rotate.js';
import type {Rotating} from '../tasks/rotation/rotating.js';
import {journalsOf} from '../vault/journals.js';
import {getByName} from '../vault/operations.js';
import type {Content, Vault} from '../vault/vault.js';
import {worksIn} from '../vault/works.js';
import {agrees} from './agree.js';
import {assertOnline, atProvider} from './at-provider.js';
import type {Context} from './context.js';
import {reportError} from './error-report.js';
import {openVault} from './open-vault.js';
import type {RotateOptions} from './rotate.js';
import {tell, usage} from './talk.js';
import {tellUses} from './uses-before.js';

/** Replaces keys, or goes on with that. Resolves to the exit code. */
export async function runRotate(options: RotateOptions, context: Context): Promise<number> {
	const vault = await openVault(options, context);
	try {
		const code = await rotateWhat(vault, options, context);
		const {credentials, sections = {}} = await vault.read();
		const now = context.now();
		for (const line of waitingLines(namedWorks(worksIn({sections}, now), credentials), now)) tell(context, line);
		return code;
	} finally {
		await vault.close();
	}
}

function rotateWhat(vault: Vault, options: RotateOptions, context: Context): Promise<number> {
	if (options.goesOn !== undefined) return goOnWith(vault, options, context);
	return options.all ? rotateOld(vault, options, context) : rotateOne(vault, options, context);
}

/** Replaces the key of one credential: through its provider's API, or by hand where there is none. */
async function rotateOne(vault: Vault, options: RotateOptions, context: Context): Promise<number> {
	const [name = ''] = options.names;
	const content = await vault.read();
	const credential = getByName(content, name);
	assertFree(content, credential);
	if (!options.yes) await tellUses(vault, credential, context);
	const why = whyByHand(credential);
	if (why !== undefined) {
		const {rotateByHand} = await import('./rotate-by-hand.js');
		return rotateByHand(vault, credential, why, options, context);
	}
	assertOnline(options, context);
	const warning = keyServiceOf(credential).warns?.(valuesOf(credential.data));
	if (warning !== undefined) tell(context, warning);
	const plan = planText(options.grace ?? usualGrace, keyServiceOf(credential).disable !== undefined);
	await confirm(`Replace the key of ${credential.name}? ${plan}`, options, context);
	return begin(vault, credential, options, context);
}

/** Replaces the keys whose secrets are old, one after the other, after one question. The first that fails ends it. */
async function rotateOld(vault: Vault, options: RotateOptions, context: Context): Promise<number> {
	assertOnline(options, context);
	const {credentials, ...rest} = await vault.read();
	const before = context.now().getTime() - (options.olderThan ?? 0) * 1000;
	const old = credentials.filter(each => Date.parse(secretSince(each)) < before);
	const busy = new Set((journalsOf(rest) ?? []).map(({id}) => id));
	const able = old.filter(each => whyByHand(each) === undefined && !busy.has(each.id));
	for (const each of old) {
		const why = busy.has(each.id) ? 'something is under way for it' : whyByHand(each);
		if (why !== undefined) tell(context, `left out: \`${each.name}\`: ${why}`);
	}
	if (able.length === 0) {
		tell(context, 'there is no key to replace');
		return 0;
	}
	for (const each of able) {
		const title = `${providerOf(each.provider).title}, ${age(secretSince(each), context.now())} old`;
		const plan = planText(options.grace ?? usualGrace, keyServiceOf(each).disable !== undefined);
		tell(context, `\`${each.name}\` (${title}): ${plan}`);
		if (!options.yes) await tellUses(vault, each, context);
	}
	await confirm(
		`Replace ${able.length === 1 ? 'this key' : `these ${able.length} keys, one after the other`}?`,
		options,
		context,
	);
	for (const credential of able) await begin(vault, credential, options, context);
	return 0;
}

/** Goes on with what is under way for one credential, or for all that wait. */
async function goOnWith(vault: Vault, options: RotateOptions, context: Context): Promise<number> {
	assertOnline(options, context);
	const content = await vault.read();
	const rotations = rotationsOf(content);
	if (!options.all) {
		const credential = getByName(content, options.names[0] ?? '');
		if (!rotations.some(({id}) => id === credential.id))
			throw new PharmerError(
				'not-found',
				`nothing is under way for \`${credential.name}\``,
				`\`pharmer rotate ${credential.name}\` begins`,
			);
		await confirmGoing(credential, options, context);
		return resume(vault, credential, options, context);
	}
	const waiting = rotations.filter(
		({step, until = ''}) => step !== 'off' || Date.parse(until) <= context.now().getTime(),
	);
	if (waiting.length === 0) tell(context, 'nothing waits');
	else
		await confirm(
			`Go on with ${waiting.length === 1 ? 'the one that waits' : `the ${waiting.length} that wait`}?`,
			options,
			context,
		);
	const names = new Map(content.credentials.map(each => [each.id, each]));
	const codes: number[] = [];
	for (const {id} of waiting) {
		const credential = names.get(id);
		if (credential === undefined) {
			tell(
				context,
				'a rotation waits whose credential is gone: bring it back from the trash, `pharmer trash` lists it',
			);
			codes.push(exitCodes.conflict);
			continue;
		}
		codes.push(await resume(vault, credential, options, context).catch(error => told(error, credential, context)));
	}
	return codes.find(code => code !== 0) ?? 0;
}

function rotationsOf(content: Content): readonly Rotation[] {
	return (journalsOf(content) ?? []).filter(each => each.kind === 'rotate');
}

function assertFree(content: Content, {id, name}: Credential): void {
	const journal = (journalsOf(content) ?? []).find(each => each.id === id);
	if (journal === undefined) return;
	throw new PharmerError(
		'busy',
		`something is under way for \`${name}\` at its provider`,
		journal.kind === 'revoke'
			? `\`pharmer revoke ${name}\` goes on, --undo lets the key be`
			: `\`pharmer rotate ${name} --resume\` goes on, --undo takes it back`,
	);
}

/** Asks before the old key is deleted earlier than was said. Without a terminal nothing is gone on with unasked. */
async function confirmGoing(credential: Credential, options: RotateOptions, context: Context): Promise<void> {
	const isSooner = options.grace === 0;
	if (isSooner || context.prompt(false) === undefined)
		await confirm(`Delete the old key of ${credential.name} now? Nothing can bring it back.`, options, context);
}

async function confirm(question: string, {yes}: RotateOptions, context: Context): Promise<void> {
	const prompt = context.prompt(false);
	if (yes) return;
	if (prompt === undefined)
		throw usage('there is no terminal to ask whether to go on', 'add --yes to do it without being asked');
	if (!(await agrees(prompt, `${question} [y/N] `, 'fresh')))
		throw new PharmerError('cancelled', 'you did not agree', 'nothing was done');
}

function begin(vault: Vault, credential: Credential, options: RotateOptions, context: Context): Promise<number> {
	const {grace = usualGrace} = options;
	return work(vault, credential, options, context, (rotating, admin) =>
		rotateKey({credential, grace, admin}, rotating),
	);
}

function resume(vault: Vault, credential: Credential, options: RotateOptions, context: Context): Promise<number> {
	const wish = {isBack: options.goesOn === 'undo', isNow: options.grace === 0};
	return work(vault, credential, options, context, (rotating, admin) =>
		goOn(credential.id, {...wish, admin: admin?.id}, rotating),
	);
}

/** Does that at the provider, tells each step, and resolves to the exit code. */
async function work(
	vault: Vault,
	credential: Credential,
	options: RotateOptions,
	context: Context,
	does: (rotating: Rotating, admin: Credential | undefined) => Promise<Outcome>,
): Promise<number> {
	const content = await vault.read();
	const service = keyServiceOf(credential);
	const under = rotationsOf(content).find(({id}) => id === credential.id);
	const named = options.admin === undefined ? undefined : getByName(content, options.admin);
	const admin = named ?? content.credentials.find(({id}) => id === under?.admin);
	const {name} = credential;
	/** What is not a step further is not told once more. */
	let told = under?.step;
	const outcome = await atProvider(vault, {service, credential, admin}, options, context, {
		onStep(rotation) {
			if (rotation.step !== told) tell(context, `\`${name}\`: ${stepText(rotation, service.disable !== undefined)}`);
			told = rotation.step;
		},
		work: rotating => does(rotating, named),
	});
	tell(context, endText(name, outcome));
	if (outcome.is === 'waiting')
		tell(context, `\`pharmer rotate ${name} --resume\` deletes it then, --undo takes everything back`);
	return 0;
}

/** Tells of what stopped one of several, and resolves to its exit code. */
function told(error: unknown, {name}: Credential, context: Context): number {
	const {text, exitCode} = reportError(error, context.environment);
	tell(context, `\`${name}\` waits:`);
	context.stderr.write(text);
	return exitCode;
}
