import {type Colours, colourNames, isColour, noColours} from './colours.js';
import {isObject} from './json.js';
import {type ThemeName, themeNames} from './theme-name.js';
import {noVaults, type VaultList} from './vault-list.js';
import {plural} from './words.js';

/** What a person can choose about the app. */
export type Settings = {
	readonly theme: ThemeName;
	/** Colours in the place of the theme's. */
	readonly colours: Colours;
	/** Keys in the place of those that commands come with. */
	readonly keys: KeyChoices;
	/** Seconds until a copied secret is taken from the clipboard again. */
	readonly clipboardSeconds: number;
	/** Whether `pharmer copy` empties a terminal's clipboard too, which can't be read: whatever it holds by then. */
	readonly clipboardBlind: boolean;
	/** Minutes without a key until the vault locks. */
	readonly lockMinutes: number;
	/** Minutes without use until the agent forgets a vault's key. */
	readonly agentMinutes: number;
	/** Whether unlocking the app unlocks the vault for commands too. */
	readonly agentFromApp: boolean;
	/** Seconds a secret is shown. */
	readonly revealSeconds: number;
	/** Whether clicks and the wheel do something; the terminal's own selection then needs shift. */
	readonly mouse: boolean;
	/** Whether commands without a terminal may use the system's keyring too. */
	readonly keyring: boolean;
	/** What confirms a delete, which goes to the trash. A purge always asks for the name. */
	readonly deleteAsks: 'y' | 'name';
	/** Whether commands that read a shared vault sync it first, where no agent does. */
	readonly sync: boolean;
	/** The order of the list. */
	readonly sort: Sort;
	/** The columns of the list beside the name, as far as there is room for them. */
	readonly columns: readonly ListColumn[];
	/** Other vaults than the default one, by their names. */
	readonly vaults: VaultList;
};

/** Keys in the spelling of `keyName()`, by the place where they hold (a mode, or `everywhere`) and the command's id. */
export type KeyChoices = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

export const noKeyChoices: KeyChoices = {};

/** The orders of the list, as `s` goes through them; in the words of `--sort`. */
export const sorts = ['name', 'provider', 'age', 'expires', 'used'] as const;

export type Sort = (typeof sorts)[number];

/** The columns of the list beside the name, the most important first; in the words of `--columns`. */
export const listColumns = ['provider', 'id', 'care', 'age', 'used', 'labels'] as const;

export type ListColumn = (typeof listColumns)[number];

export const defaultSettings: Settings = {
	theme: 'terminal',
	colours: noColours,
	keys: noKeyChoices,
	clipboardSeconds: 45,
	clipboardBlind: false,
	lockMinutes: 5,
	agentMinutes: 15,
	agentFromApp: true,
	revealSeconds: 15,
	mouse: false,
	keyring: false,
	deleteAsks: 'y',
	sync: false,
	sort: 'name',
	columns: listColumns,
	vaults: noVaults,
};

/** One line of the settings view: what it is called, what it does, and what can be chosen, in order. */
export type SettingRow = {
	readonly key: Exclude<keyof Settings, 'colours' | 'keys' | 'sort' | 'columns' | 'vaults'>;
	readonly title: string;
	readonly help: string;
	readonly choices: readonly (string | number | boolean)[];
	/** How a choice is written. */
	readonly label: (choice: string | number | boolean) => string;
};

const counted =
	(unit: string) =>
	(choice: string | number | boolean): string =>
		plural(Number(choice), unit);

const onOrOff = (choice: string | number | boolean): string => (choice === true ? 'on' : 'off');

