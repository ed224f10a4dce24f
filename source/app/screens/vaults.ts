import type {ListedVault} from '../../domain/vault-list.js';
import {fuzzyScore} from '../../text/fuzzy.js';
import {visible} from '../../text/visible.js';
import type {Binding} from '../core/binding.js';
import {failureText} from '../core/failure.js';
import {moveChoice, rowKeys} from '../core/moves.js';
import {inputPrompt} from '../core/prompt.js';
import type {Screen} from '../core/screen.js';
import {placed, sentence} from '../core/spoken-words.js';
import {isOpen, type State} from '../core/state.js';
import {type Step, say, show, step} from '../core/step.js';
import {lineTyping, refused} from '../core/typing.js';
import {emptyLine, type Line, lineText} from '../input/line-editor.js';
import type {Room} from './room.js';
import {backKey, quietHelpKey} from './shared-keys.js';

/** Which vault to go to. */
export type VaultsScreen = {
	readonly kind: 'vaults';
	/** Undefined until they are known. */
	readonly vaults: readonly ListedVault[] | undefined;
	/** The part of a name typed so far. */
	readonly filter: Line;
	readonly choice: number;
	readonly from: Screen;
	/** The vaults are looked at, or one that was chosen. */
	readonly busy: boolean;
};

declare module '../core/screen.js' {
	interface Screens {
		readonly vaults: VaultsScreen;
	}
}

/** Opens the list of vaults, and has them looked at. */
function openVaults(state: State, from: Screen): Step {
	const screen: VaultsScreen = {kind: 'vaults', vaults: undefined, filter: emptyLine, choice: 0, from, busy: true};
	return step(show({...state, reveal: undefined}, screen), {type: 'list-vaults'});
}

/** The key that opens it. */
export const vaultsKey: Binding = {
	id: 'vaults',
	keys: ['@'],
	title: 'vaults',
	says: 'opens another vault, and locks this one here',
	group: 'Views',
	off: ({demo}) => (demo ? 'the demo has one vault, in memory' : undefined),
	run: openVaults,
};

/** The same where a passphrase is typed, or may be. The footer names it where there is another one. */
export const lockedVaultsKey: Binding = {
	...vaultsKey,
	keys: ['ctrl+n'],
	title: 'other vault',
	says: 'opens another vault',
	footer: 6,
	idle: ({vaultName}) => vaultName === undefined,
};

/** Goes back to the vault that was open, from one that is not open yet. */
export const backToVaultKey: Binding = {
	id: 'back',
	keys: ['esc'],
	title: 'back',
	says: 'goes back to the vault that was open before',
	group: 'Leave',
	footer: 8,
	run(state, from) {
		const {cameFrom} = state;
		if (cameFrom === undefined) return step(state);
		const screen: VaultsScreen = {kind: 'vaults', vaults: [cameFrom], filter: emptyLine, choice: 0, from, busy: true};
		return step(show(state, screen), {type: 'switch-vault', name: cameFrom.name, path: cameFrom.path});
	},
};

/** The vaults whose names match what is typed, best first. */
export function foundVaults({vaults = [], filter}: VaultsScreen): readonly ListedVault[] {
	const typed = lineText(filter).trim().toLowerCase();
	if (typed === '') return vaults;
	const scores = new Map(vaults.map(each => [each, fuzzyScore(each.name.toLowerCase(), typed)]));
	const found = vaults.filter(each => scores.get(each) !== undefined);
	return found.sort((one, other) => (scores.get(other) ?? 0) - (scores.get(one) ?? 0));
}

const states = {none: 'not there yet', locked: 'locked', unlocked: 'unlocked for commands'} as const;

/** What is known of a vault without opening it. */
export function vaultState(state: State, vault: ListedVault): string {
	if (vault.path === state.path) return isOpen(state) ? 'open here' : 'here';
	return states[vault.state];
}

/** Why the list has nothing to choose; undefined when it has. */
export function noVaultText(screen: VaultsScreen): string | undefined {
	if (screen.vaults === undefined || foundVaults(screen).length > 0) return undefined;
	return 'No vault is called that.';
}

/** What to say where there is only one. */
export const onlyOneText = '`pharmer vaults add NAME` gives another vault a name.';

function go(state: State, screen: VaultsScreen): Step {
	const chosen = foundVaults(screen)[screen.choice];
	if (chosen === undefined) return step(state);
	if (chosen.path === state.path) return step(show(state, screen.from));
	if (state.undoing !== undefined) return step(say(state, 'note', 'That waits until what was undone is saved.'));
	const {name, path} = chosen;
	return step(show(state, {...screen, busy: true}), {type: 'switch-vault', name, path});
}

const vaultItem = (state: State, screen: VaultsScreen): string =>
	placed(foundVaults(screen), screen.choice, vault => sentence(visible(vault.name), vaultState(state, vault)));

const keys: readonly Binding<VaultsScreen>[] = [
	{
		id: 'submit',
		keys: ['enter'],
		title: 'open',
		says: 'opens that vault, and locks this one here',
		group: 'Act',
		footer: 10,
		run: go,
	},
	backKey(['esc'], 'back', 9),
	...rowKeys(
		moveChoice<VaultsScreen>((_, screen) => foundVaults(screen).length),
		['down', 'ctrl+n', 'tab'],
		['up', 'shift+tab'],
	),
	quietHelpKey,
];

export const vaultsRoom: Room<VaultsScreen, 'vaults'> = {
	mode: () => 'vaults',
	keys: {vaults: keys},
	typing: (state, screen) =>
		lineTyping(
			screen.filter,
			filter =>
				show(state, {...screen, filter, choice: lineText(filter) === lineText(screen.filter) ? screen.choice : 0}),
			() => refused(state, 'the search'),
		),
	onResult(state, screen, result) {
		if (result.type !== 'vaults-listed') return undefined;
		const {vaults} = result;
		// The first that one can go to.
		const choice = Math.max(
			0,
			vaults.findIndex(({path}) => path !== state.path),
		);
		return step(show(state, {...screen, vaults, choice, busy: false}));
	},
	onFailure: (state, screen, failure) =>
		step(say(show(state, {...screen, vaults: screen.vaults ?? [], busy: false}), 'error', failureText(failure))),
	afterLock: ({from}) => from,
	saysWork: () => false,
	crumbs: () => ['vaults'],
	spoken: {
		isOverlay: true,
		place: ({vaults}) => (vaults === undefined ? 'vaults to come' : 'vaults'),
		body: (state, screen) => [
			'Vaults: type a part of a name, enter opens it',
			screen.vaults === undefined ? '' : vaultItem(state, screen) || 'No vault is called that.',
			screen.vaults?.length === 1 ? onlyOneText : '',
		],
		item: vaultItem,
		itemKey: (_, screen) => `${screen.choice} ${screen.vaults?.length} ${lineText(screen.filter)}`,
		prompt: (_, {filter}) => inputPrompt('vault', filter),
	},
};
