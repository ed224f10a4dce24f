import {PharmerError} from '../domain/errors.js';
import {writeOut} from '../platform/output.js';
import {visible} from '../text/visible.js';
import {findProjectFile} from './place.js';
import {namesOf, type Project, readProject} from './project.js';

/** The most names in a line of a shell. */
const most = 8;

/**
 * Tells a shell, in one line, which project file counts in the working directory and what it names, or why it is not
 * used. Asks nobody and opens no vault, so whether the file is trusted is not known here.
 */
export function sayEntered(): void {
	const line = lineFor();
	if (line !== undefined) writeOut(`pharmer: ${visible(line)}\n`);
}

function lineFor(): string | undefined {
	try {
		const file = findProjectFile();
		return file && `${file.shown} ${summaryOf(readProject(file))}`;
	} catch (error) {
		if (!(error instanceof PharmerError)) return undefined;
		return error.message;
	}
}

function summaryOf(project: Project): string {
	const names = namesOf(project);
	const more = names.length > most ? ` and ${names.length - most} more` : '';
	return names.length === 0 ? 'sets variables only' : `names ${names.slice(0, most).join(', ')}${more}`;
}
