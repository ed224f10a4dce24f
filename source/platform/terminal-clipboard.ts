import type {Environment} from '../domain/environment.js';
import type {Step, Taken, Way} from './clipboard-way.js';
import {isTextOf} from './fingerprint.js';
import {toolFor} from './tool.js';

/**
 * tmux's newest buffer, which its paste key uses as long as the buffer has no name, and through tmux (3.2 and newer)
 * the clipboard of the terminal around it. That clipboard can't be read. Unless something else was copied in tmux
 * since, it is overwritten with a space, since tmux does not pass on an empty text. Our buffer is deleted wherever it
 * is in the stack.
 */
export const tmux: Way = {
	id: 'tmux',
	by: 'tmux',
	sure: true,
	stacked: true,
	limit: Number.POSITIVE_INFINITY,
	lastMoment: 2000,
	*put(text) {
		for (const command of ['tmux load-buffer -w -', 'tmux load-buffer -']) {
			if ((yield {...toolFor(command), input: text}) !== undefined) return true;
		}
		return false;
	},
	*take(ours) {
		const list = yield {
			program: 'tmux',
			args: ['list-buffers', '-F', '#{buffer_size} #{buffer_name}'],
			reads: 1_000_000,
		};
		if (list === undefined) return 'failed';
		let result: Taken = 'kept';
		for (const [index, line] of list.toString().trimEnd().split('\n').entries()) {
			const [, size, name = ''] = /^(\d+) (.+)$/.exec(line) ?? [];
			if (Number(size) !== ours.length) continue;
			const content = yield {program: 'tmux', args: ['save-buffer', '-b', name, '-'], reads: ours.length};
			if (content === undefined || !isTextOf(content, ours)) continue;
			if ((yield {program: 'tmux', args: ['delete-buffer', '-b', name]}) === undefined) return 'failed';
			if (index === 0) result = 'unknown';
		}
		if (result === 'unknown') {
			yield {...toolFor('tmux load-buffer -w -b pharmer-blank -'), input: ' '};
			yield toolFor('tmux delete-buffer -b pharmer-blank');
		}
		return result;
	},
};

/** GNU screen passes on what is wrapped like this; its older versions take at most 256 bytes at a time. */
function throughScreen(sequence: string): string {
	return sequence.replace(/.{1,252}/gs, piece => `\u001bP${piece}\u001b\\`);
}

/**
 * Asks the terminal itself, wherever it is. It never answers, and many terminals don't do it, or only when told to.
 * Those that do understand an empty text; a text that is not base64 also empties an xterm, but makes kitty 0.36 deaf
 * to the next.
 */
export function terminal(environment: Environment): Way {
	const ask = (text: string): Step => {
		const sequence = `\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`;
		return {terminal: environment.STY && !environment.TMUX ? throughScreen(sequence) : sequence};
	};
	return {
		id: 'terminal',
		by: 'the terminal (OSC 52)',
		sure: false,
		stacked: false,
		// What fits into the 100,000 bytes that a sequence may have where there is a limit.
		limit: 74_994,
		lastMoment: 2000,
		*put(text) {
			return (yield ask(text)) !== undefined;
		},
		*take() {
			return (yield ask('')) === undefined ? 'failed' : 'unknown';
		},
	};
}
