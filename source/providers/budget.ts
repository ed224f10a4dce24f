/**
 * The most characters that the shared parts of a file stand for together: 10,000 sections that inherit 400 characters
 * each, and look at them twice, stay at it.
 */
const sharedLimit = 8_000_000;

/** What the shared parts of one file may still stand for, each of them counted as often as it is used. */
export class Budget {
	#left = sharedLimit;

	/** Whether as many characters were left; they are taken. Once they were not, none is left. */
	take(characters: number): boolean {
		this.#left = characters > this.#left ? 0 : this.#left - characters;
		return this.#left > 0;
	}
}
