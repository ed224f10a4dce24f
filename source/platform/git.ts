import {type ChildProcess, spawn} from 'node:child_process';
import type {Environment} from '../domain/environment.js';
import {PharmerError} from '../domain/errors.js';
import {visible} from '../text/visible.js';
import {undoAtEnd} from './ending.js';
import {findProgram} from './find-program.js';
import {asGiven} from './guard.js';
import {childEnvironment} from './own-secrets.js';

/** One run of `git`, in a bare repository of ours. */
export type GitRun = {
	/** The repository's directory. Git looks for no other one. */
	readonly repository: string;
	/** The subcommand and its arguments. */
	readonly args: readonly string[];
	/** Its standard input; empty if left out. */
	readonly input?: string | Buffer;
	/** The most bytes of its standard output that are wanted: it is ended when there are more. */
	readonly reads: number;
	/** How long it may take before it is ended, in milliseconds. */
	readonly patience: number;
	/** Ends it. */
	readonly signal?: AbortSignal;
	/** What git has started is left to end by itself: it may hold a lock in a repository of others on this machine. */
	readonly sparesOthers?: boolean;
};

export type GitAnswer = {
	/** Its exit code, or why it was ended: it took too long, wrote more than was wanted, or nobody waits any more. */
	readonly code: number | 'late' | 'full' | 'stopped';
	/** The start of its standard output. */
	readonly output: Buffer;
	/** What it says of a failure: a line that is safe to show and holds no password; may be empty. */
	readonly said: string;
};

/** Runs `git`. Rejects with `no-command` where there is none, and `cannot-run`. */
export type Git = (run: GitRun) => Promise<GitAnswer>;

/**
 * Of the variables that git reads, those that say how a user reaches and signs in to servers. Any other may lead it to
 * another repository, or make it write elsewhere.
 */
const passed =
	/^GIT_(?:SSH|SSH_COMMAND|SSH_VARIANT|ASKPASS|EXEC_PATH|SSL_\w+|PROXY_SSL_\w+|HTTP_\w+|CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|PARAMETERS|COUNT|KEY_\d+|VALUE_\d+))$/;

/**
 * The environment of git: the user's way to servers, with nobody to ask. It runs without a terminal, so that ssh can't
 * ask at it either, and windows that would come up once a minute stay away.
 */
export function gitEnvironment(environment: Environment): NodeJS.ProcessEnv {
	const given = Object.entries(childEnvironment(environment)).filter(([name]) => {
		const upper = name.toUpperCase();
		return upper === 'SSH_ASKPASS' ? false : !upper.startsWith('GIT_') || passed.test(upper);
	});
	return {
		GCM_INTERACTIVE: 'never',
		...Object.fromEntries(given),
		GIT_ALLOW_PROTOCOL: 'https:ssh:file',
		GIT_TERMINAL_PROMPT: '0',
		// A repository at file:// may say that it lacks objects, and which command gets them.
		GIT_NO_LAZY_FETCH: '1',
		LC_ALL: 'C',
	};
}

/** Settings that are stronger than those of the user and of the repository: what is fetched runs nothing here. */
const settings: readonly string[] = [
	'core.hooksPath=/dev/null',
	'core.fsmonitor=false',
	// Malformed trees are refused when they come in.
	'fetch.fsckObjects=true',
	// Tidying up, of which git decides when, goes on nowhere in the background.
	'gc.autoDetach=false',
	'maintenance.autoDetach=false',
	// Two processes may share the repository.
	'core.filesRefLockTimeout=5000',
	// One that was killed may have left this lock, and nothing of ours needs it.
	'core.packedRefsTimeout=0',
	// Whoever answers at the address leads nowhere else, as no other storage does.
	'http.followRedirects=false',
	// A connection on which nothing comes for so many seconds is over.
	'http.lowSpeedLimit=100',
	'http.lowSpeedTime=30',
].flatMap(setting => ['-c', setting]);

/** What follows an exit may still be in the pipe, or held open for long: ssh goes on behind a shared connection. */
const lastWordsMs = 200;
/** How long git has to take its locks away. */
const graceMs = 1000;
const longestSaid = 4096;

