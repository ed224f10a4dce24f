import assert from 'node:assert/strict';
import {test} from 'node:test';
import {SettingsView} from '../../../source/ui/screens/settings.js';
import {picture} from '../../helpers/frame.js';
import {openedApp, played, smallest} from '../../helpers/played.js';
import {viewer} from '../../helpers/view.js';

const settings = viewer(['settings'], props => <SettingsView {...props} />);

test('the settings show the value of each, and help for the selected one', () => {
	assert.equal(
		settings(played(openedApp(), ',')),
		picture`
			╭─ Settings ─────────────────────────────────────────────────────╮
			│ ❯ theme        < terminal >                                    │
			│   clipboard      45 seconds                                    │
			│   lock           5 minutes                                     │
			│   agent          on                                            │
			│   agent for      15 minutes                                    │
			│   reveal         15 seconds                                    │
			│   mouse          off                                           │
			│   keyring        off                                           │
			│   over ssh       off                                           │
			│   delete asks    for y                                         │
			│   sync           off                                           │
			│                                                                │
			│ terminal uses the terminal's own colours; the others bring     │
			│ their own background                                           │
			│                                                                │
			╰────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('the arrows change the value of the selected setting at once', () => {
	const frame = settings(played(openedApp(), ',', 'down', 'right'));
	assert.match(frame, /│ ❯ clipboard {4}< 60 seconds > +│/);
	assert.match(frame, /locking and +│\n│ quitting clear it too/);
	assert.match(settings(played(openedApp(), ',', 'down', 'left', 'left')), /< 20 seconds >/);
});

test('a value of one is shown in the singular', () => {
	assert.match(settings(played(openedApp(), ',', 'down', 'down', 'left', 'left')), /│ ❯ lock {9}< 1 minute > +│/);
});

test('the choices of a setting wrap around', () => {
	assert.match(settings(played(openedApp(), ',', 'left')), /< high-contrast >/);
});

test('the mouse can be turned on and is off by default', () => {
	const mouse = [',', 'down', 'down', 'down', 'down', 'down', 'down'] as const;
	assert.match(settings(played(openedApp(), ...mouse)), /│ ❯ mouse {8}< off > +│/);
	assert.match(settings(played(openedApp(), ...mouse, 'right')), /│ ❯ mouse {8}< on > +│/);
});

test('commands without a terminal may use the keyring once that is turned on', () => {
	const keyring = [',', ...Array<'down'>(7).fill('down')] as const;
	const frame = settings(played(openedApp(), ...keyring));
	assert.match(frame, /│ ❯ keyring {6}< off > +│/);
	assert.match(frame, /opens the vault for commands without a terminal/);
	assert.match(settings(played(openedApp(), ...keyring, 'right')), /│ ❯ keyring {6}< on > +│/);
});

test('the clipboard of a terminal is emptied blindly once that is turned on', () => {
	const blind = [',', ...Array<'down'>(8).fill('down')] as const;
	const frame = settings(played(openedApp(), ...blind));
	assert.match(frame, /│ ❯ over ssh {5}< off > +│/);
	assert.match(frame, /`pharmer copy` empties/);
	assert.match(settings(played(openedApp(), ...blind, 'right')), /│ ❯ over ssh {5}< on > +│/);
});

test('the smallest window shows the settings around the selected one without their help', () => {
	assert.equal(
		settings(played(openedApp(smallest), ',')),
		picture`
			╭─ Settings · ↓ 6 more ────────────────╮
			│ ❯ theme        < terminal >          │
			│   clipboard      45 seconds          │
			│   lock           5 minutes           │
			│   agent          on                  │
			│   agent for      15 minutes          │
			╰──────────────────────────────────────╯
		`,
	);
	const below = played(openedApp(smallest), ',', ...Array<'down'>(7).fill('down'));
	assert.match(settings(below), /Settings [─·][\s\S]*agent for[\s\S]*❯ keyring {6}< off >/);
});

test('a settings file with an error is named as long as it is there, and colours of the file beside their theme', () => {
	const state = {...openedApp(), settingsTrouble: 'settings.json, line 2: no colour is called `acent`'};
	const frame = settings(played(state, ','));
	assert.match(
		frame,
		/│ The defaults apply, and nothing is saved: settings\.json, line +│\n│ 2: no colour is called `acent` +│/,
	);
	const own = {...state, settingsTrouble: undefined, settings: {...state.settings, colours: {accent: 'red'}}};
	assert.match(settings(played(own, ',')), /❯ theme {8}< terminal, with colours of yours > +│/);
	assert.match(settings(played(own, ',', 'right')), /< light, with colours of yours > +│/);
});
