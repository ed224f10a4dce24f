import assert from 'node:assert/strict';
import {execFileSync, spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {parseEnv} from 'node:util';
import {PharmerError} from '../../source/domain/errors.js';
import {Secret} from '../../source/domain/secret.js';
import {parseAssignments} from '../../source/text/assignments.js';
import {quoteDotenv} from '../../source/text/dotenv.js';
import {renderVariables, type Shell} from '../../source/text/shell-quote.js';
import {hostileValues} from '../helpers/hostile.js';
import {size} from '../helpers/rounds.js';

const values = hostileValues(size(1500, 100_000), 20_261_128);
const batchSize = 500;
const batches = Array.from({length: Math.ceil(values.length / batchSize)}, (_, index) =>
	values.slice(index * batchSize, (index + 1) * batchSize),
);

const carried = (value: string): boolean => quoteDotenv(value) !== undefined;
const variables = (batch: readonly string[]): ReadonlyMap<string, Secret> =>
	new Map(batch.map((value, index) => [`V${index}`, new Secret(value)]));

function skipped(command: string): string | false {
	const missing = spawnSync(command, ['-c', 'exit 0']).error !== undefined;
	return missing && process.env.CI === undefined ? `${command} IS NOT INSTALLED: nothing was read with it` : false;
}

/** What a child of the shell gets that reads the lines, by its variables. Fails when a value was run. */
function readBy(command: string, args: readonly string[], script: string, lines: string): Record<string, string> {
	const folder = mkdtempSync(join(tmpdir(), 'pharmer-readers-'));
	try {
		writeFileSync(join(folder, 'lines'), lines);
		const dump = `${process.execPath} -e "process.stdout.write(JSON.stringify(process.env))"`;
		const output = execFileSync(command, [...args, `${script}; ${dump}`], {
			cwd: folder,
			env: {PATH: process.env.PATH, HOME: folder, LANG: 'C.UTF-8'},
			encoding: 'utf8',
			maxBuffer: 2 ** 26,
		});
		assert.ok(!existsSync(join(folder, 'CANARY')), 'a value was run');
		return JSON.parse(output) as Record<string, string>;
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}

function assertSame(batch: readonly string[], seen: (name: string) => string | undefined): void {
	for (const [index, value] of batch.entries()) assert.equal(seen(`V${index}`), value, JSON.stringify(value));
}

for (const [command, ...args] of [
	['bash', '--norc', '-c'],
	['dash', '-c'],
	['zsh', '-f', '-c'],
] as const) {
	test(`${command} reads every .env file to the byte and runs nothing in it`, {skip: skipped(command)}, () => {
		for (const batch of batches.map(each => each.filter(carried))) {
			const seen = readBy(command, args, 'set -a; . ./lines', renderVariables(variables(batch), [], 'dotenv'));
			assertSame(batch, name => seen[name]);
		}
	});
}

for (const [shell, command, args, script] of [
	['bash', 'bash', ['--norc', '-c'], 'eval "$(cat lines)"'],
	['zsh', 'zsh', ['-f', '-c'], 'eval "$(cat lines)"'],
	['fish', 'fish', ['--no-config', '-c'], 'cat lines | source'],
] as const) {
	test(`${command} takes every line for it to the byte and runs nothing in it`, {skip: skipped(command)}, () => {
		for (const batch of batches) {
			const seen = readBy(command, args, script, renderVariables(variables(batch), [], shell));
			assertSame(batch, name => seen[name]);
		}
	});
}

test('Node.js reads every .env file to the byte', () => {
	for (const batch of batches.map(each => each.filter(carried))) {
		const seen = parseEnv(renderVariables(variables(batch), [], 'dotenv'));
		assertSame(batch, name => seen[name]);
	}
});

test('every value that a .env file does not carry is refused', () => {
	for (const value of values.filter(each => !carried(each))) {
		assert.throws(
			() => renderVariables(new Map([['V', new Secret(value)]]), [], 'dotenv'),
			(error: unknown) => error instanceof PharmerError && /value of V can't/.test(error.message),
		);
	}
});

for (const shell of ['bash', 'zsh', 'fish', 'powershell', 'dotenv'] as const satisfies readonly Shell[]) {
	test(`lines for ${shell} come back to the byte`, () => {
		for (const each of batches) {
			const batch = shell === 'dotenv' ? each.filter(carried) : each;
			const read = parseAssignments(renderVariables(variables(batch), ['GONE'], shell));
			assertSame(batch, name => read.values.get(name));
			assert.deepEqual([...read.unclear, ...read.named], []);
		}
	});
}
