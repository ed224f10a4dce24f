import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import type {TestContext} from 'node:test';

/**
 * A Python with these packages, installed for a test apart from everything else; undefined where they can't be had,
 * which is said in one line. Throws for that where CI is set.
 */
export function pythonWith(context: TestContext, ...packages: readonly string[]): string | undefined {
	const folder = mkdtempSync(join(tmpdir(), 'python-'));
	context.after(() => rmSync(folder, {recursive: true, force: true, maxRetries: 5}));
	const python = join(folder, 'bin/python');
	const isThere =
		spawnSync('python3', ['-m', 'venv', folder], {stdio: 'ignore'}).status === 0 &&
		spawnSync(python, ['-m', 'pip', 'install', '--quiet', ...packages], {stdio: 'ignore'}).status === 0;
	if (isThere) return python;
	const why = `${packages.join(' and ')} CAN'T BE INSTALLED with python3 -m venv and pip`;
	if (process.env.CI) throw new Error(why);
	context.skip(`SKIPPED: ${why}: the real counterpart is not asked`);
	return undefined;
}
