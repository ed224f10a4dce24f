import {programWords} from '../../../credentials/uses.js';

/** The command line that gets the new credential. */
export function savedCommand(name: string, vault?: string): string {
	return `${programWords(vault)} get credentials ${name} -o yaml`;
}
