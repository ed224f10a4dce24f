import {randomUUID} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {PharmerError} from '../domain/errors.js';
import {type Access, accessBeside} from './access.js';
import {systemCode} from './errors.js';
import {findLock, holderText, isBeingRemoved, isDead} from './lock-holder.js';
import {makeFile, removeQuietly} from './safe-file.js';

/** A lock that this process holds. */
export type Lock = {
	/** Throws `busy` when another process has taken the lock over as stale in the meantime. */
	assertHeld(): void;
};

export type LockOptions = {
	/** How long to wait for another holder, in milliseconds. With 0 there is no wait. */
	readonly waitMs?: number;
	readonly now?: () => Date;
	/** What errors call the thing that the lock protects; `the vault` by default. */
	readonly what?: string;
	/** Called once, after a second of waiting, with a clause that says who holds the lock. */
	readonly onWait?: (who: string) => void;
};

/** A claim to a lock that is not held yet: a draft file that becomes the lock when it gets a second name. */
type Claim = {
	readonly token: string;
	readonly draft: string;
	readonly text: string;
	readonly drawn: number;
	readonly access: Access | undefined;
};

/** How long a wait may last before the user is told, in milliseconds. */
const noticeMs = 1000;
const deepest = 8;
/** Locks of this process that could not be removed on release. */
const abandoned = new Set<string>();
const queues = new Map<string, Promise<unknown>>();

/**
 * Runs `section` while no other process, and nothing else in this one, is in a section for the same `file`. The lock
 * is `file` with `.lock` appended. Throws `busy` when another process holds it for longer than `waitMs` (10 s), and
 * the system's error when its directory can't be written. `section` is synchronous, so that a lock is never held for
 * long.
 */
export async function withLock<Result>(
	file: string,
	section: (lock: Lock) => Result,
	{waitMs = 10_000, now = () => new Date(), what = 'the vault', onWait = () => {}}: LockOptions = {},
): Promise<Result> {
	const lockFile = `${file}.lock`;
	return inTurn(lockFile, async () => {
		const claim = await acquire(lockFile, accessBeside(file), {waitMs, now, what, onWait});
		try {
			removeLeftovers(lockFile, claim);
			return section({assertHeld: () => assertHeld(lockFile, claim, what)});
		} finally {
			release(lockFile, claim);
		}
	});
}

/** Runs the tasks of this process one after another, so that they don't compete for the lock. */
async function inTurn<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
	const turn = (queues.get(key) ?? Promise.resolve()).then(task);
	const end = turn.then(
		() => undefined,
		() => undefined,
	);
	queues.set(key, end);
	try {
		return await turn;
	} finally {
		if (queues.get(key) === end) queues.delete(key);
	}
}

async function acquire(
	lockFile: string,
	access: Access | undefined,
	{waitMs, now, what, onWait}: Required<LockOptions>,
): Promise<Claim> {
	const claim = drawClaim(lockFile, access, now());
	try {
		const start = performance.now();
		let isTold = false;
		while (!tryTake(lockFile, claim, 0)) {
			const waited = performance.now() - start;
			if (waited >= waitMs) throw busy(lockFile, what);
			if (waited >= noticeMs && !isTold) {
				onWait(holding(lockFile, what));
				isTold = true;
			}
			await delay(5 + Math.random() * 35);
		}
		return claim;
	} finally {
		removeQuietly(claim.draft);
	}
}

function drawClaim(lockFile: string, access: Access | undefined, now: Date): Claim {
	const token = randomUUID();
	const draft = `${lockFile}.try-${token.slice(0, 8)}`;
	const text = holderText(token, now);
	try {
		makeFile(draft, text, access);
		return {token, draft, text, drawn: fs.statSync(draft).mtimeMs, access};
	} catch (error) {
		removeQuietly(draft);
		throw error;
	}
}

