/** Asks for the background (xterm's OSC 11), and then for what any terminal answers (DA1), in the order of both. */
const question = '\u001b]11;?\u0007\u001b[c';

/** How long after the question its answers may still be on the way, in milliseconds. */
const patience = 500;

/** An answer to OSC 11: the background in red, green and blue of one to four hexadecimal digits each. */
const colour = /^11;rgba?:([\da-f]{1,4})\/([\da-f]{1,4})\/([\da-f]{1,4})/i;

/** Whether the background in an answer is light; undefined for another answer. */
export function isLightBackground(answer: string): boolean | undefined {
	const parts = colour.exec(answer)?.slice(1);
	if (parts === undefined) return undefined;
	const [red = 0, green = 0, blue = 0] = parts.map(part => Number.parseInt(part, 16) / (16 ** part.length - 1));
	return 0.299 * red + 0.587 * green + 0.114 * blue > 0.5;
}

export type Background = {
	/** Asks, once, and not after `settled()`: nobody waits for the answer. */
	ask(): void;
	/** Takes an answer of the terminal. */
	take(answer: string): void;
	/**
	 * Resolves when no answer is on the way any more. Before that the terminal must not go to somebody else: a shell
	 * would take the answer for keys. It takes time only right after the question.
	 */
	settled(): Promise<void>;
};

/** The terminal's background: `onKnown` is told whether it is light. */
export function terminalBackground(write: (text: string) => void, onKnown: (isLight: boolean) => void): Background {
	let settle: () => void = () => {};
	let pending: Promise<void> = Promise.resolve();
	let isOver = false;
	return {
		ask() {
			if (isOver) return;
			pending = new Promise(resolve => {
				const timer = setTimeout(resolve, patience);
				timer.unref();
				settle = () => {
					clearTimeout(timer);
					resolve();
				};
			});
			write(question);
		},
		take(answer) {
			const isLight = isLightBackground(answer);
			if (isLight !== undefined) onKnown(isLight);
			// What comes last: every terminal answers it, also one that does not know the question before.
			if (/^\?[\d;]*c$/.test(answer)) settle();
		},
		settled() {
			isOver = true;
			return pending;
		},
	};
}
