// The whole check: types, lint, build, then every test under test/. Ends with one line, `N passed, N failed`.
// Arguments choose test files by a part of their path; then types, lint and build are left out.
import {spawn} from 'node:child_process';
import {readdir} from 'node:fs/promises';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const chosen = process.argv.slice(2);

/** Runs a command with its output passed through; gives its exit code and what it printed. */
function run(command, args, environment = {}) {
	return new Promise(resolve => {
		const child = spawn(command, args, {
			cwd: root,
			env: {...process.env, ...environment},
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		let output = '';
		child.stdout.on('data', data => {
			output += data;
			process.stdout.write(data);
		});
		child.on('close', code => resolve({code: code ?? 1, output}));
	});
}

let passed = 0;
let failed = 0;

if (chosen.length === 0) {
	const binary = name => fileURLToPath(new URL(`../node_modules/${name}`, import.meta.url));
	const checks = {
		types: [binary('typescript/bin/tsc'), '--noEmit'],
		lint: [binary('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.'],
		unused: [binary('knip/bin/knip.js')],
		build: ['--import', 'tsx', 'tools/build.ts', '--quiet'],
	};
	for (const [name, args] of Object.entries(checks)) {
		const {code} = await run(process.execPath, args);
		process.stdout.write(`${code === 0 ? '✔' : '✖'} ${name}\n`);
		if (code === 0) passed++;
		else failed++;
	}
}

const files = (await readdir(new URL('../test', import.meta.url), {recursive: true}))
	.map(file => `test/${file.replaceAll('\\', '/')}`)
	.filter(file => /\.test\.tsx?$/.test(file) && (chosen.length === 0 || chosen.some(part => file.includes(part))))
	.sort();

// Without COLUMNS and LINES Ink asks `tput` for the size at every frame that is drawn outside a terminal.
const environment = {COLUMNS: '100', LINES: '24', NODE_ENV: 'production', NO_COLOR: '', FORCE_COLOR: '0'};
const {output, code} = await run(
	process.execPath,
	['--import', 'tsx', '--test', '--test-concurrency=2', '--test-reporter=spec', ...files],
	environment,
);
const count = name => Number(new RegExp(`^ℹ ${name} (\\d+)`, 'm').exec(output)?.[1] ?? 0);
passed += count('pass');
failed += count('fail') + count('cancelled');
if (code !== 0 && failed === 0) failed = 1;
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
