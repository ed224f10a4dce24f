import {StringDecoder} from 'node:string_decoder';
import {PharmerError} from '../domain/errors.js';
import {Secret} from '../domain/secret.js';
import {visible} from '../domain/visible.js';
import {undoAtEnd} from './ending.js';
import {type Typed, typeKeys} from './typed-line.js';

/** Questions to the person at the terminal. All throw `interrupted` on Ctrl-C and `cancelled` on Ctrl-D. */
export type Prompt = {
	/** Asks for a text that is not shown as it is typed. */
	secret(question: string): Promise<Secret>;
	/** Asks for a line. */
	line(question: string): Promise<string>;
};

/** A terminal's input, such as `process.stdin`. */
export type TerminalInput = NodeJS.ReadableStream & {setRawMode?(raw: boolean): unknown};

/** A prompt's terminal while one question is asked. `close()` is called after each. */
export type OpenTerminal = () => {readonly input: TerminalInput; close(): void};

/** The end of a line in cooked mode, where the terminal itself edits the line and turns Ctrl-C into a signal. */
function takeLine(line: string, keys: string): Typed {
	const text = line + keys;
	const end = text.search(/[\r\n]/);
	if (end === -1) return {line: text, rest: ''};
	return {line: text.slice(0, end), end: 'enter', rest: text.slice(end).replace(/^(\r\n|\r|\n)/, '')};
}

/** A prompt that reads from `open()` and writes its questions to `output`. */
export function createPrompt(open: OpenTerminal, output: {write(text: string): unknown}): Prompt {
	// What was typed or pasted ahead of the next question.
	let ahead = '';

	function ask(question: string, hidden: boolean): Promise<string> {
		output.write(visible(question));
		const take = hidden ? typeKeys : takeLine;
		const {input, close} = open();
		const decoder = new StringDecoder('utf8');
		const setRaw = (raw: boolean): void => {
			if (hidden) input.setRawMode?.(raw);
		};
		return new Promise<string>((resolve, reject) => {
			let typed: Typed = {line: '', rest: ''};
			const callOff = undoAtEnd(() => setRaw(false));
			const finish = (): void => {
				input.off('data', onData);
				input.off('end', onEnd);
				input.off('error', onEnd);
				setRaw(false);
				callOff();
				input.pause();
				close();
				if (hidden || typed.end !== 'enter') output.write('\n');
			};
			const onKeys = (keys: string): void => {
				typed = take(typed.line, typed.rest + keys);
				if (typed.end === undefined) return;
				ahead = typed.rest;
				finish();
				if (typed.end === 'enter') resolve(typed.line);
				else if (typed.end === 'interrupt') reject(new PharmerError('interrupted', 'interrupted'));
				else reject(new PharmerError('cancelled', 'cancelled'));
			};
			const onData = (chunk: Buffer | string): void => {
				onKeys(typeof chunk === 'string' ? chunk : decoder.write(chunk));
			};
			const onEnd = (): void => {
				finish();
				reject(new PharmerError('cancelled', 'cancelled: the input ended'));
			};
			setRaw(true);
			input.on('data', onData);
			input.on('end', onEnd);
			input.on('error', onEnd);
			const earlier = ahead;
			ahead = '';
			if (earlier !== '') onKeys(earlier);
			if (typed.end === undefined) input.resume();
		});
	}

	return {
		secret: async question => new Secret(await ask(question, true)),
		line: question => ask(question, false),
	};
}
