import {EventEmitter} from 'node:events';
import xterm, {type IBufferCell} from '@xterm/headless';
import chalk from 'chalk';
import {render} from 'ink';
import type {AgentClient} from '../../source/agent/client.js';
import type {Stored} from '../../source/app/core/event.js';
import type {AppOutcome, AppStart} from '../../source/app/core/start.js';
import {newState} from '../../source/app/core/state.js';
import {createStore} from '../../source/app/loop/store.js';
import {firstRunScreen} from '../../source/app/screens/first-run.js';
import {unlockScreen} from '../../source/app/screens/unlock.js';
import type {Environment} from '../../source/domain/environment.js';
import {PharmerError} from '../../source/domain/errors.js';
import type {Secret} from '../../source/domain/secret.js';
import {defaultSettings, type Settings} from '../../source/domain/settings.js';
import type {ThemeName} from '../../source/domain/theme-name.js';
import {createKeyReader} from '../../source/platform/key-reader.js';
import type {ClosingMachine} from '../../source/tasks/closing-machine.js';
import {App, type AppHandle} from '../../source/ui/app.js';
import {createEffectRunner} from '../../source/ui/effect-runner.js';
import type {World} from '../../source/ui/world.js';
import type {VaultPlace} from '../../source/vault/vault.js';
import {followCursor, readFrame} from '../../tools/cells.js';
import {countCellsAsToday} from './character-widths.js';
import {filesWorld, namesIn} from './import-world.js';
import {keyBytes} from './keys.js';

// The screen's styles are part of what tests see: 16 colours, unless a test sets another level.
chalk.level = 1;

// The app loads these when it needs them: here they are loaded before, so that no frame waits for the disk.
await Promise.all([
	import('../../source/documents/edited-manifest.js'),
	import('../../source/documents/manifest.js'),
	import('../../source/documents/manifest-json.js'),
	import('../../source/look/look.js'),
	import('../../source/look/importers.js'),
	import('../../source/look/pasted-text.js'),
	import('../../source/look/plaintext.js'),
	import('../../source/look/sources.js'),
	import('../../source/ui/issuing.js'),
	import('../../source/ui/rotating.js'),
	import('../../source/ui/syncing.js'),
	import('../../source/ui/verifying.js'),
]);

/** When the emulator's clock starts. */
export const openingTime = Date.parse('2026-11-24T12:00:00Z');

export type TerminalOptions = {
	readonly place: VaultPlace;
	readonly columns?: number;
	readonly rows?: number;
	readonly start?: AppStart;
	readonly environment?: Environment;
	readonly ascii?: boolean;
	/** Lines for a screen reader instead of a screen. */
	readonly linear?: boolean;
	readonly color?: boolean;
	readonly theme?: ThemeName;
	/** The path of the vault when a flag named it. */
	readonly vault?: string;
	/** The files of the machine, by their path, for looking around in them. */
	readonly machine?: Parameters<typeof filesWorld>[0];
	/** Paths that never answer, as on a server that is gone. */
	readonly silent?: readonly string[];
	/** Closes files; without, as in the demo. */
	readonly closing?: ClosingMachine;
	readonly settings?: Partial<Settings>;
	/** A clipboard that can't tell whether a copy has arrived, or none at all. */
	readonly clipboard?: 'unsure' | 'none';
	/** What the app is opened to merge. */
	readonly other?: Stored;
	/** Why each change keeps no copy of the vault. */
	readonly unkept?: string;
	/** The way to providers; without, as in the demo. */
	readonly reach?: World['reach'];
	/** The other vaults, by their names; without, as in the demo. */
	readonly others?: Readonly<Record<string, VaultPlace>>;
	/** What the vault is called, where there is more than one. */
	readonly vaultName?: string;
	/** The way to storages of shared vaults; without, as in the demo. */
	readonly teaming?: World['teaming'];
	/** The agent, which an unlock here does not fill. */
	readonly agent?: AgentClient;
};

