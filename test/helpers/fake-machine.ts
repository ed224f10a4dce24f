import {dirname} from 'node:path';
import {keysProblem} from '../../source/app/keyboard/keys-problem.js';
import type {Lock, Machine, Status} from '../../source/doctor/machine.js';
import type {Slot} from '../../source/vault/keys/opener.js';
import {defaultCost} from '../../source/vault/keys/passphrase.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import type {VaultPlace} from '../../source/vault/vault.js';
import {fakeKeyring} from './fake-keyring.js';
import {filesWorld} from './import-world.js';

/** What a fake machine has at a path. */
export type Entry = Partial<Status> & {
	readonly text?: string;
	/** Where a link leads; nowhere when left out. */
	readonly to?: string;
	readonly lock?: Lock;
	readonly isVault?: boolean;
};

const user = 1000;

/** The usual vault of the fake machine. */
export const vault = '/home/me/.config/pharmer/vault.json';

/** Ways in that nothing is wrong with, as a header has them. */
const slots: readonly Slot[] = [
	{id: '11111111-0000-4000-8000-000000000000', kind: 'passphrase', kdf: {n: defaultCost, r: 8, p: 1}},
	{id: '22222222-0000-4000-8000-000000000000', kind: 'recovery'},
];

/** What a vault in memory is taken for. */
const place = (): VaultPlace => ({
	...memoryVaultPlace({credentials: [], trash: []}),
	path: vault,
	slots: async () => slots,
});

/**
 * A machine that nothing is wrong with. `entries` are in the place of what is at these paths; `undefined` takes a file
 * away.
 */
export function fakeMachine(
	changes: Partial<Omit<Machine, 'files'>> & {readonly files?: Partial<Machine['files']>} = {},
	entries: Readonly<Record<string, Entry | undefined>> = {},
): Machine {
	const usual: Readonly<Record<string, Entry>> = {
		'/': {kind: 'directory', uid: 0, mode: 0o755},
		'/home': {kind: 'directory', uid: 0, mode: 0o755},
		'/home/me': {kind: 'directory', mode: 0o755},
		'/home/me/.config': {kind: 'directory', mode: 0o755},
		'/home/me/.config/pharmer': {kind: 'directory', mode: 0o700},
		[vault]: {kind: 'file', isVault: true},
		[`${vault}.seen`]: {kind: 'file', text: '{"id":"a","generation":1}'},
	};
	const all = new Map(
		Object.entries({...usual, ...entries}).flatMap(([path, entry]) => (entry ? [[path, entry]] : [])),
	);
	const status = (path: string): Status | undefined => {
		const entry = all.get(path);
		return entry && {kind: 'file', uid: user, mode: 0o600, size: 1000, ...entry};
	};
	const real = (path: string): string | undefined => {
		const entry = all.get(path);
		return entry?.kind === 'link' ? entry.to : entry && path;
	};
	return {
		platform: 'linux',
		environment: {LANG: 'C.UTF-8', TERM: 'xterm-256color', WAYLAND_DISPLAY: 'wayland-0'},
		home: '/home/me',
		user,
		version: '1.2.3',
		now: () => new Date('2026-03-01T12:00:00Z'),
		place: place(),
		content: async () => ({credentials: [], trash: []}),
		vaultWords: [],
		settings: dirname(vault),
		loadKeysProblem: async () => keysProblem,
		agentOff: undefined,
		sockets: {directories: ['/home/me/.config/pharmer/run'], runtime: undefined},
		listener: async () => ({is: 'absent'}),
		keyring: async () => fakeKeyring(),
		isTerminal: true,
		noScreen: undefined,
		unicode: true,
		core: async () => ({isEmptied: true, limit: '0', pattern: 'core'}),
		world: filesWorld(),
		...changes,
		files: {
			status,
			real,
			names: directory =>
				[...all.keys()]
					.filter(path => path !== '/' && dirname(path) === directory)
					.map(path => path.slice(directory.length + 1)),
			read: path => all.get(path)?.text,
			exposures: () => [],
			isVault: path => all.get(path)?.isVault === true,
			lock: path => all.get(path)?.lock,
			program: name => `/usr/bin/${name}`,
			...changes.files,
		},
	};
}
