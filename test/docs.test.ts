import assert from 'node:assert/strict';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {test} from 'node:test';
import {keysProblem} from '../source/app/keyboard/keys-problem.js';
import {globalFlags} from '../source/commands/global-options.js';
import {browse, commands, groups} from '../source/commands/table.js';
import {colourNames, terminalColours} from '../source/domain/colours.js';
import {exitCodes} from '../source/domain/errors.js';
import {settingsProblem} from '../source/settings/settings-problem.js';
import {commandsPage} from './helpers/commands-page.js';
import {keysPage} from './helpers/keys-page.js';
import {mentioned} from './helpers/page.js';
import {withSettingsTable} from './helpers/settings-table.js';

const root = new URL('../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const pages = [
	...readdirSync(root).filter(name => name.endsWith('.md')),
	...readdirSync(new URL('docs/', root))
		.filter(name => name.endsWith('.md'))
		.map(name => `docs/${name}`),
];

test('docs/settings.md lists all settings, and its examples have no error', () => {
	const page = read('docs/settings.md');
	assert.equal(withSettingsTable(page), page, 'run `npm run readme`');
	const examples = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, text = '']) => text);
	const inline = [...page.matchAll(/`(\{"list".*?\})`/g)].map(([, text = '']) => `{"keys": ${text}}`);
	assert.equal(examples.length + inline.length, 2);
	for (const text of [...examples, ...inline]) assert.equal(settingsProblem(JSON.parse(text), keysProblem), undefined);
	for (const name of [...colourNames, ...terminalColours.filter(each => !each.endsWith('Bright'))])
		assert.ok(page.includes(`\`${name}\``), name);
});

test('docs/keys.md lists all keys of the app', () => {
	assert.equal(keysPage(), read('docs/keys.md'), 'run `npm run readme`');
});

test('docs/commands.md lists the commands of the table', () => {
	assert.equal(commandsPage(), read('docs/commands.md'), 'run `npm run readme`');
});

test('docs/scripts.md documents every exit code', () => {
	const table = /## Exit codes([\s\S]*?)## /.exec(read('docs/scripts.md'))?.[1] ?? '';
	for (const code of new Set(Object.values(exitCodes)))
		assert.match(table, new RegExp(`\\| (?:\\d+, )?${code}(?:, \\d+)? \\|`), `${code}`);
});

/** How GitHub names a heading in a link. */
const anchor = (heading: string): string =>
	heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\- ]/gu, '')
		.replaceAll(' ', '-');

test('every link of a page leads to a file, and to a heading of it', () => {
	let links = 0;
	for (const page of pages) {
		for (const [, target = ''] of read(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
			links++;
			const [path = '', heading] = target.split('#');
			const file = path === '' ? new URL(page, root) : new URL(path, new URL(page, root));
			assert.ok(existsSync(file), `${page}: ${target}`);
			if (heading === undefined) continue;
			const headings = [...readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm)].map(match => anchor(match[1] ?? ''));
			assert.ok(headings.includes(heading), `${page}: ${target}`);
		}
	}
	assert.ok(links > 50);
});

/** The flags and verbs of a line that no command knows. */
function unknownWords(line: string): readonly string[] {
	const words = line.split(' ').slice(1);
	const known = commands.filter(({verb}) => words.join(' ').startsWith(verb));
	const flags = [...(known.length > 0 ? known : [browse]).flatMap(each => each.flags), ...globalFlags].flatMap(
		({spelling}) => [...spelling.matchAll(/(?<!\S)--?[\w-]+/g)].map(String),
	);
	const own = words.slice(0, words.includes('--') ? words.indexOf('--') : undefined);
	const isVerb = (word: string): boolean => known.some(({verb}) => verb.split(' ')[0] === word);
	return own.filter((word, at) => {
		if (word === '--help' || word === '--version') return false;
		if (word.startsWith('-')) return !flags.includes(word);
		return at === 0 && !isVerb(word) && word !== 'COMMAND' && !groups.some(({verb}) => verb === word);
	});
}

test('every command that a page mentions is one that there is', () => {
	// They speak of what the program puts into its files and asks of itself.
	const inner = ['docs/architecture.md', 'docs/vault-format.md', 'docs/team-format.md'];
	const asked = pages.filter(page => !inner.includes(page));
	const lines = asked.flatMap(page => mentioned(page).map(line => [page, line] as const));
	assert.ok(lines.length > 50);
	const unknown = lines.flatMap(([page, line]) => unknownWords(line).map(word => `${page}: ${line}: ${word}`));
	assert.deepEqual(unknown, []);
});

test('a command that is not there is noticed', () => {
	assert.deepEqual(unknownWords('pharmer slots --nope'), ['--nope']);
	assert.deepEqual(unknownWords('pharmer slot add'), ['slot']);
});
