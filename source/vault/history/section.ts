import {textSection} from '../text-section.js';

const section = textSection('history');

/** Whether a section is the history as this program writes it. */
export const isHistory = section.is;

/** The lines of all versions; undefined when a newer program keeps them, whose history is not touched. */
export const historyText = section.textIn;

/** The content with these lines of versions. */
export const withHistoryText = section.put;
