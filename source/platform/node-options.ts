import type {Environment} from '../domain/environment.js';

/**
 * An instruction to Node.js that would let others see secrets: what it does and where it was given, and how to take
 * it back.
 */
export type NodeHazard = {readonly what: string; readonly remedy: string};

/** What each refused option does. Every other option comes from IDEs and companies, and is left alone. */
const opensDebugger = 'opens a debugger';
const runsCode = 'runs other code inside pharmer';
const writesMemory = 'writes what pharmer does or holds into files';

/** By name, for Node.js 20 to 26; see `node --help`. */
const refused: Readonly<Record<string, string>> = {
	'--inspect': opensDebugger,
	'--inspect-brk': opensDebugger,
	'--inspect-brk-node': opensDebugger,
	'--inspect-wait': opensDebugger,
	'--require': runsCode,
	'-r': runsCode,
	'--import': runsCode,
	'--loader': runsCode,
	'--experimental-loader': runsCode,
	// Such a file may name modules to load first, and open a debugger.
	'--experimental-config-file': runsCode,
	'--experimental-default-config-file': runsCode,
	'--cpu-prof': writesMemory,
	'--heap-prof': writesMemory,
	'--prof': writesMemory,
	'--heapsnapshot-signal': writesMemory,
	'--heapsnapshot-near-heap-limit': writesMemory,
	// A report holds the environment.
	'--report-on-signal': writesMemory,
	'--report-on-fatalerror': writesMemory,
	'--report-uncaught-exception': writesMemory,
};

/** Parts of Node.js whose debug output contains secrets. */
const telling: Readonly<Record<string, string>> = {
	child_process: 'the environment of commands, secrets included',
	stream: 'what is read and typed, in hexadecimal digits',
};

/**
 * Splits NODE_OPTIONS as Node.js does: at spaces, except in double quotes, where a backslash takes the next character
 * literally.
 */
function splitOptions(text: string): readonly string[] {
	const words: string[] = [];
	let word: string | undefined;
	let quoted = false;
	for (let index = 0; index < text.length; index++) {
		const character = text[index] ?? '';
		if (character === '"') {
			quoted = !quoted;
			word ??= '';
		} else if (character === '\\' && quoted) {
			word = (word ?? '') + (text[++index] ?? '');
		} else if (character === ' ' && !quoted) {
			if (word !== undefined) words.push(word);
			word = undefined;
		} else {
			word = (word ?? '') + character;
		}
	}
	return word === undefined ? words : [...words, word];
}

function whatItDoes(option: string): string | undefined {
	if (Object.hasOwn(refused, option)) return refused[option];
	// V8 logs the texts that it compiles and moves, with an option for each kind.
	return option.startsWith('--log') ? writesMemory : undefined;
}

/** The refused option that a word is, in its documented form: Node.js accepts `_` for `-`, and a value after `=`. */
function refusedOption(word: string): string | undefined {
	const [name = ''] = word.split('=', 1);
	const spelled = name.startsWith('--') ? name.replaceAll('_', '-') : name;
	return whatItDoes(spelled) === undefined ? undefined : spelled;
}

/** Whether NODE_DEBUG may name a part of Node.js: names separated by `,`, case-insensitive, `*` for any characters. */
function debugs(part: string, nodeDebug: string): boolean {
	return nodeDebug
		.toLowerCase()
		.split(',')
		.some(name => {
			const [first = '', ...others] = name.split('*');
			const last = others.at(-1);
			return last === undefined ? name === part : part.startsWith(first) && part.endsWith(last);
		});
}

/** The first option in a text such as NODE_OPTIONS that would open this process to others, and what it does. */
export function optionHazard(text: string): string | undefined {
	const option = splitOptions(text)
		.map(refusedOption)
		.find(each => each !== undefined);
	return option && `holds \`${option}\`, which ${whatItDoes(option)}`;
}

/**
 * The first thing in the environment, or among the options that this Node.js was started with, that would open this
 * process to others: a debugger, code that is loaded first, files of what it does or holds, and debug output of child
 * processes, which contains their environment.
 */
export function nodeHazard(environment: Environment, options: readonly string[]): NodeHazard | undefined {
	const given = optionHazard(environment.NODE_OPTIONS ?? '');
	if (given !== undefined) return {what: `NODE_OPTIONS ${given}`, remedy: 'unset NODE_OPTIONS'};
	for (const word of options) {
		const option = refusedOption(word);
		if (option !== undefined)
			return {
				what: `Node.js was started with \`${option}\`, which ${whatItDoes(option)}`,
				remedy: `start it without \`${option}\``,
			};
	}
	if (environment.NODE_V8_COVERAGE)
		return {what: `NODE_V8_COVERAGE is set, which ${writesMemory}`, remedy: 'unset NODE_V8_COVERAGE'};
	const part = Object.keys(telling).find(name => debugs(name, environment.NODE_DEBUG ?? ''));
	if (part === undefined) return undefined;
	return {what: `NODE_DEBUG names \`${part}\`, which prints ${telling[part]}`, remedy: 'unset NODE_DEBUG'};
}
