import {constants} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import type {AgentClient, StartAgent} from './agent/client.js';
import {runCommandLine} from './commands/command-line.js';
import type {Reaching, Surroundings} from './commands/context.js';
import {reportError} from './commands/error-report.js';
import {vaultWords} from './commands/global-options.js';
import {tell, warn} from './commands/talk.js';
import type {Environment} from './domain/environment.js';
import {type Guarded, goOnGuarded, stopIfDebugged} from './platform/guard.js';
import type {Keyring} from './platform/keyring.js';
import type {OpenDescriptor} from './platform/open-descriptors.js';
import {isTerminal} from './platform/output.js';
import {
	endProcess,
	guardStreams,
	ownCommand,
	processPrompts,
	reportUncaught,
	takeEnvironment,
} from './platform/process.js';
import {noScreenReason, showsUnicode, wantsLinear} from './platform/terminal.js';
import type {KeysProblem} from './settings/settings-problem.js';
import type {SettingsStore} from './settings/settings-store.js';
import type {ClosingMachine} from './tasks/closing-machine.js';

/** What was found in this process before the program was loaded. */
type Start = {
	readonly version: string;
	readonly guarded: Guarded;
	/** Variables that this program must not see; programs that are started from here still get them. */
	readonly dropped: NodeJS.ProcessEnv;
	/** Descriptors that the process was started with, for the command of `exec` and `run`. */
	readonly given: readonly OpenDescriptor[];
	/** The agent was asked, and did not answer. */
	readonly isAgentSilent: boolean;
};

const loadKeysProblem = async (): Promise<KeysProblem> => (await import('./app/keyboard/keys-problem.js')).keysProblem;

/** The settings of this user. */
async function ownSettings(): Promise<SettingsStore> {
	const [{settingsStore}, {settingsFile}, {settingsDirectory}] = await Promise.all([
		import('./settings/settings-store.js'),
		import('./platform/settings-file.js'),
		import('./vault/default-path.js'),
	]);
	return settingsStore(settingsFile(settingsDirectory()), loadKeysProblem);
}

/** The agent of this user. */
async function ownAgent(environment: Environment, {version, isAgentSilent}: Start): Promise<AgentClient> {
	const [{agentClient}, {socketPlaces}, {settingsDirectory}] = await Promise.all([
		import('./agent/client.js'),
		import('./platform/agent-socket.js'),
		import('./vault/default-path.js'),
	]);
	const places = socketPlaces(environment, settingsDirectory());
	const script = join(import.meta.dirname, 'agent.mjs');
	const launch = {node: process.execPath, script, environment, places};
	const start: StartAgent = {
		holding: async (...first) => (await import('./agent/start.js')).startAgent(launch, ...first),
		clearing: async (...first) => (await import('./agent/start.js')).startClearing(launch, ...first),
	};
	return agentClient(places, version, start, isAgentSilent);
}

