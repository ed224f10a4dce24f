import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {bundle} from './ink-program.js';
import {environmentOf, type Machine, passphrase, tickMs, ticksOf} from './machine.js';
import type {Measure} from './row.js';
import {type BenchTerminal, openTerminal} from './terminal.js';
import {derivation} from './vault.js';

/** The first keys after the start run code that is not compiled yet. */
const warmUp = 20;
const pageDown = '\u001b[6~';
const repeat = (keys: readonly string[], times: number): readonly string[] =>
	Array.from({length: times}, () => keys).flat();
const letters = [...'gateway'];

/** Keys that are measured, and those before them, which may change nothing. */
type Keys = {readonly before: readonly string[]; readonly keys: readonly string[]};

/** The list shows about thirty rows. */
const down: Keys = {before: ['g'], keys: repeat([...repeat(['j'], 12), ...repeat(['k'], 12)], 3)};
const scroll: Keys = {before: ['g', pageDown], keys: repeat(['j'], 70)};
const filter: Keys = {before: ['g', '/'], keys: repeat([...letters, ...letters.map(() => '\u007f')], 5)};

/** The time to the app's first frame, by that of one line of Ink. */
export async function firstFrame(machine: Machine): Promise<Measure> {
	// No agent has its key, whichever rows came before.
	const home = await machine.home(10, 'locked');
	const ink = await bundle(
		machine.folder,
		'ink',
		`import {render, Text} from 'ink'; render(<Text>one line</Text>, {alternateScreen: true});`,
	);
	const untilShown = async (args: readonly string[], text: string): Promise<number> => {
		const terminal = openTerminal(machine.node, args, environmentOf(home.path));
		const time = await terminal.shown(text);
		await terminal.close();
		return time;
	};
	return {
		ours: {take: () => untilShown([machine.program], 'locked')},
		base: {take: () => untilShown([ink], 'one line')},
		unit: 'ms',
		rounds: 11,
	};
}

/** Processor time of a key over a list of 10,000, by that of the old program. */
export const costOfDown = costOf(down);
export const costOfScroll = costOf(scroll);
export const costOfFilter = costOf(filter);

function costOf(keys: Keys) {
	return async (machine: Machine): Promise<Measure> => {
		const apps = [await listShown(machine, machine.program, 10_000), await listShown(machine, machine.old, 10_000)];
		const take =
			({terminal}: Listed) =>
			async (): Promise<number> => {
				for (const key of keys.before) await terminal.send(key);
				const ticks = ticksOf(terminal.pid).own;
				for (const key of keys.keys) await terminal.press(key);
				const cost = (ticksOf(terminal.pid).own - ticks) * tickMs;
				await terminal.send('\u001b[27u');
				return cost / keys.keys.length;
			};
		const [ours, base] = apps as [Listed, Listed];
		return {
			ours: {take: take(ours)},
			base: {take: take(base)},
			unit: 'ms',
			rounds: 3,
			close: () => apps.forEach(({terminal}) => void terminal.close()),
		};
	};
}

/** Bytes written for a key, by those that the cells take that it changed. */
export const bytesOfDown = bytesOf(down);
export const bytesOfScroll = bytesOf(scroll);
export const bytesOfFilter = bytesOf(filter);

function bytesOf({before, keys}: Keys) {
	return async (machine: Machine): Promise<Measure> => {
		const {terminal} = await listShown(machine, machine.program, 10_000);
		for (const key of before) await terminal.send(key);
		let [written, changed] = [0, 0];
		for (const [at, key] of keys.entries()) {
			const pressed = await terminal.press(key);
			if (at < warmUp) continue;
			written += pressed.bytes;
			changed += pressed.changed;
		}
		await terminal.close();
		const count = keys.length - warmUp;
		return {ours: {take: () => written / count}, base: {take: () => changed / count}, unit: 'B', rounds: 1};
	};
}

/** An app that shows its list. */
type Listed = {readonly terminal: BenchTerminal /** Milliseconds from enter to the list. */; readonly time: number};

async function listShown(machine: Machine, program: string, count: number): Promise<Listed> {
	const home = await machine.home(count);
	const terminal = openTerminal(machine.node, [program], {...environmentOf(home.path), PHARMER_AGENT: 'off'});
	await terminal.shown('unlock');
	await terminal.press(passphrase, '•');
	const {time} = await terminal.press('\r', `${count.toLocaleString('en')} credentials`);
	return {terminal, time};
}

/** Milliseconds from enter to a list of 100,000 without the derivation of the key, by the old program's. */
export function opening(machine: Machine): Measure {
	const time = (program: string) => async (): Promise<number> => {
		const listed = await listShown(machine, program, 100_000);
		await listed.terminal.close();
		return listed.time;
	};
	return {
		ours: {take: time(machine.program), less: derivation},
		base: {take: time(machine.old), less: derivation},
		unit: 'ms',
		rounds: 5,
	};
}

/** Memory of the app that shows a list of 100,000, by the old program's. */
export function memory(machine: Machine): Measure {
	const held = (program: string) => async (): Promise<number> => {
		const {terminal} = await listShown(machine, program, 100_000);
		const [, kibibytes] =
			/^VmRSS:\s+(\d+)/m.exec(readFileSync(join('/proc', String(terminal.pid), 'status'), 'latin1')) ?? [];
		await terminal.close();
		return Number(kibibytes) / 1024;
	};
	return {ours: {take: held(machine.program)}, base: {take: held(machine.old)}, unit: 'MiB', rounds: 3};
}
