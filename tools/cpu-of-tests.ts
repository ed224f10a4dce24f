import {readFileSync} from 'node:fs';

/** A Linux clock tick in seconds, the unit of times in /proc. */
const tick = 0.01;

/**
 * A module for `--import` that appends a record to `file` when the process ends: its script, and the CPU seconds of it
 * and its children.
 */
export function recorder(file: string): string {
	const script = `
		import {appendFileSync, readFileSync} from 'node:fs';
		process.on('exit', () => {
			const stat = readFileSync('/proc/self/stat', 'latin1');
			const times = stat.slice(stat.lastIndexOf(')') + 2).split(' ').slice(11, 15);
			const seconds = times.reduce((sum, time) => sum + Number(time), 0) * ${tick};
			appendFileSync(${JSON.stringify(file)}, JSON.stringify([process.argv[1] ?? '', seconds]) + '\\n');
		});`;
	return `data:text/javascript,${encodeURIComponent(script)}`;
}

/** A report of the recorder's file, as lines: the most expensive scripts below `folder`, and the total. */
export function costliest(file: string, folder: string, most: number): string {
	const all = readFileSync(file, 'utf8')
		.trim()
		.split('\n')
		.map(line => JSON.parse(line) as [script: string, seconds: number])
		.filter(([script]) => script.startsWith(folder))
		.sort(([, a], [, b]) => b - a);
	const sum = all.reduce((total, [, seconds]) => total + seconds, 0);
	return [...all.slice(0, most), [`${all.length} files`, sum] as const]
		.map(([script, seconds]) => `${seconds.toFixed(1).padStart(7)} s  ${script.replace(`${folder}/`, '')}\n`)
		.join('');
}
