import type {Command} from '../source/commands/command.js';
import type {Flag} from '../source/commands/flag.js';
import {globalFlags} from '../source/commands/global-options.js';
import {browse, commands, groups} from '../source/commands/table.js';
import type {FlagWords, Offer, VerbWords, Word, Words} from '../source/completion/words.js';
import {importers} from '../source/look/importers.js';
import {kinds} from '../source/look/look.js';
import {providers} from '../source/providers/catalog.js';

const nouns = ['credential', 'credentials', 'cred'];

/** What stands in the place of a flag's value, or names an operand, and what the shell offers for it. */
const byName: Readonly<Record<string, Offer>> = {
	...{path: 'files', id: 'providers', kind: 'sources', field: 'fields'},
	...{NAME: 'names', PATH: 'files', FIELD: 'fields'},
};

/** A flag's spellings and the name of its value: `-o, --output <format>`. Throws `Error` for one of another form. */
export function spellingOf({spelling}: Flag<unknown>): {readonly names: readonly string[]; readonly value?: string} {
	const [, short, long, value] = /^(?:(-\w), )?(--[\w-]+)(?: <(.+)>)?$/.exec(spelling) ?? [];
	if (long === undefined) throw new Error(`the flag \`${spelling}\` is of no form that is known`);
	return {names: [short, long].filter(each => each !== undefined), ...(value !== undefined && {value})};
}

function flagWords(flag: Flag<unknown>): FlagWords {
	const {names, value} = spellingOf(flag);
	const takes = value === undefined ? undefined : (flag.choices ?? byName[value] ?? 'nothing');
	return {names, about: flag.help, ...(takes !== undefined && {takes}), ...(flag.isList && {isList: true})};
}

const noun = ({hasNoun, usage}: Command): readonly string[] => {
	if (!hasNoun) return [];
	const usual = nouns.find(each => usage.split(' ').includes(each)) ?? 'credential';
	return [usual, ...nouns.filter(each => each !== usual)];
};

function verbWords(command: Command): VerbWords {
	const {verb, operand, takesCommand, flags} = command;
	const {name = '', most = 0, offers = [byName[name] ?? 'nothing']} = operand ?? {};
	return {
		verb,
		nouns: noun(command),
		operands: operand === undefined ? [] : offers,
		...(Number.isFinite(most) && {most}),
		...(takesCommand && {runs: true}),
		flags: flags.map(flagWords),
	};
}

/** Everything that a shell completes without looking anything up, from the table of commands. */
export function commandWords(): Words {
	const shown = commands
		.filter(each => each.isHidden !== true)
		.flatMap(each => [...groups.filter(({verb}) => each.verb.startsWith(`${verb} `)), each]);
	const verbs = new Map(shown.map(({verb, summary}) => [verb, summary])).set('help', 'show the help of a command');
	const help: VerbWords = {verb: 'help', nouns: [], operands: ['verbs'], most: 1, flags: []};
	return {
		lists: {
			verbs: [...verbs],
			providers: providers.map(({id, title}): Word => [id, title]),
			sources: kinds.map((kind): Word => [kind, importers.find(each => each.kind === kind)?.title ?? '']),
		},
		verbs: [...commands.map(verbWords), help],
		alone: [...browse.flags.map(flagWords), {names: ['-V', '--version'], about: 'show the version'}],
		everywhere: [...globalFlags.map(flagWords), {names: ['-h', '--help'], about: 'show this help'}],
	};
}
