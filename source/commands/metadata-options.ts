import {dayOf, type Expiry, parseExpiry} from '../credentials/expiry.js';
import {parseLabel} from '../credentials/labels.js';
import type {CredentialContent} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import {assertNoteFits} from '../domain/field-limit.js';
import {daysUntil} from '../domain/time.js';
import type {Given} from './command.js';
import type {Context} from './context.js';
import {listFlag, textFlag} from './flag.js';
import {usage, warn} from './talk.js';

/** Labels, note and expiry day of a credential. */
export type Metadata = Pick<CredentialContent, 'labels' | 'note' | 'expires'>;

/** The change that flags ask for. Undefined leaves a value as it is; an empty note and `never` remove it. */
export type MetadataChange = {
	/** Key to value, or to undefined to remove the label. */
	readonly labels: ReadonlyMap<string, string | undefined>;
	readonly note: string | undefined;
	readonly expires: Expiry | undefined;
};

const setLabel = listFlag('--label <key=value>', 'set a label (again for more)');
const setNote = textFlag('--note <text>', 'a note');
const setExpires = textFlag('--expires <date>', 'the last day it is good for, as 2027-01-31, or +90 for in 90 days');

/** The flags for a new credential. */
export const metadataFlags = [setLabel, setNote, setExpires] as const;

/** The flags for an existing credential; they can also remove. */
export const metadataChangeFlags = [
	{...setLabel, help: 'set a label, or remove it with KEY- (again for more)'},
	{...setNote, help: "a note, or '' to remove it"},
	{...setExpires, help: 'the last day it is good for, as 2027-01-31, +90 for in 90 days, or none'},
] as const;

function parseLabelFlag(text: string, removing: boolean): readonly [key: string, value: string | undefined] {
	const equals = text.indexOf('=');
	if (equals !== -1) return parseLabel(text.slice(0, equals), text.slice(equals + 1));
	if (text.endsWith('-') && removing) return [parseLabel(text.slice(0, -1), '')[0], undefined];
	throw usage(
		`\`--label\` takes KEY=VALUE, not \`${text}\``,
		removing ? 'KEY- removes a label' : 'such as --label team=platform',
	);
}

function parseExpiresFlag(text: string, removing: boolean): Expiry {
	if (removing && text === '') return 'never';
	try {
		const expiry = parseExpiry(text);
		if (expiry !== 'never' || removing) return expiry;
	} catch (error) {
		if (!removing || !(error instanceof PharmerError)) throw error;
		throw new PharmerError(error.code, error.message, `${error.hint}, or none to remove it`);
	}
	throw new PharmerError('invalid', `\`${text}\` is not a date`, 'leave --expires out for one that does not expire');
}

/**
 * Reads the change from the flags; `metadataChangeFlags` can also remove. Throws `usage` for a malformed flag, and
 * `invalid` for a value that can't be kept.
 */
export function readMetadata(given: Given, flags: typeof metadataFlags | typeof metadataChangeFlags): MetadataChange {
	const removing = flags === metadataChangeFlags;
	const [label, note, expires] = [given.value(flags[0]), given.value(flags[1]), given.value(flags[2])];
	assertNoteFits(note);
	return {
		labels: new Map((label ?? []).map(text => parseLabelFlag(text, removing))),
		note,
		expires: expires === undefined ? undefined : parseExpiresFlag(expires, removing),
	};
}

/** Warns when the expiry day set by the flags has already passed. */
export function warnExpired({expires = 'never'}: MetadataChange, context: Context): void {
	const day = dayOf(expires, context.now());
	if (day !== undefined && daysUntil(day, context.now()) < 0) warn(context, `${day} has passed already`);
}

/** True when the flags ask for no change. */
export function isNoChange(change: MetadataChange): boolean {
	return change.labels.size === 0 && change.note === undefined && change.expires === undefined;
}

/** Applies a change to `metadata`; days are counted from `now`. */
export function changeMetadata(metadata: Metadata, change: MetadataChange, now: Date): Metadata {
	const labels = new Map(metadata.labels);
	for (const [key, value] of change.labels) {
		if (value === undefined) labels.delete(key);
		else labels.set(key, value);
	}
	const note = change.note ?? metadata.note;
	const expires = change.expires === undefined ? metadata.expires : dayOf(change.expires, now);
	return {labels, ...(note ? {note} : {}), ...(expires ? {expires} : {})};
}
