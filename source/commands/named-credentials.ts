import type {KnownCredentials} from '../credentials/references.js';
import {hasVault} from '../domain/address.js';
import type {Credential} from '../domain/credential.js';
import {nameKey} from '../domain/name.js';
import type {UseKind} from '../domain/use.js';
import {parseCredential} from '../vault/format/credential-record.js';
import {agentFor} from './agent-use.js';
import type {Context} from './context.js';
import {type GlobalOptions, namedVault} from './global-options.js';
import {findAll} from './named.js';
import type {ReadVault} from './read-vault.js';

/** What helps when a name is not known, and how the vault is opened where the agent can't tell. */
type Search = {readonly hint?: string; readonly inputTaken?: boolean; readonly question?: string};

/** Credentials of these names. */
export type Named = {
	readonly credentials: readonly Credential[];
	/** Notes in the use log how they were handed out, if they were. Called once, after that; never throws. */
	readonly note: (kind: UseKind | undefined) => Promise<void>;
};

/** Credentials that were looked up, by the keys of their names, and names that an unknown one may be a slip of. */
export type Lookup = KnownCredentials & {
	readonly note: (used: readonly Credential[], kind: UseKind | undefined) => Promise<void>;
};

/**
 * The credentials of these names, in that order and each once: from the agent, which costs the same however many there
 * are, or else from the vault. Throws `not-found`, naming every name that is not known, and what `openVault()` throws.
 */
export async function credentialsNamed(
	names: readonly string[],
	options: GlobalOptions,
	context: Context,
	{hint = '`pharmer get credentials` lists what there is', ...how}: Search = {},
): Promise<Named> {
	const lookup = await lookUp(names, options, context, how);
	const credentials = findIn(lookup, names, hint);
	return {credentials, note: kind => lookup.note(credentials, kind)};
}

/**
 * The credentials of these names among what was looked up, in that order and each once. Throws `not-found`, and
 * `no-vault` for a vault that is not known.
 */
export function findIn({byKey, known, reasons}: Lookup, names: readonly string[], hint: string): readonly Credential[] {
	const reason = names.map(name => reasons?.get(nameKey(name))).find(each => each !== undefined);
	if (reason !== undefined) throw reason;
	const find = (name: string): Credential | undefined => byKey.get(nameKey(name));
	return [...new Set(findAll(names, find, {what: 'there is no credential', hint, known}))];
}

/**
 * Looks these names up in the same way, of any vault as `NAME@VAULT`, and leaves out what is not known. Throws what
 * `openVault()` throws.
 */
export async function lookUp(
	names: readonly string[],
	options: GlobalOptions,
	context: Context,
	how: Omit<Search, 'hint'> = {},
): Promise<Lookup> {
	if (!names.some(hasVault)) return lookUpHere(names, options, context, how);
	const {lookUpInVaults} = await import('./lookup-in-vaults.js');
	return lookUpInVaults(names, options, context, (...there) => lookUpHere(...there, how));
}

async function lookUpHere(
	names: readonly string[],
	options: GlobalOptions,
	context: Context,
	how: Omit<Search, 'hint'>,
): Promise<Lookup> {
	// The agent tells what is here.
	const isFresh = options.sync === 'first' || options.atLeast !== undefined;
	const told = isFresh ? undefined : await askAgent(names, options, context);
	return told ?? lookInVault(options, context, how);
}

async function askAgent(
	names: readonly string[],
	options: GlobalOptions,
	context: Context,
): Promise<Lookup | undefined> {
	const agent = await agentFor(options, context);
	if (agent === undefined) return undefined;
	const named = namedVault(options, context.environment);
	const path = named ?? (await import('../vault/default-path.js')).defaultVaultPath();
	const found = await agent.read(path, names);
	if (found === undefined) return undefined;
	const known = found.flatMap(each => (each.is === 'missing' && each.near !== undefined ? [{name: each.near}] : []));
	try {
		const credentials = found.flatMap(each =>
			each.is === 'missing' ? [] : [parseCredential(each.record, each.format === 1 ? 1 : 2)],
		);
		const note: Lookup['note'] = async (used, kind) => {
			const ids = used.map(({id}) => id);
			if (kind !== undefined) await agent.note(path, ids, kind).catch(() => {});
		};
		return {byKey: byName(credentials), known, note};
	} catch {
		// What is wrong with it is said by whoever opens the vault.
		return undefined;
	}
}

async function lookInVault(options: GlobalOptions, context: Context, {inputTaken, question}: Search): Promise<Lookup> {
	const {readWithLog} = await import('./read-vault.js');
	return lookupIn(await readWithLog(options, context, inputTaken, question), context);
}

/** Everything that a vault holds, with the log of its uses. */
export async function lookupIn({content, log}: ReadVault, context: Context): Promise<Lookup> {
	const {noteUse} = await import('./read-vault.js');
	const {credentials} = content;
	const note: Lookup['note'] = (used, kind) => noteUse({content, log}, used, kind, context.now());
	return {byKey: byName(credentials), known: credentials, note};
}

function byName(credentials: readonly Credential[]): ReadonlyMap<string, Credential> {
	return new Map(credentials.map(credential => [nameKey(credential.name), credential]));
}
