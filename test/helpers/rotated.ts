import type {KeyQuestion, Reply} from '../../source/credentials/key-question.js';
import type {Credential} from '../../source/domain/credential.js';
import type {Rotation} from '../../source/domain/journal.js';
import {parseName} from '../../source/domain/name.js';
import {Secret} from '../../source/domain/secret.js';
import type {Network} from '../../source/network/network.js';
import {goOn, type Outcome, rotateKey, type Wish} from '../../source/tasks/rotation/rotate.js';
import type {Rotating} from '../../source/tasks/rotation/rotating.js';
import {journalOf} from '../../source/vault/journals.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import type {Content, Vault} from '../../source/vault/vault.js';
import type {KeyCloud} from './clouds/key-cloud.js';
import {directNetwork, type Fate} from './direct-network.js';

/** The id of the credential whose key is replaced, and of the one that signs where that takes another. */
export const ownId = '0a4ba0c2-0e25-4e7a-a1ba-6d1d0d0d0d01';
export const adminId = '0a4ba0c2-0e25-4e7a-a1ba-6d1d0d0d0d02';

function storedOf(id: string, name: string, provider: string, data: Readonly<Record<string, string>>): Credential {
	const at = '2026-11-01T10:00:00Z';
	const fields = new Map(Object.entries(data).map(([key, text]) => [key, new Secret(text)]));
	return {id, name: parseName(name), provider, data: fields, labels: new Map(), revision: 1, created: at, changed: at};
}

/** A vault with the key of that cloud, and whoever signs. */
export async function vaultWith({
	provider,
	data,
	admin,
}: Pick<KeyCloud, 'provider' | 'data' | 'admin'>): Promise<Vault> {
	const credentials = [
		storedOf(ownId, 'key', provider, data),
		...(admin === undefined ? [] : [storedOf(adminId, 'admin', admin.provider, admin.data)]),
	];
	return memoryVaultPlace({credentials, trash: []}).unlock(new Secret(''));
}

/** How a key is replaced in a test. */
export type How = {
	readonly cloud: Pick<KeyCloud, 'handlers'>;
	/** In the place of the way to the cloud's handlers. */
	readonly network?: Network;
	readonly placeOf?: Rotating['placeOf'];
	readonly vault: Vault;
	readonly now: () => number;
	readonly answer?: (question: KeyQuestion) => Reply;
	readonly fateOf?: (request: {readonly url: string; readonly isOnce?: true}) => Fate;
	readonly onStep?: (rotation: Rotation) => void;
};

export function rotatingOf(how: How): Rotating {
	const {cloud, vault, now, answer = () => 'yes', fateOf, onStep = () => {}, placeOf = () => undefined} = how;
	return {
		vault,
		network: how.network ?? directNetwork(cloud.handlers, now, fateOf),
		now,
		wait: async () => {},
		placeOf,
		probePlaceOf: placeOf,
		ask: async question => answer(question),
		onStep,
	};
}

/** Begins to replace the key, and goes on as far as it goes. */
export async function rotate(how: How, grace = 86_400): Promise<Outcome> {
	const {credentials} = await how.vault.read();
	const credential = credentials.find(({id}) => id === ownId);
	if (credential === undefined) throw new Error('there is no credential');
	const admin = credentials.find(({id}) => id === adminId);
	return rotateKey({credential, grace, admin}, rotatingOf(how));
}

/** Goes on with what is under way. */
export function resume(how: How, wish: Wish = {}): Promise<Outcome> {
	return goOn(ownId, wish, rotatingOf(how));
}

/** The fields of the credential as a vault has them now, in clear. */
export function fieldsIn({credentials}: Content): Readonly<Record<string, string>> {
	const {data = new Map<string, Secret>()} = credentials.find(({id}) => id === ownId) ?? {};
	return Object.fromEntries([...data].map(([key, value]) => [key, value.reveal()]));
}

/** What is under way for the credential. */
export function rotationIn(content: Content): Rotation | undefined {
	const journal = journalOf(content, ownId);
	return journal?.kind === 'rotate' ? journal : undefined;
}
