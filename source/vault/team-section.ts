import {textSection} from './text-section.js';

/** The section of the content that says with whom the vault is shared. It is parsed when somebody asks for it. */
export const teamSection = textSection('team');
