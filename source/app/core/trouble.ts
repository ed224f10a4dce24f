import type {ErrorCode} from '../../domain/errors.js';
import type {Failure} from './failure.js';

/** Why the vault's file can't be read as it is now. While it lasts nothing is written over the file. */
export type Trouble = {
	readonly code: ErrorCode;
	/** One line: what happened, and what to do. */
	readonly text: string;
	/** When it was first found, in milliseconds since the epoch. */
	readonly since: number;
	/** Not said while the next look may find the file whole, as where a sync tool is writing it. */
	readonly isSaid: boolean;
	/** When to look again; undefined while it is looked at. */
	readonly lookAt: number | undefined;
};

type Texts = Readonly<Partial<Record<ErrorCode, (failure: Failure) => string>>>;

/** Each fits into 80 columns; only the reason of the system may be longer. */
const texts: Texts = {
	'no-vault': () => "The vault's file is gone: nothing is saved until you put it back.",
	damaged: () => "The vault's file is damaged: nothing is saved until you put a good copy back.",
	file: ({message}) =>
		`The vault can't be read (${message.slice(message.lastIndexOf(': ') + 1).trim()}): nothing is saved until it can.`,
	'newer-version': () => 'A newer pharmer wrote the vault: nothing is saved until you update this one.',
	'other-vault': () => 'Another vault is in its place: put yours back, or open it with ctrl+x.',
	'rolled-back': () => 'An older copy is there: put the newer back, or ctrl+x, then accept it.',
	rekeyed: () => 'The vault has a new key: ctrl+t asks for its passphrase, what you type stays.',
};

/** What such a failure to read the vault means to somebody who has it open; undefined for any other failure. */
export function troubleText(failure: Failure): string | undefined {
	return texts[failure.code]?.(failure);
}

/** What there is to say of the vault's file; undefined when nothing is. */
export function saidTrouble(trouble: Trouble | undefined): string | undefined {
	return trouble?.isSaid === true ? trouble.text : undefined;
}
