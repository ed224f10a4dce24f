import type {PlainMap} from '../formats/plain.js';
import {parseToml} from '../formats/toml.js';
import {attempt} from './attempt.js';

/** A TOML text for telling whose file it is: undefined for what is none. */
export function tomlMapIn(text: string): PlainMap | undefined {
	return attempt(() => parseToml(text));
}
