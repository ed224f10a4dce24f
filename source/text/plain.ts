/** The data of a manifest. Maps keep their order, whatever their keys; no key ever becomes a property. */
export type Plain = string | readonly Plain[] | PlainMap;

export type PlainMap = ReadonlyMap<string, Plain>;

/** A text for people to read and edit: YAML has it in lines of its own where that keeps it to the byte. */
export class Prose {
	readonly text: string;

	constructor(text: string) {
		this.text = text;
	}
}

/** What a document is written from: plain data, and numbers, truths and texts of our own beside it. */
export type Written = string | number | boolean | Prose | readonly Written[] | ReadonlyMap<string, Written>;
