import process from 'node:process';
import {runCommandLine} from './commands/command-line.js';
import type {Context} from './commands/context.js';
import {reportError} from './commands/error-report.js';
import {tell} from './commands/talk.js';
import {importWorld} from './look/this-machine.js';
import {readFromDescriptor} from './platform/descriptor.js';
import {stopIfDebugged} from './platform/guard.js';
import {readInputFile, readStandardInput} from './platform/input-file.js';
import type {OpenDescriptor} from './platform/open-descriptors.js';
import {
	endProcess,
	guardStreams,
	ownCommand,
	processPrompts,
	reportUncaught,
	takeEnvironment,
} from './platform/process.js';
import {noScreenReason, showsUnicode, wantsLinear} from './platform/terminal.js';

/** What was found in this process before the program was loaded. */
type Start = {
	readonly version: string;
	/** Variables that this program must not see; programs that are started from here still get them. */
	readonly dropped: NodeJS.ProcessEnv;
	/** Descriptors that the process was started with, for the command of `exec`. */
	readonly given: readonly OpenDescriptor[];
};

/** Everything that commands may use, from this process. Large modules are loaded only when they are needed. */
function processContext({version, dropped, given}: Start): Context {
	const environment = {...takeEnvironment(), ...dropped};
	const unicode = showsUnicode(environment, process.platform);
	let isOnScreen = false;
	return {
		stdout: process.stdout,
		stderr: process.stderr,
		environment,
		version,
		ownCommand: ownCommand(),
		unicode,
		now: () => new Date(),
		async place(path) {
			stopIfDebugged();
			const {fileVaultPlace} = await import('./vault/file-vault.js');
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
				import('./ui/run.js'),
				import('./platform/settings-file.js'),
				import('./vault/default-path.js'),
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
			path === '-' ? {text: await readStandardInput(process.stdin), exposed: false} : readInputFile(path),
		readDescriptor: readFromDescriptor,
		runChild: async request => (await import('./platform/child.js')).runChild(request, given),
		importWorld: () => importWorld(environment),
		openEditor: async () => (await import('./platform/editor.js')).openEditor(environment),
	};
}

/** Runs a command line in this process, and ends it with the command's exit code. */
export async function runProcess(argv: readonly string[], start: Start): Promise<void> {
	reportUncaught(error => reportError(error, process.env));
	guardStreams();
	await endProcess(await runCommandLine(argv, processContext(start)));
}
