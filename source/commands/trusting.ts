import {hasVault} from '../domain/address.js';
import type {Credential} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import {nameKey} from '../domain/name.js';
import {timestamp} from '../domain/time.js';
import {enumerated, plural} from '../domain/words.js';
import type {Prompt} from '../platform/prompt.js';
import type {ProjectFile} from '../project/place.js';
import {namesOf, type Project, readProject} from '../project/project.js';
import {gapless} from '../text/visible.js';
import {type Trust, trustFile, trustIn} from '../vault/trusted.js';
import type {Content, Vault} from '../vault/vault.js';
import {agrees} from './agree.js';
import type {Context} from './context.js';
import type {GlobalOptions} from './global-options.js';
import {type Lookup, lookUp, lookupIn} from './named-credentials.js';
import {openVault} from './open-vault.js';
import {tell, usage} from './talk.js';

/** A project that is trusted, and what the vault holds. */
export type TrustedProject = {readonly file: ProjectFile; readonly project: Project; readonly lookup: Lookup};

/**
 * The project of a file, once it is trusted: asks where it is not. Throws `usage` when nobody can be asked,
 * `cancelled`, `invalid` for a file that says something else, and what `openVault()` throws.
 */
export async function trustedProject(
	file: ProjectFile,
	options: GlobalOptions,
	context: Context,
): Promise<TrustedProject> {
	const project = readProject(file);
	const vault = await openVault(options, context);
	try {
		const content = await vault.read();
		const trust = trustIn(content, file);
		if (trust !== 'trusted') {
			const prompt = context.prompt(false);
			if (prompt === undefined) throw untrusted(file, trust);
			await askToTrust({file, project, trust}, {vault, content}, prompt, context);
		}
		const here = await lookupIn({content, log: vault.openUseLog()}, context);
		return {file, project, lookup: await withVaults(here, namesOf(project), options, context)};
	} finally {
		await vault.close();
	}
}

/** What was looked up in the vault that trusts a project, with what the project names of other vaults. */
async function withVaults(
	here: Lookup,
	names: readonly string[],
	options: GlobalOptions,
	context: Context,
): Promise<Lookup> {
	const others = names.filter(hasVault);
	if (others.length === 0) return here;
	const there = await lookUp(others, options, context);
	return {
		byKey: new Map([...here.byKey, ...there.byKey]),
		known: [...here.known, ...there.known],
		...(there.reasons && {reasons: there.reasons}),
		async note(used, kind) {
			const isHere = (each: Credential): boolean => here.byKey.get(nameKey(each.name)) === each;
			const own = used.filter(isHere);
			await here.note(own, own.length === 0 ? undefined : kind);
			await there.note(
				used.filter(each => !isHere(each)),
				kind,
			);
		},
	};
}

function untrusted({path}: ProjectFile, trust: Trust): PharmerError {
	const what = trust === 'changed' ? 'has changed since it was trusted' : 'is not trusted';
	return usage(`\`${path}\` ${what}`, '`pharmer trust` in a terminal shows what it hands out, and asks');
}

type Examined = {readonly file: ProjectFile; readonly project: Project; readonly trust: Trust};
type Opened = {readonly vault: Vault; readonly content: Content};

/** Shows a file and asks whether to trust it. Throws `cancelled`. */
export async function askToTrust(examined: Examined, opened: Opened, prompt: Prompt, context: Context): Promise<void> {
	showProject(examined, opened.content, context);
	if (!(await agrees(prompt, question(examined.project), 'fresh')))
		throw new PharmerError('cancelled', 'it is not trusted');
	await keepTrust(examined.file, opened.vault, context);
}

/** The most names in the question. */
const mostAsked = 4;

/** The question says what it is about: what stands above it is in the words of the file, or has scrolled away. */
function question(project: Project): string {
	const names = namesOf(project);
	const more = names.length > mostAsked ? [plural(names.length - mostAsked, 'more credential')] : [];
	const variables = project.variables.length === 0 ? [] : [plural(project.variables.length, 'variable')];
	return `Trust it, with ${enumerated([...names.slice(0, mostAsked), ...more, ...variables])}? [y/N] `;
}

export async function keepTrust({path, sha256}: ProjectFile, vault: Vault, context: Context): Promise<void> {
	await vault.change(content => trustFile(content, {path, sha256, at: timestamp(context.now())}));
}

/** Shows what commands would get by a file: everything in it, the credentials last, where they stay in sight. */
export function showProject({file, project, trust}: Examined, content: Content, context: Context): void {
	const has = new Set(content.credentials.map(({name}) => nameKey(name)));
	const changed = trust === 'changed' ? ', which has changed since it was trusted' : '';
	tell(context, `\`${gapless(file.path)}\`${changed}`);
	if (project.variables.length > 0) tell(context, 'sets the variables');
	for (const {name, value} of project.variables) tell(context, `  ${name}=${gapless(JSON.stringify(value))}`);
	const names = namesOf(project);
	tell(context, names.length === 0 ? 'hands out no credentials' : 'hands out the credentials');
	const isWhole = new Set(project.credentials.map(nameKey));
	for (const name of names) {
		const how = isWhole.has(nameKey(name)) ? '' : ' (in variables)';
		tell(
			context,
			`  ${name}${how}${has.has(nameKey(name)) || hasVault(name) ? '' : ', which the vault does not have'}`,
		);
	}
}
