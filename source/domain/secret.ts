/**
 * The placeholder for a secret that must not be shown. It is not a secret, and no field may be set to it by accident.
 */
export const redacted = '[redacted]';

/**
 * A value that never shows itself: printing, JSON and inspection give `[redacted]`. Only `reveal()` gives the text,
 * and a test lists the files that may call it.
 */
export class Secret {
	readonly #text: string;

	constructor(text: string) {
		this.#text = text;
	}

	/** The text itself. The caller is responsible for where it goes. */
	reveal(): string {
		return this.#text;
	}

	/** True when both hold the same text. */
	equals(other: Secret): boolean {
		return this.#text === other.#text;
	}

	get isEmpty(): boolean {
		return this.#text === '';
	}

	toString(): string {
		return redacted;
	}

	toJSON(): string {
		return redacted;
	}

	/** What `console.log` and `util.inspect` show in Node. */
	[Symbol.for('nodejs.util.inspect.custom')](): string {
		return redacted;
	}
}
