import {basename, dirname, join, resolve} from 'node:path';
import {type FileInQuestion, type FindInFile, stepFor, type Ways} from '../closing/plan.js';
import {type SecretSearch, secretSearch} from '../closing/secret-search.js';
import type {Step} from '../closing/step.js';
import {type FoundCredential, heldOf, type Look} from '../credentials/found.js';
import type {Credential} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import {dotenv} from '../look/dotenv.js';
import {environmentKind} from '../look/environment.js';
import {importers} from '../look/importers.js';
import type {World} from '../look/world.js';
import {awsCommandLine} from '../providers/aws/command-line.js';
import {awsFilePath} from '../providers/aws/file-path.js';
import {allContents} from '../vault/history/history.js';
import type {Content} from '../vault/vault.js';
import type {ClosingMachine} from './closing-machine.js';

/** What is to be closed: by what a look has found, and by what the vault holds. */
export type Closable = {
	readonly look: Look;
	/** What the vault holds. */
	readonly content: Content;
	/** Whether values of .env files may become references. */
	readonly closesEnv: boolean;
};

/** A step for each file in which credentials were found, in the order of the look. Changes nothing. */
export async function planClosing(
	{look, content, closesEnv}: Closable,
	machine: ClosingMachine,
	world: World,
): Promise<readonly Step[]> {
	const found = [...look.found, ...look.refused.flatMap(({offer}) => offer ?? [])];
	const held = heldOf(found, content.credentials);
	const files = new Map<string, FindInFile[]>();
	for (const [index, each] of found.entries()) {
		const find = {found: each, known: held[index]?.known};
		for (const path of filesOf(each)) {
			const finds = files.get(path);
			if (finds === undefined) files.set(path, [find]);
			else finds.push(find);
		}
	}
	let search: SecretSearch | undefined;
	const ways: Ways = {
		closesEnv,
		hasModes: machine.hasModes,
		process: credential => processFor(credential, machine),
		search(bytes) {
			search ??= secretSearch(allContents(content));
			return search(bytes);
		},
	};
	const steps: Step[] = [];
	const seen = new Map<string, string>();
	for (const [path, finds] of files) {
		await world.pause?.();
		const question = await questionOf(path, finds, machine, world);
		const first = 'reason' in question.file ? undefined : seen.get(question.file.target);
		if (!('reason' in question.file)) seen.set(question.file.target, path);
		const asked = first === undefined ? question : {...question, file: {reason: `is the same file as \`${first}\``}};
		steps.push(stepFor(asked, readersOf(finds), ways));
	}
	return [...steps, ...look.damaged.map(damagedStep)];
}

/** The files that a find's secrets are in. */
function filesOf({path, alsoIn = []}: FoundCredential): ReadonlySet<string> {
	return new Set([...(path === undefined ? [] : [path]), ...alsoIn.map(each => each.path)].map(each => resolve(each)));
}

function damagedStep({path, problem}: Look['damaged'][number]): Step {
	return {path, target: path, tool: '', holds: [], notes: [], reason: `was left out: ${problem}`};
}

/** Who reads a file, by the finds in it. */
function readersOf(finds: readonly FindInFile[]): string {
	const titles = finds.map(({found: {kind, variables = []}}) => {
		if (kind === environmentKind) return `what reads ${variables.join(', ')}`;
		if (kind === dotenv.kind) return 'programs that read .env files';
		return importers.find(each => each.kind === kind)?.title ?? 'whoever put it there';
	});
	return [...new Set(titles)].join('; ');
}

async function questionOf(
	path: string,
	finds: readonly FindInFile[],
	machine: ClosingMachine,
	world: World,
): Promise<FileInQuestion> {
	try {
		const file = machine.examine(path) ?? {reason: 'is not there any more'};
		const isInWorkTree = !('reason' in file) && (machine.isInWorkTree(path) || machine.isInWorkTree(file.target));
		const isAws = finds.some(({found}) => found.kind === 'aws');
		return {path, finds, file, isInWorkTree, ...(isAws ? {aws: await awsPair(path, world)} : {})};
	} catch (error) {
		if (!(error instanceof PharmerError)) throw error;
		return {path, finds, file: {reason: `can't be closed: ${error.message}`}, isInWorkTree: false};
	}
}

/** Which of AWS's two files one is, and the text of the other one. */
async function awsPair(path: string, world: World): Promise<NonNullable<FileInQuestion['aws']>> {
	const config = resolve(awsFilePath(world.places, 'config').path);
	const credentials = resolve(awsFilePath(world.places, 'credentials').path);
	const kind = path === config || (path !== credentials && basename(path) === 'config') ? 'config' : 'credentials';
	const isUsual = path === config || path === credentials;
	const name = kind === 'config' ? 'credentials' : 'config';
	const beside = isUsual ? (kind === 'config' ? credentials : config) : join(dirname(path), name);
	return {kind, other: (await world.read(beside))?.text ?? ''};
}

/** The command line that gives a credential's keys to AWS tools. */
function processFor({name}: Credential, {ownCommand}: ClosingMachine): string | {readonly reason: string} {
	try {
		return awsCommandLine([...ownCommand, 'aws', 'credential-process', name]);
	} catch (error) {
		if (!(error instanceof PharmerError)) throw error;
		return {reason: `keeps its keys: ${error.message}`};
	}
}
