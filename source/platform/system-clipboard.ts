import type {Way} from './clipboard-way.js';
import {fingerprintOf, isTextOf} from './fingerprint.js';
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
function clipboard(id: string, copy: readonly string[], paste: string, empty: string, looks = 0): Way {
	return {
		...system,
		id,
		*put(text) {
			const ours = fingerprintOf(text);
			for (const command of copy) {
				if ((yield {...toolFor(command), input: text}) === undefined) continue;
				for (let look = 0; look < looks; look++) {
					const content = yield {...toolFor(paste), reads: ours.length};
					if (content === undefined || isTextOf(content, ours)) break;
				}
				return true;
			}
			return false;
		},
		*take(ours) {
			const content = yield {...toolFor(paste), reads: ours.length};
			if (content === undefined) return 'failed';
			if (!isTextOf(content, ours)) return 'kept';
			return (yield toolFor(empty)) === undefined ? 'failed' : 'cleared';
		},
	};
}

export const macos = clipboard('macos', ['pbcopy'], 'pbpaste', 'pbcopy');
// wl-clipboard before 2.3 refuses `--sensitive`, which asks clipboard managers not to keep the text, before it reads
// anything.
export const wayland = clipboard(
	'wayland',
	['wl-copy --sensitive --type text/plain', 'wl-copy --type text/plain'],
	'wl-paste --no-newline',
	'wl-copy --clear',
);
// These two can exit before the part of them that runs in the background has taken over the clipboard.
export const xclip = clipboard(
	'xclip',
	['xclip -selection clipboard -i'],
	'xclip -selection clipboard -o',
	'xclip -selection clipboard -i',
	50,
);
export const xsel: Way = {
	...clipboard('xsel', ['xsel --clipboard --input'], 'xsel --clipboard --output', 'xsel --clipboard --clear', 50),
	// It hands out longer texts in parts, and version 1.2.0 breaks down after doing that a few times.
	limit: 4000,
};
export const termux = clipboard('termux', ['termux-clipboard-set'], 'termux-clipboard-get', 'termux-clipboard-set');

/**
 * Windows's own PowerShell. It decodes standard input with a code page that depends on the machine, so the text is
 * passed in base64, and it compares by itself, by the hash, so nothing comes back. Line ends may have changed on the
 * way.
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
		id: 'powershell',
		// It needs a second just to start.
		lastMoment: 4000,
		*put(text) {
			return (yield run(text, 'Set-Clipboard -Value $text')) !== undefined;
		},
		*take({hashOfLines}) {
			const answer = yield run(
				hashOfLines,
				"$now = ([string](Get-Clipboard -Raw)).Replace([string][char]13, ''); " +
					'$bytes = [Text.Encoding]::UTF8.GetBytes($now); ' +
					'$hash = [BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash($bytes)); ' +
					"if ($hash.Replace('-', '') -eq $text) {Set-Clipboard -Value $null; 'cleared'} else {'kept'}",
			);
			const word = answer?.toString('latin1').trim();
			return word === 'cleared' || word === 'kept' ? word : 'failed';
		},
	};
}
