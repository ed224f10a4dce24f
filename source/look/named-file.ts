import {basename, isAbsolute, join} from 'node:path';
import {PharmerError} from '../domain/errors.js';
import {fieldLimit} from '../domain/field-limit.js';
import {Secret} from '../domain/secret.js';
import type {World} from './world.js';

/**
 * The text of a file that a tool's file or a variable names. The path is relative to `beside`; `~` is the home
 * directory. If nothing is there, tries a file of that name in `beside`, since the two may have been moved or copied
 * together. Undefined when neither can be read.
 */
export async function readNamedFile(world: World, path: string, beside: string): Promise<Secret | undefined> {
	const {home} = world.places;
	const whole = /^~(?=$|[/\\])/.test(path) ? join(home, path.slice(1)) : isAbsolute(path) ? path : join(beside, path);
	return (await readSecret(world, whole)) ?? readSecret(world, join(beside, basename(whole)));
}

async function readSecret(world: World, path: string): Promise<Secret | undefined> {
	try {
		const file = await world.read(path, fieldLimit);
		return file === undefined || file.text === '' ? undefined : new Secret(file.text);
	} catch (error) {
		if (error instanceof PharmerError) return undefined;
		throw error;
	}
}

/**
 * A path that a file names, for a message. If it does not look like a path, it may be the secret itself and is not
 * shown.
 */
export function spokenPath(path: string): string {
	return path.length < 200 && /^[~.]?[/\\]|^[A-Za-z]:\\|^[\w.-]{1,40}\.(?:pem|key|json)$/.test(path)
		? `the file \`${path}\``
		: 'a file';
}
