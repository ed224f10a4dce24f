import {resolve} from 'node:path';
import {addressOf} from '../domain/address.js';
import type {Credential} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import {type Name, nameKey} from '../domain/name.js';
import {defaultVault} from '../domain/vault-list.js';
import type {Context} from './context.js';
import {type GlobalOptions, namedVault} from './global-options.js';
import type {Lookup} from './named-credentials.js';
import {inNamedVault} from './which-vault.js';

/** Looks names up in one vault. */
type LookUpThere = (names: readonly string[], options: GlobalOptions, context: Context) => Promise<Lookup>;

/** What is looked up in one vault: names as they are there, by how the command has them. */
type Part = {readonly options: GlobalOptions; readonly isHere: boolean; readonly names: Map<string, string>};

/**
 * Looks `NAME` and `NAME@VAULT` up, in one vault after the other. What is found has the name that the command gave it,
 * so that whatever is said of it says its vault too. A vault that is not in the list is the reason why its credentials
 * are unknown. Throws what `lookUpThere` throws.
 */
export async function lookUpInVaults(
	texts: readonly string[],
	options: GlobalOptions,
	given: Context,
	lookUpThere: LookUpThere,
): Promise<Lookup> {
	const context = readingOnce(given);
	const {parts, reasons} = await partsOf(texts, options, context);
	const byKey = new Map<string, Credential>();
	const known: {readonly name: string}[] = [];
	const lookups: {readonly lookup: Lookup; readonly ids: ReadonlySet<Credential>}[] = [];
	for (const {options: there, isHere, names} of parts) {
		const {opened: _, ...closed} = context;
		const lookup = await lookUpThere([...names.values()], there, isHere ? context : closed);
		const found = new Map<Credential, Credential>();
		for (const [text, name] of names) {
			const credential = lookup.byKey.get(nameKey(name));
			if (credential === undefined) continue;
			// One that is named in two ways is still one.
			const renamed = found.get(credential) ?? {...credential, name: text as Name};
			found.set(credential, renamed);
			byKey.set(nameKey(text), renamed);
		}
		const suffix = isHere ? '' : `@${there.vaultName}`;
		known.push(...lookup.known.map(({name}) => ({name: `${name}${suffix}`})));
		lookups.push({lookup, ids: new Set(found.values())});
	}
	return {
		byKey,
		known,
		reasons,
		async note(used, kind) {
			for (const {lookup, ids} of lookups) {
				const own = used.filter(each => ids.has(each));
				await lookup.note(own, own.length === 0 ? undefined : kind);
			}
		},
	};
}

/** The vaults of these names, each once, and why others have none. */
async function partsOf(texts: readonly string[], options: GlobalOptions, context: Context) {
	const parts = new Map<string, Part>();
	const reasons = new Map<string, PharmerError>();
	for (const text of texts) {
		const {name, vault} = addressOf(text);
		try {
			const there = vault === undefined ? await here(options, context) : await inVault(vault, options, context);
			const path = resolve(namedVault(there, context.environment) ?? '');
			const isHere = vault === undefined;
			const part = parts.get(path) ?? {options: there, isHere, names: new Map<string, string>()};
			part.names.set(text, name);
			parts.set(path, {...part, isHere: part.isHere || isHere});
		} catch (error) {
			if (!(error instanceof PharmerError) || error.code !== 'no-vault') throw error;
			reasons.set(nameKey(text), error);
		}
	}
	return {parts: [...parts.values()], reasons};
}

/** The vault of names without one. The one that needs no name is called by it beside others. */
async function here(options: GlobalOptions, context: Context): Promise<GlobalOptions> {
	const isUsual = namedVault(options, context.environment) === undefined;
	return isUsual ? inVault(defaultVault, options, context) : options;
}

const inVault = (vaultName: string, options: GlobalOptions, context: Context): Promise<GlobalOptions> =>
	inNamedVault({...options, vaultName}, context);

/** Reads a descriptor once: the passphrase in it is for all vaults that are opened. */
export function readingOnce(context: Context): Context {
	const read = new Map<number, Promise<string>>();
	return {
		...context,
		readDescriptor(descriptor) {
			const text = read.get(descriptor) ?? context.readDescriptor(descriptor);
			read.set(descriptor, text);
			return text;
		},
	};
}
