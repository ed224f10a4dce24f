import {isObject, type Json, type JsonObject} from '../../domain/json.js';

/** The content's section that holds the history, and the version of it that this program writes. */
const name = 'history';
const version = 1;

type Sections = {readonly sections?: JsonObject};

/** Whether a section is the history as this program writes it. */
export function isHistory(section: string, value: Json): boolean {
	return section === name && textIn(value) !== undefined;
}

/** The lines of all versions; undefined when a newer program keeps them, whose history is not touched. */
export function historyText({sections = {}}: Sections): string | undefined {
	const section = sections[name];
	return section === undefined ? '' : textIn(section);
}

/** The content with these lines of versions. */
export function withHistoryText<Content extends Sections>(content: Content, entries: string): Content {
	const {[name]: known, ...others} = content.sections ?? {};
	if (entries === '' && known === undefined) return content;
	// A section stays in its place among those of newer programs.
	const sections = entries === '' ? others : {...content.sections, [name]: {version, entries}};
	return {...content, sections};
}

function textIn(value: Json): string | undefined {
	if (!isObject(value) || Object.keys(value).length !== 2 || value.version !== version) return undefined;
	return typeof value.entries === 'string' ? value.entries : undefined;
}
