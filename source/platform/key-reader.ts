import {createByteParser} from './byte-parser.js';

/**
 * How long held bytes wait for more, in milliseconds. The first delays every press of escape, and nobody notices it.
 */
const patience = {escape: 50, beginning: 100, paste: 100} as const;

export type KeyReader = {
	/** Takes what the terminal sent. */
	push(bytes: Uint8Array): void;
	/** Stops all timers. */
	close(): void;
};

/**
 * Passes the keys and pastes in what a terminal sends to `onKeys`, without the terminal's answers; see
 * `byte-parser.ts`. `onAnswer` gets those that anybody asks for here.
 */
export function createKeyReader(onKeys: (keys: string) => void, onAnswer?: (answer: string) => void): KeyReader {
	const parser = createByteParser(onAnswer);
	let timer: NodeJS.Timeout | undefined;
	let soon: NodeJS.Immediate | undefined;

	function stopWaiting(): void {
		clearTimeout(timer);
		clearImmediate(soon);
	}

	function hand(keys: string): void {
		if (keys !== '') onKeys(keys);
		wait();
	}

	function wait(): void {
		stopWaiting();
		if (parser.holds === undefined) return;
		timer = setTimeout(() => {
			// On a busy machine, bytes that came in time may not have been read yet: pending input is read before
			// this runs.
			soon = setImmediate(() => {
				const keys = parser.settle();
				if (keys !== '') onKeys(keys);
			});
		}, patience[parser.holds]);
	}

	return {push: bytes => hand(parser.push(bytes)), close: stopWaiting};
}
