import {basename, isAbsolute, join} from 'node:path';
import type {SecretFile} from '../credentials/found.js';
import {PharmerError} from '../domain/errors.js';
import {fieldLimit} from '../domain/field-limit.js';
import {Secret} from '../domain/secret.js';
import type {World} from './world.js';

type NamedFile = {readonly value: Secret; readonly file: SecretFile};

/**
 * The text of a file that a tool's file or a variable names, and the file. The path is relative to `beside`; `~` is the
 * home directory. Undefined when it can't be read.
 */
export async function readNamedFile(world: World, path: string, beside: string): Promise<NamedFile | undefined> {
	const {home} = world.places;
	const whole = /^~(?=$|[/\\])/.test(path) ? join(home, path.slice(1)) : isAbsolute(path) ? path : join(beside, path);
	return readSecret(world, whole);
}

/**
 * As `readNamedFile()`, or else a file of that name in `beside`, since a tool's files may have been moved or copied
 * together. It may be another one: `remark` says that it was taken.
 */
export async function readMovedFile(
	world: World,
	path: string,
	beside: string,
): Promise<(NamedFile & {readonly remark?: string}) | undefined> {
	const there = await readNamedFile(world, path, beside);
	if (there !== undefined) return there;
	const other = await readSecret(world, join(beside, basename(path)));
	if (other === undefined) return undefined;
	return {
		...other,
		remark: `${spokenPath(path)} that it names can't be read: \`${other.file.path}\` was taken in its place`,
	};
}

async function readSecret(world: World, path: string): Promise<NamedFile | undefined> {
	try {
		const file = await world.read(path, fieldLimit);
		if (file === undefined || file.text === '') return undefined;
		return {value: new Secret(file.text), file: {path, ...(file.mode === undefined ? {} : {mode: file.mode})}};
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
