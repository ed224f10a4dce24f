import {closeSync, openSync, readFileSync, readSync} from 'node:fs';

const chunkBytes = 4 * 2 ** 20;

/** The readable parts of a process's memory, as Linux lists them. */
function mappingsOf(pid: number): readonly (readonly [start: number, end: number])[] {
	return readFileSync(`/proc/${pid}/maps`, 'utf8')
		.split('\n')
		.filter(line => /^\S+ r/.test(line) && !/\[(?:vvar|vvar_vclock|vsyscall)\]$/.test(line))
		.map(line => {
			const [start = '', end = ''] = line.split(' ', 1)[0]?.split('-') ?? [];
			return [Number.parseInt(start, 16), Number.parseInt(end, 16)] as const;
		});
}

/** How often each of these byte strings is in the memory of another process of the same user. Needs Linux. */
export function countInMemory<Name extends string>(
	pid: number,
	needles: Readonly<Record<Name, Buffer>>,
): Record<Name, number> {
	const names = Object.keys(needles) as Name[];
	const counts = Object.fromEntries(names.map(name => [name, 0])) as Record<Name, number>;
	const overlap = Math.max(...names.map(name => needles[name].length)) - 1;
	const memory = openSync(`/proc/${pid}/mem`, 'r');
	const chunk = Buffer.alloc(overlap + chunkBytes);
	try {
		for (const [start, end] of mappingsOf(pid)) {
			let kept = 0;
			for (let at = start; at < end; ) {
				const read = readAt(memory, chunk, kept, Math.min(chunkBytes, end - at), at);
				if (read === 0) break;
				const filled = chunk.subarray(0, kept + read);
				for (const name of names) counts[name] += countIn(filled, needles[name], kept);
				kept = Math.min(overlap, filled.length);
				filled.copyWithin(0, filled.length - kept);
				at += read;
			}
		}
	} finally {
		closeSync(memory);
	}
	return counts;
}

/** The bytes read; 0 where the system has nothing to give, as behind the end of a mapped file. */
function readAt(file: number, into: Buffer, offset: number, length: number, position: number): number {
	try {
		return readSync(file, into, offset, length, position);
	} catch {
		return 0;
	}
}

/** How often it is there and ends behind the first `known` bytes, which were looked through before. */
function countIn(bytes: Buffer, needle: Buffer, known: number): number {
	let count = 0;
	let at = bytes.indexOf(needle, Math.max(0, known - needle.length + 1));
	while (at !== -1) {
		count++;
		at = bytes.indexOf(needle, at + 1);
	}
	return count;
}
