import {type Ini, type IniDialect, type IniSection, parseIni} from '../text/ini.js';
import type {MapNode, Node} from '../text/node.js';
import type {PlainMap} from '../text/plain.js';
import {parseToml} from '../text/toml.js';
import {parseToolYaml} from '../text/yaml.js';
import {attempt} from './attempt.js';

/** The text of a file whose owner is not known yet. Each format is parsed once, however many importers look at it. */
export class FileText {
	readonly text: string;
	/** The file's base name; empty when it has none. */
	readonly name: string;
	readonly #parsed = new Map<string, unknown>();

	constructor(text: string, name: string) {
		this.text = text;
		this.name = name;
	}

	/** The result of `parse`, or undefined when the text is in another format. */
	#as<Result>(format: string, parse: (text: string) => Result): Result | undefined {
		if (!this.#parsed.has(format)) {
			const result = attempt(() => parse(this.text));
			this.#parsed.set(format, result);
		}
		return this.#parsed.get(format) as Result | undefined;
	}

	/** Whether the text starts like a JSON object. */
	get isJsonObject(): boolean {
		return /^\s*\{/.test(this.text);
	}

	/** The text's documents as YAML or JSON; undefined when they have anchors or anything else that only tools take. */
	get documents(): readonly Node[] | undefined {
		const all = this.#as('yaml', text => parseToolYaml(text, 'last'));
		return all?.isPlain === true ? all.documents : undefined;
	}

	/** The only document as YAML or JSON, as tools read it; undefined when there are several or none. */
	get yaml(): Node | undefined {
		const all = this.#as('yaml', text => parseToolYaml(text, 'last'))?.documents;
		return all?.length === 1 ? all[0] : undefined;
	}

	/** The only document if it is a map. */
	get yamlMap(): MapNode | undefined {
		const root = this.yaml;
		return root?.kind === 'map' ? root : undefined;
	}

	get toml(): PlainMap | undefined {
		return this.#as('toml', parseToml);
	}

	/** The text's sections as INI; empty when something else comes before the first, as in other formats. */
	sections(dialect: IniDialect = 'plain'): readonly IniSection[] {
		const ini: Ini | undefined = this.#as(`ini, ${dialect}`, text => parseIni(text, dialect));
		return ini === undefined || ini.problem !== undefined ? [] : ini.sections;
	}
}
