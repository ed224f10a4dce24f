import {closeSync, readdirSync, readFileSync} from 'node:fs';

/** O_CLOEXEC, as Linux writes it: Node.js opens everything of its own with it. */
const closedByExec = 0o2000000;

/**
 * Closes the descriptors from 3 on that this process was started with: somebody may wait for the end of a pipe. Does
 * nothing where there is no /proc.
 */
export function closeInherited(): void {
	if (process.platform !== 'linux') return;
	for (const number of readdirSync('/proc/self/fd').map(Number))
		if (number > 2 && isInherited(number)) closeSync(number);
}

function isInherited(number: number): boolean {
	try {
		const [, flags = ''] = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${number}`, 'latin1')) ?? [];
		return (Number.parseInt(flags, 8) & closedByExec) === 0;
	} catch {
		// It was the directory that was read.
		return false;
	}
}
