import {isObject} from '../domain/json.js';
import type {Held} from './clipboard.js';
import {isSameText} from './fingerprint.js';
import type {TerminalDevice} from './terminal-device.js';

/** What another process needs to empty a clipboard later: what tells the text that was copied, never the text. */
export type Clearing = Held & {
	/** What the tools get, and with what a clipboard is found. */
	readonly environment: Readonly<Record<string, string>>;
	/** The terminal to tell to empty its clipboard, for a way through it. */
	readonly terminal?: TerminalDevice;
};

/** Which clipboard it is. */
function placeOf({way, environment, terminal}: Clearing): string {
	const {DISPLAY, WAYLAND_DISPLAY, TMUX} = environment;
	// The server's socket: what follows differs from pane to pane.
	return JSON.stringify([way, DISPLAY, WAYLAND_DISPLAY, TMUX?.split(',')[0], terminal]);
}

/**
 * Whether a later clearing does what an earlier one would do too early: it is of the same text in the same clipboard,
 * or of one that is emptied whatever it holds.
 */
export function takesOver(later: Clearing, earlier: Clearing): boolean {
	if (placeOf(later) !== placeOf(earlier)) return false;
	return isSameText(later.ours, earlier.ours) || later.terminal !== undefined;
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** A clearing among what a line of JSON holds; undefined when it is none. */
export function parseClearing(value: unknown): Clearing | undefined {
	if (!isObject(value)) return undefined;
	const {way, ours, environment, terminal} = value;
	if (!isText(way) || !isObject(ours) || !isObject(environment)) return undefined;
	const {length, hash, hashOfLines} = ours;
	if (typeof length !== 'number' || !isText(hash) || !isText(hashOfLines)) return undefined;
	if (!Object.values(environment).every(isText)) return undefined;
	const held = {way, ours: {length, hash, hashOfLines}, environment: environment as Record<string, string>};
	if (terminal === undefined) return held;
	if (!isObject(terminal) || !isText(terminal.path) || !isText(terminal.identity)) return undefined;
	return {...held, terminal: {path: terminal.path, identity: terminal.identity}};
}
