// Loads only Node.js's own modules, and not `node:process`, which opens the standard streams.
import {closeSync, openSync, readFileSync, statSync, writeSync} from 'node:fs';
import {nodeHazard} from './node-options.js';
import {openDescriptors} from './open-descriptors.js';
import {isTerminal, mayBeTerminal} from './output.js';

/** The kinds of memory that go into a core file, as bits; see core(5). A child process inherits it. */
const coreFilterPath = '/proc/self/coredump_filter';
const allowed = 'PHARMER_ALLOW_NODE_OPTIONS';

/** A protected process: what it was started with, where that was changed, and whether its terminal is gone. */
export type Guarded = {umask: number | undefined; coreFilter: string | undefined; isHungUp: boolean};

let guarded: Guarded = {umask: undefined, coreFilter: undefined, isHungUp: false};

/**
 * Protects this process before anything else of the program is loaded: the files it makes are readable by its user
 * only, no memory goes into a core file, and SIGUSR1 opens no debugger. Ends the process with code 2 where Node.js
 * was told to open it to others.
 */
export function guardProcess(): void {
	if (process.platform !== 'win32') {
		guarded.umask = process.umask(0o077);
		// Without a listener, Node.js opens its debugger's port on this signal.
		process.on('SIGUSR1', () => {});
		// A write over the file size limit fails with EFBIG. A library that listens would end the process.
		process.on('SIGXFSZ', () => {});
		closeTerminalsLast();
	}
	guarded.coreFilter = emptyCoreFilter();
	refuseHazards();
}

/** What is known of this process, for `goOnGuarded()`. */
export function guardedProcess(): Guarded {
	return guarded;
}

/** Tells a bundle that loads after another one that the other has protected this process. */
export function goOnGuarded(already: Guarded): void {
	guarded = already;
}

/**
 * Ends the process with code 2 where Node.js has opened its debugger, as it does on SIGUSR1 before the first line of
 * a program runs. The first check takes some milliseconds: do it before the first secret.
 */
export function stopIfDebugged(): void {
	if (isDebugged()) stop('a debugger is open in this process (SIGUSR1)', 'start it again');
}

/** Whether Node.js has opened its debugger, and nobody has allowed that. */
export function isDebugged(): boolean {
	if (process.env[allowed] === '1' || !mayHaveSocket()) return false;
	const inspector = process.features.inspector ? process.getBuiltinModule('node:inspector') : undefined;
	return inspector?.url() !== undefined;
}

/** Whether a socket is open, as that of a debugger is: to ask Node.js for a debugger takes it a millisecond. */
function mayHaveSocket(): boolean {
	return openDescriptors()?.some(each => statSync(each.path, {throwIfNoEntry: false})?.isSocket()) ?? true;
}

/**
 * Runs `task` with what this process was started with: the permissions of new files, and what goes into a core file.
 * A child process that is started in it inherits them.
 */
export function asGiven<Result>(task: () => Result): Result {
	const {coreFilter} = guarded;
	const umask = guarded.umask === undefined ? undefined : process.umask(guarded.umask);
	if (coreFilter !== undefined) setCoreFilter(coreFilter);
	try {
		return task();
	} finally {
		if (coreFilter !== undefined) setCoreFilter('0');
		if (umask !== undefined) process.umask(umask);
	}
}

function refuseHazards(): void {
	const hazard = nodeHazard(process.env, process.execArgv);
	if (hazard === undefined) return;
	if (process.env[allowed] !== '1') stop(hazard.what, hazard.remedy);
	writeSync(2, `warning: ${hazard.what}; ${allowed} lets it pass\n`);
}

function stop(what: string, remedy: string): never {
	writeSync(2, `pharmer: ${what}\n${remedy}; ${allowed}=1 lets it pass, and then secrets are not safe from it\n`);
	process.exit(2);
}

/** Sets what goes into a core file, and returns what went into it before; undefined when it stays as it is. */
function setCoreFilter(bits: string): string | undefined {
	let file: number | undefined;
	try {
		// As Node.js has read this file: nothing else of it has to be made ready.
		const before = readFileSync(coreFilterPath, 'utf8').trim();
		file = openSync(coreFilterPath, 'r+');
		writeSync(file, bits);
		return `0x${before}`;
	} catch {
		// This system has no such file, or does not let it be written.
		return undefined;
	} finally {
		if (file !== undefined) closeQuietly(file);
	}
}

function emptyCoreFilter(): string | undefined {
	return process.platform === 'linux' ? setCoreFilter('0') : undefined;
}

/** Notes that the terminal is gone, or is about to be. */
export function noteHangUp(): void {
	guarded.isHungUp = true;
}

/**
 * At exit, Node.js sets each terminal back to what it was, and aborts where one is gone; it skips closed descriptors
 * (node::ResetStdio). So they are closed as the very last thing: before that, a file that is opened, or a pipe to a
 * child process, would take their numbers.
 */
function closeTerminalsLast(): void {
	const ending = process as typeof process & {reallyExit(code?: number): never};
	const end = ending.reallyExit.bind(process);
	ending.reallyExit = code => {
		for (const descriptor of [0, 1, 2]) if (guarded.isHungUp || isLostTerminal(descriptor)) closeQuietly(descriptor);
		return end(code);
	};
}

function isLostTerminal(descriptor: number): boolean {
	return mayBeTerminal(descriptor) && !isTerminal(descriptor);
}

function closeQuietly(descriptor: number): void {
	try {
		closeSync(descriptor);
	} catch {
		// It is already closed.
	}
}
