import type {EffectRunner} from './effect-runner.js';

/** An effect runner that takes a while to load. */
type LateRunner = EffectRunner & {
	/** Loads it, once. Rejects where that fails; then it does nothing. */
	readonly load: () => Promise<void>;
};

/** What a late runner is asked to do before it is there waits, in its order. */
export function lateRunner(loadIt: () => Promise<EffectRunner>): LateRunner {
	let runner: EffectRunner | undefined;
	let loading: Promise<void> | undefined;
	const waiting: ((runner: EffectRunner) => void)[] = [];

	function ask(task: (runner: EffectRunner) => void): void {
		if (runner === undefined) waiting.push(task);
		else task(runner);
	}

	async function start(): Promise<void> {
		runner = await loadIt();
		for (const task of waiting.splice(0)) task(runner);
	}

	return {
		load() {
			loading ??= start();
			return loading;
		},
		run: effect => ask(({run}) => run(effect)),
		open: opened => ask(({open}) => open(opened)),
		async close() {
			await loading?.catch(() => undefined);
			await runner?.close();
		},
	};
}
