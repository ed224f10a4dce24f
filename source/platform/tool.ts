import {spawn, spawnSync} from 'node:child_process';
import process from 'node:process';
import type {Environment} from '../domain/environment.js';
import {absoluteOnly, findProgram} from './find-program.js';

/** One run of another program. Secrets go to its standard input and nowhere else. */
export type Tool = {
	readonly program: string;
	readonly args: readonly string[];
	/** Its standard input; empty if left out. */
	readonly input?: string;
	/** The most bytes of its standard output that are wanted: it is ended when there are more. None if left out. */
	readonly reads?: number;
	/** How long it may take before it is ended, in milliseconds; 3 seconds if left out. */
	readonly patience?: number;
};

/** A tool from its command line, whose words contain neither spaces nor quotes. */
export function toolFor(command: string): Tool {
	const [program = '', ...args] = command.split(' ');
	return {program, args};
}

const usualPatience = 3000;

/** The variables that tools need, in upper case: any other may hold a secret. */
const needed = new Set(
	`PATH HOME USER LOGNAME TERM LANG LC_CTYPE TMPDIR XDG_RUNTIME_DIR DISPLAY XAUTHORITY WAYLAND_DISPLAY
	TMUX TMUX_PANE TMUX_TMPDIR PREFIX LD_LIBRARY_PATH LD_PRELOAD BOOTCLASSPATH WSL_DISTRO_NAME WSL_INTEROP
	SYSTEMROOT WINDIR PATHEXT TEMP TMP USERPROFILE`.split(/\s+/),
);

/** The part of an environment that tools get; of PATH, what is the same in every directory. */
export function toolEnvironment(environment: Environment, platform: NodeJS.Platform): Record<string, string> {
	const part: Record<string, string> = {};
	for (const [name, value] of Object.entries(environment)) {
		const upper = name.toUpperCase();
		if (value === undefined || !(needed.has(upper) || /^(ANDROID|TERMUX)_/.test(upper))) continue;
		part[name] = upper === 'PATH' ? absoluteOnly(value) : value;
	}
	// Without it, pbcopy reads its input as MacRoman.
	if (platform === 'darwin') part.LC_CTYPE = 'UTF-8';
	// wl-copy keeps its input in a file while it offers it; that should be in memory. Up to 2.1 it insists on /tmp.
	if (part.XDG_RUNTIME_DIR) part.TMPDIR = part.XDG_RUNTIME_DIR;
	return part;
}

function stdioOf(tool: Tool) {
	// A tool that goes on in the background would keep a pipe open, so it gets one only for output that is wanted.
	return [tool.input ? 'pipe' : 'ignore', tool.reads === undefined ? 'ignore' : 'pipe', 'ignore'] as const;
}

/** Runs a tool and returns the output that was wanted; undefined when it is missing, fails or takes too long. */
export function runTool(tool: Tool, environment: Record<string, string>): Promise<Buffer | undefined> {
	return new Promise(resolve => {
		const program = findProgram(tool.program, environment, process.platform);
		if (program === undefined) return resolve(undefined);
		// A process group of its own, which neither the terminal's hang-up nor a suspension of this program reaches.
		const detached = process.platform !== 'win32';
		const child = spawn(program, tool.args, {
			stdio: [...stdioOf(tool)],
			env: environment,
			detached,
			windowsHide: true,
		});
		const chunks: Buffer[] = [];
		let length = 0;
		const giveUp = (result: Buffer | undefined): void => {
			settle(result);
			child.stdout?.destroy();
			try {
				if (detached && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
				else child.kill('SIGKILL');
			} catch {
				// It has already ended.
			}
		};
		const timer = setTimeout(() => giveUp(undefined), tool.patience ?? usualPatience);
		const settle = (result: Buffer | undefined): void => {
			clearTimeout(timer);
			resolve(result);
		};
		child.stdout?.on('data', (chunk: Buffer) => {
			chunks.push(chunk);
			length += chunk.length;
			if (length > (tool.reads ?? 0)) giveUp(Buffer.concat(chunks));
		});
		child.on('error', () => settle(undefined));
		child.on(tool.reads === undefined ? 'exit' : 'close', code => {
			settle(code === 0 ? Buffer.concat(chunks) : undefined);
		});
		child.stdin?.on('error', () => {});
		child.stdin?.end(tool.input);
	});
}

/** Synchronous variant of `runTool()`, bounded to this many milliseconds. */
export function runToolNow(tool: Tool, environment: Record<string, string>, milliseconds: number): Buffer | undefined {
	const program = findProgram(tool.program, environment, process.platform);
	if (milliseconds <= 0 || program === undefined) return undefined;
	const {status, stdout, error} = spawnSync(program, tool.args, {
		stdio: [...stdioOf(tool)],
		env: environment,
		...(tool.input ? {input: tool.input} : {}),
		timeout: milliseconds,
		killSignal: 'SIGKILL',
		maxBuffer: tool.reads ?? 0,
		windowsHide: true,
	});
	const tooMuch = (error as NodeJS.ErrnoException | undefined)?.code === 'ENOBUFS';
	return status === 0 || tooMuch ? (stdout ?? Buffer.alloc(0)) : undefined;
}
