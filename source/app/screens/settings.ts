import type {CommandId} from '../binding.js';
import {movedChoice} from '../choice.js';
import type {SettingsScreen} from '../screen.js';
import {changeSetting, settingRows} from '../settings.js';
import {still} from '../spoken/prompt.js';
import {placed, sentence} from '../spoken/words.js';
import type {State} from '../state.js';
import {type Step, show, step} from '../step.js';
import type {Room} from './room.js';

function onCommand(state: State, screen: SettingsScreen, command: CommandId | undefined): Step {
	const moved = movedChoice(command, screen.choice, settingRows.length);
	if (moved !== undefined) return step(show(state, {...screen, choice: moved}));
	switch (command) {
		case 'cancel':
			return step(state, {type: 'quit', outcome: {kind: 'quit'}});
		case 'back':
			return step(show(state, screen.from));
		case 'more':
			return change(state, screen, 1);
		case 'less':
			return change(state, screen, -1);
		default:
			return step(state);
	}
}

/** Applies a choice at once and saves it. */
function change(state: State, screen: SettingsScreen, by: number): Step {
	const row = settingRows[screen.choice];
	if (row === undefined) return step(state);
	const settings = changeSetting(state.settings, row, by);
	if (settings[row.key] === state.settings[row.key]) return step(state);
	return step({...state, settings}, {type: 'save-settings', settings});
}

const settingsItem = ({settings}: State, {choice}: SettingsScreen): string =>
	placed(settingRows, choice, ({key, title, label, help}) => sentence(`${title}: ${label(settings[key])}`, help));

export const settingsRoom: Room<SettingsScreen> = {
	mode: () => 'settings',
	onCommand,
	crumbs: () => ['settings'],
	spoken: {
		body: (state, screen) => ['Settings: left and right change the one you are on', settingsItem(state, screen)],
		item: settingsItem,
		itemKey: ({settings}, {choice}) => `${choice} ${Object.values(settings).join(' ')}`,
		prompt: () => still('settings'),
	},
};