/** The whole app in a terminal emulator, over any vault, driven by bytes and read from the screen. */
export async function openTerminal(options: TerminalOptions) {
	const {columns = 80, rows = 24, start = {kind: 'browse'}, environment = {}} = options;
	const screen = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, convertEol: true});
	countCellsAsToday(screen);
	const cursorShown = followCursor(screen);
	const titles: string[] = [];
	screen.onTitleChange(title => titles.push(title));
	const written: string[] = [];
	const pending: Promise<void>[] = [];
	const stdout = Object.assign(new EventEmitter(), {
		isTTY: true,
		columns,
		rows,
		writable: true,
		write(text: string, encoding?: unknown, done?: () => void): boolean {
			written.push(text);
			pending.push(new Promise(resolve => screen.write(text, resolve)));
			const callback = typeof encoding === 'function' ? (encoding as () => void) : done;
			if (callback !== undefined) queueMicrotask(callback);
			return true;
		},
	});
	let suspended: (() => void) | undefined;
	const input: string[] = [];
	const stdin = Object.assign(new EventEmitter(), {
		isTTY: true,
		setRawMode: () => stdin,
		setEncoding: () => {},
		ref: () => {},
		unref: () => {},
		read: () => input.shift() ?? null,
	});
	// What the terminal sends comes to the app as it does in the program.
	const reader = createKeyReader(keys => {
		input.push(keys);
		stdin.emit('readable');
	});
	const send = (text: string): void => reader.push(Buffer.from(text));
	let now = openingTime;
	const timers = new Set<{readonly moment: number; readonly task: () => void}>();
	let app: AppHandle | undefined;
	let outcome: AppOutcome | Error | undefined;
	let clipboard = '';
	let ours: Secret | undefined;
	const exported = new Map<string, string>();
	const saved: Settings[] = [];
	const files = filesWorld(options.machine, options.environment);
	const read: typeof files.read = (path, limit) =>
		options.silent?.includes(path) === true ? new Promise(() => {}) : files.read(path, limit);
	let {place} = options;
	const {others} = options;
	const all = Object.entries({[options.vaultName ?? 'default']: place, ...others});
	const runner = createEffectRunner(
		{
			get place() {
				return place;
			},
			vaults: others && {
				list: async () =>
					all.map(([name, each]) => ({name, path: each.path, state: each.exists() ? 'locked' : 'none'})),
				async find(path) {
					const found = all.find(([, each]) => each.path === path)?.[1];
					if (found === undefined) throw new PharmerError('no-vault', 'there is no such vault');
					return {place: found};
				},
				enter(next) {
					place = next;
				},
			},
			agent: options.agent && (async () => options.agent as AgentClient),
			now: () => new Date(now),
			takeOther: () => options.other,
			takeUnkept: () => options.unkept,
			removeEntry: async () => true,
			machine: {
				isDemo: false,
				world: {...files, read},
				expand: path => path.replace(/^~(?=\/|$)/, '/home/me'),
				names: namesIn(options.machine),
				async read(path) {
					const file = await read(path);
					if (file === undefined) throw new PharmerError('file', `\`${path}\` does not exist`, 'check the path');
					return file.text;
				},
				async writeNew(path, text) {
					exported.set(path, text);
				},
			},
			reach: options.reach,
			teaming: options.teaming,
			closing: options.closing && (async () => options.closing as ClosingMachine),
			clipboard: {
				async copy(text) {
					if (options.clipboard === 'none') throw new PharmerError('file', 'no clipboard works here', 'install xclip');
					clipboard = text.reveal();
					ours = text;
					return {by: 'the clipboard', sure: options.clipboard !== 'unsure'};
				},
				async clear() {
					if (ours === undefined || clipboard !== ours.reveal()) return 'kept';
					clipboard = '';
					return options.clipboard === 'unsure' ? 'unknown' : 'cleared';
				},
			},
			saveSettings: async settings => {
				saved.push(settings);
			},
			drawn: () => instance.waitUntilRenderFlush(),
			suspend: async () => {
				suspended?.();
			},
			redraw: async () => app?.repeat(),
			quit: result => {
				outcome = result as AppOutcome;
				app?.exit();
			},
		},
		event => store.dispatch(event),
	);
	const initial = newState({
		exposures: place.exposures(),
		size: {columns, rows},
		now,
		path: place.path,
		vault: options.vault,
		vaultName: options.vaultName,
		environment,
		start,
		settings: {...defaultSettings, theme: options.theme ?? 'terminal', ...options.settings},
		screen: place.exists() ? unlockScreen : firstRunScreen,
	});
	const store = createStore(initial, runner.run, {
		now: () => now,
		at(moment, task) {
			const timer = {moment, task};
			timers.add(timer);
			return () => timers.delete(timer);
		},
	});
	const instance = render(
		<App
			store={store}
			spareRows={0}
			unicode={options.ascii !== true}
			color={options.color !== false}
			linear={options.linear === true}
			onReady={handle => {
				app = handle;
			}}
		/>,
		{
			stdout: stdout as unknown as NodeJS.WriteStream,
			stdin: stdin as unknown as NodeJS.ReadStream,
			stderr: Object.assign(new EventEmitter(), {write: () => true}) as unknown as NodeJS.WriteStream,
			interactive: true,
			alternateScreen: options.linear !== true,
			incrementalRendering: options.linear !== true,
			isScreenReaderEnabled: false,
			patchConsole: false,
			exitOnCtrlC: false,
			// As the program does: frames in between that nobody reads are left out.
			maxFps: 60,
		},
	);

	const turns = async (count: number): Promise<void> => {
		for (let turn = 0; turn < count; turn++) await new Promise(resolve => setImmediate(resolve));
	};

	/** Lets effects end: promises that wait for the frame that says so, and end in a dispatch. Some never end. */
	async function effects(): Promise<void> {
		await turns(5);
		for (let frame = 0; frame < 20 && store.getState().underWay.length > 0; frame++) {
			await instance.waitUntilRenderFlush();
			await turns(5);
		}
	}

	async function settle(): Promise<void> {
		await turns(5);
		await instance.waitUntilRenderFlush();
		await Promise.all(pending.splice(0));
	}

	const lines = (): string[] =>
		Array.from(
			{length: screen.rows},
			(_, row) => screen.buffer.active.getLine(screen.buffer.active.viewportY + row)?.translateToString(true) ?? '',
		);

	/** Every cell of the window with what it looks like, row by row. */
	const cells = (): readonly {readonly x: number; readonly y: number; readonly cell: IBufferCell}[] =>
		Array.from({length: screen.rows * screen.cols}, (_, index) => {
			const [x, y] = [index % screen.cols, Math.floor(index / screen.cols)];
			const cell = screen.buffer.active.getLine(screen.buffer.active.viewportY + y)?.getCell(x);
			if (cell === undefined) throw new Error(`no cell at ${x}, ${y}`);
			return {x, y, cell};
		});

	await settle();
	return {
		store,
		settle,
		/** Each argument is one key of the keymap or a text, and arrives in a read of its own. */
		async press(...keys: readonly string[]): Promise<void> {
			for (const key of keys) {
				send(keyBytes(key));
				await settle();
			}
		},
		/** As `press`, but draws only what the last one leads to. */
		async play(...keys: readonly string[]): Promise<void> {
			for (const key of keys) {
				send(keyBytes(key));
				await effects();
			}
			await settle();
			// A text that an effect has brought gets its caret in a frame of its own.
			await settle();
		},
		/** All keys in one read. */
		async burst(...keys: readonly string[]): Promise<void> {
			send(keys.map(keyBytes).join(''));
			await settle();
		},
		/** A bracketed paste, line breaks as terminals send them. */
		async paste(text: string): Promise<void> {
			send(`\u001b[200~${text.replaceAll('\n', '\r')}\u001b[201~`);
			await settle();
		},
		async resize(newColumns: number, newRows: number): Promise<void> {
			screen.resize(newColumns, newRows);
			Object.assign(stdout, {columns: newColumns, rows: newRows});
			stdout.emit('resize');
			await settle();
			await settle();
		},
		/** Lets that much time pass: what was to happen then happens. */
		async pass(milliseconds: number): Promise<void> {
			const end = now + milliseconds;
			for (;;) {
				const due = [...timers].filter(timer => timer.moment <= end).sort((a, b) => a.moment - b.moment)[0];
				if (due === undefined) break;
				timers.delete(due);
				now = Math.max(now, due.moment);
				due.task();
			}
			now = end;
			await settle();
		},
		/** Lets that much time pass as on a machine that sleeps: nothing that was to happen then happens. */
		sleep(milliseconds: number): void {
			now += milliseconds;
		},
		/** Titles that were set. */
		titles: () => titles,
		/** Rows that have left the screen at its top. */
		scrolled: () => screen.buffer.active.baseY,
		screen: () => lines().join('\n'),
		lines,
		cells,
		cursor: () => ({x: screen.buffer.active.cursorX, y: screen.buffer.active.cursorY}),
		/** The screen with its styles, for what draws it. */
		frame: () => readFrame(screen, cursorShown()),
		/** What is in the clipboard. */
		clipboard: () => clipboard,
		/** Something else is copied, outside of the app. */
		copyElsewhere(text: string): void {
			clipboard = text;
		},
		/** What was exported, by path. */
		exported: () => exported,
		/** The settings that were kept. */
		saved: () => saved,
		/** Calls `task` when the app has handed the terminal back to the shell. */
		onSuspend(task: () => void): void {
			suspended = task;
		},
		/** All rows that the terminal keeps, also those that have been scrolled out of the window. */
		kept: (): readonly string[] =>
			Array.from(
				{length: screen.buffer.active.length},
				(_, row) => screen.buffer.active.getLine(row)?.translateToString(true) ?? '',
			),
		isAlternate: () => screen.buffer.active.type === 'alternate',
		/** Everything that was ever written to the terminal. */
		written: () => written.join(''),
		outcome: () => outcome,
		close(): void {
			reader.close();
			store.close();
			runner.close();
			instance.unmount();
		},
	};
}

export type TestTerminal = Awaited<ReturnType<typeof openTerminal>>;
