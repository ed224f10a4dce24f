import type {State} from '../doctor/check.js';
import {type Examined, examine} from '../doctor/checks.js';
import {isAgentOff} from '../domain/agent-off.js';
import {careCode} from '../domain/errors.js';
import {wantsLinear} from '../platform/terminal.js';
import {escapeInQuotes, visible} from '../text/visible.js';
import type {Content, VaultPlace} from '../vault/vault.js';
import {openByAgent} from './agent-use.js';
import type {Context} from './context.js';
import type {DoctorOptions} from './doctor.js';
import {mayUseKeyring, notAllowed} from './keyring-slot.js';
import {vaultPlace} from './open-vault.js';
import {pageOf} from './page.js';
import {tell} from './talk.js';
import {toned} from './tone.js';
import {wrapped} from './wrapped.js';

type Marks = Readonly<Record<State, string>>;

const unicodeMarks: Marks = {ok: '✓', care: '!', unknown: '?'};
const asciiMarks: Marks = {ok: 'ok', care: '!!', unknown: '??'};
/** What a screen reader says. */
const spokenMarks: Marks = {ok: 'ok', care: 'needs care', unknown: 'not known'};

/** Prints what was found, and resolves to the exit code. */
export async function runDoctor(options: DoctorOptions, context: Context): Promise<number> {
	const place = await vaultPlace(options, context);
	const machine = await context.machine(place, {
		content: () => heldContent(place, options, context),
		vaultWords: options.vault === undefined ? [] : ['--vault', options.vault],
		agentOff: agentOff(options, context),
		keyring: async () => {
			const prompt = context.prompt(options.passphraseFd === 0);
			return (await mayUseKeyring(prompt, context)) ? context.keyring() : notAllowed;
		},
	});
	const found = await examine(machine);
	const count = (state: State): number => found.filter(each => each.state === state).length;
	if (options.json) context.stdout.write(jsonOf(found));
	else {
		const {color, width, unicode} = pageOf(options, context);
		const marks = wantsLinear(context.environment) ? spokenMarks : unicode ? unicodeMarks : asciiMarks;
		context.stdout.write(textOf(found, {marks, color, width, home: machine.home}));
		const [care, unknown] = [count('care'), count('unknown')];
		const open = unknown === 0 ? '' : `, ${unknown} not known`;
		tell(context, care === 0 ? `nothing needs care${open}` : `${care} ${care === 1 ? 'needs' : 'need'} care${open}`);
	}
	return count('care') > 0 ? careCode : 0;
}

/** What the vault holds, when the agent has its key; nobody is asked for the passphrase. */
async function heldContent(place: VaultPlace, options: DoctorOptions, context: Context): Promise<Content | undefined> {
	const vault = await openByAgent(place, options, context);
	try {
		return await vault?.read();
	} finally {
		await vault?.close();
	}
}

function agentOff({agent}: DoctorOptions, {environment}: Context): string | undefined {
	if (!agent) return '`--no-agent` was given';
	return isAgentOff(environment) ? `PHARMER_AGENT is \`${environment.PHARMER_AGENT}\`` : undefined;
}

/** One document: a list of findings. Several can be of one check. */
function jsonOf(found: readonly Examined[]): string {
	const list = found.map(({id, state, text, fix}) => ({
		id,
		state,
		text,
		...(fix && ('command' in fix ? {fix: fix.command, fixIs: 'command'} : {fix: fix.advice, fixIs: 'advice'})),
	}));
	return escapeInQuotes(`${JSON.stringify(list, undefined, 2)}\n`);
}

type Look = {readonly marks: Marks; readonly color: boolean; readonly width: number; readonly home: string};

/** A line for each finding, with what mends it below, indented. A command stays on one line, to be copied. */
function textOf(found: readonly Examined[], {marks, color, width, home}: Look): string {
	const titles = Math.max(...found.map(({title}) => title.length));
	const shown = (text: string): string => visible(text.replaceAll(`\`${home}/`, '`~/'));
	const lines = found.flatMap(({state, title, text, fix}) => {
		const lead = Math.max(...Object.values(marks).map(each => each.length));
		const [first = '', ...rest] = wrapped(shown(text), width, lead + titles + 3);
		const head = `${marks[state].padEnd(lead)} ${title.padEnd(titles)}  `;
		const begin = color && state === 'care' ? toned('bold', head) : head;
		return [begin + first, ...rest.map(line => ' '.repeat(head.length) + line), ...fixLines(fix, shown, width)];
	});
	return lines.map(line => `${line}\n`).join('');
}

const indent = '    ';

function fixLines(fix: Examined['fix'], shown: (text: string) => string, width: number): readonly string[] {
	if (fix === undefined) return [];
	if ('command' in fix) return [`${indent}$ ${fix.command}`];
	return wrapped(shown(fix.advice), width, indent.length).map(line => indent + line);
}
