import {createByteParser} from './byte-parser.js';

/** How long what is held waits for more, in milliseconds. Nobody feels the first, which is every press of escape. */
const patience = {escape: 50, beginning: 100, paste: 100} as const;

export type KeyReader = {
	/** Takes what the terminal has sent. */
	push(bytes: Uint8Array): void;
	/** No timers any more. */
	close(): void;
};

/**
 * Hands the keys and pastes in what a terminal sends to `onKeys`, without the answers of the terminal; see
 * `byte-parser.ts`.
 */
export function createKeyReader(onKeys: (keys: string) => void): KeyReader {
	const parser = createByteParser();
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
			// On a busy machine what came in time may not have been read yet: input is read before this runs.
			soon = setImmediate(() => {
				const keys = parser.settle();
				if (keys !== '') onKeys(keys);
			});
		}, patience[parser.holds]);
	}

	return {push: bytes => hand(parser.push(bytes)), close: stopWaiting};
}
