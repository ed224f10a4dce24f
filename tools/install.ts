// Installs the built program as the command `pharmer`: `npm run install:global`. npm gets a package, because `npm
// install -g` of a folder only links to it, and the link breaks when the folder is removed.
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'pharmer-install-'));

/** Runs the npm that started this script, without install scripts: the shipped program needs none. */
function npm(...args: readonly string[]): void {
	const {npm_execpath: script} = process.env;
	if (script === undefined) throw new Error('started without npm: run `npm run install:global`');
	execFileSync(process.execPath, [script, ...args, '--ignore-scripts'], {cwd: root, stdio: 'inherit'});
}

try {
	npm('pack', '--silent', '--pack-destination', folder);
	npm('install', '--global', ...readdirSync(folder).map(name => join(folder, name)));
} finally {
	rmSync(folder, {recursive: true, force: true});
}
