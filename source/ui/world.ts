import type {AgentClient} from '../agent/client.js';
import type {Effect} from '../app/core/effect.js';
import type {Stored} from '../app/core/event.js';
import type {Secret} from '../domain/secret.js';
import type {Settings} from '../domain/settings.js';
import type {Network} from '../network/network.js';
import type {Wait} from '../network/patience.js';
import type {RemoveEntry} from '../tasks/change-passphrase.js';
import type {ClosingMachine} from '../tasks/closing-machine.js';
import type {Machine} from '../tasks/machine.js';
import type {TeamReach} from '../tasks/team/team-world.js';
import type {OtherVaults} from '../vault/other-vaults.js';
import type {VaultPlace} from '../vault/vault.js';

/** What the app's effects reach outside the app. */
export type World = {
	/** Where the vault is that is open, or is to be opened: another one after `vaults.enter()`. */
	readonly place: VaultPlace;
	/** The other vaults; undefined where there is none. */
	readonly vaults?: (OtherVaults & {readonly enter: (place: VaultPlace) => void}) | undefined;
	readonly now: () => Date;
	readonly machine: Machine;
	/** Closes plaintext files; undefined where nothing is written. */
	readonly closing?: (() => Promise<ClosingMachine>) | undefined;
	/** The clipboard; see `platform/clipboard.ts`. */
	readonly clipboard: {
		copy(text: Secret): Promise<{readonly by: string; readonly sure: boolean}>;
		clear(): Promise<'cleared' | 'kept' | 'unknown'>;
	};
	/** The way to the network, until the signal ends it; undefined where nobody is asked. */
	readonly reach?: ((signal: AbortSignal) => Promise<{readonly network: Network; readonly wait: Wait}>) | undefined;
	/** The way to the storages of shared vaults, until the signal ends it; undefined where nobody is asked. */
	readonly teaming?:
		| ((signal: AbortSignal) => Promise<{readonly reach: TeamReach; readonly close: () => void}>)
		| undefined;
	/** The agent; undefined where there is no vault for commands. */
	readonly agent?: (() => Promise<AgentClient>) | undefined;
	/** Whether an unlock here unlocks for commands too. */
	readonly fillsAgent?: boolean;
	/** What is to be merged, handed over once. */
	readonly takeOther?: (() => Stored | undefined) | undefined;
	/** Why a change has just kept no copy of the vault; undefined when nothing is to be said. */
	readonly takeUnkept?: (() => string | undefined) | undefined;
	/** Removes an entry from this machine's keyring. */
	readonly removeEntry: RemoveEntry;
	/** Throws `file`. */
	readonly saveSettings: (settings: Settings) => Promise<void>;
	/** Resolves when the current state is on the screen: the next effect may block drawing for a while. */
	readonly drawn: () => Promise<void>;
	readonly suspend: () => Promise<void>;
	readonly redraw: () => Promise<void>;
	/** Ends the app with an outcome or an error. */
	readonly quit: (outcome: Extract<Effect, {type: 'quit'}>['outcome'] | Error) => void | Promise<void>;
};
