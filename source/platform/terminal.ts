import type {Environment} from '../domain/environment.js';

/**
 * Whether to write colour to a stream. Checked in this order: `--no-color`, NO_COLOR (any text), FORCE_COLOR (any
 * text means yes, except `0` and `false`, which mean no), TERM=dumb, and then whether it is a terminal.
 */
export function usesColor(environment: Environment, isTerminal: boolean, colorFlag: boolean): boolean {
	if (!colorFlag || environment.NO_COLOR) return false;
	const force = environment.FORCE_COLOR;
	if (force) return force !== '0' && force !== 'false';
	return isTerminal && environment.TERM !== 'dumb';
}

/** Why the full-screen app can't be shown, as a sentence without its full stop; undefined when it can. */
export function noScreenReason(
	environment: Environment,
	terminals: {readonly input: boolean; readonly output: boolean},
): string | undefined {
	if (!terminals.input) return 'standard input is not a terminal';
	if (!terminals.output) return 'standard output is not a terminal';
	return environment.TERM === 'dumb' ? 'this terminal is dumb (TERM=dumb)' : undefined;
}

/** Whether a terminal is expected to show more than ASCII: judged by its locale, on Windows by which program it is. */
export function showsUnicode(environment: Environment, platform: NodeJS.Platform): boolean {
	if (environment.TERM === 'linux') return false;
	if (platform === 'win32') {
		return Boolean(environment.WT_SESSION || environment.TERM_PROGRAM || environment.ConEmuTask);
	}
	return /utf-?8/i.test(environment.LC_ALL || environment.LC_CTYPE || environment.LANG || '');
}

/**
 * Whether output is for a screen reader, line by line: INK_SCREEN_READER or ACCESSIBLE, unless it is `0` or `false`.
 */
export function wantsLinear(environment: Environment): boolean {
	const isOn = (value: string | undefined): boolean =>
		Boolean(value) && value !== '0' && value?.toLowerCase() !== 'false';
	return isOn(environment.INK_SCREEN_READER) || isOn(environment.ACCESSIBLE);
}
