import {basename} from 'node:path';
import {PharmerError} from '../domain/errors.js';
import {isObject} from '../domain/json.js';
import {defaultSettings, parseSettings, type Settings} from '../domain/settings.js';
import {noVaults, type VaultList} from '../domain/vault-list.js';
import type {SettingsFile} from '../platform/settings-file.js';
import {readJson} from '../text/json-reader.js';
import {invalidAt, type Position} from '../text/position.js';
import {type KeysProblem, settingsProblem, vaultsProblem} from './settings-problem.js';

/** Why a settings file counts for nothing: a clause, with the position in the file where it is known. */
export type SettingsTrouble = {readonly path: string; readonly at?: Position | undefined; readonly says: string};

/** The settings, and why they are the defaults although there is a file: one with an error changes nothing. */
export type LoadedSettings = {readonly settings: Settings; readonly trouble?: SettingsTrouble | undefined};

export type SettingsStore = {
	load(): Promise<LoadedSettings>;
	/** The list of vaults, also where another member has an error. Throws `invalid` and `file` when it can't be read. */
	vaults(): VaultList;
	/**
	 * Saves what was chosen in the app. What a person wrote by hand stays, and so do members of newer versions. Throws
	 * `file`, also for a file with an error, which is left as it is.
	 */
	save(chosen: Partial<Settings>): Promise<void>;
};

/** What is wrong, with the file, the line and the column, and what follows. */
export function troubleText({path, at, says}: SettingsTrouble): string {
	return `the defaults apply: \`${path}\`${at === undefined ? '' : `, line ${at.line}, column ${at.column}`}: ${says}`;
}

/** The same for one line of the screen. */
export function troubleLine({path, at, says}: SettingsTrouble): string {
	return `${basename(path)}${at === undefined ? '' : `, line ${at.line}`}: ${says}`;
}

/** The settings that were changed. Only they are saved: the file may have been edited meanwhile. */
export function changedSettings(before: Settings, after: Settings): Partial<Settings> {
	const names = Object.keys(after) as (keyof Settings)[];
	return Object.fromEntries(names.filter(name => after[name] !== before[name]).map(name => [name, after[name]]));
}

type Read = {readonly value: unknown; readonly trouble?: undefined} | {readonly trouble: SettingsTrouble};

/** The value in the text of a settings file. The keymap takes time to load: it is asked only where keys are chosen. */
export async function readSettings(
	path: string,
	text: string,
	loadKeysProblem: () => Promise<KeysProblem>,
): Promise<Read> {
	const json = readJson(text);
	if ('says' in json) return {trouble: {path, ...json}};
	const hasKeys = isObject(json.value) && json.value.keys !== undefined;
	const problem = settingsProblem(json.value, hasKeys ? await loadKeysProblem() : () => undefined);
	return problem === undefined ? {value: json.value} : {trouble: {path, ...json.faultOf(problem)}};
}

/** The list of vaults in the text of a settings file. Throws `invalid` with line and column. */
export function vaultsIn(text: string): VaultList {
	const json = readJson(text);
	if ('says' in json) throw invalidAt(json.at, json.says);
	const vaults = isObject(json.value) ? (json.value.vaults ?? noVaults) : noVaults;
	const problem = vaultsProblem(vaults);
	if (problem === undefined) return parseSettings({vaults}).vaults;
	const {at, says} = json.faultOf(problem);
	throw invalidAt(at, says);
}

export function settingsStore(file: SettingsFile, loadKeysProblem: () => Promise<KeysProblem>): SettingsStore {
	async function read(): Promise<Read> {
		try {
			const text = file.read();
			return text === undefined ? {value: {}} : await readSettings(file.path, text, loadKeysProblem);
		} catch (error) {
			if (!(error instanceof PharmerError)) throw error;
			return {trouble: {path: file.path, says: error.message}};
		}
	}
	return {
		vaults() {
			try {
				return vaultsIn(file.read() ?? '{}');
			} catch (error) {
				if (!(error instanceof PharmerError)) throw error;
				const hint = 'a path has a separator, as in `./NAME`, or ends in `.json`';
				throw new PharmerError(
					error.code,
					`which vault has that name is not known: \`${file.path}\`: ${error.message}`,
					hint,
				);
			}
		},
		async load() {
			const found = await read();
			return found.trouble === undefined
				? {settings: parseSettings(found.value)}
				: {settings: defaultSettings, trouble: found.trouble};
		},
		async save({colours: _, keys: __, theme, ...chosen}) {
			const {trouble, ...found} = await read();
			if (trouble !== undefined)
				throw new PharmerError('file', `not saved: ${troubleLine(trouble)}`, 'what you chose applies until you quit');
			const kept = 'value' in found && isObject(found.value) ? found.value.theme : undefined;
			const own = isObject(kept) ? {...kept, from: theme} : theme;
			await file.write(theme === undefined ? chosen : {...chosen, theme: own});
		},
	};
}
