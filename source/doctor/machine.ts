import type {Environment} from '../domain/environment.js';
import type {Exposure} from '../domain/exposure.js';
import type {Found} from '../files/lock-holder.js';
import type {World} from '../look/world.js';
import type {SocketPlaces} from '../platform/agent-socket.js';
import type {CoreFiles} from '../platform/core-files.js';
import type {Keyring} from '../platform/keyring.js';
import type {KeysProblem} from '../settings/settings-problem.js';
import type {Content, VaultPlace} from '../vault/vault.js';

/** What is at a path itself, before any link is followed. */
export type Status = {
	readonly kind: 'file' | 'directory' | 'link' | 'socket' | 'other';
	readonly uid: number;
	/** The permission bits; 0 on Windows. */
	readonly mode: number;
	readonly size: number;
};

/** Who listens at a socket: an agent, nobody, or somebody who does not answer. */
export type Listener =
	| {readonly is: 'agent'; readonly version: string; readonly pid: number; readonly seconds: number | undefined}
	| {readonly is: 'absent'}
	| {readonly is: 'silent'};

/** A lock that exists: whether it is stale, and whether its holder has ended, as far as that can be known. */
export type Lock = Found & {readonly isStale: boolean; readonly isGone: boolean | undefined};

/** The files of the machine. Each method throws the system's error. Pipes and devices are never opened. */
type Files = {
	/** Undefined when nothing is there. */
	status(path: string): Status | undefined;
	/** The path that it leads to through links; undefined when it leads nowhere. */
	real(path: string): string | undefined;
	/** The names in a directory, at most some thousands of them; none when it is none. */
	names(directory: string): readonly string[];
	/** The text of a small file; undefined when no ordinary file is there. */
	read(path: string): string | undefined;
	/** How others can get at a file and its directory. */
	exposures(path: string): readonly Exposure[];
	/** Whether a file by itself is a whole vault. */
	isVault(path: string): boolean;
	lock(path: string): Lock | undefined;
	/** The path of a program that a shell finds by that name; undefined when there is none. */
	program(name: string): string | undefined;
};

/** What the doctor looks at. The program has the system's, tests have their own. Nothing in it writes. */
export type Machine = {
	readonly platform: NodeJS.Platform;
	readonly environment: Environment;
	readonly home: string;
	/** Whose files this process makes, by number; undefined on Windows. */
	readonly user: number | undefined;
	readonly version: string;
	readonly now: () => Date;
	readonly place: VaultPlace;
	/** What the vault holds; undefined unless it is unlocked for commands. */
	content(): Promise<Content | undefined>;
	/** The words that name the vault to another command, when a flag named it to this one. */
	readonly vaultWords: readonly string[];
	/** Where the settings are. */
	readonly settings: string;
	/** What is wrong with the keys that they choose. */
	loadKeysProblem(): Promise<KeysProblem>;
	readonly files: Files;
	/** Why the agent is not to be asked; undefined when it may be. */
	readonly agentOff: string | undefined;
	readonly sockets: SocketPlaces;
	/** Asks for at most two seconds. */
	listener(socket: string): Promise<Listener>;
	/** The system's keyring, or why it is not asked. */
	keyring(): Promise<Keyring | string>;
	/** Whether somebody sits at a terminal. */
	readonly isTerminal: boolean;
	/** Why the full-screen app can't be shown; undefined when it can. */
	readonly noScreen: string | undefined;
	readonly unicode: boolean;
	core(): Promise<CoreFiles>;
	/** The places of tools' files. */
	readonly world: World;
};
