// Measures what the program costs, each thing in turn with its baseline, and compares their ratios with the budgets:
// `npm run bench`, or `npm run bench -- start` for the rows with that in their title. `--newer` runs a newer Node.js,
// `--old REV` takes another revision for the old program. Ends with 1 when a budget is missed. What else a machine
// does only adds time, so the least values of all rounds count, and the medians are shown beside them.
import {spawnSync} from 'node:child_process';
import process from 'node:process';
import {parseArgs} from 'node:util';
import {newerNode} from '../test/helpers/newer-node.js';
import {budgets} from './budgets.js';
import {Machine} from './machine.js';
import {type Row, resultOf, Unavailable} from './row.js';

const {values, positionals} = parseArgs({
	allowPositionals: true,
	options: {newer: {type: 'boolean', default: false}, old: {type: 'string', default: '9d1e420'}},
});

const write = (text: string): void => void process.stdout.write(text);
const figure = (value: number): string => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);

/** Measures a row and writes its line. Returns whether it keeps its budget; one that can't be measured does. */
async function keeps({title, baseline, goal, reason, measure}: Row, machine: Machine): Promise<boolean> {
	write(title.padEnd(36));
	try {
		const prepared = await measure(machine);
		const {least, median} = await resultOf(prepared).finally(() => prepared.close?.());
		const isKept = least.ratio <= goal;
		const ratios = [least.ratio, median.ratio, goal].map(ratio => ratio.toFixed(2).padStart(8)).join('');
		const note = `${figure(least.ours)} and ${figure(least.base)} ${prepared.unit}`;
		write(`${ratios} × ${baseline.padEnd(30)}${note}${isKept ? '' : '  MISSED'}\n`);
		if (!isKept) write(`  ${reason}\n`);
		return isKept;
	} catch (error) {
		if (!(error instanceof Unavailable)) throw error;
		write(`skipped: ${error.message}\n`);
		return true;
	}
}

if (values.newer) {
	const node = newerNode();
	if (node === undefined) throw new Error('no newer Node.js could be installed');
	const rest = process.argv.slice(2).filter(word => word !== '--newer');
	const {status} = spawnSync(node, [...process.execArgv, process.argv[1] ?? '', ...rest], {stdio: 'inherit'});
	process.exit(status ?? 1);
}
const machine = new Machine(values.old);
try {
	const rows = budgets.filter(({title}) => positionals.length === 0 || positionals.some(part => title.includes(part)));
	if (rows.length === 0) throw new Error(`no row has ${positionals.join(' or ')} in its title`);
	write(`Node.js ${process.version}, ${process.platform}\n\n${''.padEnd(36)}   least  median    goal\n`);
	for (const row of rows) if (!(await keeps(row, machine))) process.exitCode = 1;
} finally {
	machine.close();
}
