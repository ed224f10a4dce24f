import fs from 'node:fs';
import path from 'node:path';
import {PharmerError} from '../../domain/errors.js';
import {accessOf} from '../../files/access.js';
import {syncDirectory} from '../../files/directory.js';
import {systemCode} from '../../files/errors.js';
import {placeWhole, readBeside, readEnds} from '../../files/safe-file.js';
import {copyError} from '../file-error.js';
import {endBytes, parseEnvelope, type Start, sizeLimit, startOf} from '../format/envelope.js';
import type {Rekeyed} from '../vault.js';
import {nextFile} from './vault-file.js';

/** How many days have a copy. */
const days = 7;
/** How many names are tried for one day, since what another vault or somebody else has there stays. */
const namesADay = 9;

/** The endings of the copies beside a vault: of a day, of a vault that was replaced, of an older version. */
const endings = {
	daily: /^\d{4}-\d\d-\d\d(?:-[2-9])?$/,
	replaced: /^replaced-\d{4}-\d\d-\d\d(?:-[2-9])?$/,
	version: /^v\d$/,
} as const;

/** A copy beside a vault. */
type Copy = {readonly path: string; readonly kind: keyof typeof endings; readonly generation: number};

// All of these are for the holder of the vault's lock. `bytes` are the vault's, in the file `file`.

/** Keeps the vault under that ending, unless a copy of the same vault is there. Throws `file`. */
export function keepVersion(file: string, bytes: Buffer, ending: string): void {
	const copy = `${file}.${ending}`;
	if (isSameVault(copy, bytes)) return;
	place(file, copy, bytes);
}

/**
 * Keeps the vault as the copy of the day, unless there is one. Returns the path of a copy that was made. Throws `file`.
 */
export function keepDay(file: string, bytes: Buffer, now: Date): string | undefined {
	const name = freeName(`${file}.${dayOf(now)}`, idOf(bytes));
	if (name.is === 'ours') return undefined;
	place(file, name.path, bytes, name.is === 'part');
	return name.path;
}

/** Removes copies of days, after one was made of `bytes`: as many as there are more than days that have one. */
export function dropOldDays(file: string, bytes: Buffer): void {
	const start = startOf(bytes.subarray(0, endBytes), bytes);
	if (start === undefined) return;
	// By what the vault counts, since a clock can go backwards. What is ahead of it is of a line that was left.
	const age = ({generation}: Copy): number => (generation > start.generation ? -1 : generation);
	const copies = copiesOf(file, start.id).filter(({kind}) => kind === 'daily');
	const old = copies.sort((one, other) => age(one) - age(other) || (one.path < other.path ? -1 : 1));
	for (const copy of old.slice(0, Math.max(0, old.length - days))) remove(copy);
}

/** Keeps what is replaced, even a damaged vault, under a name of its own, and returns its path. Throws `file`. */
export function keepAside(file: string, bytes: Buffer, now: Date): string {
	const {path: name} = freeName(`${file}.replaced-${dayOf(now)}`, undefined);
	place(file, name, bytes);
	return name;
}

/** The paths of all copies of the vault. Needs no lock. */
export function copyPaths(file: string, bytes: Buffer): readonly string[] {
	const id = idOf(bytes);
	return id === undefined ? [] : pathsOf(copiesOf(file, id));
}

/**
 * Makes the vault the copy of the day, and then removes its other copies. When the copy can't be made, they stay. Never
 * throws.
 */
export function renewCopies(file: string, bytes: Buffer, now: Date): Rekeyed {
	const id = idOf(bytes);
	const copies = id === undefined ? [] : copiesOf(file, id);
	try {
		const name = freeName(`${file}.${dayOf(now)}`, id);
		place(file, name.path, bytes, name.is !== 'free');
		const old = copies.filter(copy => copy.path !== name.path);
		const left = old.filter(copy => !remove(copy));
		return {kept: name.path, removed: pathsOf(old.filter(copy => !left.includes(copy))), left: pathsOf(left)};
	} catch (error) {
		const unkept = error instanceof PharmerError ? error.message : 'the copy of the day failed';
		return {unkept, removed: [], left: pathsOf(copies)};
	}
}

function pathsOf(copies: readonly Copy[]): readonly string[] {
	return copies.map(copy => copy.path);
}

/** The day in UTC, such as `2026-11-29`. */
function dayOf(now: Date): string {
	return now.toISOString().slice(0, 10);
}

function idOf(bytes: Buffer): string | undefined {
	return startOf(bytes.subarray(0, endBytes), bytes)?.id;
}

/**
 * The first of a name and its successors (`…-2`, `…-3`) that is free, or holds a copy of the vault with that id: a
 * whole one is `ours`, a part of one is to be replaced. Throws `file` when all are taken by others.
 */
function freeName(
	name: string,
	id: string | undefined,
): {readonly path: string; readonly is: 'free' | 'ours' | 'part'} {
	for (let number = 1; number <= namesADay; number++) {
		const each = number === 1 ? name : `${name}-${number}`;
		try {
			const status = fs.lstatSync(each, {throwIfNoEntry: false});
			if (status === undefined) return {path: each, is: 'free'};
			const start = status.isFile() && id !== undefined ? startAt(each) : undefined;
			if (start?.id === id && start !== undefined) return {path: each, is: start.isWhole ? 'ours' : 'part'};
		} catch (error) {
			throw copyError(error, each);
		}
	}
	throw copyError(Object.assign(new Error(), {code: 'EEXIST'}), name);
}

/** What a file says of itself; undefined for one that is no vault. Throws the system's error, also for a link. */
function startAt(file: string): Start | undefined {
	const {start, end} = readEnds(file, endBytes, endBytes);
	return startOf(start, end);
}

/** The copies of the vault with that id. */
function copiesOf(file: string, id: string): Copy[] {
	const prefix = `${path.basename(file)}.`;
	const kinds = Object.keys(endings) as readonly (keyof typeof endings)[];
	return (unless(() => fs.readdirSync(path.dirname(file))) ?? []).flatMap(name => {
		const ending = name.startsWith(prefix) ? name.slice(prefix.length) : '';
		const kind = kinds.find(each => endings[each].test(ending));
		if (kind === undefined) return [];
		const copy = path.join(path.dirname(file), name);
		const start = unless(() => startAt(copy));
		return start?.id === id ? {path: copy, kind, generation: start.generation} : [];
	});
}

function unless<Result>(task: () => Result): Result | undefined {
	try {
		return task();
	} catch {
		return undefined;
	}
}

/** Removes a copy, and tells whether it is gone. */
function remove(copy: Copy): boolean {
	try {
		fs.rmSync(copy.path);
		syncDirectory(path.dirname(copy.path));
		return true;
	} catch (error) {
		return systemCode(error) === 'ENOENT';
	}
}

/** Writes a copy: whole before it has its name, since half a copy would be taken for one. Throws `file`. */
function place(file: string, copy: string, bytes: Buffer, isOver = false): void {
	const access = accessOf(file);
	try {
		placeWhole(copy, nextFile(file), bytes, access && {...access, mode: 0o600}, isOver);
	} catch (error) {
		throw copyError(error, copy);
	}
}

/** Whether a file beside a vault is a whole vault with the same id as these bytes. */
function isSameVault(copy: string, bytes: Buffer): boolean {
	try {
		return parseEnvelope(readBeside(copy, sizeLimit), copy).id === parseEnvelope(bytes, copy).id;
	} catch {
		return false;
	}
}
