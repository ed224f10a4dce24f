import {createHash} from 'node:crypto';
import type {AgentClient} from '../../source/agent/client.js';
import type {AppOutcome} from '../../source/app/core/start.js';
import {runCommandLine as run} from '../../source/commands/command-line.js';
import type {AppRequest, Reaching, Surroundings} from '../../source/commands/context.js';
import type {Machine} from '../../source/doctor/machine.js';
import type {Credential} from '../../source/domain/credential.js';
import {PharmerError} from '../../source/domain/errors.js';
import {Secret} from '../../source/domain/secret.js';
import {parseSettings, type Settings} from '../../source/domain/settings.js';
import type {VaultList} from '../../source/domain/vault-list.js';
import type {ChildRequest} from '../../source/platform/child.js';
import type {Copied} from '../../source/platform/copying.js';
import {fingerprintOf} from '../../source/platform/fingerprint.js';
import type {Keyring} from '../../source/platform/keyring.js';
import type {ProjectFile} from '../../source/project/place.js';
import type {ClosingMachine} from '../../source/tasks/closing-machine.js';
import type {OpenStore, TeamReach} from '../../source/tasks/team/team-world.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import type {Content, VaultPlace} from '../../source/vault/vault.js';
import {fakeKeyring} from './fake-keyring.js';
import {fakeMachine} from './fake-machine.js';
import {filesWorld} from './import-world.js';

/** What surrounds a run of the command line. Everything is optional: nothing is there, and nobody is at a terminal. */
export type World = {
	/** Whether the terminal shows more than ASCII; it does when left out. */
	readonly unicode?: boolean;
	/** What the vault holds; no vault when left out. */
	credentials?: readonly Credential[];
	trash?: Content['trash'];
	passphrase?: string;
	/** In the place of the vault in memory. */
	place?: VaultPlace;
	/** Other vaults, by their paths. */
	others?: Readonly<Record<string, VaultPlace>>;
	/** PHARMER_PASSPHRASE is `open sesame`, the vault's usual passphrase, unless it is set here, also to undefined. */
	environment?: Record<string, string | undefined>;
	/** What is typed at the prompts, one after the other. Somebody is at a terminal when this is there. */
	answers?: readonly string[];
	/** Answers the questions after those, from each question's text. */
	answer?: (question: string) => string;
	/** Is called with what is shown on a screen of its own. */
	onShow?: (lines: readonly string[]) => void;
	/** What the full-screen app ends with. It can be shown when this is there. */
	app?: AppOutcome;
	/** Files by their path, standard input as `-`. */
	files?: Record<string, string>;
	/** Files that others can read, too. */
	exposed?: readonly string[];
	descriptors?: Record<number, string>;
	/** What the person makes of the text in the editor, each time it is opened. */
	editor?: readonly ((text: string) => string)[];
	editorOnDisk?: boolean;
	/** Happens between reading the vault and writing it. */
	meanwhile?: (content: Content) => Content;
	stdoutIsTerminal?: boolean;
	stderrIsTerminal?: boolean;
	/** What a command that is run ends with. */
	childCode?: number;
	/** False for a command that is not there. */
	childStarts?: false;
	columns?: number;
	/** The time; `now` when left out. */
	now?: () => Date;
	/** The agent; none runs when left out. */
	agent?: AgentClient;
	/** The name that is picked at the terminal; nobody is there when left out. */
	picks?: string;
	/** What becomes of a copy; the clipboard takes it when left out. */
	copied?: Copied;
	/** What is in the file of the settings. */
	settings?: Partial<Settings>;
	/** What the doctor looks at; a machine that nothing is wrong with when left out. */
	machine?: Machine;
	/** The machine for closing files; none when left out. */
	closing?: ClosingMachine;
	/** The way to providers; none when left out. */
	network?: Pick<Reaching, 'network' | 'wait'> & Partial<Reaching>;
	/** What opens the storages of shared vaults; none when left out. */
	openStore?: OpenStore;
	/** Waits, for the storage; not at all when left out. */
	wait?: TeamReach['wait'];
	/** The text of the project file that counts in the working directory, or why it is not used. */
	project?: string | PharmerError | undefined;
	/** The system's keyring; one that can't be reached when left out. */
	keyring?: Keyring;
};

