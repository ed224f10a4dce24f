import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import process from 'node:process';
import type {TestContext} from 'node:test';

/**
 * The environment of a home, and nothing else: a version manager's shim, such as that of pyenv or asdf, finds no
 * `aws` with it.
 */
export function awsEnvironment(home: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
	return {
		HOME: home,
		PATH: process.env.PATH ?? '',
		AWS_PAGER: '',
		AWS_EC2_METADATA_DISABLED: 'true',
		LANG: 'C.UTF-8',
		...more,
	};
}

/** The first `aws` in the path that answers in such an environment. */
export const aws = (process.env.PATH ?? '')
	.split(delimiter)
	.map(folder => join(folder, 'aws'))
	.filter(existsSync)
	.find(path => spawnSync(path, ['--version'], {env: awsEnvironment(tmpdir())}).status === 0);

/** Skips the test where there is no `aws`, which is an error where CI is set. */
export function isAwsMissing(context: TestContext): boolean {
	if (aws !== undefined) return false;
	if (process.env.CI) throw new Error('no aws command answers: install the package awscli');
	context.skip('SKIPPED: no aws command answers here');
	return true;
}
