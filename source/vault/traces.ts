import {withoutLostFiles} from './closed/closed.js';
import {withoutLost} from './history/history.js';
import type {Content} from './vault.js';
import {withoutLostVerdicts} from './verdict-section.js';

/** The content without what is left of credentials that are gone: versions, closed files, what providers said. */
export function withoutTraces(content: Content): Content {
	return withoutLostVerdicts(withoutLostFiles(withoutLost(content)));
}