export type Outcome = {
	readonly code: number;
	readonly stdout: string;
	readonly stderr: string;
	readonly asked: readonly string[];
	readonly opened: readonly AppRequest[];
	/** Texts the editor was opened with. */
	readonly edited: readonly string[];
	/** Whether the last editor was closed again. */
	readonly editorClosed: boolean;
	/** The path each vault was asked for with. */
	readonly places: readonly (string | undefined)[];
	/** For each prompt wanted, whether standard input was data. */
	readonly inputTaken: readonly boolean[];
	/** What was to be done with what was picked, each time. */
	readonly picked: readonly string[];
	/** The texts that were copied. */
	readonly copies: readonly string[];
	/** The lists of vaults that were saved. */
	readonly lists: readonly VaultList[];
	/** The commands that were run. */
	readonly ran: readonly ChildRequest[];
	/** The vault's content afterwards, or undefined when there is none. */
	content(): Promise<Content | undefined>;
};

/** A copy that the system's clipboard took. */
const copiedBySystem = (text: Secret): Copied => ({
	by: 'the clipboard',
	sure: true,
	clearing: {way: 'xclip', ours: fingerprintOf(text.reveal()), environment: {}},
});

const noAgent: AgentClient = {
	read: async () => undefined,
	async note() {},
	names: async () => undefined,
	key: async () => undefined,
	left: async () => undefined,
	syncFailure: async () => undefined,
	works: async () => undefined,
	sync: async () => undefined,
	async renew() {},
	async hold() {},
	clearLater: async () => 'process',
	end: async () => 'absent',
	isSilent: () => false,
};

export const now = new Date('2026-03-01T12:00:00Z');
export const usualPassphrase = 'open sesame';

/** Data as a credential holds it. */
export function fields(data: Record<string, string>): ReadonlyMap<string, Secret> {
	return new Map(Object.entries(data).map(([key, value]) => [key, new Secret(value)]));
}

/** A credential's data in clear, in its order. */
export function clear(data: ReadonlyMap<string, Secret> | undefined): [string, string][] {
	return [...(data ?? [])].map(([key, value]) => [key, value.reveal()]);
}

function withMeanwhile(place: VaultPlace, meanwhile: World['meanwhile']): VaultPlace {
	if (meanwhile === undefined) return place;
	return {
		...place,
		async unlock(passphrase, options) {
			const vault = await place.unlock(passphrase, options);
			return {
				...vault,
				async change(operation) {
					await vault.change(content => ({content: meanwhile(content), result: undefined}));
					return vault.change(operation);
				},
			};
		},
	};
}

/** A project file with that text, in the working directory. */
export function projectFile(text: string): ProjectFile {
	const sha256 = createHash('sha256').update(text).digest('hex');
	return {path: '/work/shop/.pharmer.yaml', shown: '.pharmer.yaml', text, sha256};
}

