import type {Environment} from '../domain/environment.js';
import type {Way} from './clipboard-way.js';
import {macos, powershell, termux, wayland, xclip, xsel} from './system-clipboard.js';
import {terminal, tmux} from './terminal-clipboard.js';

/** The clipboards of this machine. */
function localWays(environment: Environment, platform: NodeJS.Platform): readonly Way[] {
	if (platform === 'darwin') return [macos];
	if (platform === 'win32') {
		// By its full path: Windows would look in the current folder first.
		const root = environment.SystemRoot ?? environment.SYSTEMROOT ?? 'C:\\Windows';
		return [powershell(`${root}\\System32\\WindowsPowerShell\\v1.0\\powershell.exe`)];
	}
	return [
		...(environment.WAYLAND_DISPLAY ? [wayland] : []),
		...(environment.DISPLAY ? [xclip, xsel] : []),
		...(environment.WSL_DISTRO_NAME ? [powershell('powershell.exe')] : []),
		...(platform === 'android' || environment.TERMUX_VERSION ? [termux] : []),
	];
}

/** The ways that can work here, best first. Over ssh, this machine's own clipboards belong to somebody else. */
export function clipboardWays(environment: Environment, platform: NodeJS.Platform): readonly Way[] {
	const remote = Boolean(environment.SSH_TTY || environment.SSH_CONNECTION);
	return [
		...(remote ? [] : localWays(environment, platform)),
		...(environment.TMUX ? [tmux] : []),
		...(environment.TERM === 'dumb' || environment.TERM === 'linux' ? [] : [terminal(environment)]),
	];
}

/** What the user can do to get a working clipboard. */
export function clipboardAdvice(environment: Environment, platform: NodeJS.Platform): string {
	if (environment.SSH_TTY || environment.SSH_CONNECTION) return 'run it in tmux 3.2 or newer';
	if (platform === 'darwin') return 'make sure that `pbcopy` works';
	if (platform === 'win32') return 'make sure that PowerShell may be used';
	if (environment.WAYLAND_DISPLAY) return 'install wl-clipboard';
	if (environment.DISPLAY) return 'install xclip or xsel';
	if (platform === 'android' || environment.TERMUX_VERSION) return 'install Termux:API and its package `termux-api`';
	return 'run it in tmux';
}
