import {EventEmitter} from 'node:events';
import process from 'node:process';
import {createKeyReader} from './key-reader.js';

/**
 * The terminal on standard input, in the form that Ink reads: only its keys and pastes. `onKeys` gets them before Ink
 * does, `onAnswer` the terminal's answers.
 */
export function terminalInput(onKeys: (keys: string) => void, onAnswer: (answer: string) => void): NodeJS.ReadStream {
	const {stdin} = process;
	const waiting: string[] = [];
	const reader = createKeyReader(keys => {
		onKeys(keys);
		waiting.push(keys);
		input.emit('readable');
	}, onAnswer);
	const input = Object.assign(new EventEmitter(), {
		isTTY: true,
		/** Listens while the terminal is raw; in between it belongs to somebody else. */
		setRawMode(raw: boolean) {
			stdin.setRawMode(raw);
			if (raw) {
				stdin.on('data', reader.push).resume();
			} else {
				stdin.off('data', reader.push).pause();
				reader.close();
			}
			return input;
		},
		setEncoding: () => input,
		ref: () => stdin.ref(),
		unref: () => stdin.unref(),
		read: () => waiting.shift() ?? null,
	});
	return input as unknown as NodeJS.ReadStream;
}
