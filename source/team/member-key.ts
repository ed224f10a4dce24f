import {PharmerError} from '../domain/errors.js';
import {Secret} from '../domain/secret.js';
import type {LogPlace} from '../domain/team.js';
import {Damage, parseBase64, parseCount, parseList, parseMembers, parseText, parseUuid} from '../vault/json-values.js';
import {seedBytes} from './log/member-keys.js';

/** All that a job needs to read a shared vault: who it is, where the vault lies, and the entry that
 * added it. */
export type MemberKey = {
	readonly seed: Buffer;
	readonly url: string;
	readonly vault: string;
	readonly anchor: LogPlace;
};

const start = 'pharmer-member1.';

/** The key as one line, without its end. */
export function memberKeyText({seed, url, vault, anchor}: MemberKey): Secret {
	const text = JSON.stringify({seed: seed.toString('base64'), url, vault, anchor: [anchor.seq, anchor.hash]});
	return new Secret(start + Buffer.from(text).toString('base64url'));
}

/** Reads it, also with blanks around it. Throws `invalid`, and repeats nothing of it. */
export function parseMemberKey(key: Secret): MemberKey {
	const text = key.reveal().trim();
	try {
		if (!text.startsWith(start)) throw new Damage('another beginning');
		const value: unknown = JSON.parse(Buffer.from(text.slice(start.length), 'base64url').toString());
		const {seed, url, vault, anchor} = parseMembers(value, 'a key', ['seed', 'url', 'vault', 'anchor']);
		const [seq, hash] = parseList(anchor, 'a place');
		const parsed = {
			seed: Buffer.from(parseBase64(seed, 'a seed', seedBytes, seedBytes), 'base64'),
			url: parseText(url, 'an address'),
			vault: parseUuid(vault, 'a vault'),
			anchor: {seq: parseCount(seq, 'a number'), hash: parseText(hash, 'a hash', /^[0-9a-f]{64}$/)},
		};
		if (memberKeyText(parsed).reveal() !== text) throw new Damage('another spelling');
		return parsed;
	} catch (error) {
		if (!(error instanceof Damage || error instanceof SyntaxError)) throw error;
		throw new PharmerError(
			'invalid',
			'that is not the key of a member',
			'it is one line that begins with `pharmer-member1.`; `pharmer team add --key-file PATH --name NAME` makes one',
		);
	}
}
