import {render} from 'ink';
import type {AgentClient} from '../agent/client.js';
import type {Stored} from '../app/core/event.js';
import type {AppOutcome, AppStart} from '../app/core/start.js';
import {isOpen, newState, type State} from '../app/core/state.js';
import {say} from '../app/core/step.js';
import {parseMouse} from '../app/input/mouse.js';
import {createStore} from '../app/loop/store.js';
import {firstRunScreen} from '../app/screens/first-run.js';
import {unlockScreen} from '../app/screens/unlock.js';
import type {Environment} from '../domain/environment.js';
import {PharmerError} from '../domain/errors.js';
import type {Secret} from '../domain/secret.js';
import type {Settings} from '../domain/settings.js';
import {terminalBackground} from '../platform/background.js';
import {createClipboard} from '../platform/clipboard.js';
import {abandonScreen, keepLines, undoAtEnd} from '../platform/ending.js';
import type {Keyring} from '../platform/keyring.js';
import {mouseReports} from '../platform/mouse-reports.js';
import {canSuspend, stopProcess} from '../platform/suspend.js';
import {terminalInput} from '../platform/terminal-input.js';
import {boundedWindow} from '../platform/window.js';
import {changedSettings, type LoadedSettings, type SettingsStore, troubleLine} from '../settings/settings-store.js';
import type {ClosingMachine} from '../tasks/closing-machine.js';
import {visible} from '../text/visible.js';
import type {OtherVaults} from '../vault/other-vaults.js';
import type {Vault, VaultPlace} from '../vault/vault.js';
import {App, type AppHandle} from './app.js';
import {Boundary} from './components/boundary.js';
import {isPartGone, partGone} from './effect-errors.js';
import {lateRunner} from './late-runner.js';
import type {World} from './world.js';

export type AppOptions = {
	readonly place: VaultPlace;
	readonly start: AppStart;
	/** The vault as a flag named it, or its name. */
	readonly vault: string | undefined;
	readonly vaultName?: string | undefined;
	/** The vaults that one can go to from that. */
	readonly others?: OtherVaults | undefined;
	readonly environment: Environment;
	/** Opens or creates the vault without asking; the app asks again if it is wrong. */
	readonly passphrase: Secret | undefined;
	/** The vault, when it is open already. */
	readonly opened?: Vault | undefined;
	/** What to say on the first screen. */
	readonly notice?: string | undefined;
	/** The agent; undefined where there is no vault for commands. */
	readonly agent: (() => Promise<AgentClient>) | undefined;
	/** Whether an unlock here unlocks for commands too. */
	readonly fillsAgent: boolean;
	readonly keyring: () => Promise<Keyring>;
	/** Closes plaintext files that the vault at that path took in. */
	readonly closing: (path: string) => Promise<ClosingMachine>;
	/** What is to be merged, handed over once. */
	readonly takeOther?: (() => Stored | undefined) | undefined;
	/** Why a change has just kept no copy of the vault; undefined when nothing is to be said. */
	readonly takeUnkept?: () => string | undefined;
	readonly acceptRollback: boolean;
	/** Whether the terminal shows Unicode. */
	readonly unicode: boolean;
	readonly color: boolean;
	/** For screen readers: lines in order with a prompt below, instead of a screen. */
	readonly linear: boolean;
	readonly settings: SettingsStore;
	/** Writes nothing but the terminal and the clipboard. */
	readonly demo: boolean;
};

const clock = {
	now: () => Date.now(),
	at(moment: number, task: () => void) {
		const timer = setTimeout(task, Math.max(0, moment - Date.now()));
		return () => clearTimeout(timer);
	},
};

function initialState(options: AppOptions, {settings, trouble}: LoadedSettings): State {
	const {place, start, vault, vaultName, environment, demo, linear} = options;
	const {columns, rows} = boundedWindow();
	const size = {columns, rows};
	return newState({
		size,
		now: Date.now(),
		path: place.path,
		exposures: place.exposures(),
		environment,
		settings,
		settingsTrouble: trouble && troubleLine(trouble),
		demo,
		linear,
		start,
		vault,
		vaultName,
		screen: unlockScreen,
	});
}

/**
 * The state of the first frame: the vault is inspected without its passphrase, and a given passphrase is tried at once.
 * An open vault is shown at once.
 */
async function firstScreen(options: AppOptions, loaded: LoadedSettings): Promise<State> {
	const {place, passphrase, opened, notice, acceptRollback} = options;
	const initial = initialState(options, loaded);
	const state = notice === undefined ? initial : say(initial, 'error', visible(notice));
	const busy = passphrase !== undefined || opened !== undefined;
	try {
		if (!place.exists()) return {...state, screen: {...firstRunScreen, busy}};
		await place.inspect({acceptRollback});
		const held = opened !== undefined;
		return {...state, screen: {...unlockScreen, acceptRollback, busy, given: busy, held}};
	} catch (error) {
		if (!(error instanceof PharmerError)) throw error;
		const {code, message, hint} = error;
		return {...state, screen: {...unlockScreen, blocked: {code, message, hint}}};
	}
}

function wantsMouse(state: State): boolean {
	return state.settings.mouse && isOpen(state);
}

/**
 * Shows the full-screen app until the user leaves. The terminal is restored when the promise settles. Throws the error
 * that ended the app, such as `not-found`.
 */
