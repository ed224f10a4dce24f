import {randomBytes} from 'node:crypto';
import {keyTexts} from '../../credentials/key-question.js';
import {secretSince} from '../../credentials/secret-since.js';
import type {Credential} from '../../domain/credential.js';
import {PharmerError} from '../../domain/errors.js';
import type {Holder, Rotation} from '../../domain/journal.js';
import {timestamp} from '../../domain/time.js';
import {listed} from '../../domain/words.js';
import {providerOf} from '../../providers/catalog.js';
import {valuesOf} from '../../providers/data.js';
import type {KeyService, ListedKey} from '../../providers/key-service.js';
import {beginJournal} from '../../vault/journal-changes.js';
import {journalOf} from '../../vault/journals.js';
import {KeyDesk, keyServiceOf, type Signer} from './key-desk.js';
import type {Rotating} from './rotating.js';
import {decide} from './run.js';
import {holdsId, othersWith} from './same-key.js';

/** How a key is replaced. */
export type Plan = {
	readonly credential: Credential;
	/** How long the old key is kept once the new one works, in seconds. */
	readonly grace: number;
	/** The credential that signs in the place of this one. */
	readonly admin?: Credential | undefined;
};

/**
 * Writes down that the key of a credential is to be replaced, with the keys that its provider has, and resolves to that
 * journal. Nothing is made there; an unused key is deleted for room, after a yes. Throws `invalid` where it can't be
 * done, `busy` when something is under way, `refused`, `network`, and what the answers to its questions are.
 */
export async function beginRotation(
	{credential, grace, admin}: Plan,
	holder: Holder,
	rotating: Rotating,
): Promise<Rotation> {
	const {vault} = rotating;
	const service = keyServiceOf(credential);
	assertSigner(service, credential, admin);
	const content = await vault.read();
	if (journalOf(content, credential.id) !== undefined)
		throw new PharmerError(
			'busy',
			`something is under way for \`${credential.name}\` at its provider`,
			`\`pharmer rotate ${credential.name} --resume\` goes on, --undo takes it back`,
		);
	const others = othersWith(credential.data, credential, content.credentials);
	if (others.length > 0)
		throw new PharmerError(
			'invalid',
			`${listed(others.map(({name}) => name))} ${others.length === 1 ? 'has' : 'have'} the same key, and would stop working`,
			'delete what is there twice, or give it its own key, then rotate',
		);
	const desk = new KeyDesk(service, rotating);
	const signer: Signer = {by: (admin ?? credential).data, admin};
	const list = (): Promise<readonly ListedKey[]> =>
		desk.call({credential}, signer, "its keys can't be listed", (keys, call) => keys.keys(call));
	const found = await list();
	const old = await ownKey(credential, found, rotating, 'rotated');
	const room = await makeRoom(credential, old, found, {desk, signer, list}, rotating);
	const mark = randomBytes(4).toString('hex');
	const now = new Date(rotating.now());
	const fresh = await service.choose?.(valuesOf(credential.data), mark, new Date(desk.there(rotating.now())));
	const at = timestamp(now);
	const rotation: Rotation = {
		kind: 'rotate',
		id: credential.id,
		mark,
		began: at,
		at,
		...(admin && {admin: admin.id}),
		holder,
		step: 'intent',
		known: found.filter(({id}) => id !== room).map(({id}) => id),
		oldId: old.id,
		old: credential.data,
		oldSince: secretSince(credential),
		...(fresh && {fresh}),
		...(credential.expires === undefined ? {} : {oldExpires: credential.expires}),
		grace,
	};
	const begun = await vault.change(current => beginJournal(current, rotation, credential));
	rotating.onStep(begun);
	return begun;
}

/** Throws `usage` where that credential, or none, can't sign for what is done about the key of another one. */
export function assertSigner(service: KeyService, {name, provider}: Credential, admin: Credential | undefined): void {
	const own = providerOf(provider).id;
	const {signer = own, needsSigner} = service;
	const wants = `a credential of ${providerOf(signer).title}`;
	if (admin === undefined && needsSigner)
		throw new PharmerError('usage', `for the key of \`${name}\` ${wants} has to sign`, 'name one: `--with NAME`');
	if (admin !== undefined && providerOf(admin.provider).id !== signer)
		throw new PharmerError('usage', `\`${admin.name}\` can't sign for \`${name}\`: that takes ${wants}`);
}

/**
 * The key that the credential holds: the one that shows it, the only one, or the one that somebody says. Throws
 * `usage`, and `conflict` when there is none: it can't be `done`.
 */
export async function ownKey(
	{name}: Credential,
	keys: readonly ListedKey[],
	{ask}: Pick<Rotating, 'ask'>,
	done: 'rotated' | 'revoked',
): Promise<ListedKey> {
	const shown = keys.filter(({isOwn}) => isOwn === true);
	if (shown.length === 1 && shown[0] !== undefined) return shown[0];
	const open = shown.length > 0 ? shown : keys.filter(({isOwn}) => isOwn === undefined);
	for (const key of open) {
		const reply = await ask({kind: 'own', name, keys: [key]});
		if (reply === 'yes') return key;
		if (reply === 'nobody')
			throw new PharmerError(
				'usage',
				`the provider does not tell which of its keys \`${name}\` is`,
				`say which: \`--key ID\`, with ${listed(
					open.map(({id}) => id),
					'or',
				)}`,
			);
	}
	const none = keys.length === 0 ? 'the provider lists no key' : 'none of the keys that its provider lists is its own';
	throw new PharmerError('conflict', `\`${name}\` can't be ${done}: ${none}`, '`pharmer verify` asks about it');
}

/**
 * Deletes an unused key where another would be one too many, after a yes, and resolves to its id. Throws `refused`
 * where every other one is in use: which of them goes is not guessed.
 */
async function makeRoom(
	credential: Credential,
	old: ListedKey,
	keys: readonly ListedKey[],
	{
		desk,
		signer,
		list,
	}: {readonly desk: KeyDesk; readonly signer: Signer; readonly list: () => Promise<readonly ListedKey[]>},
	rotating: Rotating,
): Promise<string | undefined> {
	const {most = Number.POSITIVE_INFINITY} = desk.service;
	if (keys.length < most) return undefined;
	const {name} = credential;
	const content = await rotating.vault.read();
	const mayGo = (key: ListedKey): boolean =>
		key.id !== old.id && (key.isOff === true || key.lastUsed === 'never') && !holdsId(content, key.id);
	const unused = keys.find(mayGo);
	const full = `there is no room for another key: the provider allows ${most}`;
	if (unused === undefined) {
		const others = keys.filter(({id}) => id !== old.id);
		throw new PharmerError(
			'refused',
			`${full}, and ${keyTexts(others)} may be in use`,
			'delete one at the provider first',
		);
	}
	await decide({kind: 'room', name, keys: [unused]}, rotating, full, `delete ${unused.id} at the provider first`);
	// Somebody may have begun to use it since it was listed.
	const now = await list();
	if (!now.some(key => key.id === unused.id && mayGo(key)))
		throw new PharmerError('conflict', `${unused.id} is not as it was any more`, 'look again: nothing was deleted');
	await desk.call({credential, ownId: old.id}, signer, `${unused.id} is not deleted`, (service, call) =>
		service.remove(call, unused.id),
	);
	return unused.id;
}
