import {render} from 'ink';
import {firstRunScreen} from '../app/modes/first-run.js';
import {unlockScreen} from '../app/modes/unlock.js';
import type {AppOutcome, AppStart} from '../app/start.js';
import {newState, type State} from '../app/state.js';
import {createStore} from '../app/store.js';
import {PharmerError} from '../domain/errors.js';
import type {Secret} from '../domain/secret.js';
import {readSources} from '../formats/sources.js';
import {abandonScreen, undoAtEnd} from '../platform/ending.js';
import {expandHome} from '../platform/home.js';
import {readInputFile} from '../platform/input-file.js';
import {canSuspend, stopProcess} from '../platform/suspend.js';
import type {Environment} from '../providers/environment.js';
import type {VaultPlace} from '../vault/vault.js';
import {App, type AppHandle} from './app.js';
import {Boundary} from './components/boundary.js';
import {createEffectRunner} from './effect-runner.js';
import {makeTheme, ThemeContext} from './theme.js';

export type AppOptions = {
	readonly place: VaultPlace;
	readonly start: AppStart;
	readonly environment: Environment;
	/** Opens or makes the vault without asking; a wrong one is asked for again. */
	readonly passphrase: Secret | undefined;
	readonly acceptRollback: boolean;
	/** Whether the terminal shows more than ASCII. */
	readonly unicode: boolean;
	readonly color: boolean;
};

const clock = {
	now: () => Date.now(),
	at(moment: number, task: () => void) {
		const timer = setTimeout(task, Math.max(0, moment - Date.now()));
		return () => clearTimeout(timer);
	},
};

function initialState({place, start, environment}: AppOptions): State {
	const size = {columns: process.stdout.columns ?? 80, rows: process.stdout.rows ?? 24};
	return newState({size, now: Date.now(), path: place.path, environment, start, screen: unlockScreen});
}

/** The screen before the first frame: the vault is looked at without its passphrase, and a given passphrase is tried at once. */
function firstScreen(options: AppOptions): State {
	const state = initialState(options);
	const {place, passphrase, acceptRollback} = options;
	const busy = passphrase !== undefined;
	try {
		if (!place.exists()) return {...state, screen: {...firstRunScreen, busy}};
		place.inspect();
		return {...state, screen: {...unlockScreen, acceptRollback, busy, given: busy}};
	} catch (error) {
		if (!(error instanceof PharmerError)) throw error;
		const {code, message, hint} = error;
		if (code === 'rolled-back' && acceptRollback) {
			return {...state, screen: {...unlockScreen, acceptRollback, busy, given: busy}};
		}
		return {...state, screen: {...unlockScreen, blocked: {code, message, hint}}};
	}
}

/** Shows the full-screen app until it is left. The terminal is as before when the promise settles. Throws what ended the app, such as `not-found`. */
export async function runApp(options: AppOptions): Promise<AppOutcome> {
	let app: AppHandle | undefined;
	const state = firstScreen(options);
	const runner = createEffectRunner(
		{
			place: options.place,
			now: () => new Date(),
			async readSources(path, provider) {
				const {text} = await readInputFile(expandHome(path));
				return readSources(text, provider).map(({label, data, provider: found}) => {
					if (found.id !== provider.id)
						throw new PharmerError('invalid', `the file is for ${found.title}, not for ${provider.title}`);
					return {label, data};
				});
			},
			async suspend() {
				if (!canSuspend) throw new PharmerError('usage', 'Windows has no job control to go to the shell with');
				await instance.waitUntilRenderFlush();
				await app?.suspendTerminal(stopProcess);
			},
			async redraw() {
				await app?.suspendTerminal(() => {});
			},
			async quit(outcome) {
				await instance.waitUntilRenderFlush();
				app?.exit(outcome);
			},
		},
		event => store.dispatch(event),
	);
	const store = createStore(state, runner.run, clock);
	// Before Ink listens for what ends the process: not every terminal takes its screen away, and a secret may be on it.
	const callOff = undoAtEnd(abandonScreen);
	const instance = render(
		<ThemeContext value={makeTheme(options.unicode, options.color)}>
			<Boundary
				onError={error => {
					instance.unmount(error instanceof Error ? error : new Error('the screen could not be drawn'));
				}}
			>
				<App
					store={store}
					// A frame as tall as the window makes the Windows console scroll, and Ink then clears all of it at every frame.
					spareRows={process.platform === 'win32' ? 1 : 0}
					onReady={handle => {
						app = handle;
					}}
				/>
			</Boundary>
		</ThemeContext>,
		{
			alternateScreen: true,
			incrementalRendering: true,
			maxFps: 60,
			exitOnCtrlC: false,
			// The terminal was checked before: CI in the environment of a person's shell must not blank the screen.
			interactive: true,
			kittyKeyboard: {mode: 'auto'},
		},
	);
	if ('busy' in state.screen && state.screen.busy && options.passphrase !== undefined) {
		const {passphrase, acceptRollback} = options;
		runner.run(
			state.screen.kind === 'unlock'
				? {type: 'unlock', passphrase, acceptRollback}
				: {type: 'create-vault', passphrase},
		);
	}
	try {
		return (await instance.waitUntilExit()) as AppOutcome;
	} finally {
		callOff();
		store.close();
		runner.close();
	}
}
