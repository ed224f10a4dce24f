import {type ChildProcess, type StdioOptions, spawn} from 'node:child_process';
import {closeSync, constants, fstatSync, ftruncateSync, openSync, type Stats, statSync, writeFileSync} from 'node:fs';
import {constants as system} from 'node:os';
import {join} from 'node:path';
import type {Environment} from '../domain/environment.js';
import {PharmerError} from '../domain/errors.js';
import type {Secret} from '../domain/secret.js';
import {fromTerminal, takeSignals} from './ending.js';
import {asGiven} from './guard.js';
import type {Mask, MaskedOutput} from './masked-output.js';
import {type OpenDescriptor, stillOpen} from './open-descriptors.js';
import {isTerminal} from './output.js';
import {childEnvironment, ownSecrets} from './own-secrets.js';
import type {ScratchFolder} from './scratch-file.js';

/** A command, and what is passed to it. */
export type ChildRequest = {
	/** The program, which is looked up in PATH, and its arguments; no shell is involved. */
	readonly command: readonly [string, ...string[]];
	readonly environment: Environment;
	readonly set: ReadonlyMap<string, Secret>;
	readonly unset: readonly string[];
	/** Values that are passed as files; each of the variables names the file. */
	readonly files: readonly {readonly name: string; readonly variables: readonly string[]; readonly value: Secret}[];
	/** Called when the command runs. */
	readonly onStarted: () => void;
	/** Called before the command runs when the files are on a disk. */
	readonly onDisk: () => void;
	/** Called when the folder of the files could not be removed; the files in it are empty. */
	readonly onLeft: (folder: string) => void;
	/** What is masked in what it writes; without it, it writes to this process's own streams. */
	readonly mask?: Mask;
};

/** A file that was passed to the command, and its identity on disk. */
type HandedFile = {readonly path: string; readonly made: Stats};

/** Empties the file, unless the command has put something else in its place: a link may lead anywhere. */
function empty({path, made}: HandedFile): void {
	const {O_WRONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0} = constants;
	const file = openSync(path, O_WRONLY | O_NOFOLLOW | O_NONBLOCK);
	try {
		const {ino, dev} = fstatSync(file);
		if (ino === made.ino && dev === made.dev) ftruncateSync(file);
	} finally {
		closeSync(file);
	}
}

/** Empties the files first: whatever the command did to their directory, nothing is left in them. */
function removeAll(
	{folder, remove}: ScratchFolder,
	files: readonly HandedFile[],
	onLeft: (folder: string) => void,
): void {
	for (const file of files) {
		try {
			empty(file);
		} catch {
			// The command has removed it.
		}
	}
	try {
		remove();
	} catch {
		onLeft(folder);
	}
}

type WrittenFiles = {
	readonly variables: ReadonlyMap<string, string>;
	readonly remove: () => void;
	readonly share: (pid: number) => void;
};

const noFiles: WrittenFiles = {variables: new Map(), remove() {}, share() {}};

/** Writes files of mode 0600 in a directory of mode 0700; a number before each name keeps them apart. */
async function writeFiles({files, environment, onDisk, onLeft}: ChildRequest): Promise<WrittenFiles> {
	const {makeScratchFolder} = await import('./scratch-file.js');
	const scratch = makeScratchFolder(environment);
	try {
		if (scratch.onDisk) onDisk();
		const variables = new Map<string, string>();
		const handed: HandedFile[] = [];
		for (const [index, {name, variables: names, value}] of files.entries()) {
			const path = join(scratch.folder, `${index + 1}-${name}`);
			writeFileSync(path, value.reveal(), {mode: 0o600, flag: 'wx'});
			handed.push({path, made: statSync(path)});
			for (const each of names) variables.set(each, path);
		}
		return {variables, remove: () => removeAll(scratch, handed, onLeft), share: scratch.share};
	} catch (error) {
		scratch.remove();
		const code = (error as NodeJS.ErrnoException).code ?? 'an unknown error';
		throw new PharmerError('file', `the files for the command can't be written: ${code}`);
	}
}

