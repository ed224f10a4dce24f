import type {Way} from './clipboard-way.js';
import {type Tool, toolFor} from './tool.js';

const system = {
	by: 'the clipboard',
	sure: true,
	stacked: false,
	limit: Number.POSITIVE_INFINITY,
	lastMoment: 2000,
} as const;

/**
 * A clipboard with a command for each task: several to copy, of which the first that works is used, one to paste and
 * one to empty it. Where a copy command returns before its effect, the content is checked at most `looks` times.
 */
function clipboard(copy: readonly string[], paste: string, empty: string, looks = 0): Way {
	return {
		...system,
		*put(text) {
			const ours = Buffer.from(text);
			for (const command of copy) {
				if ((yield {...toolFor(command), input: text}) === undefined) continue;
				for (let look = 0; look < looks; look++) {
					const content = yield {...toolFor(paste), reads: ours.length};
					if (content === undefined || content.equals(ours)) break;
				}
				return true;
			}
			return false;
		},
		*take(text) {
			const ours = Buffer.from(text);
			const content = yield {...toolFor(paste), reads: ours.length};
			if (content === undefined) return 'failed';
			if (!content.equals(ours)) return 'kept';
			return (yield toolFor(empty)) === undefined ? 'failed' : 'cleared';
		},
	};
}

export const macos = clipboard(['pbcopy'], 'pbpaste', 'pbcopy');
// wl-clipboard before 2.3 refuses `--sensitive`, which asks clipboard managers not to keep the text, before it reads
// anything.
export const wayland = clipboard(
	['wl-copy --sensitive --type text/plain', 'wl-copy --type text/plain'],
	'wl-paste --no-newline',
	'wl-copy --clear',
);
// These two can exit before the part of them that runs in the background has taken over the clipboard.
export const xclip = clipboard(
	['xclip -selection clipboard -i'],
	'xclip -selection clipboard -o',
	'xclip -selection clipboard -i',
	50,
);
export const xsel: Way = {
	...clipboard(['xsel --clipboard --input'], 'xsel --clipboard --output', 'xsel --clipboard --clear', 50),
	// It hands out longer texts in parts, and version 1.2.0 breaks down after doing that a few times.
	limit: 4000,
};
export const termux = clipboard(['termux-clipboard-set'], 'termux-clipboard-get', 'termux-clipboard-set');

/**
 * Windows's own PowerShell. It decodes standard input with a code page that depends on the machine, so the text is
 * passed in base64, and it compares by itself, so nothing comes back. Line ends may have changed on the way.
 */
export function powershell(program: string): Way {
	const run = (text: string, script: string): Tool => ({
		program,
		args: [
			'-NoProfile',
			'-NonInteractive',
			'-Command',
			"$ErrorActionPreference = 'Stop'; " +
				'$text = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String([Console]::In.ReadToEnd())); ' +
				script,
		],
		input: Buffer.from(text).toString('base64'),
		reads: 100,
	});
	return {
		...system,
		// It needs a second just to start.
		lastMoment: 4000,
		*put(text) {
			return (yield run(text, 'Set-Clipboard -Value $text')) !== undefined;
		},
		*take(text) {
			const answer = yield run(
				text,
				'$now = [string](Get-Clipboard -Raw); $return = [string][char]13; ' +
					"if ($now.Replace($return, '').Equals($text.Replace($return, ''))) " +
					"{Set-Clipboard -Value $null; 'cleared'} else {'kept'}",
			);
			const word = answer?.toString('latin1').trim();
			return word === 'cleared' || word === 'kept' ? word : 'failed';
		},
	};
}
