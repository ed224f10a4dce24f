import fs from 'node:fs';
import process from 'node:process';

/**
 * Does one thing, and kills this process at the call to the file system of that number, before the call or after it.
 * `prepare` opens what is needed; `done` is called when no call had that number.
 */
export async function dieAt(
	at: number,
	isAfter: boolean,
	prepare: () => Promise<() => Promise<unknown>>,
	done: () => void,
): Promise<void> {
	let calls = Number.NEGATIVE_INFINITY;
	for (const name of Object.keys(fs)) {
		const original: unknown = Reflect.get(fs, name);
		if (!name.endsWith('Sync') || typeof original !== 'function') continue;
		Reflect.set(fs, name, (...parameters: unknown[]) => {
			calls++;
			const isNow = calls === at;
			if (isNow && !isAfter) process.kill(process.pid, 'SIGKILL');
			try {
				return original.apply(fs, parameters);
			} finally {
				if (isNow) process.kill(process.pid, 'SIGKILL');
			}
		});
	}
	const work = await prepare();
	calls = 0;
	await work();
	calls = Number.NEGATIVE_INFINITY;
	done();
}
