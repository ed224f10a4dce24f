import type {Credential} from '../domain/credential.js';
import {visible} from '../domain/visible.js';
import {renderYaml} from './manifest.js';

const header = [
	'Change the name, the labels, the annotations `note` and `expires`, and the fields under `data`.',
	'Lines that start with # are ignored. An empty file cancels.',
];

/** The credential as YAML for an editor, secrets in clear, under a comment that says what can be done. `readManifest()` reads it back. */
export function manifestForEditing(credential: Credential): string {
	return `${header.map(line => `# ${line}\n`).join('')}${renderYaml(credential, {redact: false})}`;
}

/** What came back from the editor, with `problem` as the comment on top, in the place of an earlier one. */
export function withProblem(text: string, problem: string): string {
	return `# problem: ${visible(problem)}\n${text.replace(/^\uFEFF?(?:# problem: .*(?:\r\n|\r|\n))*/, '')}`;
}

/** True when nothing is left but comments and white space: the person cancels. */
export function isCancelled(text: string): boolean {
	return text
		.replace(/^\uFEFF/, '')
		.split(/\r\n|\r|\n/)
		.every(line => /^\s*(?:#|$)/.test(line));
}
