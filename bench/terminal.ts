import {setTimeout as sleep} from 'node:timers/promises';
import pty from '@lydell/node-pty';

/** The sequence Ink writes after each complete frame. */
const frameEnd = '\u001b[?2026l';
/** The delay between keys, as when one is held down: longer than Ink waits between frames. */
const keyPause = 30;
const patience = 30_000;

/** The cost of a key: milliseconds to its frame, and bytes until the next key. */
export type Pressed = {readonly time: number; readonly bytes: number};

export type BenchTerminal = ReturnType<typeof openTerminal>;

/** Runs a program in a 120×40 terminal and can wait for its frames. */
export function openTerminal(node: string, args: readonly string[], env: Readonly<Record<string, string>>) {
	const terminal = pty.spawn(node, [...args], {cols: 120, rows: 40, name: 'xterm-256color', env});
	let written = '';
	let check = () => {};
	let hasEnded = false;
	terminal.onData(data => {
		written += data;
		check();
	});
	terminal.onExit(() => {
		hasEnded = true;
		check();
	});

	/** Milliseconds from `start` to the first complete frame after byte `from` that contains the text. */
	function frame(from: number, start: number, text: string): Promise<number> {
		return new Promise((resolve, reject) => {
			const timer = setTimeout(() => reject(new Error(`no frame came with ${text}`)), patience);
			const settle = (done: () => void): void => {
				clearTimeout(timer);
				check = () => {};
				done();
			};
			check = () => {
				const found = text === '' ? from : written.indexOf(text, from);
				if (found !== -1 && written.includes(frameEnd, found)) settle(() => resolve(performance.now() - start));
				else if (hasEnded) settle(() => reject(new Error(`${args.join(' ')} has ended`)));
			};
			check();
		});
	}

	return {
		pid: terminal.pid,
		see: (text: string) => frame(0, performance.now(), text),
		/** Milliseconds from a key to the next frame, and the bytes until the next key. */
		async press(key: string, text = ''): Promise<Pressed> {
			const from = written.length;
			const start = performance.now();
			terminal.write(key);
			const time = await frame(from, start, text);
			await sleep(keyPause);
			return {time, bytes: Buffer.byteLength(written.slice(from))};
		},
		/** Presses a key that may change nothing. */
		async send(key: string): Promise<void> {
			terminal.write(key);
			await sleep(10 * keyPause);
		},
		close: () => terminal.kill('SIGKILL'),
	};
}
