import {changeSetting, settingRows} from '../../domain/settings.js';
import type {Binding} from '../core/binding.js';
import {moveChoice, rowKeys} from '../core/moves.js';
import {fixedPrompt} from '../core/prompt.js';
import type {Screen} from '../core/screen.js';
import {placed, sentence} from '../core/spoken-words.js';
import type {State} from '../core/state.js';
import {type Step, show, step} from '../core/step.js';
import {withSettingChanged} from '../core/undo.js';
import {passphraseScreen} from './passphrase.js';
import type {Room} from './room.js';
import {backKey, helpKey, jumpKey} from './shared-keys.js';

export type SettingsScreen = {
	readonly kind: 'settings';
	readonly choice: number;
	readonly from: Screen;
};

declare module '../core/screen.js' {
	interface Screens {
		readonly settings: SettingsScreen;
	}
}

/** Applies a choice at once and saves it. */
function change(state: State, screen: SettingsScreen, by: number): Step {
	const row = settingRows[screen.choice];
	if (row === undefined) return step(state);
	const settings = changeSetting(state.settings, row, by);
	if (settings[row.key] === state.settings[row.key]) return step(state);
	return step({...withSettingChanged(state), settings}, {type: 'save-settings', settings});
}

const settingsItem = ({settings}: State, {choice}: SettingsScreen): string =>
	placed(settingRows, choice, ({key, title, label, help}) => sentence(`${title}: ${label(settings[key])}`, help));

const keys: readonly Binding<SettingsScreen>[] = [
	...rowKeys(moveChoice<SettingsScreen>(() => settingRows.length)),
	{
		id: 'more',
		keys: ['right', 'l', 'enter', ' '],
		title: 'next choice',
		says: 'takes the next choice and saves it',
		group: 'Act',
		footer: 10,
		run: (state, screen) => change(state, screen, 1),
	},
	{
		id: 'less',
		keys: ['left', 'h'],
		title: 'previous choice',
		says: 'takes the choice before and saves it',
		group: 'Act',
		footer: 9,
		run: (state, screen) => change(state, screen, -1),
	},
	{
		id: 'passphrase',
		keys: ['p'],
		title: 'change passphrase',
		says: 'asks for a new passphrase of this vault',
		group: 'Act',
		footer: 8,
		run: (state, screen) => step(show(state, passphraseScreen(screen))),
	},
	backKey(['esc', ',', 'q'], 'done', 12),
	jumpKey,
	helpKey,
];

export const settingsRoom: Room<SettingsScreen, 'settings'> = {
	mode: () => 'settings',
	keys: {settings: keys},
	crumbs: () => ['settings'],
	spoken: {
		isOverlay: true,
		body: (state, screen) => ['Settings: left and right change the one you are on', settingsItem(state, screen)],
		item: settingsItem,
		itemKey: ({settings}, {choice}) => `${choice} ${Object.values(settings).join(' ')}`,
		prompt: () => fixedPrompt('settings'),
	},
};
