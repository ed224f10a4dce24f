import {spawn} from 'node:child_process';
import {createHash} from 'node:crypto';
import {
	copyFileSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, dirname, join} from 'node:path';
import process from 'node:process';
import {text} from 'node:stream/consumers';
import type {TestContext} from 'node:test';
import {Secret} from '../../source/domain/secret.js';
import {fileVaultPlace} from '../../source/vault/file-vault.js';
import {newRecoveryKey, recoverySlot} from '../../source/vault/keys/recovery.js';
import {program, temporaryHome} from './program.js';
import {passphrase, usualVault} from './quick-vault.js';

/** A finding in the document of `pharmer doctor -o json`. */
type Told = {
	readonly id: string;
	readonly state: 'ok' | 'care' | 'unknown';
	readonly text: string;
	readonly fix?: string;
	readonly fixIs?: 'command' | 'advice';
};

let made: Promise<{readonly vault: Buffer; readonly seen: Buffer}> | undefined;

/** The files of a vault in which nothing needs care. Deriving its key costs what it does for a new one. */
async function makeHealthy() {
	const folder = mkdtempSync(join(tmpdir(), 'pharmer-vault-'));
	try {
		const file = join(folder, 'vault.json');
		const vault = await fileVaultPlace(file).create(new Secret(passphrase));
		await vault.addSlot(recoverySlot(await newRecoveryKey()));
		await vault.close();
		return {vault: readFileSync(file), seen: readFileSync(`${file}.seen`)};
	} finally {
		rmSync(folder, {recursive: true});
	}
}

/** A home in which the doctor finds nothing that needs care, with ways to look and to do what it says. */
export async function doctorHome(context: TestContext) {
	const home = temporaryHome(context);
	const vault = usualVault(home);
	made ??= makeHealthy();
	const files = await made;
	mkdirSync(dirname(vault), {recursive: true, mode: 0o700});
	writeFileSync(vault, files.vault, {mode: 0o600});
	writeFileSync(`${vault}.seen`, files.seen, {mode: 0o600});
	// What a shell of that home finds. Only root runs the tests as somebody else, so `sudo` has nothing to do.
	const programs = temporaryHome(context);
	symlinkSync(program, join(programs, 'pharmer'));
	symlinkSync(process.execPath, join(programs, 'node'));
	writeFileSync(join(programs, 'sudo'), '#!/bin/sh\nexec "$@"\n', {mode: 0o755});
	const environment: Record<string, string> = {
		PATH: [programs, process.env.PATH ?? ''].join(delimiter),
		HOME: home,
		LANG: 'C.UTF-8',
		TERM: 'xterm-256color',
		PHARMER_PASSPHRASE: passphrase,
	};

	/** Runs a command in a shell of that home. */
	async function shell(command: string, user?: number) {
		const child = spawn('/bin/sh', ['-c', command], {
			env: environment,
			cwd: home,
			stdio: ['ignore', 'pipe', 'pipe'],
			...(user === undefined ? {} : {uid: user, gid: user}),
		});
		const ended = new Promise<number>(resolve => {
			child.on('close', code => resolve(code ?? -1));
		});
		const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
		return {stdout, stderr, code};
	}

	/** What the doctor says, after a command in the same shell. */
	async function look(before = '', user?: number, flags = '') {
		const first = before === '' ? '' : `{ ${before}; } >&2; `;
		const {stdout, stderr, code} = await shell(`${first}exec pharmer doctor -o json ${flags}`, user);
		if (stdout === '') throw new Error(`the doctor said nothing: ${stderr}`);
		const all = JSON.parse(stdout) as readonly Told[];
		return {code, all, cares: all.filter(({state}) => state === 'care'), stderr};
	}

	return {home, vault, folder: dirname(vault), programs, environment, shell, look, files};
}

/** Everything in a directory: names, owners, modes, times and contents of files. Opens ordinary files only. */
export function snapshot(directory: string): readonly string[] {
	return readdirSync(directory, {recursive: true, encoding: 'utf8'})
		.sort()
		.map(name => {
			const path = join(directory, name);
			const {mode, uid, mtimeNs, ctimeNs} = lstatSync(path, {bigint: true});
			const isFile = lstatSync(path).isFile();
			const content = isFile ? createHash('sha256').update(readFileSync(path)).digest('hex') : '';
			return `${name} ${mode} ${uid} ${mtimeNs} ${ctimeNs} ${content}`;
		});
}

/** Puts a copy of a file beside it. */
export function copyBeside(file: string, ending: string): string {
	copyFileSync(file, file + ending);
	return file + ending;
}
