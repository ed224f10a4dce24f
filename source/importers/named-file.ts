import {isAbsolute, join} from 'node:path';
import {PharmerError} from '../domain/errors.js';
import {Secret} from '../domain/secret.js';
import type {World} from './world.js';

/** The text of a file that a tool's file or a variable names; relative to `beside`, `~` is the home directory. Undefined when it can't be read. */
export async function readNamedFile(world: World, path: string, beside: string): Promise<Secret | undefined> {
	const {home} = world.places;
	const whole = /^~(?=$|[/\\])/.test(path) ? join(home, path.slice(1)) : isAbsolute(path) ? path : join(beside, path);
	try {
		const file = await world.read(whole);
		return file === undefined || file.text === '' ? undefined : new Secret(file.text);
	} catch (error) {
		if (error instanceof PharmerError) return undefined;
		throw error;
	}
}