function environmentOf(request: ChildRequest, files: ReadonlyMap<string, string>): NodeJS.ProcessEnv {
	const environment = childEnvironment(request.environment);
	for (const name of request.unset) delete environment[name];
	for (const [name, secret] of request.set) environment[name] = secret.reveal();
	for (const [name, path] of files) environment[name] = path;
	return environment;
}

function startFailure(program: string, error: unknown): PharmerError {
	const {code = 'an unknown error'} = error as NodeJS.ErrnoException;
	if (code === 'E2BIG') {
		const hint = 'hand large values over as files: `pharmer exec --files`, `pharmer inject`';
		return new PharmerError('cannot-run', `\`${program}\` can't be run: its environment is too large`, hint);
	}
	return code === 'ENOENT'
		? new PharmerError('no-command', `there is no command \`${program}\``, 'check its spelling and PATH')
		: new PharmerError('cannot-run', `\`${program}\` can't be run: ${code}`, 'is it a program, and executable?');
}

/** The child's exit code, or 128 plus the number of the signal that ended it. Rejects when it could not be started. */
function exitCodeOf(child: ChildProcess): Promise<number> {
	return new Promise((resolve, reject) => {
		// A running child also reports an error for a signal that it may not be sent, such as when it is another
		// user's; it keeps running.
		child.on('error', error => {
			if (child.pid === undefined) reject(error);
		});
		child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : system.signals[signal])));
	});
}

/**
 * The standard streams and the descriptors in `given`, each at its own number. Node.js closes most descriptors in a
 * child that are not listed.
 */
function stdioOf(
	given: readonly OpenDescriptor[],
	{environment}: ChildRequest,
	output: MaskedOutput | undefined,
): StdioOptions {
	const secret = ownSecrets.filter(name => name.endsWith('_FILE')).flatMap(name => environment[name] || []);
	const stdio: ('inherit' | 'ignore' | 'pipe' | number)[] = ['inherit', ...(output?.stdio ?? ['inherit', 'inherit'])];
	for (const number of stillOpen(given, secret)) {
		while (stdio.length < number) stdio.push('ignore');
		stdio[number] = number;
	}
	return stdio;
}

/**
 * Runs a command on this process's terminal and pipes, with the descriptors in `given`. Returns its exit code, or 128
 * plus the number of the signal that ended it. Signals that would end this process go to the command instead. Its
 * files are removed afterwards, however it ended. Throws `no-command`, `cannot-run` and `file`.
 */
export async function runChild(request: ChildRequest, given: readonly OpenDescriptor[]): Promise<number> {
	const {mask, environment} = request;
	if (mask === undefined) return untilExit(request, given, undefined);
	const {maskedOutput} = await import('./masked-output.js');
	const output = maskedOutput(mask, environment);
	try {
		return await untilExit(request, given, output);
	} finally {
		await output.ended();
	}
}

async function untilExit(
	request: ChildRequest,
	given: readonly OpenDescriptor[],
	output: MaskedOutput | undefined,
): Promise<number> {
	const [program, ...args] = request.command;
	const {variables, remove, share} = request.files.length === 0 ? noFiles : await writeFiles(request);
	// Signals from the terminal reach the command directly; a second interrupt would mean something else to it.
	const shared = [0, 1, 2].some(isTerminal);
	let child: ChildProcess | undefined;
	// From before it starts: what comes right after would end this process, and leave the command behind.
	const release = takeSignals(signal => {
		if (!shared || !fromTerminal.includes(signal)) child?.kill(signal);
	});
	try {
		const env = environmentOf(request, variables);
		child = asGiven(() => spawn(program, args, {stdio: stdioOf(given, request, output), env, shell: false}));
		output?.attach(child);
		if (child.pid !== undefined) {
			share(child.pid);
			request.onStarted();
		}
		return await exitCodeOf(child);
	} catch (error) {
		throw startFailure(program, error);
	} finally {
		release();
		remove();
	}
}
