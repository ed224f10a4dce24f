import {type HookedShell, hookedShells} from '../project/hooked-shells.js';
import {command} from './command.js';
import type {GlobalOptions} from './global-options.js';
import {usage} from './talk.js';

type HookOptions = GlobalOptions & {readonly shell: HookedShell};

export const hook = command<HookOptions>({
	verb: 'hook',
	summary: "print what has a shell tell which project's file counts",
	usage: 'hook bash|zsh|fish',
	description:
		'Prints what has a shell tell, in a line on standard error, which `.pharmer.yaml` counts in the directory that you enter, and what it names. It hands out nothing, asks nothing and opens no vault.',
	examples: [
		['pharmer hook fish | source', 'a line of ~/.config/fish/config.fish'],
		['eval "$(pharmer hook bash)"', 'a line of ~/.bashrc'],
		['eval "$(pharmer hook zsh)"', 'a line of ~/.zshrc'],
	],
	more: [
		'Nothing is started unless the directory changes to one with such a file. `pharmer trust --help` says what is in it.',
	],
	operand: {name: 'SHELL', least: 1, most: 1, help: hookedShells.join(', '), offers: [hookedShells]},
	needsNoVault: true,
	flags: [],
	otherWords: ['entered'],
	read(given) {
		const shell = hookedShells.find(each => each === given.operand);
		if (shell === undefined)
			throw usage(`\`${given.operand}\` is not a shell with a hook`, `it is one of ${hookedShells.join(', ')}`);
		return {...given.globals, shell};
	},
	async run({shell}, context) {
		context.stdout.write((await import('../project/hooks.js')).hookFor(shell, context.ownCommand));
	},
});
