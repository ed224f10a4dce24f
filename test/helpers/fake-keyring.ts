import {PharmerError} from '../../source/domain/errors.js';
import type {Keyring} from '../../source/platform/keyring.js';

/** A keyring in memory. */
export type FakeKeyring = Keyring & {
	readonly entries: Map<string, Buffer>;
	/** The tasks that it was given. */
	readonly tasks: string[];
	/** Why it can't be used from now on. */
	trouble?: string | undefined;
};

/** An empty keyring that works, or one with a trouble. */
export function fakeKeyring(trouble?: string): FakeKeyring {
	const begin = (task: string): void => {
		keyring.tasks.push(task);
		if (keyring.trouble !== undefined) throw new PharmerError('keyring', keyring.trouble);
	};
	const keyring: FakeKeyring = {
		entries: new Map(),
		tasks: [],
		trouble,
		async get(entry) {
			begin('get');
			const key = keyring.entries.get(entry);
			return key && Buffer.from(key);
		},
		async set(entry, key) {
			begin('set');
			keyring.entries.set(entry, Buffer.from(key));
		},
		async remove(entry) {
			begin('remove');
			return keyring.entries.delete(entry);
		},
	};
	return keyring;
}
