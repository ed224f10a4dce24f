import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import process from 'node:process';
import type {TestContext} from 'node:test';
import {pathToFileURL} from 'node:url';
import {openProgram, program} from './program.js';
import {until} from './real-agent.js';

/** The shells that the script of completion is tried in. */
export const realShells = ['bash', 'zsh', 'fish'] as const;
type RealShell = (typeof realShells)[number];

/** Why nothing is tried in a shell, if so. Throws `Error` where all that tests need has to be there. */
export function skipped(shell: string): string | false {
	const isMissing = spawnSync(shell, ['-c', 'exit 0']).error !== undefined;
	if (isMissing && process.env.CI) throw new Error(`${shell} is needed and is not installed`);
	return isMissing ? `SKIPPED: ${shell} IS NOT INSTALLED, so nothing is known of completion in it` : false;
}

/** What each shell reads when it starts: a prompt, a key that saves the line, and the script as its first lines say. */
const starts: Readonly<Record<RealShell, {command: readonly string[]; file: string; text: string}>> = {
	bash: {
		command: ['bash', '--noprofile', '--rcfile', '.rc', '-i'],
		file: '.rc',
		text: `PS1='> '
unset HISTFILE
save() { printf %s "$READLINE_LINE" > ~/line.new && mv ~/line.new ~/line; }
bind -x '"\\C-t": save'
eval "$(pharmer completion bash)"
`,
	},
	zsh: {
		command: ['zsh', '-i'],
		file: '.zshrc',
		text: `PS1='> '
unset HISTFILE
autoload -Uz compinit && compinit -D -u
save() { print -rn -- "$BUFFER" > ~/line.new && mv ~/line.new ~/line }
zle -N save
bindkey '^T' save
source <(pharmer completion zsh)
`,
	},
	fish: {
		command: ['fish', '-i', '--private'],
		file: '.config/fish/config.fish',
		text: `function fish_prompt; echo '> '; end
set -g fish_greeting
set -g fish_autosuggestion_enabled 0
function save; commandline > ~/line.new; and mv ~/line.new ~/line; end
bind \\ct save
pharmer completion fish | source
`,
	},
};

/** Writes a program of that name, which the shells find. */
function putCommand(home: string, name: string, line: string): void {
	writeFileSync(join(home, 'bin', name), `#!/bin/sh\n${line}\n`, {mode: 0o755});
}

/** A shell in a terminal, at home, with completion. It reads `lines` too when it starts. */
export async function openShell(
	context: TestContext,
	shell: RealShell,
	home: string,
	more: Record<string, string> = {},
	lines = '',
) {
	const {command, file, text} = starts[shell];
	const got = join(home, 'got');
	const saved = join(home, 'line');
	const errors = join(home, 'errors');
	writeFileSync(errors, '');
	mkdirSync(join(home, 'bin'), {recursive: true});
	mkdirSync(join(home, '.config/fish'), {recursive: true, mode: 0o700});
	// Fish would make that by itself, in the background.
	mkdirSync(join(home, '.local/share/fish/generated_completions'), {recursive: true});
	writeFileSync(join(home, file), text + lines);
	// What it writes to standard error would be seen by nobody: the scripts throw it away.
	const script = join(home, 'bin', "it's $(touch ran).mjs");
	writeFileSync(
		script,
		`import {appendFileSync} from 'node:fs';
appendFileSync(${JSON.stringify(join(home, 'requests'))}, process.argv.slice(2).join(' ') + '\\n');
process.stderr.write = text => { appendFileSync(${JSON.stringify(errors)}, text); return true; };
await import(${JSON.stringify(pathToFileURL(program).href)});
`,
	);
	putCommand(home, 'pharmer', `exec '${process.execPath}' '${script.replaceAll("'", "'\\''")}' "$@"`);
	const write = `require('fs').writeFileSync('${got}.new', JSON.stringify(process.argv.slice(1)));require('fs').renameSync('${got}.new', '${got}')`;
	putCommand(home, 'words', `exec '${process.execPath}' -e "${write}" -- "$@"`);
	const environment = {PATH: [join(home, 'bin'), process.env.PATH].join(delimiter), ZDOTDIR: home, ...more};
	const terminal = openProgram(context, {home, command, environment, columns: 120, agent: true});
	await terminal.see(/^> *$/m);
	return {
		...terminal,
		/**
		 * The words that the line has once tab was pressed at its end, as a program would get them that runs with it;
		 * undefined when tab changed nothing. The cursor can stand so many characters before the end.
		 */
		async complete(line: string, back = 0): Promise<readonly string[] | undefined> {
			for (const file of [got, saved]) rmSync(file, {force: true});
			terminal.press(line, ...Array<string>(back).fill('left'), 'tab', 'ctrl+t');
			await until(() => existsSync(saved), `the line ${line}, but the screen is:\n${terminal.text()}`);
			const isSame = readFileSync(saved, 'utf8').replace(/\n$/, '') === line;
			terminal.press(...(isSame ? ['ctrl+e', 'ctrl+u'] : ['ctrl+a', 'words ', 'enter']));
			if (isSame) return undefined;
			await until(() => existsSync(got), `words of ${line}, but the screen is:\n${terminal.text()}`);
			return JSON.parse(readFileSync(got, 'utf8'));
		},
		/** What it was asked by the script, by that word. */
		requests: (word = 'complete '): readonly string[] =>
			readFileSync(join(home, 'requests'), 'utf8')
				.split('\n')
				.filter(line => line.startsWith(word)),
		errors: () => readFileSync(errors, 'utf8'),
	};
}
