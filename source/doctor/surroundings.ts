import {clipboardAdvice, clipboardWays} from '../platform/clipboard-choice.js';
import {advice, type Check, care, type Finding, ok, run, unknown} from './check.js';
import type {Machine} from './machine.js';

export const surroundings: readonly Check[] = [
	{id: 'clipboard', title: 'clipboard', look: lookAtClipboard},
	{id: 'terminal', title: 'terminal', look: lookAtTerminal},
	{id: 'locale', title: 'locale', look: lookAtLocale},
	{id: 'core-files', title: 'core files', look: lookAtCoreFiles},
];

/** Runs no tool: only whether there is one is looked at. */
function lookAtClipboard({environment, platform, files, isTerminal}: Machine): readonly Finding[] {
	const ways = clipboardWays(environment, platform).map(way => {
		const first = way.put('').next();
		const step = first.done === true ? undefined : first.value;
		return {by: way.by, program: step !== undefined && 'program' in step ? step.program : undefined};
	});
	const tools = ways.flatMap(({program}) => program ?? []);
	const tool = tools.find(each => files.program(each) !== undefined);
	if (tool !== undefined) return [ok(`\`${tool}\` is there`)];
	const hint = advice(clipboardAdvice(environment, platform));
	if (tools.length > 0) return [care(`none of ${tools.map(each => `\`${each}\``).join(', ')} is there`, hint)];
	const [way] = ways;
	if (way === undefined && isTerminal) return [care('nothing can be copied here', hint)];
	if (way === undefined) return [unknown('there is no terminal to copy in')];
	return [unknown(`${way.by}: it does not say whether a copy arrived`)];
}

function lookAtTerminal({environment, isTerminal, noScreen, files}: Machine): readonly Finding[] {
	const {TERM = ''} = environment;
	if (noScreen === undefined) return [ok(TERM === '' ? 'the app can be shown' : `\`${TERM}\`: the app can be shown`)];
	if (!isTerminal) return [unknown(noScreen)];
	const name = files.program('tmux') !== undefined && environment.TMUX ? 'tmux-256color' : 'xterm-256color';
	return [care(`\`${TERM}\`: the app can't be shown`, run('export', `TERM=${name}`))];
}

function lookAtLocale({environment, platform, unicode}: Machine): readonly Finding[] {
	const name = environment.LC_ALL || environment.LC_CTYPE || environment.LANG;
	if (unicode) return [ok(name === undefined || platform === 'win32' ? 'UTF-8' : `\`${name}\``)];
	const ascii = 'the app draws in ASCII';
	if (environment.TERM === 'linux') return [ok(`the console of Linux has few characters: ${ascii}`)];
	if (platform === 'win32') return [unknown(`nothing is known of this terminal: ${ascii}`)];
	const set = environment.LC_ALL ? 'LC_ALL' : environment.LC_CTYPE ? 'LC_CTYPE' : 'LANG';
	const what = name === undefined ? 'none is set' : `\`${name}\` is not UTF-8`;
	return [care(`${what}: ${ascii}`, run('export', `${set}=${platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'}`))];
}

async function lookAtCoreFiles(machine: Machine): Promise<readonly Finding[]> {
	if (machine.platform === 'win32') return [];
	const {isEmptied, limit, pattern} = await machine.core();
	if (isEmptied === true) return [ok('one of `pharmer` holds nothing of its memory')];
	// A program that takes core files gets them whatever the limit is.
	const isPiped = pattern?.startsWith('|') === true;
	if (limit === '0' && !isPiped) return [ok('none are written')];
	if (limit === undefined) return [unknown('whether they are written')];
	const text = isPiped
		? 'a crash of `pharmer` would hand its memory, with secrets, to another program'
		: 'a crash of `pharmer` would write its memory, with secrets, to a file';
	if (isPiped)
		return [care(text, advice('have the owner of the machine take `|` out of /proc/sys/kernel/core_pattern'))];
	return [care(text, run('ulimit', '-c', '0'))];
}
