import {readFileSync} from 'node:fs';
import process from 'node:process';
import {runTool} from './tool.js';

/** What the system does with the memory of a process that crashes. */
export type CoreFiles = {
	/** Whether this process has kept its memory out of core files; undefined where a system has no way to. */
	readonly isEmptied: boolean | undefined;
	/** The largest core file of a process: a number of bytes, or `unlimited`; undefined where it can't be read. */
	readonly limit: string | undefined;
	/** Where core files go (core(5)); undefined on other systems. */
	readonly pattern: string | undefined;
};

/** Reads what is set for this process. Takes as long as a shell to start, on systems that have no file for it. */
export async function coreFiles(): Promise<CoreFiles> {
	if (process.platform === 'win32') return {isEmptied: undefined, limit: undefined, pattern: undefined};
	const filter = lineOf('/proc/self/coredump_filter');
	return {
		isEmptied: filter === undefined ? undefined : Number.parseInt(filter, 16) === 0,
		limit: ownLimit() ?? (await shellLimit()),
		pattern: lineOf('/proc/sys/kernel/core_pattern'),
	};
}

function lineOf(file: string): string | undefined {
	try {
		return readFileSync(file, 'latin1').trim();
	} catch {
		return undefined;
	}
}

function ownLimit(): string | undefined {
	return /^Max core file size +(\S+)/m.exec(lineOf('/proc/self/limits') ?? '')?.[1];
}

async function shellLimit(): Promise<string | undefined> {
	const output = await runTool({program: '/bin/sh', args: ['-c', 'ulimit -c'], reads: 100}, {});
	return /^\w+/.exec(output?.toString('latin1') ?? '')?.[0];
}
