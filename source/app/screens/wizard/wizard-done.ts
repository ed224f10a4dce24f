import {programWords} from '../../../credentials/uses.js';

/** How the new credential is had on the command line. */
export function savedCommand(name: string, vault?: string): string {
	return `${programWords(vault)} get credentials ${name} -o yaml`;
}
