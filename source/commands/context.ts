import type {AgentClient} from '../agent/client.js';
import type {AppOutcome, AppStart} from '../app/core/start.js';
import type {Machine} from '../doctor/machine.js';
import type {Credential} from '../domain/credential.js';
import type {Environment} from '../domain/environment.js';
import type {Secret} from '../domain/secret.js';
import type {Settings} from '../domain/settings.js';
import type {VaultList} from '../domain/vault-list.js';
import type {World} from '../look/world.js';
import type {Network} from '../network/network.js';
import type {Wait} from '../network/patience.js';
import type {ChildRequest} from '../platform/child.js';
import type {Copied} from '../platform/copying.js';
import type {Editing} from '../platform/editor.js';
import type {InputFile} from '../platform/input-file.js';
import type {Keyring} from '../platform/keyring.js';
import type {Prompt} from '../platform/prompt.js';
import type {ProjectFile, Since} from '../project/place.js';
import type {ClosingMachine} from '../tasks/closing-machine.js';
import type {TeamReach} from '../tasks/team/team-world.js';
import type {OtherVaults} from '../vault/other-vaults.js';
import type {Content, Vault, VaultPlace} from '../vault/vault.js';

type Output = {
	readonly isTTY?: boolean;
	readonly columns?: number;
	write(data: string | Uint8Array): unknown;
};

/** What a command tells the doctor of how it was called. */
type Told = Pick<Machine, 'content' | 'vaultWords' | 'agentOff' | 'keyring'>;

/** What the full-screen app needs besides its environment. */
export type AppRequest = {
	readonly place: VaultPlace;
	readonly start: AppStart;
	/** The vault as a flag named it, or its name. */
	readonly vault: string | undefined;
	/** What the vault is called, where there is more than one. */
	readonly vaultName?: string | undefined;
	/** The vaults that the app can go to; none when left out. */
	readonly others?: OtherVaults;
	/** From a flag or the environment; the app asks for it when undefined. */
	readonly passphrase: Secret | undefined;
	/** The vault, when the system's keyring opened it. */
	readonly opened?: Vault | undefined;
	/** What is merged into the vault, handed over once. */
	readonly takeOther?: (() => Content | undefined) | undefined;
	/** Why the keyring did not open it. */
	readonly notice?: string | undefined;
	readonly acceptRollback: boolean;
	/** Whether an unlock there unlocks for commands too. */
	readonly fillsAgent: boolean;
	readonly color: boolean;
	/** The vault is an invented one in memory; nothing is written. */
	readonly demo: boolean;
};

/** How providers are reached. */
export type Reaching = {
	readonly network: Network;
	/** Waits for so many milliseconds. */
	readonly wait: Wait;
	/** Is aborted by what would end the process, such as ctrl+c, with the exit code as its reason. */
	readonly signal: AbortSignal;
	/** Lets that end the process again. */
	readonly release: () => void;
};

/** How the storages of shared vaults are reached. */
type Teaming = {
	readonly reach: TeamReach;
	/** As that of `Reaching`. */
	readonly signal: AbortSignal;
	/** Ends what is under way, and lets signals end the process again. */
	readonly close: () => void;
};

/** Everything outside itself that a command may use. Commands never touch `process`. */
export type Context = Surroundings & {
	/** Has something done once the command has ended, however it did. It must not throw. */
	atEnd(task: () => Promise<void>): void;
};

/** What a process, or a test, puts around its commands. */
export type Surroundings = {
	/** Data, and nothing else. */
	readonly stdout: Output;
	/** Messages, warnings and errors; `hasColor` when their first words are coloured. */
	readonly stderr: Output & {readonly hasColor?: boolean};
	readonly environment: Environment;
	readonly version: string;
	/** The words that run this program again, with full paths. */
	readonly ownCommand: readonly string[];
	/** Whether the terminal shows more than ASCII. */
	readonly unicode: boolean;
	readonly now: () => Date;
	/** The vault at `path`, or the default one. */
	place(path: string | undefined): Promise<VaultPlace>;
	/**
	 * Asks the person at the terminal; undefined when there is nobody to ask. With `inputTaken`, standard input is data,
	 * and questions go to this process's controlling terminal, even when its output is read by a program.
	 */
	prompt(inputTaken: boolean): Prompt | undefined;
	/**
	 * Lets the person at the terminal choose one of these credentials, to do with it what `verb` says; undefined when
	 * there is nobody to ask. Throws `cancelled` and `interrupted`.
	 */
	picker(): ((verb: string, credentials: readonly Credential[]) => Promise<Credential>) | undefined;
	/** The vault, when it was opened for this command already: it is taken in the place of being opened again. */
	readonly opened?: Vault;
	/** The agent, which may not run. */
	agent(): Promise<AgentClient>;
	/** The system's keyring. */
	keyring(): Promise<Keyring>;
	/** The settings that were saved in the app. */
	settings(): Promise<Settings>;
	/** The vaults that the settings list. Throws `invalid` and `file` when the list can't be read. */
	vaults(): Promise<VaultList>;
	/** Puts another list in its place. Throws `file`. */
	saveVaults(vaults: VaultList): Promise<void>;
	/** Why the full-screen app can't be shown here; undefined when it can. */
	readonly noScreen: string | undefined;
	openApp(request: AppRequest): Promise<AppOutcome>;
	/** Reads a file's text, or standard input for `-`. Throws `file` and `invalid`. */
	readInput(path: string): Promise<InputFile>;
	/** Reads the text of a regular file. Throws `file`, also for a pipe, and `invalid`. */
	readRegularFile(path: string): Promise<string>;
	/** Reads a file's bytes, or those of standard input for `-`. Throws `file` and `invalid`. */
	readTemplate(path: string): Promise<Buffer>;
	/** Reads an open file descriptor to its end. Throws `usage`, `file` and `invalid`. */
	readDescriptor(descriptor: number): Promise<string>;
	/**
	 * The project file at a path, or else the nearest one, if there is any; see `findProjectFile()`. Throws `file`,
	 * `invalid` and `usage`.
	 */
	projectFile(path?: string): Promise<ProjectFile | undefined>;
	/** The real path of that file, which may be gone; undefined where no path is given and no file counts. */
	projectPath(path?: string): Promise<string | undefined>;
	/** What became of a project file that was trusted. */
	sinceTrusted(file: Pick<ProjectFile, 'path' | 'sha256'>): Promise<Since>;
	openEditor(): Promise<Editing>;
	/**
	 * Copies a text to the clipboard, and takes it away again when the process ends before `handOver` has had somebody
	 * else do that later. Throws `file`.
	 */
	copy(text: Secret, handOver: (copied: Copied) => Promise<void>): Promise<void>;
	/** Runs a command and resolves to its exit code. Throws `no-command`, `cannot-run` and `file`. */
	runChild(request: ChildRequest): Promise<number>;
	/** This machine, for looking around. */
	importWorld(): Promise<World>;
	/** The way to providers. Nothing is connected yet. */
	network(): Promise<Reaching>;
	/** The way to the storages of shared vaults. Nothing is connected yet. With `leavesNothing`, no cache is kept. */
	team(leavesNothing?: 'leavesNothing'): Promise<Teaming>;
	/** What people would call this device, in the signs of a name. */
	deviceName(): Promise<string>;
	/** This machine, for closing plaintext files. `vaultWords` name the vault for commands that ask it. */
	closing(vaultWords: readonly string[]): Promise<ClosingMachine>;
	/** This machine, for the doctor, with the vault at that place. */
	machine(place: VaultPlace, told: Told): Promise<Machine>;
};