/** The `git` of this system, with the settings and helpers of its user. */
export function systemGit(environment: Environment): Git {
	const env = gitEnvironment(environment);
	return async run => {
		const program = findProgram('git', environment, process.platform);
		if (program === undefined)
			throw new PharmerError('no-command', 'there is no command `git`', 'install Git 2.31 or later, or check PATH');
		return start(program, run, env);
	};
}

function start(program: string, run: GitRun, env: NodeJS.ProcessEnv): Promise<GitAnswer> {
	const {repository, args, input, reads, patience, signal, sparesOthers = false} = run;
	return new Promise((resolve, reject) => {
		if (signal?.aborted) return resolve({code: 'stopped', output: Buffer.alloc(0), said: ''});
		// A process group of its own: it is ended with everything that it has started, and has no terminal.
		const detached = process.platform !== 'win32';
		const child = asGiven(() =>
			spawn(program, ['--git-dir', repository, ...settings, ...args], {
				stdio: ['pipe', 'pipe', 'pipe'],
				env,
				detached,
				windowsHide: true,
			}),
		);
		const kill = (): void => end(child, detached && !sparesOthers);
		const callOff = undoAtEnd(kill);
		const output: Buffer[] = [];
		let length = 0;
		let said = '';
		let isSettled = false;
		const settle = (code: GitAnswer['code']): void => {
			if (isSettled) return;
			isSettled = true;
			clearTimeout(timer);
			signal?.removeEventListener('abort', onAbort);
			callOff();
			if (typeof code !== 'number') kill();
			child.stdout.destroy();
			child.stderr.destroy();
			resolve({code, output: Buffer.concat(output).subarray(0, reads), said: sentence(said)});
		};
		const onAbort = (): void => settle('stopped');
		const timer = setTimeout(() => settle('late'), patience);
		signal?.addEventListener('abort', onAbort);
		child.stdout.on('data', (chunk: Buffer) => {
			output.push(chunk);
			length += chunk.length;
			if (length > reads) settle('full');
		});
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			said = (said + text).slice(-longestSaid);
		});
		child.on('error', error => {
			if (child.pid !== undefined) return;
			const {code = 'an unknown error'} = error as NodeJS.ErrnoException;
			reject(new PharmerError('cannot-run', `\`git\` can't be run: ${code}`));
			settle('stopped');
		});
		const words = new Promise(done => child.stderr.once('close', done));
		const all = new Promise(done => child.stdout.once('end', done));
		child.once('exit', async code => {
			await all;
			if (code !== 0) await Promise.race([words, new Promise(done => setTimeout(done, lastWordsMs))]);
			settle(code ?? 'stopped');
		});
		child.stdin.on('error', () => {});
		child.stdin.end(input);
	});
}

/**
 * Ends git, with all that it has started where it `isGroup`. It is asked to first, so that it takes its locks away;
 * nobody waits for that.
 */
function end(child: ChildProcess, isGroup: boolean): void {
	const send = (signal: NodeJS.Signals): void => {
		try {
			if (isGroup && child.pid !== undefined) process.kill(-child.pid, signal);
			else child.kill(signal);
		} catch {
			// It has already ended.
		}
	};
	send('SIGTERM');
	setTimeout(() => send('SIGKILL'), graceMs).unref();
}

/** Lines that say nothing of why: advice, warnings, and what git puts under every failure. */
const idle = /^(?:hint:|warning:|\*\*|error: failed to push|Please make sure you have|and the repository exists|$)/i;

/** The first lines of a failure that say why, without the user part of addresses. */
function sentence(text: string): string {
	const lines = text
		.split(/[\r\n]+/)
		.map(line => line.trim())
		.filter(line => !idle.test(line));
	const reasons = lines.filter(line => /^(?:fatal|error|remote|ssh):|denied|failed/i.test(line));
	const short = (reasons.length > 0 ? reasons : lines)
		.slice(0, 3)
		.map(line => line.replace(/^(?:(?:fatal|error|remote): *)+/i, '').replace(/\.$/, ''));
	return visible(short.join('; ').replace(/\/\/[^/@\s]*@/g, '//')).slice(0, 300);
}
