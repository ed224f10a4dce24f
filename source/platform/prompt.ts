import {PharmerError} from '../domain/errors.js';
import {fieldLimit, isOverFieldLimit, sizeText} from '../domain/field-limit.js';
import {Secret} from '../domain/secret.js';
import {visible} from '../text/visible.js';
import {takeInterrupt, undoAtEnd} from './ending.js';
import {stopIfDebugged} from './guard.js';
import {createKeyReader} from './key-reader.js';
import type {SizedWindow, WindowSize} from './terminal-size.js';
import {type Typed, typeKeys} from './typed-line.js';

/** How long what waits in the terminal takes to arrive, in milliseconds. */
const arrivalMs = 30;

/** Questions to the user at the terminal. All throw `interrupted` on Ctrl-C and `cancelled` on Ctrl-D. */
export type Prompt = {
	/**
	 * Asks for a text that is not shown while it is typed. A `fresh` answer is one that was typed after the question:
	 * whatever was typed ahead is dropped.
	 */
	secret(question: string, fresh?: 'fresh'): Promise<Secret>;
	/**
	 * Shows the lines of a page on a screen of their own until enter is pressed: they are not in the terminal's
	 * scrollback afterwards. A window that is too small for the page shows none of it, and enter waits until it is
	 * larger.
	 */
	show(page: Page): Promise<void>;
	/** Asks for a line, a `fresh` one as for `secret()`. */
	line(question: string, fresh?: 'fresh'): Promise<string>;
	/**
	 * Gives `take` what is pressed and pasted, unseen, and what was typed ahead first, until it returns a result.
	 */
	keys<Result>(take: (keys: string) => Result | undefined): Promise<Result>;
	/**
	 * Runs a task while the terminal stays silent: what is typed in the meantime is not shown, and answers the next
	 * question.
	 */
	quietly<Result>(task: () => Promise<Result>): Promise<Result>;
};

/** The lines for a window of that size, which leave a row for a question; undefined where it is too small. */
export type Page = (size: WindowSize) => readonly string[] | undefined;

/** A terminal's input, such as `process.stdin`. */
type TerminalInput = NodeJS.ReadableStream & {setRawMode?(raw: boolean): unknown};

/** Opens the terminal for one question. `close()` is called after each. */
export type OpenTerminal = () => {readonly input: TerminalInput; close(): void};

/** How long nothing must come after an oversized paste before it counts as over, in milliseconds. */
const silence = 300;

/** Finds the end of a line in cooked mode, where the terminal itself edits the line and turns Ctrl-C into a signal. */
function takeLine(line: string, keys: string): Typed {
	const text = line + keys;
	const end = text.search(/[\r\n]/);
	if (end === -1) return {line: text, rest: ''};
	return {line: text.slice(0, end), end: 'enter', rest: text.slice(end).replace(/^(\r\n|\r|\n)/, '')};
}

/** The question that is asked now: gets what is typed, and is told why no more will come. */
type Receiver = {readonly onKeys: (keys: string) => void; readonly onEnd: (why: PharmerError) => void};

const tooSmall = 'The window is too small to show it whole: make it larger. Ctrl-C leaves. ';

