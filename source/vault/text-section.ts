import {isObject, type Json, type JsonObject} from '../domain/json.js';

/** The version of these sections that this program writes. */
const version = 1;

type Sections = {readonly sections?: JsonObject};

/** A section of the content that is one text, so that a vault opens as fast with it as without. */
export type TextSection = {
	/** Whether a section of the content is this one, as this program writes it. */
	is(section: string, value: Json): boolean;
	/** The text, empty where there is none; undefined when a newer program keeps it: it is not touched then. */
	textIn(content: Sections): string | undefined;
	/** The content with this text. */
	put<Content extends Sections>(content: Content, text: string): Content;
};

/** The section of that name. */
export function textSection(name: string): TextSection {
	return {
		is: (section, value) => section === name && entriesOf(value) !== undefined,
		textIn({sections = {}}) {
			const section = sections[name];
			return section === undefined ? '' : entriesOf(section);
		},
		put(content, entries) {
			const {[name]: known, ...others} = content.sections ?? {};
			if (entries === '' && known === undefined) return content;
			// A section stays in its place among those of newer programs.
			const sections = entries === '' ? others : {...content.sections, [name]: {version, entries}};
			return {...content, sections};
		},
	};
}

function entriesOf(value: Json): string | undefined {
	if (!isObject(value) || Object.keys(value).length !== 2 || value.version !== version) return undefined;
	return typeof value.entries === 'string' ? value.entries : undefined;
}
