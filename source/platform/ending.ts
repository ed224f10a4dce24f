const signals = {SIGHUP: 129, SIGINT: 130, SIGQUIT: 131, SIGTERM: 143} as const;
type Signal = keyof typeof signals;

const undoings = new Set<() => void>();
let holds = 0;

function undoAll(): void {
	for (const undo of [...undoings].reverse()) {
		undoings.delete(undo);
		try {
			undo();
		} catch {
			// The others still have to be undone.
		}
	}
}

function onSignal(signal: Signal): void {
	if (signal === 'SIGINT' && holds > 0) return;
	undoAll();
	process.exit(signals[signal]);
}

function listen(): void {
	process.on('exit', undoAll);
	for (const signal of Object.keys(signals)) process.on(signal, onSignal);
}

function unlisten(): void {
	process.off('exit', undoAll);
	for (const signal of Object.keys(signals)) process.off(signal, onSignal);
}

/**
 * Sees to it that `undo` (synchronous) happens when the process ends early, by `process.exit()` or by a hang-up, interrupt
 * or terminate signal; the exit code is then 128 and the signal's number. Returns what calls it off without undoing.
 */
export function undoAtEnd(undo: () => void): () => void {
	if (undoings.size === 0) listen();
	undoings.add(undo);
	return () => {
		undoings.delete(undo);
		if (undoings.size === 0) unlisten();
	};
}

/** Leaves interrupts to a child process until the returned function is called. Only while something is registered with `undoAtEnd()`. */
export function holdInterrupts(): () => void {
	holds++;
	return () => {
		holds--;
	};
}
