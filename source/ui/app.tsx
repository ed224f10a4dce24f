import {useApp, useInput, usePaste, useWindowSize} from 'ink';
import {useEffect, useRef, useState, useSyncExternalStore} from 'react';
import type {Event} from '../app/core/event.js';
import {isOpen, lockMoment, type State} from '../app/core/state.js';
import {decode} from '../app/input/keys.js';
import {takesText} from '../app/keyboard/focus.js';
import {pasteLength, typedEvents} from '../app/keyboard/typed-events.js';
import {isBlind} from '../app/keyboard/unseen.js';
import {layout, smallest} from '../app/layout/layout.js';
import type {Store} from '../app/loop/store.js';
import {lockNotice} from '../app/loop/wake.js';
import {roomOf} from '../app/screens/rooms.js';
import {promptLine} from '../app/spoken/prompt-line.js';
import {createTranscript} from '../app/spoken/transcript.js';
import {plural} from '../domain/words.js';
import {Frame, Header} from './components/frame.js';
import {Paragraph} from './components/styled.js';
import {Window} from './components/window.js';
import {Linear} from './linear.js';
import {LeavingView} from './screens/leaving.js';
import {ScreenView} from './screens/screen.js';
import {makeTheme, ThemeContext} from './theme.js';

/** What the outside needs of the running app; `<App>` sets it when it mounts. */
export type AppHandle = Pick<ReturnType<typeof useApp>, 'exit' | 'suspendTerminal'> & {
	/** Reads the whole screen again in linear output. */
	readonly repeat: () => void;
};

type Props = {
	readonly store: Store;
	/** Rows left empty below the frame. */
	readonly spareRows: number;
	/** Whether the terminal shows Unicode, and colours. */
	readonly unicode: boolean;
	readonly color: boolean;
	/** For screen readers: lines in order with a prompt below, instead of a screen. */
	readonly linear: boolean;
	readonly onReady: (app: AppHandle) => void;
};

/** Receives all input and draws the app's state. */
export function App({store, spareRows, unicode, color, linear, onReady}: Props) {
	const {columns, rows: windowRows} = useWindowSize();
	const rows = windowRows - spareRows;
	const state = useSyncExternalStore(store.subscribe, store.getState);
	const app = useApp();

	const [transcript] = useState(() => (linear ? createTranscript(store) : undefined));

	useEffect(
		() => onReady({exit: app.exit, suspendTerminal: app.suspendTerminal, repeat: () => transcript?.repeat()}),
		[app, transcript, onReady],
	);
	useEffect(() => store.dispatch({type: 'resize', size: {columns, rows}}), [store, columns, rows]);
	// A paste that contains its own end marker would continue as keys: ignore what follows a paste in the same read.
	const pasting = useRef(false);
	function enter(event: Event): void {
		if (linear || !isBlind(store.getState(), event)) store.dispatch(event);
	}
	useInput((input, key) => {
		if (pasting.current) return;
		const presses = decode(input, key);
		if (presses.length > pasteLength && !takesText(store.getState())) {
			enter({type: 'paste', text: input});
			return;
		}
		for (const event of typedEvents(presses, store.getState)) enter(event);
	});
	usePaste(text => {
		pasting.current = true;
		setImmediate(() => {
			pasting.current = false;
		});
		enter({type: 'paste', text});
	});

	const place = layout({columns, rows});
	const {settings, isLight} = state;
	return (
		<ThemeContext value={makeTheme(unicode, color, settings.theme, {isLight, colours: settings.colours})}>
			{transcript !== undefined ? (
				<Linear transcript={transcript} prompt={promptLine(state)} columns={columns} rows={rows} />
			) : state.left === true ? (
				<LeavingView state={state} layout={place} />
			) : place.tooSmall ? (
				<Window columns={columns} rows={rows}>
					<Paragraph
						width={Math.max(1, columns)}
					>{`make the window at least ${smallest.columns}×${smallest.rows}`}</Paragraph>
				</Window>
			) : (
				<Frame
					header={
						<Header
							root={rootOf(state)}
							place={roomOf(state.screen).crumbs(state, state.screen)}
							right={statusOf(state, columns)}
							columns={columns}
						/>
					}
					body={<ScreenView state={state} layout={place} />}
					state={state}
					layout={place}
				/>
			)}
		</ThemeContext>
	);
}

/** The program's name, and which vault is open where there is more than one. */
function rootOf({demo, vaultName}: State): string {
	if (demo) return 'pharmer --demo';
	return vaultName === undefined ? 'pharmer' : `pharmer @${vaultName}`;
}

/** The number of credentials, and what will soon happen by itself. */
function statusOf(state: State, columns: number): string {
	const {credentials, copied, now, screen} = state;
	if (!isOpen(state)) return '';
	const count = plural(credentials.length, 'credential');
	const seconds = (moment: number): number => Math.ceil((moment - now) / 1000);
	const lockIn = lockMoment(state) - now <= lockNotice ? `locks in ${seconds(lockMoment(state))} s` : '';
	const clearIn = copied === undefined ? '' : `clipboard ${seconds(copied.until)} s`;
	// In a narrow window the breadcrumbs take precedence.
	const isCounted = columns >= 60 || (screen.kind === 'list' && lockIn === '' && clearIn === '');
	const counted = isCounted ? count : '';
	return [lockIn, clearIn, counted].filter(part => part !== '').join(' · ');
}
