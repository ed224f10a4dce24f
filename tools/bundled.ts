// Runs another tool from a bundle, in which packages are changed as in the shipped program, so that what it draws is what
// the program draws: `node --import tsx tools/bundled.ts tools/screens.ts`.
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {pathToFileURL} from 'node:url';
import {bundleTests} from './bundle-tests.ts';

const [, , tool = '', ...rest] = process.argv;
const folder = await mkdtemp(join(tmpdir(), 'pharmer-tool-'));
try {
	const [bundled] = await bundleTests([tool], folder);
	process.argv.splice(1, process.argv.length, tool, ...rest);
	if (bundled !== undefined) await import(pathToFileURL(bundled.bundle).href);
} finally {
	await rm(folder, {recursive: true, force: true});
}
