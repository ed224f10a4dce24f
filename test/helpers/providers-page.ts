import {needText} from '../../source/credentials/check.js';
import {importers} from '../../source/look/importers.js';
import {providers} from '../../source/providers/catalog.js';
import type {Field, Provider} from '../../source/providers/provider.js';

const code = (names: readonly string[]): string => names.map(name => `\`${name}\``).join(' ');

/** A text in a cell of a table: what would end the cell is escaped. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function variablesOf(field: Field): string {
	const {variables, variablesWith, environment, file} = field;
	const names = variables ?? environment.slice(0, 1);
	const files = file === undefined ? '' : ` as a file: ${code(file.variables)}`;
	return variablesWith === undefined ? `${code(names)}${files}` : `by what else is set${files}`;
}

function readFrom(field: Field): string {
	const files = field.environmentFiles ?? [];
	return `${code(field.environment)}${files.length === 0 ? '' : ` file: ${code(files)}`}`;
}

function fieldRow(provider: Provider, field: Field): string {
	const need = field.required ? 'required' : needText(provider, field);
	const cells = [
		`\`${field.key}\``,
		`${field.label}${field.secret ? ', secret' : ''}`,
		`${need}; ${field.help}`,
		readFrom(field),
		variablesOf(field),
	];
	return `| ${cells.map(cell).join(' | ')} |`;
}

function guideOf({guide}: Provider): readonly string[] {
	if (guide === undefined) return [];
	const sections = guide.sections.flatMap(({title, lines, commands}) => [
		`**${title}**`,
		'',
		...(commands ? ['```sh', ...lines, '```'] : lines.map((line, index) => `${index + 1}. ${line}`)),
		'',
	]);
	return [guide.summary, '', `Made at <${guide.page}>, revoked at <${guide.revoke}>.`, '', ...sections];
}

function sectionOf(provider: Provider): readonly string[] {
	const {id, title, purpose, aliases, fields, alternatives = [], conflicts = []} = provider;
	const tools = importers.filter(each => each.providers.includes(id)).map(each => `${each.title} (\`${each.kind}\`)`);
	return [
		`## ${title}`,
		'',
		`\`${id}\`: ${purpose}.${aliases.length === 0 ? '' : ` Also called ${code(aliases)}.`}`,
		...(alternatives.length === 0 ? [] : [`It needs ${alternatives.map(each => each.title).join(', or ')}.`]),
		'',
		...(fields.length === 0
			? [
					'Any fields; each is a secret, and is handed on in a variable of its name in capitals, `apiToken` as `API_TOKEN`.',
					'',
				]
			: [
					'| field | what it is | | read from | handed on as |',
					'|---|---|---|---|---|',
					...fields.map(field => fieldRow(provider, field)),
					'',
				]),
		...(tools.length === 0 ? [] : [`\`pharmer import\` reads the files of ${tools.join(', ')}.`, '']),
		...(conflicts.length === 0 ? [] : [`\`exec\` and \`env\` take away ${code(conflicts)}.`, '']),
		...guideOf(provider),
	];
}

/** docs/providers.md, made from the catalogue of providers. */
export function providersPage(): string {
	return [
		'# Providers',
		'',
		'Made from `source/providers/` by `npm run providers`; a test fails when it is stale.',
		'',
		providers
			.map(
				({title}) =>
					`[${title}](#${title
						.toLowerCase()
						.replace(/[^a-z0-9 -]/g, '')
						.replaceAll(' ', '-')})`,
			)
			.join(' · '),
		'',
		...providers.flatMap(sectionOf),
	]
		.join('\n')
		.replace(/\n+$/, '\n');
}
