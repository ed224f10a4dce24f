// Measures what an unlocked vault costs, as ratios to bare Node.js in the same run: `npm run bench:unlocked`, or with
// `-- --large` also at 100,000 credentials. `pass` and `gopass` stand beside it where they are installed. Figures of
// single runs mean little on a shared machine: read the ratios.
import {spawn, spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {environmentOf, quantile, root} from './ink-program.js';
import {sampleCredentials} from './sample.js';

const rounds = 21;
const passphrase = 'correct horse battery staple';
const program = join(root, 'dist/cli.js');
// Short, since a socket's path is.
const folder = mkdtempSync(join(tmpdir(), 'ph-'));
const sizes = [10, 1000, ...(process.argv.includes('--large') ? [100_000] : [])];

/** A command, and the directory that is its home. */
type Measured = {readonly title: string; readonly command: readonly [string, ...string[]]; readonly home: string};

/** Runs a command to its end. Throws when it fails. */
function run(home: string, [file, ...args]: Measured['command'], more: NodeJS.ProcessEnv = {}, input = ''): void {
	const env = {...environmentOf(home), ...more};
	const {status, stderr, error} = spawnSync(file, args, {env, input, encoding: 'utf8'});
	if (status !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${status}: ${error?.message ?? stderr}`);
}

/** Milliseconds until a command has ended. */
function untilEnd({home, command: [file, ...args]}: Measured): Promise<number> {
	return new Promise((resolve, reject) => {
		const start = performance.now();
		const child = spawn(file, args, {stdio: 'ignore', env: environmentOf(home)});
		child.on('error', reject);
		child.on('close', code =>
			code === 0 ? resolve(performance.now() - start) : reject(new Error(`${args.join(' ')} ended with ${code}`)),
		);
	});
}

/** A home with an unlocked vault of that many credentials, and what is measured there. */
function unlocked(count: number): readonly Measured[] {
	const home = join(folder, String(count));
	const vault = join(home, '.config/pharmer/vault.json');
	mkdirSync(join(home, '.config/pharmer'), {recursive: true, mode: 0o700});
	const make = ['--import', 'tsx', join(root, 'bench/vault.ts'), vault, String(count), passphrase];
	run(home, [process.execPath, ...make]);
	run(home, [process.execPath, program, 'unlock', '--for', '1h'], {PHARMER_PASSPHRASE: passphrase});
	const aws = sampleCredentials(count, Date.now()).find(({provider}) => provider === 'aws')?.name ?? '';
	const lines = [
		['get', aws, '-o', 'json'],
		['aws', 'credential-process', aws],
		['complete', 'bash', '1', 'get', '--out'],
		['complete', 'bash', '1', 'get', aws],
	];
	return lines.map(line => ({
		title: `${line.join(' ').replace(aws, 'NAME')}, of ${count}`,
		command: [process.execPath, program, ...line],
		home,
	}));
}

/** Password stores that keep a file a secret, under a key of GnuPG without a passphrase. */
function stores(): readonly Measured[] {
	const home = join(folder, 'store');
	const isThere = (name: string): boolean => spawnSync('which', [name]).status === 0;
	if (!isThere('pass') || !isThere('gpg')) return [];
	mkdirSync(home, {mode: 0o700});
	run(home, [
		'gpg',
		'--batch',
		'--passphrase',
		'',
		'--quick-gen-key',
		'bench@example.org',
		'default',
		'default',
		'never',
	]);
	run(home, ['pass', 'init', 'bench@example.org']);
	run(home, ['pass', 'insert', '-m', 'one'], {}, 'secret\n');
	return ['pass', 'gopass']
		.filter(isThere)
		.map(name => ({title: `${name} show NAME`, command: [name, 'show', 'one'], home}));
}

try {
	const bare: Measured = {title: 'node -e 0', command: [process.execPath, '-e', '0'], home: folder};
	const measured = [bare, ...sizes.flatMap(unlocked), ...stores()];
	const times = measured.map((): number[] => []);
	// In turn, so that what else the machine does falls on all of them.
	for (let round = -1; round < rounds; round++) {
		for (const [index, each] of measured.entries()) {
			const time = await untilEnd(each);
			if (round >= 0) times[index]?.push(time);
		}
	}
	const medians = times.map(each => quantile(each, 0.5));
	process.stdout.write(`medians of ${rounds} in turn, Node.js ${process.version}\n`);
	for (const [index, {title}] of measured.entries()) {
		const median = medians[index] ?? 0;
		const ratio = (median / (medians[0] ?? 1)).toFixed(2);
		process.stdout.write(`${title.padEnd(48)} ${median.toFixed(1).padStart(7)} ms  ${ratio} × bare Node.js\n`);
	}
} finally {
	for (const size of sizes)
		spawnSync(process.execPath, [program, 'lock'], {env: environmentOf(join(folder, String(size)))});
	spawnSync('gpgconf', ['--kill', 'gpg-agent'], {env: environmentOf(join(folder, 'store'))});
	rmSync(folder, {recursive: true, force: true});
}
