// Measures the program's start time, as ratios to bare Node.js and to a one-line Ink program, all in one run. `npm run
// bench:start`, or `npm run bench:start -- 30` for thirty rounds. Figures of single runs mean little on a shared
// machine: read the ratios.
import {spawn} from 'node:child_process';
import {copyFileSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import pty from '@lydell/node-pty';
import {bundle, environmentOf, quantile, root} from './ink-program.js';

const rounds = Number(process.argv[2] ?? 15);
const program = join(root, 'dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'pharmer-bench-'));
const vault = join(folder, 'vault.json');
copyFileSync(join(root, 'test/fixtures/vault-v1.json'), vault);
const environment = environmentOf(folder);

/** Milliseconds until a process has ended. */
function untilEnd(args: readonly string[], extra: Readonly<Record<string, string>> = {}): Promise<number> {
	return new Promise((resolve, reject) => {
		const start = performance.now();
		const child = spawn(process.execPath, args, {stdio: 'ignore', env: {...environment, ...extra}});
		child.on('error', reject);
		child.on('close', code =>
			code === 0 ? resolve(performance.now() - start) : reject(new Error(`${args.join(' ')} ended with ${code}`)),
		);
	});
}

/** Milliseconds until a program in a 120×40 terminal shows a text. */
function untilShown(args: readonly string[], text: string): Promise<number> {
	return new Promise((resolve, reject) => {
		const start = performance.now();
		let seen = '';
		const terminal = pty.spawn(process.execPath, [...args], {
			cols: 120,
			rows: 40,
			name: 'xterm-256color',
			env: environment,
		});
		terminal.onExit(() => reject(new Error(`${args.join(' ')} ended before it showed ${text}`)));
		terminal.onData(data => {
			seen += data;
			if (!seen.includes(text)) return;
			resolve(performance.now() - start);
			terminal.kill('SIGKILL');
		});
	});
}

const ink = await bundle(
	folder,
	'ink',
	`import {render, Text} from 'ink'; render(<Text>one line</Text>, {alternateScreen: true});`,
);

/** A program that only derives the key of the benchmark's vault. */
const derivation = `require('node:crypto').scrypt('passphrase', 'sixteen bytes of', 32, {N: 2 ** 15, r: 8, p: 1, maxmem: 2 ** 27}, () => {})`;

const passphrase = {PHARMER_PASSPHRASE: 'pässword – contraseña 密码 🔑'};
const bare = 'node -e 0';
const oneLine = 'one line of Ink, first frame';
const derived = 'node, and the key derivation';
const got = 'pharmer get -o json';
const measures: readonly (readonly [name: string, measure: () => Promise<number>])[] = [
	[bare, () => untilEnd(['-e', '0'])],
	[oneLine, () => untilShown([ink], 'one line')],
	['pharmer --version', () => untilEnd([program, '--version'])],
	[derived, () => untilEnd(['-e', derivation])],
	[got, () => untilEnd([program, 'get', 'credentials', '-o', 'json', '--vault', vault], passphrase)],
	['pharmer, first frame', () => untilShown([program, '--vault', vault], 'locked')],
];
const times = new Map<string, number[]>(measures.map(([name]) => [name, []]));
try {
	for (let round = -1; round < rounds; round++) {
		for (const [name, measure] of measures) {
			const time = await measure();
			if (round >= 0) times.get(name)?.push(time);
		}
	}
} finally {
	rmSync(folder, {recursive: true, force: true});
}
const median = (name: string): number => quantile(times.get(name) ?? [], 0.5);
const medians: readonly (readonly [name: string, time: number])[] = [
	...measures.map(([name]) => [name, median(name)] as const),
	[`${got}, less the key derivation`, median(got) - (median(derived) - median(bare))],
];
process.stdout.write(`Node.js ${process.version}, ${process.platform}, median of ${rounds} rounds\n\n`);
for (const [name, time] of medians) {
	const ratio = (base: string): string => `${(time / median(base)).toFixed(2).padStart(6)} ×`;
	process.stdout.write(
		`${name.padEnd(46)} ${time.toFixed(0).padStart(5)} ms   ${ratio(bare)} node -e 0   ${ratio(oneLine)} one line of Ink\n`,
	);
}
