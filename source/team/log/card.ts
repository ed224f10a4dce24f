import {PharmerError} from '../../domain/errors.js';
import {type Name, nameProblem, parseName} from '../../domain/name.js';
import {areKeys, keysHash, type PublicKeys} from './member-keys.js';
import {sixWords} from './words.js';

/** What a newcomer hands to an admin: nothing in it is secret. */
export type Card = {
	readonly name: Name;
	readonly keys: PublicKeys /** Six words that stand for the keys. */;
	readonly words: string;
};

const start = 'pharmer1.';
const keyLength = 32;

/** A card as text: `pharmer1.NAME.KEYS`, with both keys in base64url. */
export function cardText(name: Name, {ed, x}: PublicKeys): string {
	const bytes = Buffer.concat([Buffer.from(ed, 'base64'), Buffer.from(x, 'base64')]);
	return `${start}${name}.${bytes.toString('base64url')}`;
}

/** Six words that stand for a member's keys. */
export function keyWords(keys: PublicKeys): string {
	return sixWords(keysHash(keys));
}

/** Reads a card, also one that was broken into lines on its way. Throws `invalid`. */
export function parseCard(text: string): Card {
	const whole = text.replaceAll(/\s/g, '');
	const end = whole.lastIndexOf('.');
	if (!whole.startsWith(start) || end < start.length)
		throw new PharmerError(
			'invalid',
			'that is not a card',
			`a card begins with \`${start}\`; \`pharmer team join URL\` prints it`,
		);
	const coded = whole.slice(end + 1);
	const bytes = Buffer.from(coded, 'base64url');
	const keys = {
		ed: bytes.subarray(0, keyLength).toString('base64'),
		x: bytes.subarray(keyLength).toString('base64'),
	};
	const isWhole = bytes.length === 2 * keyLength && bytes.toString('base64url') === coded;
	if (!isWhole || !areKeys(keys))
		throw new PharmerError('invalid', 'a part of the card is missing or wrong', 'copy all of its line');
	const name = whole.slice(start.length, end);
	const problem = nameProblem(name);
	if (problem !== undefined)
		throw new PharmerError('invalid', `the name on the card is none: a name ${problem}`, 'copy all of its line');
	return {name: parseName(name), keys, words: keyWords(keys)};
}
