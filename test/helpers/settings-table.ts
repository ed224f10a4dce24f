import {defaultSettings, listColumns, settingRows, sorts} from '../../source/domain/settings.js';

const [begin, end] = ['<!-- made from source/domain/settings.ts by tools/readme.ts -->\n', '\n<!-- end -->'];

function table(): string {
	const code = (value: unknown): string => `\`${JSON.stringify(value)}\``;
	const rows = settingRows.map(({key, title, choices, help}) => {
		const texts = choices.map(each => (each === defaultSettings[key] ? `**${code(each)}**` : code(each)));
		return `| \`${key}\` | ${title} | ${texts.join(' ')} | ${help} |`;
	});
	const kept = [
		`| \`sort\` | \`s\` in the list | ${sorts.map(each => (each === defaultSettings.sort ? `**${code(each)}**` : code(each))).join(' ')} | the order of the list |`,
		`| \`columns\` | \`c\` in the list | a list of ${listColumns.map(code).join(' ')} | the columns beside the name; **all** of them |`,
	];
	return ['| member | in the app | values | |', '|---|---|---|---|', ...rows, ...kept].join('\n');
}

/** The page about settings, with the table of those that the app shows made anew. */
export function withSettingsTable(page: string): string {
	const [before, rest] = [page.indexOf(begin) + begin.length, page.indexOf(end)];
	return `${page.slice(0, before)}${table()}${page.slice(rest)}`;
}
