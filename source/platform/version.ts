import {readFileSync} from 'node:fs';

/** Defined by the build; missing when the program runs from source. */
declare const PHARMER_VERSION: string | undefined;

/** This program's version, such as `1.0.0`. */
export function programVersion(): string {
	if (typeof PHARMER_VERSION === 'string') return PHARMER_VERSION;
	const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
	return (JSON.parse(text) as {version: string}).version;
}
