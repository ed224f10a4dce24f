import {setTimeout as sleep} from 'node:timers/promises';
import pty from '@lydell/node-pty';
import xterm from '@xterm/headless';
import {readFrame} from '../tools/cells.js';
import {changedBytes} from './changed-cells.js';

/** The sequence Ink writes after each complete frame. */
const frameEnd = '\u001b[?2026l';
/** The delay between keys, as when one is held down: longer than Ink waits between frames. */
const keyPause = 30;
const patience = 30_000;
const size = {cols: 120, rows: 40};

/** Of a key: milliseconds to its frame, bytes until the next key, and those that the changed cells take. */
export type Pressed = {readonly time: number; readonly bytes: number; readonly changed: number};

export type BenchTerminal = ReturnType<typeof openTerminal>;

/** Runs a program in a 120×40 terminal and can wait for what it shows. */
export function openTerminal(node: string, args: readonly string[], env: Readonly<Record<string, string>>) {
	const started = performance.now();
	const terminal = pty.spawn(node, [...args], {...size, name: 'xterm-256color', env});
	const emulator = new xterm.Terminal({...size, allowProposedApi: true});
	let written = '';
	let check = () => {};
	let hasEnded = false;
	terminal.onData(data => {
		written += data;
		check();
		emulator.write(data);
	});
	const ended = new Promise<void>(resolve => {
		terminal.onExit(() => {
			hasEnded = true;
			check();
			resolve();
		});
	});

	/** Resolves to the milliseconds since `start` once `isThere()`. */
	function wait(start: number, what: string, isThere: () => boolean): Promise<number> {
		return new Promise((resolve, reject) => {
			const settle = (done: () => void): void => {
				clearTimeout(timer);
				check = () => {};
				done();
			};
			const timer = setTimeout(() => settle(() => reject(new Error(`nothing came with ${what}`))), patience);
			check = () => {
				if (isThere()) settle(() => resolve(performance.now() - start));
				else if (hasEnded) settle(() => reject(new Error(`${args.join(' ')} has ended`)));
			};
			check();
		});
	}

	const frame = async () => {
		await new Promise<void>(resolve => emulator.write('', resolve));
		return readFrame(emulator, false);
	};

	return {
		pid: terminal.pid,
		/** Milliseconds from the start until a text was written. */
		shown: (text: string) => wait(started, text, () => written.includes(text)),
		/** Presses a key, and waits for the next frame with that text. */
		async press(key: string, text = ''): Promise<Pressed> {
			const before = await frame();
			const from = written.length;
			const start = performance.now();
			terminal.write(key);
			const time = await wait(start, text, () => {
				const found = written.indexOf(text, from);
				return found !== -1 && written.includes(frameEnd, found);
			});
			await sleep(keyPause);
			const bytes = Buffer.byteLength(written.slice(from));
			return {time, bytes, changed: changedBytes(before, await frame())};
		},
		/** Presses a key that may change nothing. */
		async send(key: string): Promise<void> {
			terminal.write(key);
			await sleep(10 * keyPause);
		},
		async close(): Promise<void> {
			terminal.kill('SIGKILL');
			await ended;
			emulator.dispose();
		},
	};
}
