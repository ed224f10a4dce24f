import {setMaxListeners} from 'node:events';
import {setTimeout as delay} from 'node:timers/promises';
import type {Git} from '../platform/git.js';
import {GitCache, type Remote} from './git-cache.js';
import {hostOf} from './git-failure.js';
import {assertKey} from './key.js';
import {noAnswer, refusal} from './storage-error.js';
import type {Store} from './store.js';

/** A branch as it was when it was asked for: its commit, the blobs of that by their keys, and when, in milliseconds. */
type View = {readonly head: string | undefined; readonly blobs: ReadonlyMap<string, string>; readonly at: number};

/** How long an object that is known to be there is not asked for again: objects stay as they are. */
const freshMs = 10_000;
const page = 1000;
/** How often a push is tried when others are faster, and when the remote says no although nobody was. */
const tries = 40;
const triesAlone = 6;
const longestWaitMs = 3000;

/** What tests take the place of. */
export type GitOptions = {
	/** Milliseconds that only go up. */
	readonly now?: () => number;
	readonly wait?: (milliseconds: number) => Promise<unknown>;
	/** From 0 up to 1. */
	readonly random?: () => number;
};

/**
 * A store on a branch of a remote repository: a commit adds an object, and the remote takes a commit only on top of the
 * one that is there. The objects lie below `cacheDirectory`, sealed as they are. Only files of the layout of `pathOf()`
 * count: what else is in the branch is nobody's object, and a folder or a submodule in the place of one is nothing.
 */
export function gitStore(
	at: Remote,
	git: Git,
	cacheDirectory: string,
	{now = () => performance.now(), wait = delay, random = Math.random}: GitOptions = {},
): Store {
	const stop = new AbortController();
	// Any number of reads run at once.
	setMaxListeners(0, stop.signal);
	const cache = new GitCache(git, at, cacheDirectory, stop.signal);
	const host = hostOf(at.remote);
	let view: View | undefined;
	let last: Promise<unknown> = Promise.resolve();
	let asking: Promise<View> | undefined;

	/** Speaks with the remote, one task after the other. */
	function inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
		const turn = last.then(task, task);
		last = turn;
		return turn;
	}

	async function ask(): Promise<View> {
		const began = now();
		const head = await cache.head();
		const isSame = view !== undefined && view.head === head;
		const blobs = isSame ? view?.blobs : head === undefined ? undefined : await cache.objects(head);
		view = {head, blobs: blobs ?? new Map(), at: began};
		return view;
	}

	/** The branch as it is from now on: whoever asks before a question has gone out gets its answer. */
	function fresh(): Promise<View> {
		asking ??= inTurn(() => {
			asking = undefined;
			return ask();
		});
		return asking;
	}

	const recent = (): View | undefined => (view !== undefined && now() - view.at < freshMs ? view : undefined);

	async function add(key: string, bytes: Buffer): Promise<'created' | 'exists'> {
		const ours = new Set<string>();
		let alone = 0;
		let seen = recent() ?? (await ask());
		for (let tried = 1; !seen.blobs.has(key); tried++) {
			const {commit, blob} = await cache.commit(seen.head, key, bytes, new Date());
			ours.add(commit);
			const pushed = await cache.push(commit, seen.head, bytes.length);
			if (pushed.is === 'done') {
				view = {head: commit, blobs: new Map(seen.blobs).set(key, blob), at: now()};
				await cache.keep(commit);
				// Now and then, whichever process it is.
				if (random() < 1 / 256) await cache.tidy();
				return 'created';
			}
			await wait(random() * Math.min(longestWaitMs, 50 * 2 ** tried));
			const before = seen.head;
			seen = await ask();
			// It was done, and only the answer was lost: no other commit has this id.
			if (seen.head !== undefined && ours.has(seen.head)) return 'created';
			if (seen.head !== before) alone = 0;
			else if (pushed.is === 'unknown') throw pushed.why;
			else if (++alone === triesAlone || pushed.why.includes('declined'))
				throw refusal(host, `takes no commit: ${pushed.why}`);
			if (tried === tries) throw noAnswer(host, `was changed by others ${tries} times in a row`);
		}
		return 'exists';
	}

	return {
		async get(key, most) {
			assertKey(key);
			const known = recent();
			const {head, blobs} = known?.blobs.has(key) ? known : await fresh();
			const blob = blobs.get(key);
			return head === undefined || blob === undefined ? undefined : cache.read(head, blob, most);
		},
		create(key, bytes) {
			assertKey(key);
			return inTurn(() => add(key, bytes));
		},
		async list(prefix, after) {
			const {blobs} = await fresh();
			const found = [...blobs.keys()].filter(key => key.startsWith(prefix) && key > after);
			return found.sort().slice(0, page);
		},
		close() {
			stop.abort();
		},
	};
}
