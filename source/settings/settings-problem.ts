import {isAbsolute} from 'node:path';
import {colourNames, isColour, terminalColours} from '../domain/colours.js';
import {isObject} from '../domain/json.js';
import {nameKey} from '../domain/name.js';
import {defaultSettings, listColumns, type SettingRow, settingRows, sorts} from '../domain/settings.js';
import {themeNames} from '../domain/theme-name.js';
import {vaultNameProblem} from '../domain/vault-list.js';
import {enumerated, listed} from '../domain/words.js';
import type {JsonPath, JsonProblem} from '../text/json-reader.js';
import {nearest} from '../text/nearest.js';
import {unknownName} from '../text/unknown-name.js';

/** What is wrong with the member `keys`; the keymap knows. */
export type KeysProblem = (keys: unknown) => JsonProblem | undefined;

/** The first thing that is wrong with the value of a settings file; undefined when all of it applies. */
export function settingsProblem(value: unknown, keysProblem: KeysProblem): JsonProblem | undefined {
	if (!isObject(value)) return atValue([], 'settings stand in braces');
	const members = Object.keys(value).filter(name => Object.hasOwn(defaultSettings, name));
	for (const name of members) {
		const problem = memberProblem(name, value[name], keysProblem);
		if (problem !== undefined) return problem;
	}
	return undefined;
}

/** Members that are no settings, as those of a newer version are, with the setting that each may be meant to be. */
export function unknownSettings(value: unknown): readonly (readonly [name: string, meant: string | undefined])[] {
	const known = Object.keys(defaultSettings).filter(name => name !== 'colours');
	const names = Object.keys(isObject(value) ? value : {}).filter(name => !known.includes(name));
	return names.map(name => [name, nearest(name, known)]);
}

/** A problem with the value at a path. */
function atValue(path: JsonPath, says: string): JsonProblem {
	return {path, on: 'value', says};
}

function memberProblem(name: string, value: unknown, keysProblem: KeysProblem): JsonProblem | undefined {
	if (name === 'keys') return keysProblem(value);
	if (name === 'theme' && isObject(value)) return themeProblem(value);
	const row = settingRows.find(({key}) => key === name);
	if (row !== undefined) return choiceProblem([name], value, row);
	if (name === 'sort') return choiceProblem([name], value, {key: name, choices: sorts});
	if (name === 'vaults') return vaultsProblem(value);
	return name === 'columns' ? columnsProblem(value) : undefined;
}

function columnsProblem(columns: unknown): JsonProblem | undefined {
	if (!Array.isArray(columns)) return atValue(['columns'], '`columns` is a list');
	const at = columns.findIndex(column => !listColumns.includes(column));
	return at < 0 ? undefined : atValue(['columns', at], `a column is ${listed(listColumns, 'or')}`);
}

/** What is wrong with the member `vaults`, a list of vaults. It counts also where another member has an error. */
export function vaultsProblem(vaults: unknown): JsonProblem | undefined {
	if (!isObject(vaults)) return atValue(['vaults'], '`vaults` has paths in braces, by the names of vaults');
	const names = Object.keys(vaults);
	for (const [at, name] of names.entries()) {
		const path = ['vaults', name];
		const problem = vaultNameProblem(name);
		if (problem !== undefined) return {path, on: 'name', says: `the name of a vault ${problem}`};
		const isTaken = names.slice(0, at).some(each => nameKey(each) === nameKey(name));
		if (isTaken) return {path, on: 'name', says: 'this name is there already, in another case'};
		const place = vaults[name];
		if (typeof place !== 'string' || !(isAbsolute(place) || place.startsWith('~/')))
			return atValue(path, 'a vault has its full path, or one that begins with `~/`');
	}
	return undefined;
}

function choiceProblem(
	path: JsonPath,
	value: unknown,
	{key, choices}: {readonly key: string; readonly choices: SettingRow['choices']},
): JsonProblem | undefined {
	if (choices.some(choice => choice === value)) return undefined;
	const meant = typeof value === 'string' ? nearest(value, choices.map(String)) : undefined;
	const all = enumerated(
		choices.map(choice => `\`${choice}\``),
		'or',
	);
	return atValue(path, meant === undefined ? `\`${key}\` is ${all}` : `\`${key}\`: did you mean \`${meant}\`?`);
}

function themeProblem(theme: Readonly<Record<string, unknown>>): JsonProblem | undefined {
	for (const [name, value] of Object.entries(theme)) {
		const path = ['theme', name];
		if (name === 'from') {
			if (themeNames.some(each => each === value)) continue;
			return atValue(path, `\`from\` is ${listed(themeNames, 'or')}`);
		}
		if (!colourNames.some(each => each === name))
			return unknownName(path, 'colour', ['from', ...colourNames], `there are ${listed(colourNames)}`);
		if (isColour(value)) continue;
		const meant = typeof value === 'string' ? nearest(value, terminalColours) : undefined;
		const said =
			meant === undefined
				? 'a colour is `#rrggbb` or one of the terminal, such as `cyan`'
				: `did you mean \`${meant}\`?`;
		return atValue(path, `\`${name}\`: ${said}`);
	}
	return undefined;
}
