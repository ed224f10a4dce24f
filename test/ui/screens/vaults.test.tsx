import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Event} from '../../../source/app/core/event.js';
import {update} from '../../../source/app/loop/update.js';
import {VaultsView} from '../../../source/ui/screens/vaults.js';
import {picture} from '../../helpers/frame.js';
import {openedApp, played, smallest} from '../../helpers/played.js';
import {viewer} from '../../helpers/view.js';

const view = viewer(['vaults'], props => <VaultsView {...props} />);
type App = ReturnType<typeof openedApp>;

const listed = (state: App, ...names: readonly string[]): App => {
	const here = {name: 'default', path: state.path, state: 'unlocked'} as const;
	const others = names.map(name => ({name, path: `/v/${name}.json`, state: 'locked'}) as const);
	const event: Event = {type: 'vaults-listed', vaults: [here, ...others]};
	return update(state, event, state.now).state;
};

const one = (...names: readonly string[]): App => listed(played(openedApp(), '@'), ...names);

test('the vaults are listed with what is known of them, and the first other one is chosen', () => {
	assert.equal(
		view(one('work', 'home')),
		picture`
			╭─ Vaults ───────────────────────────────────────────────────────╮
			│ ❯ a part of its name                                           │
			│                                                                │
			│   default open here /home/me/.config/pharmer/vault.json        │
			│ ❯ work    locked    /v/work.json                               │
			│   home    locked    /v/home.json                               │
			╰────────────────────────────────────────────────────────────────╯
		`,
	);
});

test('a part of a name leaves those that match, the best first', () => {
	assert.match(view(played(one('work', 'old-work', 'home'), 'w', 'o')), /wo +│\n[^a-z]+\n│ ❯ work [\s\S]*old-work/);
	assert.match(view(played(one('work'), 'x', 'x')), /No vault is called that\./);
});

test('where there is only one, it says how to name another', () => {
	assert.match(view(one()), /`pharmer vaults add NAME` gives another vault a name\./);
});

test('before they are known nothing is said of them', () => {
	assert.doesNotMatch(view(played(openedApp(), '@')), /default|No vault/);
});

test('the smallest window shows the vaults around the selected one', () => {
	const names = Array.from({length: 20}, (_, at) => `vault-${at}`);
	const state = listed(played(openedApp(smallest), '@'), ...names);
	assert.match(view(played(state, 'down', 'down', 'down', 'down', 'down')), /❯ vault-5/);
});
