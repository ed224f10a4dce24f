import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import process from 'node:process';
import type {TestContext} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Answer} from '../../source/agent/protocol.js';
import {openLine} from './agent-line.js';
import {runProgram, temporaryHome} from './program.js';
import {passphrase, putVault, type Typed, typedAws, usualVault} from './quick-vault.js';

/** Why a test of the agent's process is skipped, if it is: only Linux shows what a process has. */
export const onlyLinux =
	process.platform === 'linux'
		? false
		: "SKIPPED: only Linux shows another process, so nothing is known of the agent's";

/** How a command is run in a home. */
export type RunOptions = Partial<Parameters<typeof runProgram>[0]>;

/** An environment with the passphrase. */
export const given = {PHARMER_PASSPHRASE: passphrase};

/** Polls until it is true. Throws `Error` when that does not come. */
export async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
	for (let polls = 0; polls < 1500; polls++) {
		if (await isSo()) return;
		await sleep(10);
	}
	throw new Error(`waited in vain for ${what}`);
}

/** The running agents of a home directory. Needs Linux. */
export const agentsOf = (home: string): readonly number[] => processesOf(home, 'agent.mjs');

/** The running processes of a home directory that share a vault for an agent. Needs Linux. */
export const syncingOf = (home: string): readonly number[] => processesOf(home, 'sync-child.mjs');

/** The processes that run a file of the built program. */
function processesOf(home: string, file: string): readonly number[] {
	const isOurs = (pid: string): boolean => {
		try {
			const read = (name: string): readonly string[] => readFileSync(`/proc/${pid}/${name}`, 'utf8').split('\0');
			return read('cmdline').some(each => each.endsWith(`/${file}`)) && read('environ').includes(`HOME=${home}`);
		} catch {
			return false;
		}
	};
	return readdirSync('/proc')
		.filter(name => /^\d+$/.test(name) && isOurs(name))
		.map(Number);
}

/** Whether a process runs. One that has ended and was not waited for does not. */
export function isRunning(pid: number): boolean {
	try {
		return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
	} catch {
		return false;
	}
}

/** Waits until a process has ended. */
export const ended = (pid: number): Promise<void> => until(() => !isRunning(pid), `the end of process ${pid}`);

/** The one answer of whoever listens at that socket; undefined when the connection ends without. */
export async function askAgent(socket: string, request: object): Promise<Answer | undefined> {
	const line = await openLine(socket);
	line.write(`${JSON.stringify(request)}\n`);
	const answer = await line.line();
	line.end();
	return answer === undefined ? undefined : JSON.parse(answer);
}

export type HomeWithAgent = Awaited<ReturnType<typeof homeWithAgent>>;

/** A home with a vault, and the agent there, whose processes are ended after the test. */
export async function homeWithAgent(context: TestContext, ...credentials: readonly Typed[]) {
	const home = temporaryHome(context);
	const vault = usualVault(home);
	await putVault(vault, ...(credentials.length > 0 ? credentials : [typedAws()]));
	const socket = join(dirname(vault), 'run', 'agent.sock');
	const agents = () => agentsOf(home);
	context.after(() => {
		for (const pid of agents()) process.kill(pid, 'SIGKILL');
	});
	const run = (args: readonly string[], options: RunOptions = {}) => runProgram({home, args, agent: true, ...options});
	return {
		home,
		vault,
		socket,
		agents,
		/** The one agent that runs. */
		agent(): number {
			const [pid, ...more] = agents();
			if (pid === undefined || more.length > 0) throw new Error(`not one agent, but ${agents().length}`);
			return pid;
		},
		run,
		/** Runs `pharmer unlock`, with the passphrase in its environment. */
		unlock: (args: readonly string[] = [], options: RunOptions = {}) =>
			run(['unlock', ...args], {...options, environment: {...given, ...options.environment}}),
		/** Runs what the agent answers, without a terminal to ask at. */
		get: (options: RunOptions = {}) => run(['get', 'credentials', 'aws', '-o', 'json'], options),
	};
}
