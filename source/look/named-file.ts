import {basename, isAbsolute, join} from 'node:path';
import {PharmerError} from '../domain/errors.js';
import {fieldLimit} from '../domain/field-limit.js';
import {Secret} from '../domain/secret.js';
import type {NamedFile, Unread, World} from './world.js';

/** The most bytes that a look reads of the files that others name, all together. */
export const namedLimit = 4 * 1024 * 1024;

const unreadable: Unread = {unread: "can't be read"};
const beyond: Unread = {unread: 'was not read: the files that are named hold more than 4 MiB'};

/**
 * The world for one look: a file that others name is read once, however many name it, and all of them together are
 * no more than `namedLimit`.
 */
export function forOneLook(world: World): World {
	if (world.named !== undefined) return world;
	const read = new Map<string, Promise<NamedFile | Unread>>();
	let left = namedLimit;
	const readOne = async (path: string): Promise<NamedFile | Unread> => {
		if (left < 0) return beyond;
		const there = await readSecret(world, path);
		if (there === undefined) return unreadable;
		left -= there.size;
		return left < 0 ? beyond : there.named;
	};
	const named = (path: string): Promise<NamedFile | Unread> => {
		const there = read.get(path) ?? readOne(path);
		read.set(path, there);
		return there;
	};
	return {...world, named};
}

/**
 * The text of a file that a tool's file or a variable names, and the file. The path is relative to `beside`; `~` is the
 * home directory.
 */
export async function readNamedFile(world: World, path: string, beside: string): Promise<NamedFile | Unread> {
	const {home} = world.places;
	const whole = /^~(?=$|[/\\])/.test(path) ? join(home, path.slice(1)) : isAbsolute(path) ? path : join(beside, path);
	return named(world, whole);
}

/**
 * As `readNamedFile()`, or else a file of that name in `beside`, since a tool's files may have been moved or copied
 * together. It may be another one: `remark` says that it was taken.
 */
export async function readMovedFile(
	world: World,
	path: string,
	beside: string,
): Promise<(NamedFile & {readonly remark?: string}) | Unread> {
	const there = await readNamedFile(world, path, beside);
	if (!('unread' in there)) return there;
	const other = await named(world, join(beside, basename(path)));
	if ('unread' in other) return there;
	return {
		...other,
		remark: `${spokenPath(path)} that it names can't be read: \`${other.file.path}\` was taken in its place`,
	};
}

function named(world: World, path: string): Promise<NamedFile | Unread> {
	return (forOneLook(world).named as NonNullable<World['named']>)(path);
}

/** A file's text as a value, and its size in bytes; undefined when it can't be read. */
async function readSecret(
	world: World,
	path: string,
): Promise<{readonly named: NamedFile; readonly size: number} | undefined> {
	try {
		const file = await world.read(path, fieldLimit);
		if (file === undefined || file.text === '') return undefined;
		const named = {value: new Secret(file.text), file: {path, ...(file.mode === undefined ? {} : {mode: file.mode})}};
		return {named, size: Buffer.byteLength(file.text)};
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
