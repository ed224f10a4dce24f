#!/usr/bin/env node
import './source/platform/first.js';
import {writeSync} from 'node:fs';
import {type ExactForm, exactForm} from './source/commands/exact-form.js';
import {guardedProcess} from './source/platform/guard.js';
import {givenDescriptors} from './source/platform/open-descriptors.js';
import {isTerminal, writeOut} from './source/platform/output.js';
import {programVersion} from './source/platform/version.js';

async function main(argv: readonly string[]): Promise<void> {
	// With SNAP set, as in every terminal that was started from a snap, conf writes in place instead of atomically.
	// With DEV set, Ink looks for developer tools.
	const {SNAP, DEV} = process.env;
	delete process.env.SNAP;
	delete process.env.DEV;
	if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
		writeOut(`${programVersion()}\n`);
		return;
	}
	if (argv[0] === 'help' || argv.at(-1) === '--help' || argv.at(-1) === '-h') {
		const columns = isTerminal(1) ? process.stdout.columns : undefined;
		if ((await import('./source/help.js')).answerHelp(argv, columns)) return;
	}
	if (argv[0] === 'complete') {
		const {answerCompletion} = await import('./source/complete.js');
		const names = async (vault: string | undefined) =>
			(await import('./source/quick.js')).namesQuickly(vault, process.env, programVersion());
		if (await answerCompletion(argv.slice(1), names)) process.exit();
	}
	if (argv[0] === 'entered' && argv.length === 1) {
		(await import('./source/project/entered.js')).sayEntered();
		process.exit();
	}
	const form = exactForm(argv);
	// Before anything is opened, the agent's socket or the streams.
	const runs = argv.includes('exec') || argv.includes('run');
	const given = runs ? givenDescriptors() : [];
	const start = {version: programVersion(), guarded: guardedProcess(), given};
	// What tools ask for all day is answered by the agent, before anything else is loaded.
	const quick = form && (await answer(form, {...start, dropped: {SNAP, DEV}}));
	// It is done: what is still open need not be closed one by one.
	if (quick === 'answered') process.exit();
	if (typeof quick === 'number') process.exit(quick);
	const {runProcess} = await import('./source/this-process.js');
	await runProcess(argv, {...start, dropped: {SNAP, DEV}, isAgentSilent: quick === 'silent'});
}

type Start = Parameters<typeof import('./source/this-process.js').runProcess>[1];

async function answer(form: ExactForm, {dropped, ...start}: Omit<Start, 'isAgentSilent'>) {
	if (form.verb === 'browse') return 'not';
	const {answerQuickly, execQuickly} = await import('./source/quick.js');
	if (form.verb !== 'exec') return answerQuickly(form, process.env, start.version);
	return execQuickly(form, {...start, environment: {...process.env, ...dropped}});
}

main(process.argv.slice(2)).catch((error: unknown) => {
	// Its message may hold anything.
	const {code, name} = error instanceof Error ? (error as NodeJS.ErrnoException) : {code: undefined, name: 'no error'};
	const isGone = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
	const why = isGone ? 'a part of it is gone: was it updated just now?' : `it can't start: ${code ?? name}`;
	writeSync(2, `pharmer: ${why}\n`);
	// Also where Node.js is told to pass over what is rejected.
	process.exit(1);
});
