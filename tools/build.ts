// Builds dist/: the bundle, and the licences of its packages. `--watch` rebuilds the bundle at every change.
import {chmod, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {build, context} from 'esbuild';
import {bundleOptions, quickOptions} from './bundle.js';
import {thirdPartyNotices} from './notices.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const options = bundleOptions(root);

if (process.argv.includes('--watch')) {
	const watching = await context({...options, logLevel: 'info'});
	await Promise.all([watching.watch(), (await context({...quickOptions(root), logLevel: 'info'})).watch()]);
} else {
	await rm(join(root, 'dist'), {recursive: true, force: true});
	const {metafile} = await build(options);
	const quick = await build(quickOptions(root));
	if (process.platform !== 'win32') await chmod(join(root, 'dist/cli.js'), 0o755);
	await writeFile(join(root, 'dist/THIRD-PARTY-NOTICES'), thirdPartyNotices(metafile, root));
	const bytes = Object.values({...metafile.outputs, ...quick.metafile.outputs}).reduce(
		(sum, output) => sum + output.bytes,
		0,
	);
	if (!process.argv.includes('--quiet'))
		process.stderr.write(`dist: ${Object.keys(metafile.outputs).length} files, ${Math.round(bytes / 1024)} kB\n`);
}
