import type {Environment} from '../domain/environment.js';

/**
 * What Node.js was told that would let others see secrets: what it does, where it was said, and how it is taken
 * back.
 */
export type NodeHazard = {readonly what: string; readonly remedy: string};

/** What each option does that is refused. Everything else comes from IDEs and companies, and is left alone. */
const opensDebugger = 'opens a debugger';
const runsCode = 'runs other code inside pharmer';
const writesMemory = 'writes what pharmer does or holds into files';

/** By the names of Node.js 20 to 26, `node --help`. */
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
	// Such a file may name modules to load first, and a debugger.
	'--experimental-config-file': runsCode,
	'--experimental-default-config-file': runsCode,
	'--cpu-prof': writesMemory,
	'--heap-prof': writesMemory,
	'--prof': writesMemory,
	'--heapsnapshot-signal': writesMemory,
	'--heapsnapshot-near-heap-limit': writesMemory,
};

/** Parts of Node.js whose debug output has secrets in it. */
const telling: Readonly<Record<string, string>> = {
	child_process: 'the environment of commands, secrets included',
	stream: 'what is read and typed, in hexadecimal digits',
};

/**
 * NODE_OPTIONS as Node.js splits it: at spaces, but for those in double quotes, where a backslash takes the next
 * character as it is.
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
	// V8 logs the texts that it compiles and moves, each kind with an option of its own.
	return option.startsWith('--log') ? writesMemory : undefined;
}

/** The refused option that a word is, as it is documented: Node.js takes `_` for `-`, and a value after `=`. */
function refusedOption(word: string): string | undefined {
	const [name = ''] = word.split('=', 1);
	const spelled = name.startsWith('--') ? name.replaceAll('_', '-') : name;
	return whatItDoes(spelled) === undefined ? undefined : spelled;
}

/**
 * Whether NODE_DEBUG may name a part of Node.js: names with `,` between them, without regard to case, `*` for any
 * characters.
 */
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

/**
 * The first thing in the environment, or among the options that this Node.js was started with, that would open this
 * process to others: a debugger, code that is loaded first, files of what it does or holds, and debug output of
 * child processes, which has their environment in it.
 */
export function nodeHazard(environment: Environment, options: readonly string[]): NodeHazard | undefined {
	for (const word of splitOptions(environment.NODE_OPTIONS ?? '')) {
		const option = refusedOption(word);
		if (option !== undefined)
			return {what: `NODE_OPTIONS holds \`${option}\`, which ${whatItDoes(option)}`, remedy: 'unset NODE_OPTIONS'};
	}
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
