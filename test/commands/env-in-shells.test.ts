import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {fields, runCommandLine} from '../helpers/command-line.js';
import {storedCredential} from '../helpers/credentials.js';
import {temporaryHome} from '../helpers/program.js';
import {realShells, skipped} from '../helpers/shells.js';

const names =
	`PS1 PS2 PROMPT RPS1 RPROMPT SPROMPT MAILPATH MAILCHECK ERRNO ZLE_RPROMPT_INDENT COLUMNS LISTMAX HISTCMD OPTIND
	RANDOM SECONDS SRANDOM UID FCEDIT fish_user_paths fish_prompt fish_trace NULLCMD POSTEDIT STTY TOKEN`.split(/\s+/);

for (const shell of realShells) {
	test(`${shell} that reads the lines of a stored credential runs nothing of it, then or at a prompt`, {
		skip: skipped(shell),
	}, async context => {
		const home = temporaryHome(context);
		const made = join(home, 'made');
		const first = {bash: '', zsh: 'setopt promptsubst correct', fish: ''}[shell];
		const command = {bash: ['--norc', '-i'], zsh: ['-f', '-i'], fish: ['-i']}[shell];
		// SHELL may name the other: both read the lines.
		const kinds = shell === 'fish' ? ['fish'] : ['bash', 'zsh'];
		let read = 0;
		for (const name of names) {
			for (const value of [`$(touch ${made})`, `psvar[$(touch ${made})]`, `a[$(touch ${made})]`]) {
				const credentials = [storedCredential('x', {provider: 'generic', data: fields({[name]: value})})];
				const runs = kinds.map(kind => runCommandLine(['env', 'x', '--shell', kind], {credentials}));
				for (const {stdout} of (await Promise.all(runs)).filter(({code}) => code === 0)) {
					read++;
					const input = `${first}\n${stdout}\ntrue\n`;
					spawnSync(shell, command, {env: {PATH: process.env.PATH, HOME: home, TERM: 'dumb'}, input});
					assert.ok(!existsSync(made), stdout);
				}
			}
		}
		assert.ok(read >= 3);
	});
}