export const settingRows: readonly SettingRow[] = [
	{
		key: 'theme',
		title: 'theme',
		help: "terminal uses the terminal's own colours; the others bring their own background",
		choices: themeNames,
		label: String,
	},
	{
		key: 'clipboardSeconds',
		title: 'clipboard',
		help: 'how long a copied secret stays in the clipboard; locking and quitting clear it too',
		choices: [10, 20, 30, 45, 60, 90, 120],
		label: counted('second'),
	},
	{
		key: 'lockMinutes',
		title: 'lock',
		help: 'after this long without a key; a draft is kept, encrypted, until you unlock',
		choices: [1, 2, 5, 10, 15, 30, 60],
		label: counted('minute'),
	},
	{
		key: 'agentFromApp',
		title: 'agent',
		help: 'unlocking here unlocks for commands too, and ctrl+x locks both; `pharmer lock` does not lock this screen',
		choices: [false, true],
		label: choice => (choice === true ? 'on' : 'off'),
	},
	{
		key: 'agentMinutes',
		title: 'agent for',
		help: 'how long commands stay unlocked without use; `pharmer unlock --for` says otherwise',
		choices: [1, 5, 10, 15, 30, 60, 120, 240],
		label: counted('minute'),
	},
	{
		key: 'revealSeconds',
		title: 'reveal',
		help: 'how long a secret is shown; then the mask is back',
		choices: [5, 10, 15, 30, 60],
		label: counted('second'),
	},
	{
		key: 'mouse',
		title: 'mouse',
		help: 'a click chooses and opens, the wheel scrolls; to select text then, hold shift',
		choices: [false, true],
		label: onOrOff,
	},
	{
		key: 'keyring',
		title: 'keyring',
		help: 'on: it also opens the vault for commands without a terminal',
		choices: [false, true],
		label: onOrOff,
	},
	{
		key: 'clipboardBlind',
		title: 'over ssh',
		help: "on: `pharmer copy` empties a terminal's own clipboard too, whatever it holds by then, since nobody can read it",
		choices: [false, true],
		label: onOrOff,
	},
	{
		key: 'deleteAsks',
		title: 'delete asks',
		help: 'before a credential goes to the trash; to purge it, its name is always typed, and in the shell too',
		choices: ['y', 'name'],
		label: choice => (choice === 'y' ? 'for y' : 'for the name'),
	},
	{
		key: 'sync',
		title: 'sync',
		help: 'on: commands that read a shared vault sync it first, for two seconds at most, where no agent does',
		choices: [false, true],
		label: onOrOff,
	},
];

/**
 * Settings from the value of a file; whatever is missing or not among the choices takes its default.
 * `settingsProblem()` says what is wrong with such a value.
 */
export function parseSettings(kept: unknown): Settings {
	const values = isObject(kept) ? kept : {};
	const {theme} = values;
	// A theme is a name, or the name of the one that it begins from beside the colours that are other ones.
	const named = isObject(theme) ? {...values, theme: theme.from} : values;
	const chosen = settingRows.flatMap(({key, choices}) => {
		const value = choices.find(choice => choice === named[key]);
		return value === undefined ? [] : [[key, value]];
	});
	const {sort, columns} = values;
	return {
		...defaultSettings,
		...Object.fromEntries(chosen),
		sort: sorts.find(each => each === sort) ?? defaultSettings.sort,
		columns: Array.isArray(columns) ? listColumns.filter(each => columns.includes(each)) : defaultSettings.columns,
		...(isObject(theme) ? {colours: parseColours(theme)} : {}),
		...(isObject(values.keys) ? {keys: parseKeys(values.keys)} : {}),
		...(isObject(values.vaults) ? {vaults: parseVaults(values.vaults)} : {}),
	};
}

function parseColours(theme: Readonly<Record<string, unknown>>): Colours {
	return Object.fromEntries(
		colourNames.flatMap(name => (Object.hasOwn(theme, name) && isColour(theme[name]) ? [[name, theme[name]]] : [])),
	);
}

function parseVaults(vaults: Readonly<Record<string, unknown>>): VaultList {
	return Object.fromEntries(
		Object.entries(vaults).filter((each): each is [string, string] => typeof each[1] === 'string'),
	);
}

function parseKeys(keys: Readonly<Record<string, unknown>>): KeyChoices {
	const places = Object.entries(keys).map(([place, commands]) => {
		const chosen = Object.entries(isObject(commands) ? commands : {});
		return [place, Object.fromEntries(chosen.map(([id, value]) => [id, keyList(value)]))];
	});
	return Object.fromEntries(places);
}

/** The keys that a file gives a command, one or a list of them. */
export function keyList(value: unknown): readonly string[] {
	const keys = Array.isArray(value) ? value : [value];
	return keys.filter(key => typeof key === 'string').map(key => (key === 'space' ? ' ' : key));
}

/** The settings with that row moved on by a number of choices; after the last comes the first. */
export function changeSetting(settings: Settings, {key, choices}: SettingRow, by: number): Settings {
	const at = choices.indexOf(settings[key]);
	const next = choices[(at + by + choices.length) % choices.length];
	return next === undefined ? settings : {...settings, [key]: next};
}
