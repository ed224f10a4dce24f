import {textSection} from './text-section.js';

/** The section of the content that holds what providers said. It is parsed when somebody asks for it. */
export const verdictSection = textSection('verdicts');
