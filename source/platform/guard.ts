// Loads nothing but Node.js's own modules, and not `node:process`, which opens the standard streams.
import {closeSync, fstatSync, readFileSync, writeFileSync, writeSync} from 'node:fs';
import {nodeHazard} from './node-options.js';

/** Which kinds of memory go into a core file, as bits; see core(5). A child process inherits it. */
const coreFilter = '/proc/self/coredump_filter';
const allowed = 'PHARMER_ALLOW_NODE_OPTIONS';

/** What this process was started with, as far as it was changed. */
let givenUmask: number | undefined;
let givenCoreFilter: string | undefined;

/**
 * Protects this process, before anything else of the program is loaded: what it makes is readable to its user only,
 * no memory goes into a core file, and no debugger opens on SIGUSR1. Ends it with code 2 where Node.js was told to
 * open it to others.
 */
export function guardProcess(): void {
	if (process.platform !== 'win32') {
		givenUmask = process.umask(0o077);
		// Without a listener Node.js opens its debugger's port on that signal.
		process.on('SIGUSR1', () => {});
		// A write over the limit of a file's size fails with EFBIG. A library that listens would end the process.
		process.on('SIGXFSZ', () => {});
		closeTerminalsLast();
	}
	givenCoreFilter = emptyCoreFilter();
	refuseHazards();
}

/**
 * Ends the process with code 2 where Node.js has opened its debugger, as it does on SIGUSR1 before the first line
 * of a program runs. Looking takes some milliseconds: once, before the first secret.
 */
export function stopIfDebugged(): void {
	if (process.env[allowed] === '1') return;
	const inspector = process.features.inspector ? process.getBuiltinModule('node:inspector') : undefined;
	if (inspector?.url() !== undefined) stop('a debugger is open in this process (SIGUSR1)', 'start it again');
}

/**
 * Does `task` with what this process was started with: the permissions of new files, and what goes into a core
 * file. A program that is started in it inherits them.
 */
export function asGiven<Result>(task: () => Result): Result {
	const umask = givenUmask === undefined ? undefined : process.umask(givenUmask);
	if (givenCoreFilter !== undefined) setCoreFilter(givenCoreFilter);
	try {
		return task();
	} finally {
		if (givenCoreFilter !== undefined) setCoreFilter('0');
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

function setCoreFilter(bits: string): void {
	try {
		writeFileSync(coreFilter, bits);
	} catch {
		// This system has none, or does not let it be written: then core files are as they are.
	}
}

function emptyCoreFilter(): string | undefined {
	if (process.platform !== 'linux') return undefined;
	try {
		const given = `0x${readFileSync(coreFilter, 'latin1').trim()}`;
		setCoreFilter('0');
		return given;
	} catch {
		return undefined;
	}
}

let isHungUp = false;

/** Says that the terminal has gone, or is about to. */
export function noteHangUp(): void {
	isHungUp = true;
}

/**
 * At its end Node.js sets each terminal back to what it was, and aborts where one has gone: it passes over descriptors
 * that are closed (node::ResetStdio). They are closed as the very last thing: until then a file that is opened, or a
 * pipe to a child process, would take their numbers.
 */
function closeTerminalsLast(): void {
	const ending = process as typeof process & {reallyExit(code?: number): never};
	const end = ending.reallyExit.bind(process);
	ending.reallyExit = code => {
		for (const descriptor of [0, 1, 2]) if (isHungUp || isLostTerminal(descriptor)) closeQuietly(descriptor);
		return end(code);
	};
}

function isLostTerminal(descriptor: number): boolean {
	try {
		return fstatSync(descriptor).isCharacterDevice() && !process.getBuiltinModule('node:tty').isatty(descriptor);
	} catch {
		return false;
	}
}

function closeQuietly(descriptor: number): void {
	try {
		closeSync(descriptor);
	} catch {
		// It is closed already.
	}
}
