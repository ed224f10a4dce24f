import {spawnSync} from 'node:child_process';
import {closeSync, constants, openSync} from 'node:fs';
import {Socket} from 'node:net';
import {join} from 'node:path';
import type {Readable} from 'node:stream';
import type {Environment} from '../domain/environment.js';
import {findProgram} from './find-program.js';
import {childEnvironment} from './own-secrets.js';
import {makeScratchFolder} from './scratch-file.js';

/** A pipe between a child process and this one. */
export type Pipe = {
	/** What the child writes. */
	readonly output: Readable;
	/** The descriptor for the child. Close it once the child has it. */
	readonly end: number;
};

/**
 * As many pipes of the system, for the output of a child. What Node.js calls a pipe is a socket, and Linux opens no
 * socket by the names /dev/stdout and /dev/stderr, which scripts write to. Undefined where sockets do, or where no pipe
 * can be made.
 */
export function makePipes(count: number, environment: Environment): readonly Pipe[] | undefined {
	if (process.platform !== 'linux') return undefined;
	const mkfifo = findProgram('mkfifo', environment, process.platform);
	if (mkfifo === undefined) return undefined;
	const opened: number[] = [];
	try {
		const {folder, remove} = makeScratchFolder(environment);
		try {
			const paths = Array.from({length: count}, (_, index) => join(folder, `pipe-${index}`));
			const {status} = spawnSync(mkfifo, ['-m', '600', ...paths], {
				env: childEnvironment(environment),
				stdio: 'ignore',
			});
			if (status !== 0) return undefined;
			const {O_RDONLY, O_WRONLY, O_NONBLOCK} = constants;
			// One that does not wait for the other end has to come first.
			const pairs = paths.map(path => {
				const read = openSync(path, O_RDONLY | O_NONBLOCK);
				opened.push(read);
				const end = openSync(path, O_WRONLY);
				opened.push(end);
				return {read, end};
			});
			return pairs.map(({read, end}) => ({output: new Socket({fd: read, readable: true, writable: false}), end}));
		} finally {
			remove();
		}
	} catch {
		for (const each of opened) closeSync(each);
		return undefined;
	}
}
