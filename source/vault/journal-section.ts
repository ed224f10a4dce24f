import {textSection} from './text-section.js';

/** The section of the content that holds what is under way at providers. It is parsed when somebody asks for it. */
export const journalSection = textSection('journals');
