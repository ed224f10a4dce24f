import {copyFileSync, readdirSync, symlinkSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {helpPages} from '../../source/commands/program.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The program in `folder`, each of its modules a file of its own as in the source. Returns the path of its entry. */
export async function transpileProgram(folder: string): Promise<string> {
	const files = readdirSync(join(root, 'source'), {recursive: true, encoding: 'utf8'});
	await build({
		absWorkingDir: root,
		entryPoints: ['cli.tsx', ...files.filter(file => /\.tsx?$/.test(file)).map(file => join('source', file))],
		outbase: root,
		outdir: folder,
		platform: 'node',
		format: 'esm',
		jsx: 'automatic',
		define: {PHARMER_HELP: JSON.stringify(Object.fromEntries(helpPages()))},
		logLevel: 'error',
	});
	copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
	symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
	return join(folder, 'cli.js');
}
