import {type HelpPage, helpText, helpWidth} from './commands/help-page.js';
import {writeOut} from './platform/output.js';

/** Defined by the build, which makes it from the table of commands: the page of each, and of the program for `''`. */
declare const PHARMER_HELP: Readonly<Record<string, HelpPage>>;

/** Answers a line that asks for help and nothing else, for a terminal of so many columns. Returns whether it is one. */
export function answerHelp(argv: readonly string[], columns: number | undefined): boolean {
	const page = pageAskedFor(argv);
	if (page === undefined) return false;
	writeOut(helpText(page, helpWidth(columns)));
	return true;
}

/** `--help`, `VERB --help` and `help VERB`, as the parser of all lines takes them. */
function pageAskedFor(argv: readonly string[]): HelpPage | undefined {
	const [first = '', second = '', ...more] = argv;
	const last = argv.at(-1);
	if (last === '--help' || last === '-h') return pageOf(argv.slice(0, -1).join(' '));
	return first === 'help' && second !== '' && more.length === 0 ? pageOf(second) : undefined;
}

const pageOf = (verb: string): HelpPage | undefined =>
	Object.hasOwn(PHARMER_HELP, verb) ? PHARMER_HELP[verb] : undefined;
