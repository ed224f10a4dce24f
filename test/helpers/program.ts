import {spawn as spawnProcess} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import type {TestContext} from 'node:test';
import {fileURLToPath} from 'node:url';
import {type IPty, spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';
import {keyBytes} from './keys.js';

/** The built program. */
export const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export type ProgramOptions = {
	readonly args?: readonly string[];
	/** Of the new home directory everything lives in. */
	readonly home: string;
	readonly environment?: Readonly<Record<string, string>>;
	readonly columns?: number;
	readonly rows?: number;
	/** The Node.js to run it with; the one that runs the test otherwise. */
	readonly node?: string;
	/** The path of a link to the program, to run it by. */
	readonly script?: string;
	/** What runs in the terminal instead of the program itself. */
	readonly command?: readonly string[];
	/** Lets it use the agent, which the test ends: an app that was unlocked would leave one behind. */
	readonly agent?: true;
};

/** A new home directory that is gone after the test. */
export function temporaryHome(context: {after(done: () => void): unknown}): string {
	const home = mkdtempSync(join(tmpdir(), 'pharmer-home-'));
	context.after(() => rmSync(home, {recursive: true, force: true, maxRetries: 5}));
	return home;
}

/** An environment of nothing but what a shell of that home would have. */
function environmentOf({home, environment, agent}: ProgramOptions): Record<string, string> {
	return {
		PATH: process.env.PATH ?? '',
		HOME: home,
		USERPROFILE: home,
		TMPDIR: join(home),
		LANG: 'C.UTF-8',
		TERM: 'xterm-256color',
		...(agent !== true && {PHARMER_AGENT: 'off'}),
		...environment,
	};
}

export type Result = {readonly code: number; readonly stdout: string; readonly stderr: string};

/** Runs the program without a terminal. `input` is its standard input, empty otherwise. */
export function runProgram(
	options: ProgramOptions & {
		readonly input?: string;
		/** Whose process it is, by number. */
		readonly user?: number;
		readonly cwd?: string;
		/** Called once it runs, with what kills it. */
		readonly started?: (kill: () => void) => void;
	},
): Promise<Result> {
	return new Promise((resolve, reject) => {
		const child = spawnProcess(options.node ?? process.execPath, [options.script ?? program, ...(options.args ?? [])], {
			env: environmentOf(options),
			stdio: ['pipe', 'pipe', 'pipe'],
			...(options.cwd === undefined ? {} : {cwd: options.cwd}),
			...(options.user === undefined ? {} : {uid: options.user, gid: options.user}),
		});
		let stdout = '';
		let stderr = '';
		child.stdout.setEncoding('utf8').on('data', text => {
			stdout += text;
		});
		child.stderr.setEncoding('utf8').on('data', text => {
			stderr += text;
		});
		child.on('error', reject);
		child.on('spawn', () => options.started?.(() => child.kill('SIGKILL')));
		child.on('close', (code, signal) => resolve({code: code ?? (signal === null ? -1 : 128), stdout, stderr}));
		child.stdin.on('error', () => {});
		child.stdin.end(options.input ?? '');
	});
}

const patience = 30_000;

/** The program in a real pseudo-terminal, its screen kept by a terminal emulator. */
export function openProgram(context: Pick<TestContext, 'after'>, options: ProgramOptions) {
	const {columns = 80, rows = 24} = options;
	const [file = '', ...args] = options.command ?? [options.node ?? process.execPath, program, ...(options.args ?? [])];
	const screen = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 5000});
	const pty: IPty = spawn(file, [...args], {
		name: 'xterm-256color',
		cols: columns,
		rows,
		env: environmentOf(options),
		cwd: options.home,
	});
	let written = '';
	let isRunning = true;
	/** Known once everything that was written is on the screen. */
	let code: number | undefined;
	let changed: () => void = () => {};
	pty.onData(data => {
		written += data;
		screen.write(data, () => changed());
	});
	screen.onData(data => {
		// What a terminal answers to questions, such as where its cursor is.
		if (isRunning) pty.write(data);
	});
	pty.onExit(({exitCode, signal}) => {
		isRunning = false;
		screen.write('', () => {
			code = signal ? 128 + signal : exitCode;
			changed();
		});
	});
	context.after(() => {
		if (isRunning) pty.kill('SIGKILL');
	});

	const text = (): string =>
		Array.from(
			{length: screen.buffer.active.length},
			(_, row) => screen.buffer.active.getLine(row)?.translateToString(true) ?? '',
		)
			.join('\n')
			.trimEnd();

	/** Resolves when `done()` is true; rejects with the screen when that takes longer than anybody waits. */
	function until(done: () => boolean, what: string): Promise<void> {
		return new Promise((resolve, reject) => {
			const timer = setTimeout(() => reject(new Error(`waited for ${what}; the screen is:\n${text()}`)), patience);
			changed = () => {
				if (!done()) return;
				clearTimeout(timer);
				changed = () => {};
				resolve();
			};
			changed();
		});
	}

	return {
		pid: pty.pid,
		/** Keys of the keymap and texts, one after the other. */
		press(...keys: readonly string[]): void {
			for (const key of keys) pty.write(keyBytes(key));
		},
		/** What a terminal sends by itself, byte by byte. */
		answer: (bytes: Buffer) => pty.write(bytes as unknown as string),
		paste: (pasted: string) => pty.write(`\u001b[200~${pasted.replaceAll('\n', '\r')}\u001b[201~`),
		resize(newColumns: number, newRows: number): void {
			screen.resize(newColumns, newRows);
			pty.resize(newColumns, newRows);
		},
		/** Waits until the screen, with what has scrolled off it, matches. */
		see: (pattern: RegExp) => until(() => pattern.test(text()), String(pattern)),
		/** Waits until the screen matches or the program has ended; tells whether it matches. */
		async seeOrEnd(pattern: RegExp): Promise<boolean> {
			await until(() => pattern.test(text()) || code !== undefined, `${pattern} or the end`);
			return pattern.test(text());
		},
		/** Waits until the screen does not match any more. */
		gone: (pattern: RegExp) => until(() => !pattern.test(text()), `no ${pattern}`),
		/** Waits until the program has ended; gives its exit code. */
		async ended(): Promise<number> {
			await until(() => code !== undefined, 'the end');
			return code ?? -1;
		},
		kill: (signal: string) => pty.kill(signal),
		/** Closes the terminal, as its window does. */
		hangUp: () => (pty as IPty & {destroy(): void}).destroy(),
		text,
		/** Every byte the program wrote. */
		written: () => written,
		isAlternate: () => screen.buffer.active.type === 'alternate',
	};
}
