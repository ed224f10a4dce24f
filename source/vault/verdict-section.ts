import {textSection} from './text-section.js';
import type {Content} from './vault.js';

/** The section of the content that holds what providers said. It is parsed when somebody asks for it. */
export const verdictSection = textSection('verdicts');

/** The content without what was said of credentials that are gone, which the beginning of its lines tells. */
export function withoutLostVerdicts(content: Content): Content {
	const lines = verdictSection.textIn(content)?.split('\n') ?? [];
	const held = new Set([...content.credentials, ...content.trash].map(({id}) => id));
	const kept = lines.filter(line => held.has(/^\{"id":"([^"]*)"/.exec(line)?.[1] ?? ''));
	return kept.length === lines.length ? content : verdictSection.put(content, kept.join('\n'));
}
