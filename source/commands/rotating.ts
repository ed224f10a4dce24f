import {stepText} from '../credentials/rotation-words.js';
import type {Credential} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import type {Rotation} from '../domain/journal.js';
import {valuesOf} from '../providers/data.js';
import type {KeyService} from '../providers/key-service.js';
import {type Outcome, goOn, rotateKey} from '../tasks/rotation/rotate.js';
import {keyServiceOf, noServiceFor} from '../tasks/rotation/key-desk.js';
import {journalsOf} from '../vault/journals.js';
import {getByName} from '../vault/operations.js';
import type {Content, Vault} from '../vault/vault.js';
import {agrees} from './agree.js';
import {assertOnline, atProvider} from './at-provider.js';
import type {Context} from './context.js';
import {openVault} from './open-vault.js';
import type {RotateOptions} from './rotate.js';
import {tell, usage} from './talk.js';

/** Replaces keys, or goes on with that. Resolves to the exit code. */
export async function runRotate(options: RotateOptions, context: Context): Promise<number> {
	if (!options.yes && context.prompt(false) === undefined)
		throw usage('there is no terminal to ask whether to go on', 'add --yes to do it without being asked');
	const vault = await openVault(options, context);
	try {
		if (options.goesOn !== undefined) return await goOnWith(vault, options, context);
		return options.all ? await rotateOld(vault, options, context) : await rotateOne(vault, options, context);
	} finally {
		await vault.close();
	}
}

/** Replaces the key of one credential: through its provider's API, or by hand where there is none. */
async function rotateOne(vault: Vault, options: RotateOptions, context: Context): Promise<number> {
	const [name = ''] = options.names;
	const content = await vault.read();
	const credential = getByName(content, name);
	assertFree(content, credential);
	const why = whyByHand(credential);
	if (why !== undefined) {
		const {rotateByHand} = await import('./rotate-by-hand.js');
		return rotateByHand(vault, credential, why, options, context);
	}
	assertOnline(options, context);
	const warning = keyServiceOf(credential).warns?.(valuesOf(credential.data));
	if (warning !== undefined) tell(context, warning);
	await confirm(`Replace the key of ${credential.name}? ${planText(credential, options)}`, options, context);
	return begin(vault, credential, options, context);
}

/** Replaces the keys whose secrets are old, one after the other, after one question. The first that fails ends it. */
async function rotateOld(vault: Vault, options: RotateOptions, context: Context): Promise<number> {
	assertOnline(options, context);
	const {credentials, ...rest} = await vault.read();
	const before = context.now().getTime() - (options.olderThan ?? 0) * 1000;
	const old = credentials.filter(each => Date.parse(each.changed) < before);
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
	for (const each of able) tell(context, `\`${each.name}\` (${providerOf(each.provider).title}), ${age(each.changed, context.now())} old`);
	await confirm(`Replace ${able.length === 1 ? 'this key' : `these ${able.length} keys, one after the other`}?`, options, context);
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
		return resume(vault, credential, options, context);
	}
	const waiting = rotations.filter(each => isRipe(each, context.now()));
	if (waiting.length === 0) tell(context, 'nothing waits');
	const names = new Map(content.credentials.map(each => [each.id, each]));
	const codes: number[] = [];
	for (const {id} of waiting) {
		const credential = names.get(id);
		if (credential === undefined) continue;
		codes.push(await resume(vault, credential, options, context).catch(error => told(error, credential, context)));
	}
	return codes.find(code => code !== 0) ?? 0;
}
