// Measures the time from a key to the frame it changes, over a vault of 10,000 credentials, as ratios to a one-line Ink
// program; the bytes written per key; the time to the first list; and the idle CPU time of the program. `npm run
// bench:keys`, on this Node.js and on a newer one. Figures of single runs mean little on a shared machine: read the
// ratios.
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import {newerNode} from '../test/helpers/newer-node.js';
import {bundle, environmentOf, quantile, root} from './ink-program.js';
import {type BenchTerminal, openTerminal, type Pressed} from './terminal.js';

const many = 10_000;
const few = 10;
const openings = 9;
/** The first keys after the start run code that is not compiled yet. */
const warmUp = 20;
const idleSeconds = 5;
const passphrase = 'correct horse battery staple';
const program = join(root, 'dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'pharmer-bench-'));
const environment = environmentOf(folder);
const vaultOf = (count: number): string => join(folder, `${count}.json`);

const pageDown = '\u001b[6~';
const pageUp = '\u001b[5~';
const repeat = (keys: readonly string[], times: number): readonly string[] =>
	Array.from({length: times}, () => keys).flat();
const letters = [...'gateway'];

/** The measured keys, and the keys before them, which may change nothing. */
type Measure = {readonly before: readonly string[]; readonly keys: readonly string[]};

/** The list shows about thirty rows. */
const measures: Readonly<Record<string, Measure>> = {
	'down, within the window': {before: ['g'], keys: repeat([...repeat(['j'], 12), ...repeat(['k'], 12)], 5)},
	'down, the list scrolls': {before: ['g', pageDown], keys: repeat(['j'], 120)},
	'page down, page up': {before: ['g'], keys: repeat([pageDown, pageDown, pageUp], 40)},
	'filter: letters, backspaces': {before: ['g', '/'], keys: repeat([...letters, ...letters.map(() => '\u007f')], 9)},
};

/** Presses those keys in sequence and returns the figures of all but the first `warmUp`. */
async function pressAll(terminal: BenchTerminal, {before, keys}: Measure): Promise<readonly Pressed[]> {
	for (const key of before) await terminal.send(key);
	const pressed: Pressed[] = [];
	for (const key of keys) pressed.push(await terminal.press(key));
	return pressed.slice(warmUp);
}

/** Starts and unlocks the program; measures the milliseconds from enter. */
async function unlocked(node: string, count: number) {
	const terminal = openTerminal(node, [program, '--vault', vaultOf(count)], environment);
	await terminal.see('unlock');
	await terminal.press(passphrase, '•');
	const {time} = await terminal.press('\r', `${count} credentials`);
	return {terminal, time};
}

/** Milliseconds to the first list, alternating between few and many credentials. */
async function measureOpening(node: string) {
	const times: {few: number[]; many: number[]} = {few: [], many: []};
	for (let round = 0; round < openings; round++) {
		for (const [each, count] of [
			[times.few, few],
			[times.many, many],
		] as const) {
			const {terminal, time} = await unlocked(node, count);
			terminal.close();
			each.push(time);
		}
	}
	return {few: quantile(times.few, 0.5), many: quantile(times.many, 0.5)};
}

/**
 * The CPU ticks (100 a second) an idle process uses in `idleSeconds` seconds; undefined where the system can't tell.
 */
async function idleTicks(pid: number): Promise<number | undefined> {
	const ticks = (): number => {
		const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		return Number(fields[11]) + Number(fields[12]);
	};
	if (process.platform !== 'linux') return undefined;
	await sleep(1000);
	// Ages change by the minute, which draws a frame at each full minute.
	const left = 60_000 - (Date.now() % 60_000);
	if (left < (idleSeconds + 1) * 1000) await sleep(left + 1000);
	const before = ticks();
	await sleep(idleSeconds * 1000);
	return ticks() - before;
}

const row = (name: string, ...figures: readonly string[]): void => {
	process.stdout.write(`${name.padEnd(30)}${figures.map(figure => figure.padStart(11)).join('')}\n`);
};
const ms = (time: number): string => `${time.toFixed(time < 10 ? 1 : 0)} ms`;

async function measureNode(node: string, oneLine: string, updates: string): Promise<void> {
	const version = execFileSync(node, ['--version'], {encoding: 'utf8'}).trim();
	process.stdout.write(`Node.js ${version}, ${process.platform}, ${many} credentials in a terminal of 120×40\n\n`);
	row('from a key to its frame', 'p50', 'p95', '× one line', 'bytes/key');

	const other = openTerminal(node, [oneLine], environment);
	await other.see('pressed');
	const {terminal} = await unlocked(node, many);
	const base = await pressAll(other, {before: [], keys: repeat(['j'], 120)});
	const middle = quantile(
		base.map(({time}) => time),
		0.5,
	);
	const report = (name: string, pressed: readonly Pressed[]): void => {
		const times = pressed.map(({time}) => time);
		const bytes = pressed.reduce((sum, each) => sum + each.bytes, 0) / pressed.length;
		const half = quantile(times, 0.5);
		row(name, ms(half), ms(quantile(times, 0.95)), (half / middle).toFixed(2), bytes.toFixed(0));
	};
	report('one line of Ink', base);
	for (const [name, measure] of Object.entries(measures)) {
		report(name, await pressAll(terminal, measure));
	}
	other.close();
	const ticks = await idleTicks(terminal.pid);
	terminal.close();

	process.stdout.write('\nof that in the app, before anything is drawn\n');
	const inApp: Readonly<Record<string, number>> = JSON.parse(
		execFileSync(node, [updates, String(many)], {encoding: 'utf8'}),
	);
	for (const [name, time] of Object.entries(inApp)) row(name, `${time.toFixed(2)} ms`);

	const opening = await measureOpening(node);
	process.stdout.write('\nfrom the passphrase to the first list\n');
	row(`${few} credentials`, ms(opening.few));
	row(`${many} credentials`, ms(opening.many));
	row('what they cost', ms(opening.many - opening.few));
	process.stdout.write(`\nidle for ${idleSeconds} s: ${ticks ?? 'an unknown number of'} CPU ticks\n\n`);
}

try {
	for (const count of [few, many]) {
		const args = [join(root, 'bench/vault.ts'), vaultOf(count), String(count), passphrase];
		execFileSync(process.execPath, ['--import', 'tsx', ...args], {cwd: root});
	}
	const oneLine = await bundle(
		folder,
		'one-line',
		`import {useState} from 'react'; import {render, Text, useInput} from 'ink';
		function App() { const [n, set] = useState(0); useInput(() => set(n => n + 1)); return <Text>{\`pressed \${n} times\`}</Text>; }
		render(<App />, {alternateScreen: true, incrementalRendering: true, maxFps: 60, interactive: true});`,
	);
	const updates = await bundle(folder, 'updates', `import ${JSON.stringify(join(root, 'bench/updates.ts'))};`);
	for (const node of [process.execPath, newerNode()]) {
		if (node !== undefined) await measureNode(node, oneLine, updates);
	}
} finally {
	rmSync(folder, {recursive: true, force: true});
}