/** A prompt that reads from `open()` and writes its questions to `output`, in that window. */
export function createPrompt(open: OpenTerminal, output: {write(text: string): unknown}, window: SizedWindow): Prompt {
	// What was typed or pasted ahead of the next question.
	let ahead = '';
	let silent = false;
	let receiver: Receiver | undefined;

	/** Asks one question; keys come through `receiver`, and `take` makes a line of them. */
	function ask(question: string, take: typeof typeKeys, echoesEnter: boolean): Promise<string> {
		output.write(visible(question));
		return new Promise<string>((resolve, reject) => {
			let typed: Typed = {line: '', rest: ''};
			let discarding: NodeJS.Timeout | undefined;
			const finish = (): void => {
				clearTimeout(discarding);
				receiver = undefined;
				if (!echoesEnter || typed.end !== 'enter') output.write('\n');
			};
			// The rest of an accidental paste must not reach whatever reads the terminal next.
			const discard = (keys: string): void => {
				clearTimeout(discarding);
				if (keys.includes('\u0003')) {
					finish();
					reject(new PharmerError('interrupted', 'interrupted'));
					return;
				}
				discarding = setTimeout(() => {
					finish();
					reject(new PharmerError('invalid', `that is longer than ${sizeText(fieldLimit)}`, 'check what was pasted'));
				}, silence);
			};
			const onKeys = (keys: string): void => {
				if (discarding !== undefined) {
					discard(keys);
					return;
				}
				typed = take(typed.line, typed.rest + keys);
				if (isOverFieldLimit(typed.line)) {
					typed = {line: '', rest: ''};
					discard('');
					return;
				}
				if (typed.end === undefined) return;
				ahead = typed.rest;
				finish();
				if (typed.end === 'enter') resolve(typed.line);
				else if (typed.end === 'interrupt') reject(new PharmerError('interrupted', 'interrupted'));
				else reject(new PharmerError('cancelled', 'cancelled'));
			};
			const onEnd = (why: PharmerError): void => {
				finish();
				reject(why);
			};
			receiver = {onKeys, onEnd};
			const earlier = ahead;
			ahead = '';
			if (earlier !== '') onKeys(earlier);
		});
	}

	/**
	 * Runs a task. Until it ends, the terminal's input goes to the current question, and waits while there is none.
	 * Raw input is not echoed.
	 */
	async function listen<Result>(raw: boolean, task: () => Promise<Result>): Promise<Result> {
		const {input, close} = open();
		const setRaw = (on: boolean): void => {
			if (raw) input.setRawMode?.(on);
		};
		const callOff = undoAtEnd(() => setRaw(false));
		let interrupt: (error: PharmerError) => void = () => {};
		const interrupted = new Promise<never>((_, reject) => {
			interrupt = reject;
		});
		const reader = createKeyReader(keys => {
			if (receiver !== undefined) {
				receiver.onKeys(keys);
				return;
			}
			ahead += keys;
			if (raw && ahead.includes('\u0003')) interrupt(new PharmerError('interrupted', 'interrupted'));
		});
		const onData = (chunk: Buffer | string): void => {
			reader.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
		};
		const onEnd = (): void => receiver?.onEnd(new PharmerError('cancelled', 'cancelled: the input ended'));
		setRaw(true);
		input.on('data', onData);
		input.on('end', onEnd);
		input.on('error', onEnd);
		input.resume();
		try {
			return await Promise.race([task(), interrupted]);
		} finally {
			input.off('data', onData);
			input.off('end', onEnd);
			input.off('error', onEnd);
			reader.close();
			setRaw(false);
			callOff();
			input.pause();
			close();
		}
	}

	async function quietly<Result>(task: () => Promise<Result>): Promise<Result> {
		if (silent) return task();
		silent = true;
		try {
			return await listen(true, task);
		} finally {
			silent = false;
		}
	}

	/** Drops what was typed ahead, also what still waits in the terminal. */
	async function dropTyped(): Promise<void> {
		await new Promise(resolve => setTimeout(resolve, arrivalMs));
		ahead = '';
	}

	return {
		quietly,
		async secret(question, fresh) {
			// A signal that came early may open it only now, and while somebody types.
			stopIfDebugged();
			const answer = await quietly(async () => {
				if (fresh !== undefined) await dropTyped();
				return ask(question, typeKeys, false);
			});
			stopIfDebugged();
			return new Secret(answer);
		},
		async show(page) {
			// What was typed ahead was not an answer to what is shown only now.
			ahead = '';
			const leave = (): void => {
				output.write('\u001b[2J\u001b[?1049l');
			};
			const callOff = undoAtEnd(leave);
			let isWhole = false;
			const draw = (): void => {
				const lines = page(window.size());
				isWhole = lines !== undefined;
				const text = lines?.map(line => `${visible(line)}\n`).join('');
				output.write(`\u001b[2J\u001b[H${text === undefined ? tooSmall : `${text}Enter goes on: `}`);
			};
			output.write('\u001b[?1049h');
			draw();
			const unwatch = window.watch(draw);
			const take: typeof typeKeys = (_, keys) => {
				const typed = typeKeys('', keys);
				return typed.end === 'enter' && !isWhole ? {line: '', rest: ''} : typed;
			};
			try {
				await quietly(() => ask('', take, false));
			} finally {
				unwatch();
				callOff();
				leave();
			}
		},
		keys: take =>
			quietly(
				() =>
					new Promise((resolve, reject) => {
						const onKeys = (keys: string): void => {
							const result = take(keys);
							if (result === undefined) return;
							receiver = undefined;
							resolve(result);
						};
						const onEnd = (why: PharmerError): void => {
							receiver = undefined;
							reject(why);
						};
						receiver = {onKeys, onEnd};
						const earlier = ahead;
						ahead = '';
						if (earlier !== '') onKeys(earlier);
					}),
			),
		line: (question, fresh) =>
			listen(false, async () => {
				if (fresh !== undefined) await dropTyped();
				// The terminal sends a signal in place of the key.
				const release = takeInterrupt(() => receiver?.onEnd(new PharmerError('interrupted', 'interrupted')));
				return ask(question, takeLine, true).finally(release);
			}),
	};
}
