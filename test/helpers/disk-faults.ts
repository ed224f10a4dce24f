import './alone.js';
import fs from 'node:fs';

/** What happens at a call of the file system: its name, what it would do, and its parameters. */
export type Fault = (name: string, original: () => unknown, parameters: unknown[]) => unknown;
let fault: Fault | undefined;

// Conf is loaded when the first vault is made, later than this, so it writes through these too.
for (const name of Object.keys(fs)) {
	const original: unknown = Reflect.get(fs, name);
	if (!name.endsWith('Sync') || typeof original !== 'function') continue;
	Reflect.set(fs, name, (...parameters: unknown[]) => {
		const call = () => original.apply(fs, parameters);
		return fault === undefined ? call() : fault(name, call, parameters);
	});
}

/** An error of the system. */
export function failure(code: string): Error {
	return Object.assign(new Error(`${code}: injected`), {code});
}

/** Runs `work` with a fault at one call, and returns how it ended. */
export async function withFault(work: () => Promise<unknown>, next: Fault): Promise<unknown> {
	fault = next;
	try {
		await work();
		return undefined;
	} catch (error) {
		return error;
	} finally {
		fault = undefined;
	}
}

/** A disk that is full writes 100 bytes of what it is given, and reports all of them. */
export const shortWrite: Fault = (name, call, parameters) => {
	const data = parameters[1];
	if (name !== 'writeSync' || !Buffer.isBuffer(data)) return call();
	parameters.splice(1, 3, data, 0, 100);
	call();
	return data.length;
};

/**
 * Runs `work` again and again, with that failure at its first, its second, … call of the file system, until there are
 * no more; with `step`, only at every so many calls. `check` is told how each ended. Returns how many calls there are.
 */
export async function atEachCall(
	code: string,
	work: (at: number) => Promise<unknown>,
	check: (error: unknown, at: number) => Promise<void>,
	step = 1,
): Promise<number> {
	for (let at = 1; ; at += step) {
		let calls = 0;
		const error = await withFault(
			() => work(at),
			(_, call) => {
				if (++calls === at) throw failure(code);
				return call();
			},
		);
		await check(error, at);
		if (calls < at) return calls;
	}
}