export async function runApp(options: AppOptions): Promise<AppOutcome> {
	let app: AppHandle | undefined;
	const loaded = await options.settings.load();
	const state = await firstScreen(options, loaded);
	let saved = loaded.settings;
	const {environment, demo, linear, others} = options;
	let {place} = options;
	const clipboard = createClipboard({
		environment,
		platform: process.platform,
		write: text => process.stdout.write(text),
	});
	const mouse = mouseReports();
	const stdin = terminalInput(
		keys => {
			if (mouse.wanted) for (const action of parseMouse(keys)) store.dispatch({type: 'mouse', action});
		},
		answer => background.take(answer),
	);
	const background = terminalBackground(
		text => process.stdout.write(text),
		isLight => store.dispatch({type: 'background', isLight}),
	);
	const stdout = boundedWindow();
	const runner = lateRunner(async () => {
		const [{createEffectRunner}, {thisMachine}] = await Promise.all([
			import('./effect-runner.js'),
			import('../tasks/this-machine.js'),
		]);
		const world: World = {
			get place() {
				return place;
			},
			vaults: others && {
				...others,
				enter(next) {
					place = next;
				},
			},
			agent: options.agent,
			takeUnkept: options.takeUnkept,
			takeOther: options.takeOther,
			fillsAgent: options.fillsAgent,
			removeEntry: async entry => (await options.keyring()).remove(entry),
			now: () => new Date(),
			clipboard,
			machine: thisMachine(environment, demo),
			closing: demo ? undefined : () => options.closing(place.path),
			reach: demo
				? undefined
				: async signal => (await import('../network/this-network.js')).thisNetwork(environment, signal),
			teaming: demo
				? undefined
				: async signal => {
						const [{thisNetwork}, {teaming}] = await Promise.all([
							import('../network/this-network.js'),
							import('../tasks/team/teaming.js'),
						]);
						return teaming({...thisNetwork(environment, signal), signal}, environment);
					},
			async saveSettings(settings: Settings) {
				if (!demo) await options.settings.save(changedSettings(saved, settings));
				saved = settings;
			},
			drawn: () => instance.waitUntilRenderFlush(),
			async suspend() {
				if (!canSuspend) throw new PharmerError('usage', 'Windows has no job control to go to the shell with');
				await instance.waitUntilRenderFlush();
				await background.settled();
				mouse.set(false);
				await app?.suspendTerminal(stopProcess);
				mouse.set(hasMouse());
			},
			async redraw() {
				if (linear) app?.repeat();
				else await app?.suspendTerminal(() => {});
			},
			async quit(outcome) {
				await instance.waitUntilRenderFlush();
				await background.settled();
				app?.exit(outcome);
			},
		};
		return createEffectRunner(world, event => store.dispatch(event));
	});
	const store = createStore(state, runner.run, clock);
	// Must run before Ink installs its exit handlers: not every terminal clears the alternate screen, and it may show a
	// secret.
	if (linear) keepLines();
	const callOff = undoAtEnd(abandonScreen);
	// Undone before the screen is released: the terminal's own clipboard needs it.
	const leaveClipboard = undoAtEnd(() => clipboard.clearNow());
	// Linear output has no positions to click.
	const hasMouse = (): boolean => !linear && wantsMouse(store.getState());
	mouse.set(hasMouse());
	const unsubscribe = store.subscribe(() => mouse.set(hasMouse()));
	let failure: Error | undefined;
	/** Leaves the app with an error, which Ink takes from nobody but the app itself. */
	function fail(error: Error): void {
		failure ??= error;
		// What the terminal still answers would be typed at the shell.
		void background.settled().then(() => instance.unmount());
	}
	const instance = render(
		<Boundary onError={error => fail(error instanceof Error ? error : new Error('the screen could not be drawn'))}>
			<App
				store={store}
				// A frame as tall as the window makes the Windows console scroll, and Ink then clears everything at every
				// frame.
				spareRows={process.platform === 'win32' ? 1 : 0}
				unicode={options.unicode}
				color={options.color}
				linear={linear}
				onReady={handle => {
					app = handle;
				}}
			/>
		</Boundary>,
		{
			stdin,
			stdout,
			alternateScreen: !linear,
			incrementalRendering: !linear,
			// Ink's own screen-reader mode has no prompt and no cursor, and repeats the whole screen at every change.
			isScreenReaderEnabled: false,
			maxFps: 60,
			exitOnCtrlC: false,
			// The terminal was checked before: a CI variable in the user's shell must not blank the screen.
			interactive: true,
			kittyKeyboard: {mode: 'auto'},
		},
	);
	// The first frame comes before it. The console of Linux has one background only, and no answer.
	if (options.color && !linear && environment.TERM !== 'linux')
		void instance.waitUntilRenderFlush().then(background.ask);
	// The first frame is out.
	runner.load().catch((error: unknown) => {
		fail(isPartGone(error) ? partGone : new Error('the rest of the app could not be loaded'));
	});
	const {passphrase, opened, acceptRollback} = options;
	const isBusy = 'busy' in state.screen && state.screen.busy;
	if (isBusy && opened !== undefined) runner.open(opened);
	else if (isBusy && passphrase !== undefined) {
		runner.run(
			state.screen.kind === 'unlock'
				? {type: 'unlock', passphrase, acceptRollback}
				: {type: 'create-vault', passphrase},
		);
	}
	try {
		const outcome = (await instance.waitUntilExit()) as AppOutcome;
		if (failure !== undefined) throw failure;
		return outcome;
	} finally {
		unsubscribe();
		mouse.set(false);
		callOff();
		// A crash skips the cleanup of a normal exit.
		clipboard.clearNow();
		leaveClipboard();
		store.close();
		await runner.close();
	}
}
