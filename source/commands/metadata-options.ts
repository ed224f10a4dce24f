import type {Command} from 'commander';
import {type CredentialContent, parseExpires, parseLabel} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import {assertNoteFits} from '../domain/field-limit.js';
import {daysUntil} from '../domain/time.js';
import type {Context} from './context.js';
import {usage, warn} from './talk.js';

/** Labels, note and expiry day of a credential. */
export type Metadata = Pick<CredentialContent, 'labels' | 'note' | 'expires'>;

/** What flags say about them. Undefined leaves a thing as it is, an empty text removes it. */
export type MetadataChange = {
	/** Key to value, or undefined for a label to remove. */
	readonly labels: ReadonlyMap<string, string | undefined>;
	readonly note: string | undefined;
	readonly expires: string | undefined;
};

const collect = (text: string, earlier: readonly string[] | undefined): readonly string[] => [...(earlier ?? []), text];

/** Adds `--label`, `--note` and `--expires`. With `removing` their help says how to remove, too. */
export function addMetadataOptions(command: Command, removing: boolean): Command {
	return command
		.option(
			'--label <key=value>',
			removing ? 'set a label, or remove it with KEY- (again for more)' : 'set a label (again for more)',
			collect,
		)
		.option('--note <text>', removing ? "a note, or '' to remove it" : 'a note')
		.option(
			'--expires <date>',
			removing ? 'the last day it is good for, as 2027-01-31, or none' : 'the last day it is good for, as 2027-01-31',
		);
}

function parseLabelFlag(text: string, removing: boolean): readonly [key: string, value: string | undefined] {
	const equals = text.indexOf('=');
	if (equals !== -1) return parseLabel(text.slice(0, equals), text.slice(equals + 1));
	if (text.endsWith('-') && removing) return [parseLabel(text.slice(0, -1), '')[0], undefined];
	throw usage(
		`\`--label\` takes KEY=VALUE, not \`${text}\``,
		removing ? 'KEY- removes a label' : 'such as --label team=platform',
	);
}

function parseExpiresFlag(text: string, removing: boolean): string {
	if (!removing) return parseExpires(text);
	if (text === 'none' || text === '') return '';
	try {
		return parseExpires(text);
	} catch (error) {
		throw error instanceof PharmerError
			? new PharmerError(error.code, error.message, `${error.hint}, or none to remove it`)
			: error;
	}
}

/**
 * The change that the flags ask for. Throws `usage` for a flag of another form, `invalid` for a value that can't be
 * kept.
 */
export function readMetadataOptions(command: Command, removing: boolean): MetadataChange {
	const {label, note, expires} = command.opts<{label?: readonly string[]; note?: string; expires?: string}>();
	assertNoteFits(note);
	return {
		labels: new Map((label ?? []).map(text => parseLabelFlag(text, removing))),
		note,
		expires: expires === undefined ? undefined : parseExpiresFlag(expires, removing),
	};
}

/** Says so when the expiry day that the flags set has passed already. */
export function warnExpired({expires}: MetadataChange, context: Context): void {
	if (expires && daysUntil(expires, context.now()) < 0) warn(context, `${expires} has passed already`);
}

/** True when the flags ask for nothing. */
export function isNoChange(change: MetadataChange): boolean {
	return change.labels.size === 0 && change.note === undefined && change.expires === undefined;
}

/** `metadata` with the change made to it. */
export function changeMetadata(metadata: Metadata, change: MetadataChange): Metadata {
	const labels = new Map(metadata.labels);
	for (const [key, value] of change.labels) {
		if (value === undefined) labels.delete(key);
		else labels.set(key, value);
	}
	const note = change.note ?? metadata.note;
	const expires = change.expires ?? metadata.expires;
	return {labels, ...(note ? {note} : {}), ...(expires ? {expires} : {})};
}
