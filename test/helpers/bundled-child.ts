import {type ChildProcess, spawn} from 'node:child_process';
import {chmodSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {leftOut} from '../../tools/bundle-options.js';

/** A script of test/helpers as one file in `folder`, for tests that start it many times. Returns its path. */
export async function bundleScript(name: string, folder: string): Promise<string> {
	const outfile = path.join(folder, name.replace(/\.ts$/, '.cjs'));
	await build({
		entryPoints: [fileURLToPath(new URL(name, import.meta.url))],
		outfile,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		logLevel: 'error',
		plugins: [leftOut],
	});
	chmodSync(outfile, 0o644);
	return outfile;
}

export type Child = {
	readonly process: ChildProcess;
	/** Every whole line it printed so far. */
	readonly lines: readonly string[];
	/** Resolves when it has printed so many lines, rejects when it ends before. */
	printed(count: number): Promise<void>;
	/** What it was ended by, once all that it printed is in `lines`. */
	readonly ended: Promise<{readonly code: number | null; readonly signal: string | null}>;
};

/** Starts a bundled script. What it says on standard error is seen with the test's. */
export function startChild(script: string, parameters: readonly string[], user?: number): Child {
	const child = spawn(process.execPath, [script, ...parameters], {
		stdio: ['pipe', 'pipe', 'inherit'],
		...(user === undefined ? {} : {uid: user, gid: user}),
	});
	const lines: string[] = [];
	const waiting = new Set<() => void>();
	let rest = '';
	let isOver = false;
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		const parts = (rest + text).split('\n');
		rest = parts.pop() ?? '';
		lines.push(...parts);
		for (const check of waiting) check();
	});
	const ended = new Promise<{code: number | null; signal: string | null}>(resolve => {
		child.on('close', (code, signal) => {
			isOver = true;
			for (const check of waiting) check();
			resolve({code, signal});
		});
	});
	function printed(count: number): Promise<void> {
		return new Promise((resolve, reject) => {
			const check = () => {
				if (lines.length >= count) resolve();
				else if (isOver) reject(new Error(`it ended after ${lines.length} lines: ${lines.join(' | ')}`));
				else return;
				waiting.delete(check);
			};
			waiting.add(check);
			check();
		});
	}
	return {process: child, lines, printed, ended};
}
