import {type Name, nameKey, nameLengthLimit, parseName} from '../domain/name.js';

/** The names of a vault, and those that are free in it. */
export class Names {
	readonly #taken: Set<string>;

	constructor(names: readonly Name[]) {
		this.#taken = new Set(names.map(nameKey));
	}

	drop(name: Name): void {
		this.#taken.delete(nameKey(name));
	}

	/** Takes exactly that name; false where it is not free. */
	takeAsIs(name: Name): boolean {
		return !this.#taken.has(nameKey(name)) && Boolean(this.#taken.add(nameKey(name)));
	}

	/** Takes that name, or with the first number behind it that makes it free. */
	take(name: Name): Name {
		for (let number = 1; ; number++) {
			const end = number === 1 ? '' : `-${number}`;
			const each = parseName(`${name.slice(0, nameLengthLimit - end.length)}${end}`);
			if (this.takeAsIs(each)) return each;
		}
	}
}
