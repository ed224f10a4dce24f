// Runs the whole check: types, lint, build, then every test under test/. Ends with one line, `N passed, N failed`.
// Arguments select test files by a part of their path, and skip types, lint and build.
//   --quick  only fast tests: none that start processes or take long, and none that need many rounds
//   --prove  only tests that need many rounds, in full; PROVE sets the rounds for failures that are intermittent
//   --cpu    ends with the test files that used the most CPU time (Linux)
import {spawn} from 'node:child_process';
import {mkdir, mkdtemp, readdir, rm, writeFile} from 'node:fs/promises';
import {availableParallelism, tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import process from 'node:process';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {type BundledTest, bundleTests} from './bundle-tests.ts';
import {costliest, recorder} from './cpu-of-tests.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const chosen = process.argv.slice(2).filter(argument => !argument.startsWith('--'));
const has = (flag: string): boolean => process.argv.includes(flag);

type Ended = {readonly code: number; readonly output: string};

/** Runs Node.js with those arguments in the project. Its output is passed through as it arrives, or only returned. */
function runNode(args: readonly string[], environment: Readonly<Record<string, string>> = {}, isQuiet = false) {
	return new Promise<Ended>(resolve => {
		const child = spawn(process.execPath, [...args], {
			cwd: root,
			env: {...process.env, ...environment},
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		let output = '';
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			output += text;
			if (!isQuiet) process.stdout.write(text);
		});
		child.on('close', code => resolve({code: code ?? 1, output}));
	});
}

let passed = 0;
let failed = 0;

/** Checks beside the tests. */
const checks = {
	types: ['node_modules/typescript/bin/tsc', '--noEmit'],
	lint: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'],
	unused: ['node_modules/knip/bin/knip.js'],
	build: ['--import', 'tsx', 'tools/build.ts', '--quiet'],
};
/** The checks to run: tests that need many rounds need only the built program. */
const wanted = chosen.length > 0 ? [] : Object.entries(checks).filter(([name]) => !has('--prove') || name === 'build');

async function check(name: string, args: readonly string[]): Promise<void> {
	const {code, output} = await runNode(args, {}, true);
	process.stdout.write(`${output}${code === 0 ? '✔' : '✖'} ${name}\n`);
	if (code === 0) passed++;
	else failed++;
}

async function testFiles(): Promise<readonly string[]> {
	return (await readdir(join(root, 'test'), {recursive: true}))
		.map(file => `test/${file.replaceAll('\\', '/')}`)
		.filter(file => /\.test\.tsx?$/.test(file) && (chosen.length === 0 || chosen.some(part => file.includes(part))))
		.sort();
}

/** What a test imports that is not over soon: it starts processes, or says itself that it takes long. */
const slow = ['test/helpers/program.ts', 'test/helpers/bundled-child.ts', 'test/helpers/long.ts'];

/** Whether a test needs many rounds: it imports what says how many. */
const isProof = (test: BundledTest): boolean => test.imports('test/helpers/rounds.ts');

const isSlow = (test: BundledTest): boolean => isProof(test) || slow.some(helper => test.imports(helper));

/** Whether a test runs in a process of its own. */
const isAlone = (test: BundledTest): boolean => isSlow(test) || test.imports('test/helpers/alone.ts');

/** Whether to run a test. */
function isWanted(test: BundledTest): boolean {
	if (has('--prove')) return isProof(test);
	return !has('--quick') || !isSlow(test);
}

/** The tests that share a process: those of a folder with the same colours, which a terminal emulator sets. */
const groupOf = ({file, imports}: BundledTest): string =>
	`${dirname(file).replaceAll('/', '-')}${imports('test/helpers/terminal.tsx') ? '-in-a-terminal' : ''}`;

/**
 * Groups tests into scripts, one process each. Short tests share one, since most of a short test is the start of
 * Node.js and of React, and code that is not compiled yet. Node.js starts scripts in the order of their paths: groups
 * first, so that a long one ends beside others.
 */
async function scriptsOf(tests: readonly BundledTest[]): Promise<readonly string[]> {
	const alone: string[] = [];
	const shared = new Map<string, BundledTest[]>();
	for (const test of tests) {
		if (isAlone(test)) alone.push(test.bundle);
		else shared.set(groupOf(test), [...(shared.get(groupOf(test)) ?? []), test]);
	}
	const groups = join(folder, 'groups');
	await mkdir(groups);
	const written = [...shared].map(async ([name, members]) => {
		const script = join(groups, `${name}.mjs`);
		await writeFile(script, members.map(({bundle}) => `import '${pathToFileURL(bundle)}';\n`).join(''));
		return script;
	});
	return [...alone, ...(await Promise.all(written))];
}

const environment = {
	// Without COLUMNS and LINES, Ink outside a terminal asks `tput` for the size at every frame.
	...{COLUMNS: '100', LINES: '24', NODE_ENV: 'production', NO_COLOR: '', FORCE_COLOR: '0'},
	...(has('--prove') && {PROVE: process.env.PROVE || '10'}),
};

/** How many scripts run at a time: more than there are processors, since many of them wait for another process. */
const atATime = 2 * availableParallelism();

// Ctrl-C ends the tests themselves; this program then cleans up after them and ends too.
process.on('SIGINT', () => {});

const folder = await mkdtemp(join(tmpdir(), 'pharmer-tests-'));
const cpu = join(folder, 'cpu');
try {
	const [tests] = await Promise.all([
		testFiles().then(files => bundleTests(files, folder)),
		...wanted.map(([name, args]) => check(name, args)),
	]);
	const scripts = await scriptsOf(tests.filter(isWanted));
	const {output, code} = await runNode(
		[
			'--enable-source-maps',
			...(has('--cpu') ? ['--import', recorder(cpu)] : []),
			'--test',
			`--test-concurrency=${atATime}`,
			'--test-reporter=spec',
			...scripts,
		],
		environment,
	);
	const count = (name: string): number => Number(new RegExp(`^ℹ ${name} (\\d+)`, 'm').exec(output)?.[1] ?? 0);
	passed += count('pass');
	failed += count('fail') + count('cancelled');
	if (code !== 0 && failed === 0) failed = 1;
	if (has('--cpu')) process.stdout.write(`\n${costliest(cpu, folder, 70)}`);
} finally {
	await rm(folder, {recursive: true, force: true});
}
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
