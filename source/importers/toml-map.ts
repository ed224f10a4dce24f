import {PharmerError} from '../domain/errors.js';
import type {PlainMap} from '../formats/plain.js';
import {parseToml} from '../formats/toml.js';

/** A TOML text for telling whose file it is: undefined for what is none. */
export function tomlMapIn(text: string): PlainMap | undefined {
	try {
		return parseToml(text);
	} catch (error) {
		if (error instanceof PharmerError) return undefined;
		throw error;
	}
}