/** Everything that commands may use, from this process. Large modules are loaded only when they are needed. */
function processContext(start: Start): Surroundings {
	const {version, dropped, given} = start;
	const environment = {...takeEnvironment(), ...dropped};
	const unicode = showsUnicode(environment, process.platform);
	const terminals = {input: isTerminal(0), output: isTerminal(1)};
	const noScreen = noScreenReason(environment, terminals);
	const prompt = processPrompts();
	let isOnScreen = false;
	let unkept: string | undefined;
	let isTold = false;
	let client: Promise<AgentClient> | undefined;
	const theAgent = (): Promise<AgentClient> => {
		stopIfDebugged();
		client ??= ownAgent(environment, start);
		return client;
	};
	const closing = async (vaultWords: readonly string[]): Promise<ClosingMachine> => {
		const [{thisClosingMachine}, {settingsDirectory}] = await Promise.all([
			import('./tasks/closing-machine.js'),
			import('./vault/default-path.js'),
		]);
		return thisClosingMachine(environment, [...ownCommand(), ...vaultWords], settingsDirectory());
	};
	const network = async (): Promise<Reaching> => {
		const [{thisNetwork}, {takeSignals}] = await Promise.all([
			import('./network/this-network.js'),
			import('./platform/ending.js'),
		]);
		const stop = new AbortController();
		const release = takeSignals(signal => stop.abort(128 + constants.signals[signal]));
		return {...thisNetwork(environment, stop.signal), signal: stop.signal, release};
	};
	const theKeyring = async (): Promise<Keyring> => (await import('./platform/keyring.js')).systemKeyring(environment);
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
				onUnkept(why) {
					if (isOnScreen) unkept = why;
					else warn(process, why);
				},
			});
		},
		prompt,
		picker() {
			const {stdin, stdout, stderr} = process;
			// With all three elsewhere nobody expects a question, even where there is a terminal.
			const asked = stdin.isTTY || stdout.isTTY || stderr.isTTY ? prompt(true) : undefined;
			if (asked === undefined) return undefined;
			return async (verb, credentials) => {
				const now = new Date();
				if (environment.TERM === 'dumb' || wantsLinear(environment)) {
					const {askWhich} = await import('./commands/ask-which.js');
					return askWhich(verb, credentials, asked, now, line => tell(process, line));
				}
				const {pick} = await import('./ui/pick.js');
				return pick(credentials, {verb, prompt: asked, unicode, now});
			};
		},
		agent: theAgent,
		keyring: theKeyring,
		async settings() {
			const [{troubleText}, store] = await Promise.all([import('./settings/settings-store.js'), ownSettings()]);
			const {settings, trouble} = await store.load();
			if (trouble !== undefined && !isTold) warn(process, troubleText(trouble));
			isTold = true;
			return settings;
		},
		vaults: async () => (await ownSettings()).vaults(),
		saveVaults: async vaults => (await ownSettings()).save({vaults}),
		noScreen,
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
			const [{runApp}, settings] = await Promise.all([import('./ui/run.js'), ownSettings()]);
			return runApp({
				...request,
				agent: request.demo ? undefined : theAgent,
				keyring: theKeyring,
				closing: path =>
					closing(path === request.place.path ? vaultWords(request, environment, path) : ['--vault', path]),
				takeUnkept() {
					const why = unkept;
					unkept = undefined;
					return why;
				},
				environment,
				unicode,
				color,
				linear: wantsLinear(environment),
				settings,
			});
		},
		async readRegularFile(path) {
			const {missingFile, readOrdinaryFile} = await import('./platform/input-file.js');
			const file = await readOrdinaryFile(path);
			if (file === undefined) throw missingFile(path);
			return file.text;
		},
		async readInput(path) {
			const {readInputFile, readStandardInput} = await import('./platform/input-file.js');
			return path === '-' ? {text: await readStandardInput(process.stdin), exposed: false} : readInputFile(path);
		},
		readTemplate: async path => (await import('./platform/input-file.js')).readTemplateFile(path, process.stdin),
		readDescriptor: async descriptor => (await import('./platform/descriptor.js')).readFromDescriptor(descriptor),
		copy: async (text, handOver) => (await import('./platform/copying.js')).copyWith(text, environment, handOver),
		async projectFile(path) {
			const {findProjectFile, projectFileAt} = await import('./project/place.js');
			return path === undefined ? findProjectFile() : projectFileAt(path);
		},
		sinceTrusted: async file => (await import('./project/place.js')).sinceTrusted(file),
		projectPath: async path => (await import('./project/place.js')).projectPath(path),
		runChild: async request => (await import('./platform/child.js')).runChild(request, given),
		machine: async (place, told) => {
			const {thisMachine} = await import('./doctor/this-machine.js');
			const isTerminal = terminals.input && terminals.output;
			const now = (): Date => new Date();
			return thisMachine({environment, version, unicode, isTerminal, noScreen, place, now, loadKeysProblem, ...told});
		},
		network,
		async team(leavesNothing) {
			const {teaming} = await import('./tasks/team/teaming.js');
			return teaming(await network(), environment, leavesNothing);
		},
		deviceName: async () => (await import('./platform/device-name.js')).deviceName(),
		importWorld: async () => (await import('./look/this-machine.js')).importWorld(environment),
		closing,
		openEditor: async () => (await import('./platform/editor.js')).openEditor(environment),
	};
}

/** Runs a command line in this process, and ends it with the command's exit code. */
export async function runProcess(argv: readonly string[], start: Start): Promise<void> {
	goOnGuarded(start.guarded);
	reportUncaught(error => reportError(error, process.env));
	guardStreams();
	await endProcess(await runCommandLine(argv, processContext(start)));
}