/** Runs the command line in this process. */
export async function runCommandLine(argv: readonly string[], world: World = {}): Promise<Outcome> {
	const passphrase = world.passphrase ?? usualPassphrase;
	const {credentials, trash = []} = world;
	const hasVault = credentials !== undefined || world.trash !== undefined;
	const plain =
		world.place ?? memoryVaultPlace(hasVault ? {credentials: credentials ?? [], trash} : undefined, passphrase);
	const place = withMeanwhile(plain, world.meanwhile);
	const answers = [...(world.answers ?? [])];
	const edits = [...(world.editor ?? [])];
	const record = {
		stdout: '',
		stderr: '',
		asked: [] as string[],
		opened: [] as AppRequest[],
		edited: [] as string[],
		editorClosed: true,
		places: [] as (string | undefined)[],
		inputTaken: [] as boolean[],
		ran: [] as ChildRequest[],
		picked: [] as string[],
		copies: [] as string[],
		lists: [] as VaultList[],
	};
	const answer = async (question: string): Promise<string> => {
		record.asked.push(question);
		const text = answers.shift() ?? world.answer?.(question);
		if (text === undefined) throw new PharmerError('cancelled', 'cancelled');
		return text;
	};
	const context: Surroundings = {
		stdout: {
			isTTY: world.stdoutIsTerminal ?? false,
			...(world.columns === undefined ? {} : {columns: world.columns}),
			write(text) {
				record.stdout += text;
			},
		},
		stderr: {
			isTTY: world.stderrIsTerminal ?? false,
			write(text) {
				record.stderr += text;
			},
		},
		environment: {PHARMER_PASSPHRASE: usualPassphrase, ...world.environment},
		version: '1.2.3',
		ownCommand: ['/opt/node/bin/node', '/opt/my tools/pharmer.js'],
		unicode: world.unicode ?? true,
		now: world.now ?? (() => now),
		async place(path) {
			record.places.push(path);
			return (path === undefined ? undefined : world.others?.[path]) ?? place;
		},
		prompt(inputTaken) {
			record.inputTaken.push(inputTaken);
			if (world.answers === undefined) return undefined;
			return {
				secret: async question => new Secret(await answer(question)),
				line: answer,
				keys: () => Promise.reject(new Error('this world has no keys')),
				quietly: task => task(),
				async show(page) {
					world.onShow?.(page({columns: 80, rows: 24}) ?? []);
				},
			};
		},
		picker() {
			const {picks} = world;
			if (picks === undefined) return undefined;
			return async (verb, credentials) => {
				record.picked.push(verb);
				const found = credentials.find(({name}) => name === picks);
				if (found === undefined) throw new PharmerError('cancelled', 'cancelled: no credential was chosen');
				return found;
			};
		},
		agent: async () => world.agent ?? noAgent,
		settings: async () => parseSettings(world.settings),
		vaults: async () => parseSettings(world.settings).vaults,
		async saveVaults(vaults) {
			record.lists.push(vaults);
		},
		noScreen: world.app === undefined ? 'standard input is not a terminal' : undefined,
		async openApp(request) {
			record.opened.push(request);
			return world.app ?? {kind: 'quit'};
		},
		async readRegularFile(path) {
			return (await this.readInput(path)).text;
		},
		async readInput(path) {
			const text = world.files?.[path];
			if (text === undefined) throw new PharmerError('file', `\`${path}\` does not exist`, 'check the path');
			return {text, exposed: world.exposed?.includes(path) ?? false};
		},
		async readTemplate(path) {
			return Buffer.from((await this.readInput(path)).text);
		},
		async readDescriptor(descriptor) {
			const text = world.descriptors?.[descriptor];
			if (text === undefined) throw new PharmerError('usage', `file descriptor ${descriptor} is not open`);
			return text;
		},
		async copy(text, handOver) {
			record.copies.push(text.reveal());
			await handOver(world.copied ?? copiedBySystem(text));
		},
		async runChild(request) {
			if (world.childStarts === false) throw new PharmerError('no-command', 'there is no such command');
			record.ran.push(request);
			request.onStarted();
			return world.childCode ?? 0;
		},
		keyring: async () => world.keyring ?? fakeKeyring('no keyring answers here'),
		machine: async (_, told) => ({...(world.machine ?? fakeMachine()), ...told}),
		async network() {
			if (world.network === undefined) throw new Error('this test asks nobody');
			return {signal: new AbortController().signal, release() {}, ...world.network};
		},
		async team() {
			const {openStore} = world;
			if (openStore === undefined) throw new Error('this test has no storage');
			const reach = {openStore, now: this.now, wait: world.wait ?? (async () => {})};
			return {reach, signal: new AbortController().signal, close() {}};
		},
		deviceName: async () => 'ana-laptop',
		importWorld: async () => filesWorld(world.files, world.environment),
		async closing(vaultWords) {
			if (world.closing === undefined) throw new Error('this test has no files to close');
			return {...world.closing, ownCommand: [...this.ownCommand, ...vaultWords]};
		},
		async projectFile() {
			if (world.project instanceof PharmerError) throw world.project;
			return world.project === undefined ? undefined : projectFile(world.project);
		},
		async sinceTrusted({sha256}) {
			if (world.project instanceof PharmerError) return 'refused';
			if (world.project === undefined) return 'gone';
			return projectFile(world.project).sha256 === sha256 ? 'same' : 'changed';
		},
		projectPath: async path => path ?? (world.project === undefined ? undefined : projectFile('').path),
		async openEditor() {
			record.editorClosed = false;
			return {
				onDisk: world.editorOnDisk ?? false,
				async edit(text) {
					record.edited.push(text);
					const edit = edits.shift();
					if (edit === undefined) throw new Error('the editor was opened once too often');
					return edit(text);
				},
				close() {
					record.editorClosed = true;
				},
			};
		},
	};
	const code = await run(argv, context);
	return {
		...record,
		code,
		async content() {
			if (!plain.exists()) return undefined;
			for (const each of [passphrase, ...(world.answers ?? []), ...Object.values(world.environment ?? {})]) {
				try {
					return await (await plain.unlock(new Secret(each ?? ''))).read();
				} catch {
					// Another one, then.
				}
			}
			throw new Error('none of the passphrases of this test opens the vault');
		},
	};
}
