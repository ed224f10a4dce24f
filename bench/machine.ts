import {execFileSync, spawn, spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {Secret} from '../source/domain/secret.js';
import {fileVaultPlace} from '../source/vault/file-vault.js';
import {leastCost} from '../source/vault/keys/passphrase.js';
import {Unavailable} from './row.js';
import {sampleCredentials} from './sample.js';

/** The project's folder. */
export const root = fileURLToPath(new URL('..', import.meta.url));

export const passphrase = 'correct horse battery staple';

/** A directory that is somebody's home, with a vault at its usual place. */
export type Home = {readonly path: string; readonly vault: string};

/** Where programs are measured: the homes that they run in, the program and the old one. This Node.js runs them. */
export class Machine {
	readonly node = process.execPath;
	readonly program = join(root, 'dist/cli.js');
	/** Short, since a socket's path is. */
	readonly folder = mkdtempSync(join(tmpdir(), 'ph-'));
	readonly #revision: string;
	readonly #homes = new Map<string, Promise<Home>>();
	readonly #unlocked = new Set<Home>();
	#old: string | undefined;

	/** `revision` is that of the old program. */
	constructor(revision: string) {
		this.#revision = revision;
	}

	/** The program as that revision builds it. Throws `Unavailable` where Git does not have it. */
	get old(): string {
		this.#old ??= this.#build();
		return this.#old;
	}

	/** A home with a vault of that many credentials, whose key costs the least that is accepted. A new one for `name`. */
	home(count: number, name = String(count)): Promise<Home> {
		const known = this.#homes.get(name) ?? this.#makeHome(count, name);
		this.#homes.set(name, known);
		return known;
	}

	/** The same, with its vault unlocked in an agent. */
	async unlocked(count: number): Promise<Home> {
		const home = await this.home(count);
		if (!this.#unlocked.has(home)) this.run(home, ['unlock', '--for', '1h'], {PHARMER_PASSPHRASE: passphrase});
		this.#unlocked.add(home);
		return home;
	}

	/** Runs the program to its end, and returns what it wrote. Throws when it fails. */
	run(home: Home, args: readonly string[], more: NodeJS.ProcessEnv = {}): string {
		const env = {...environmentOf(home.path), ...more};
		return execFileSync(this.node, [this.program, ...args], {env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']});
	}

	/** Milliseconds until a process of Node.js has ended. */
	untilEnd(home: Home | undefined, args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<number> {
		return new Promise((resolve, reject) => {
			const env = {...environmentOf(home?.path ?? this.folder), ...more};
			const start = performance.now();
			const child = spawn(this.node, args, {stdio: 'ignore', env});
			child.on('error', reject);
			child.on('close', code =>
				code === 0 ? resolve(performance.now() - start) : reject(new Error(`${args.join(' ')} ended with ${code}`)),
			);
		});
	}

	/** Milliseconds of processor time until a process of Node.js has ended. Throws `Unavailable` where nobody counts. */
	costOf(home: Home, args: readonly string[], more: NodeJS.ProcessEnv = {}): number {
		const before = ticksOfChildren();
		const {status} = spawnSync(this.node, args, {env: {...environmentOf(home.path), ...more}, stdio: 'ignore'});
		if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}`);
		return (ticksOfChildren() - before) * tickMs;
	}

	/** Ends what was started, and removes what was made. */
	close(): void {
		for (const home of this.#unlocked) this.run(home, ['lock']);
		rmSync(this.folder, {recursive: true, force: true});
	}

	async #makeHome(count: number, name: string): Promise<Home> {
		const path = join(this.folder, name);
		const vault = join(path, '.config/pharmer/vault.json');
		mkdirSync(join(path, '.config/pharmer'), {recursive: true, mode: 0o700});
		const open = await fileVaultPlace(vault, {kdfCost: leastCost}).create(new Secret(passphrase));
		const credentials = sampleCredentials(count, Date.now());
		await open.change(content => ({content: {...content, credentials}, result: undefined}));
		await open.close();
		return {path, vault};
	}

	#build(): string {
		const folder = join(this.folder, 'old');
		mkdirSync(folder);
		const archive = spawnSync('git', ['archive', this.#revision], {cwd: root, maxBuffer: 2 ** 28});
		if (archive.status !== 0) throw new Unavailable(`git has no revision ${this.#revision} here`);
		execFileSync('tar', ['-x', '-C', folder], {input: archive.stdout});
		symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
		execFileSync(process.execPath, ['--import', 'tsx', 'tools/build.ts', '--quiet'], {cwd: folder});
		return join(folder, 'dist/cli.js');
	}
}

/** The environment of a bare shell with that home directory. */
export function environmentOf(home: string): Record<string, string> {
	return {PATH: process.env.PATH ?? '', HOME: home, USERPROFILE: home, TERM: 'xterm-256color', LANG: 'C.UTF-8'};
}

/** The kernel counts a hundred ticks a second. */
export const tickMs = 10;

/** Ticks that a process has used, and those of its children that have ended. Throws `Unavailable` but on Linux. */
export function ticksOf(pid: number | 'self'): {readonly own: number; readonly children: number} {
	if (process.platform !== 'linux') throw new Unavailable('only Linux tells the processor time of a process');
	const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	const sum = (at: number): number => Number(fields[at]) + Number(fields[at + 1]);
	return {own: sum(11), children: sum(13)};
}

const ticksOfChildren = (): number => ticksOf('self').children;
