import {type CompletingShell, completingShells} from '../completion/words.js';
import {command} from './command.js';
import type {GlobalOptions} from './global-options.js';
import {usage} from './talk.js';

type CompletionOptions = GlobalOptions & {readonly shell: CompletingShell};

export const completion = command<CompletionOptions>({
	verb: 'completion',
	summary: 'print what has a shell complete command lines of pharmer',
	usage: 'completion bash|zsh|fish|powershell',
	description:
		'Prints the script with which a shell completes command lines of pharmer: verbs, flags, their values, providers, files, ' +
		'and names of credentials and fields while the vault is unlocked. Completing asks for nothing, and opens no vault.',
	examples: [
		['pharmer completion fish > ~/.config/fish/completions/pharmer.fish', 'once, for fish'],
		['eval "$(pharmer completion bash)"', 'a line of ~/.bashrc'],
		['source <(pharmer completion zsh)', 'a line of ~/.zshrc, after compinit'],
		['pharmer completion powershell | Out-String | Invoke-Expression', 'a line of the file that $PROFILE names'],
	],
	more: [
		'The first lines of each script say how to install it as a file, which starts the shell faster.',
		'The man page: npm links it for a global install only (`npm install --global`), and then `man pharmer` shows it.',
		'It is the file `pharmer.1` beside the program: man "$(dirname "$(realpath "$(command -v pharmer)")")/pharmer.1"',
	],
	operand: {name: 'SHELL', least: 1, most: 1, help: completingShells.join(', '), offers: [completingShells]},
	needsNoVault: true,
	flags: [],
	otherWords: ['completions', 'complete'],
	read(given) {
		const shell = completingShells.find(each => each === given.operand);
		if (shell === undefined) {
			throw usage(`\`${given.operand}\` is not a shell with completion`, `it is one of ${completingShells.join(', ')}`);
		}
		return {...given.globals, shell};
	},
	async run({shell}, context) {
		context.stdout.write((await import('../completion/scripts.js')).scripts[shell]);
	},
});
