import {type IniDialect, type IniSection, parseIni} from '../text/ini.js';
import type {MapNode, Node} from '../text/node.js';
import type {PlainMap} from '../text/plain.js';
import {parseToml} from '../text/toml.js';
import {parseYaml} from '../text/yaml.js';
import {attempt} from './attempt.js';

/** A text of which nobody knows yet whose file it is. In each format it is parsed once, however many look at it. */
export class FileText {
	readonly text: string;
	/** The file's name without directories; empty when it has none. */
	readonly name: string;
	readonly #parsed = new Map<string, unknown>();

	constructor(text: string, name: string) {
		this.text = text;
		this.name = name;
	}

	/** What `parse` gives for the text, or undefined when it is in another format. */
	#as<Result>(format: string, parse: (text: string) => Result): Result | undefined {
		if (!this.#parsed.has(format)) {
			const result = attempt(() => parse(this.text));
			this.#parsed.set(format, result);
		}
		return this.#parsed.get(format) as Result | undefined;
	}

	/** Whether it begins as JSON does that holds an object. */
	get isJsonObject(): boolean {
		return /^\s*\{/.test(this.text);
	}

	/** Its documents as YAML or JSON. */
	get documents(): readonly Node[] | undefined {
		return this.#as('yaml', parseYaml);
	}

	/** The one document that it is as YAML or JSON. */
	get yaml(): Node | undefined {
		return this.documents?.length === 1 ? this.documents[0] : undefined;
	}

	/** The same when that is a map. */
	get yamlMap(): MapNode | undefined {
		const root = this.yaml;
		return root?.kind === 'map' ? root : undefined;
	}

	get toml(): PlainMap | undefined {
		return this.#as('toml', parseToml);
	}

	/** Its sections as INI, none when it is something else. */
	sections(dialect: IniDialect = 'plain'): readonly IniSection[] {
		return this.#as(`ini, ${dialect}`, text => parseIni(text, dialect)) ?? [];
	}
}
