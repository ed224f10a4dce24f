#!/usr/bin/env node
import type {Context} from './source/commands/context.js';
import './source/platform/first.js';
import type {OpenDescriptor} from './source/platform/open-descriptors.js';
import {programVersion} from './source/platform/version.js';

/** Everything that commands may use, from this process. Large modules are loaded only when they are needed. */
async function processContext(dropped: NodeJS.ProcessEnv, given: readonly OpenDescriptor[]): Promise<Context> {
	const [
		{ownCommand, processPrompts, takeEnvironment},
		{noScreenReason, showsUnicode, wantsLinear},
		inputFile,
		descriptor,
		editor,
		{importWorld},
		{tell},
	] = await Promise.all([
		import('./source/platform/process.js'),
		import('./source/platform/terminal.js'),
		import('./source/platform/input-file.js'),
		import('./source/platform/descriptor.js'),
		import('./source/platform/editor.js'),
		import('./source/look/this-machine.js'),
		import('./source/commands/talk.js'),
	]);
	// Programs that are started from here still get the dropped variables.
	const environment = {...takeEnvironment(), ...dropped};
	const unicode = showsUnicode(environment, process.platform);
	let isOnScreen = false;
	return {
		stdout: process.stdout,
		stderr: process.stderr,
		environment,
		version: programVersion(),
		ownCommand: ownCommand(),
		unicode,
		now: () => new Date(),
		async place(path) {
			(await import('./source/platform/guard.js')).stopIfDebugged();
			const {fileVaultPlace} = await import('./source/vault/file-vault.js');
			return fileVaultPlace(path, {
				onWait(who) {
					if (!isOnScreen) tell(process, `waiting: ${who}`);
				},
			});
		},
		prompt: processPrompts(),
		noScreen: noScreenReason(environment, {input: process.stdin.isTTY, output: process.stdout.isTTY}),
		async openApp({color, ...request}) {
			// Without colour the screen still has bold, inverse and underline, and its own theme leaves the colours
			// out. The libraries that write these read FORCE_COLOR when they are loaded.
			if (!color) {
				delete process.env.NO_COLOR;
				process.env.FORCE_COLOR = '1';
			}
			// What is typed while the screen loads, such as a passphrase, is not echoed and waits for the screen.
			process.stdin.setRawMode(true);
			isOnScreen = true;
			const [{runApp}, {settingsFile}, {settingsDirectory}] = await Promise.all([
				import('./source/ui/run.js'),
				import('./source/platform/settings-file.js'),
				import('./source/vault/default-path.js'),
			]);
			return runApp({
				...request,
				environment,
				unicode,
				color,
				linear: wantsLinear(environment),
				settings: settingsFile(settingsDirectory()),
			});
		},
		readInput: async path =>
			path === '-'
				? {text: await inputFile.readStandardInput(process.stdin), exposed: false}
				: inputFile.readInputFile(path),
		readDescriptor: descriptor.readFromDescriptor,
		runChild: async request => (await import('./source/platform/child.js')).runChild(request, given),
		importWorld: () => importWorld(environment),
		openEditor: () => editor.openEditor(environment),
	};
}

async function main(argv: readonly string[]): Promise<void> {
	// With SNAP set, as in every terminal that was started from a snap, conf writes in place instead of atomically.
	// With DEV set, Ink looks for developer tools.
	const {SNAP, DEV} = process.env;
	delete process.env.SNAP;
	delete process.env.DEV;
	if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
		process.stdout.write(`${programVersion()}\n`);
		return;
	}
	// Before any stream is opened: loading the rest of the program opens all three.
	const given = argv.includes('exec') ? (await import('./source/platform/open-descriptors.js')).givenDescriptors() : [];
	const {endProcess, guardStreams, reportUncaught} = await import('./source/platform/process.js');
	const {reportError} = await import('./source/commands/error-report.js');
	reportUncaught(error => reportError(error, process.env));
	guardStreams();
	const {runCommandLine} = await import('./source/commands/command-line.js');
	await endProcess(await runCommandLine(argv, await processContext({SNAP, DEV}, given)));
}

await main(process.argv.slice(2));