/** Takes the lock when it is free or stale. `depth` counts the nested locks that each guard the removal of another. */
function tryTake(lockFile: string, claim: Claim, depth: number): boolean {
	if (place(lockFile, claim)) return true;
	const found = findLock(lockFile);
	if (found !== undefined) {
		// On a network disk a link can be made although the reply that says so got lost.
		if (found.token === claim.token) return true;
		if (!isDead(found, claim.drawn) && !abandoned.has(found.token)) return false;
		removeDead(lockFile, found.token, claim.access, depth);
	}
	return place(lockFile, claim);
}

/**
 * Removes a stale lock. Two processes can both find it stale, and the slower one must not remove what the faster one
 * has put in its place. So only the holder of a second lock, named after the stale one, checks again and removes it.
 */
function removeDead(lockFile: string, token: string, access: Access | undefined, depth: number): void {
	if (depth === deepest) return;
	const right = `${lockFile}.${token.slice(0, 8)}`;
	const claim = drawClaim(right, access, new Date());
	try {
		if (!tryTake(right, claim, depth + 1)) return;
		try {
			if (findLock(lockFile)?.token === token) fs.unlinkSync(lockFile);
		} finally {
			release(right, claim);
		}
	} finally {
		removeQuietly(claim.draft);
	}
}

/** True when the claim's file has become the lock. On a disk with hard links nobody ever sees a half-written lock. */
function place(lockFile: string, {draft, text, access}: Claim): boolean {
	try {
		fs.linkSync(draft, lockFile);
		return true;
	} catch (error) {
		const code = systemCode(error);
		if (code === 'EEXIST') return false;
		if (code === 'ENOENT') {
			// Another process removed the draft as a leftover while this one slept; the next try finds it again.
			makeFile(draft, text, access);
			return false;
		}
		return placeWithoutLink(lockFile, text, access);
	}
}

function placeWithoutLink(lockFile: string, text: string, access: Access | undefined): boolean {
	try {
		makeFile(lockFile, text, access);
		return true;
	} catch (error) {
		if (systemCode(error) === 'EEXIST' || isBeingRemoved(error)) return false;
		throw error;
	}
}

function assertHeld(lockFile: string, claim: Claim, what: string): void {
	if (findLock(lockFile)?.token !== claim.token) {
		throw new PharmerError(
			'busy',
			`somebody else took the lock on ${what} meanwhile`,
			'nothing was written; try again',
		);
	}
}

function release(lockFile: string, claim: Claim): void {
	try {
		if (findLock(lockFile)?.token === claim.token) fs.unlinkSync(lockFile);
	} catch {
		abandoned.add(claim.token);
	}
}

/**
 * Removes what killed processes left of their claims. The holder of a lock may remove locks that guard the removal of
 * an earlier lock, since that one is gone; those that guard the removal of its own lock stay.
 */
function removeLeftovers(lockFile: string, claim: Claim): void {
	const directory = path.dirname(lockFile);
	const prefix = `${path.basename(lockFile)}.`;
	try {
		for (const name of fs.readdirSync(directory)) {
			if (!name.startsWith(prefix)) continue;
			const rest = name.slice(prefix.length);
			if (!/^([0-9a-f]{8}\.)*(try-)?[0-9a-f]{8}$/.test(rest) || rest.startsWith(claim.token.slice(0, 8))) continue;
			removeLeftover(path.join(directory, name), rest.includes('try-'), claim);
		}
	} catch {}
}

function removeLeftover(file: string, isDraft: boolean, claim: Claim): void {
	try {
		const found = findLock(file);
		if (found !== undefined && (!isDraft || isDead(found, claim.drawn))) removeQuietly(file);
	} catch {
		// Left by a process that died before it gave the file away; nobody waits for it.
	}
}

/** Who holds the lock, as a clause. */
function holding(lockFile: string, what: string): string {
	const holder = findLock(lockFile)?.holder;
	const who =
		holder === undefined ? 'another process' : `process ${holder.pid} on \`${holder.host}\`, since ${holder.at},`;
	return `${who} is changing ${what}`;
}

function busy(lockFile: string, what: string): PharmerError {
	return new PharmerError(
		'busy',
		holding(lockFile, what),
		`try again; if no such process is running, remove \`${lockFile}\``,
	);
}
