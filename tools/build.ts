// Builds dist/: the bundle, the man page, and the licences of the bundle's packages. `--watch` rebuilds the bundle at every change.
import {chmod, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {build, context, type Metafile} from 'esbuild';
import {bundleOptions, withoutBanner} from './bundle.js';
import {manPage} from './man-page.js';
import {thirdPartyNotices} from './notices.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const {version}: {readonly version: string} = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const parts = await bundleOptions(root);

if (process.argv.includes('--watch')) {
	for (const options of parts) await (await context({...options, logLevel: 'info'})).watch();
} else {
	await rm(join(root, 'dist'), {recursive: true, force: true});
	const built = await Promise.all(parts.map(build));
	const outputs = Object.assign({}, ...built.map(({metafile}) => metafile.outputs)) as Metafile['outputs'];
	for (const file of Object.keys(outputs)) {
		const text = await readFile(join(root, file), 'utf8');
		const rest = withoutBanner(text);
		if (rest !== text) await writeFile(join(root, file), rest);
	}
	await writeFile(join(root, 'dist/package.json'), '{"type":"commonjs"}\n');
	if (process.platform !== 'win32') await chmod(join(root, 'dist/cli.js'), 0o755);
	await writeFile(join(root, 'dist/pharmer.1'), manPage(version));
	await writeFile(join(root, 'dist/THIRD-PARTY-NOTICES'), thirdPartyNotices({outputs}, root));
	const sizes = await Promise.all(Object.keys(outputs).map(async file => (await stat(join(root, file))).size));
	const bytes = sizes.reduce((sum, size) => sum + size, 0);
	if (!process.argv.includes('--quiet'))
		process.stderr.write(`dist: ${Object.keys(outputs).length} files, ${Math.round(bytes / 1024)} kB\n`);
}
