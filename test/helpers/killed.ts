import fs from 'node:fs';
import type {HomeWithAgent} from './real-agent.js';
import type {Task} from './vault-task.js';

/** When to kill: so long after the start, or so long after a lock is first seen in that directory. */
export type Moment = {readonly after: number; readonly lockIn?: string};

export type Killed = {
	readonly code: number;
	readonly stderr: string;
	/** How long it took, in milliseconds. */
	readonly took: number;
	/** Whether the moment came before the command had ended. */
	readonly isHit: boolean;
};

/** Runs a command, and calls `kill` with what kills the command itself when the moment comes, if it still runs. */
export async function runUntil(
	home: HomeWithAgent,
	{args, environment = {}, input = ''}: Task,
	{after, lockIn}: Moment,
	kill: (client: () => void) => void,
): Promise<Killed> {
	let isHit = false;
	let timer: NodeJS.Timeout | undefined;
	let client = (): void => {};
	const arm = (): void => {
		timer ??= setTimeout(() => {
			isHit = true;
			kill(client);
		}, after);
	};
	const watcher = lockIn === undefined ? undefined : fs.watch(lockIn, (_, name) => name?.endsWith('.lock') && arm());
	const start = performance.now();
	try {
		const started = (killed: () => void): void => {
			client = killed;
			if (watcher === undefined) arm();
		};
		const {code, stderr} = await home.run(args, {environment, input, started});
		return {code, stderr, took: performance.now() - start, isHit};
	} finally {
		clearTimeout(timer);
		watcher?.close();
	}
}
