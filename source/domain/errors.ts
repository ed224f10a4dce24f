/** The exit code of each kind of error. The numbers are frozen and listed in the README; never change one. */
export const exitCodes = {
	bug: 1,
	usage: 2,
	cancelled: 3,
	'not-found': 4,
	exists: 5,
	'wrong-passphrase': 6,
	invalid: 7,
	damaged: 8,
	'rolled-back': 8,
	forked: 8,
	'newer-version': 8,
	file: 9,
	keyring: 9,
	refused: 10,
	network: 11,
	busy: 12,
	conflict: 12,
	'other-vault': 12,
	rekeyed: 12,
	'no-vault': 13,
	'cannot-run': 126,
	'no-command': 127,
	interrupted: 130,
} as const;

/** The exit code of a command that has found something that needs care. It is frozen like the others. */
export const careCode = 14;

/** The exit code of a command to which a provider said that a credential is not valid, or may not do what was asked. */
export const refusedCode = exitCodes.refused;

export type ErrorCode = keyof typeof exitCodes;

/**
 * The one error this program throws on purpose.
 *
 * `message` says what is wrong and where, in lower case, with values in back-ticks. `hint` says what to do about it.
 * Neither ever holds a secret or the content of a file. Text from outside (a name, a path) is inserted as is: whoever
 * prints the error makes it safe for the terminal with `visible()`.
 */
export class PharmerError extends Error {
	override readonly name = 'PharmerError';
	readonly code: ErrorCode;
	readonly hint: string | undefined;

	constructor(code: ErrorCode, message: string, hint?: string, options?: ErrorOptions) {
		super(message, options);
		this.code = code;
		this.hint = hint;
	}

	get exitCode(): number {
		return exitCodes[this.code];
	}
}
