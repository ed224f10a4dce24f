import {createHash, randomUUID} from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {PharmerError} from '../domain/errors.js';
import {makeDirectory} from '../files/directory.js';
import {reason, systemCode} from '../files/errors.js';
import type {Git, GitAnswer, GitRun} from '../platform/git.js';
import {gitFailure, hostOf} from './git-failure.js';
import {keyOf, pathOf} from './git-path.js';
import {noAnswer} from './storage-error.js';
import type {Stored} from './store.js';

/** A branch of a remote repository, as git takes both. */
export type Remote = {readonly remote: string; readonly branch: string};

/** What came of a push: done, refused with a reason, or it is not known. */
export type Pushed =
	| {readonly is: 'done'}
	| {readonly is: 'refused'; readonly why: string}
	| {readonly is: 'unknown'; readonly why: Error};

/** A commit that nobody has yet, and the blob that it adds. */
export type Made = {readonly commit: string; readonly blob: string};

/** The most bytes of an answer of a few lines, and of the list of all objects: about 100 bytes each. */
const line = 64 * 1024;
const largestList = 64 * 1024 * 1024;
/** How long the remote may take to say where a branch is, and to send objects, and git to do something here. */
const askingMs = 30_000;
const fetchingMs = 600_000;
const workingMs = 120_000;
/** A new repository that is older was left by a process that was killed. */
const leftMs = 3_600_000;
/** How often a repository that gives nothing is made anew for one question. */
const renewals = 5;
const head = 'refs/pharmer/head';

/**
 * A bare repository on this disk with the objects of a branch, without a work tree. Several processes may use it at
 * once: git adds objects, and what is made anew takes the place of the old one by its name. Nothing in it is needed:
 * it is made again from the remote.
 */
export class GitCache {
	readonly #git: Git;
	readonly #at: Remote;
	readonly #folder: string;
	readonly #repository: string;
	readonly #signal: AbortSignal;
	#renewal: Promise<void> | undefined;

	constructor(git: Git, at: Remote, folder: string, signal: AbortSignal) {
		this.#git = git;
		this.#at = at;
		this.#folder = folder;
		const name = createHash('sha256').update(`${at.remote}#${at.branch}`).digest('hex').slice(0, 16);
		this.#repository = path.join(folder, `git-${name}`);
		this.#signal = signal;
	}

	/** The commit of the remote's branch; undefined when it has none. Throws `Unreachable` and `refused`. */
	async head(): Promise<string | undefined> {
		const {remote, branch} = this.#at;
		const ref = `refs/heads/${branch}`;
		const args = ['ls-remote', '--exit-code', '--', remote, ref];
		// No repository is needed, and a broken one would be in the way.
		const answer = await this.#run({args, repository: `${this.#repository}.none`, reads: line, patience: askingMs});
		// Its exit code where nothing matches.
		if (answer.code === 2) return undefined;
		if (answer.code !== 0) throw gitFailure(remote, answer);
		const lines = answer.output.toString('latin1').split('\n');
		return lines.map(each => each.split('\t')).find(([, name]) => name === ref)?.[0];
	}

	/** The blobs of a commit of the branch by their keys, fetched where they are not here yet. */
	objects(commit: string): Promise<Map<string, string>> {
		return this.#whole(commit, async () => {
			const listed = await this.#list(commit);
			if (listed !== undefined || !fs.existsSync(this.#repository)) return listed;
			// It also fails where another process has brought the same: the objects tell.
			await this.#bring(this.#repository);
			return this.#list(commit);
		});
	}

	/** At most so many bytes of a blob of that commit. */
	read(commit: string, blob: string, most: number): Promise<Stored> {
		return this.#whole(commit, async () => {
			const {code, output} = await this.#run({args: ['cat-file', 'blob', blob], reads: most, patience: workingMs});
			return code === 0 || code === 'full' ? {bytes: output, isCut: code === 'full'} : undefined;
		});
	}

	/** A commit on top of another one, or the first, that adds an object. */
	commit(parent: string | undefined, key: string, bytes: Buffer, now: Date): Promise<Made> {
		// Two commits that are the same to the byte would both be pushed: its words make each one its own.
		const id = randomUUID();
		// The branch is needed to make a commit, and nobody else's; it is gone before it is written.
		const branch = `refs/pharmer/${id}`;
		const commit = [
			`commit ${branch}\nmark :2\n`,
			`committer pharmer <pharmer@localhost> ${Math.floor(now.getTime() / 1000)} +0000\n`,
			`data ${id.length}\n${id}\n`,
			parent === undefined ? '' : `from ${parent}\n`,
			`M 100644 :1 ${pathOf(key)}\n\nget-mark :1\nget-mark :2\n`,
			`reset ${branch}\nfrom ${'0'.repeat(parent?.length ?? 40)}\n\ndone\n`,
		].join('');
		const input = Buffer.concat([
			Buffer.from(`blob\nmark :1\ndata ${bytes.length}\n`),
			bytes,
			Buffer.from(`\n${commit}`),
		]);
		const args = ['fast-import', '--quiet', '--done', '--force', '--date-format=raw'];
		return this.#whole(parent, async () => {
			const {code, output} = await this.#run({args, input, reads: line, patience: workingMs});
			const [blob, made] = output.toString('latin1').split('\n');
			return code === 0 && blob !== undefined && made !== undefined ? {blob, commit: made} : undefined;
		});
	}

	/** Moves the remote's branch from `parent`, and from there only, to a commit. `size` is what it adds, in bytes. */
	async push(commit: string, parent: string | undefined, size: number): Promise<Pushed> {
		const {remote, branch} = this.#at;
		const ref = `refs/heads/${branch}`;
		const isHere = remote.startsWith('file:');
		const answer = await this.#run({
			args: [
				...['push', '--porcelain', '--no-verify', '--no-signed', '--no-follow-tags', '--recurse-submodules=no'],
				`--force-with-lease=${ref}:${parent ?? ''}`,
				...(isHere ? [harmless] : []),
				...['--', remote, `${commit}:${ref}`],
			],
			reads: line,
			patience: 2 * askingMs + size / 64,
			sparesOthers: isHere,
		});
		const [, flag, why = ''] = /^([ +*=!])\t[^\t\n]*\t(.*)$/m.exec(answer.output.toString('utf8')) ?? [];
		if (flag === undefined) return {is: 'unknown', why: gitFailure(remote, answer)};
		if (flag !== '!') return {is: 'done'};
		return {is: 'refused', why: [/\(([^()]*)\)$/.exec(why)?.[1] ?? why, answer.said].filter(Boolean).join(': ')};
	}

	/** Notes that the remote has a commit: what leads to it is not fetched, and stays when git tidies up. */
	async keep(commit: string): Promise<void> {
		await this.#run({args: ['update-ref', head, commit], reads: line, patience: workingMs});
	}

	/** Lets git pack what has become many files. */
	async tidy(): Promise<void> {
		await this.#run({args: ['gc', '--auto', '--quiet'], reads: line, patience: workingMs});
	}

	/** What `task` gives, with a new repository where it gives nothing with this one. */
	async #whole<Result>(commit: string | undefined, task: () => Promise<Result | undefined>): Promise<Result> {
		// Other processes that begin at the same moment put theirs in the place of this one.
		for (let tried = 0; ; tried++) {
			const result = await task();
			if (result !== undefined) return result;
			if (tried === renewals)
				throw new PharmerError('file', `\`${this.#repository}\` can't be used by git`, 'is the disk full?');
			this.#renewal ??= this.#renew(commit).finally(() => {
				this.#renewal = undefined;
			});
			await this.#renewal;
		}
	}

	/**
	 * Makes the repository anew, with what leads to a commit. That one is made beside it and takes its place when it is
	 * whole, so that a remote that can't be reached leaves the old one, and so does a process that is killed.
	 */
	async #renew(commit: string | undefined): Promise<void> {
		const draft = this.#draft();
		try {
			const format = commit?.length === 64 ? 'sha256' : 'sha1';
			const args = ['init', '--quiet', '--bare', '--template=', `--object-format=${format}`];
			const made = await this.#run({args, repository: draft, reads: line, patience: workingMs});
			if (made.code !== 0) throw new PharmerError('file', `git can't make \`${draft}\`: ${made.said}`);
			if (commit !== undefined) {
				const fetched = await this.#bring(draft);
				if (fetched.code !== 0) throw gitFailure(this.#at.remote, fetched);
				if ((await this.#list(commit, draft)) === undefined)
					throw noAnswer(hostOf(this.#at.remote), 'was changed while it was read');
			}
			this.#place(draft);
		} finally {
			removeFolder(draft);
		}
	}

	/** A new folder for a repository. Removes those that processes have left that were killed. */
	#draft(): string {
		const prefix = `${this.#repository}.`;
		try {
			makeDirectory(this.#folder);
			for (const name of fs.readdirSync(this.#folder)) {
				const each = path.join(this.#folder, name);
				if (each.startsWith(prefix) && Date.now() - fs.statSync(each).mtimeMs > leftMs) removeFolder(each);
			}
			return fs.mkdtempSync(prefix);
		} catch (error) {
			throw unusable(this.#folder, error);
		}
	}

	/** Puts a repository in the place of the one that is there. */
	#place(draft: string): void {
		const old = `${draft}.old`;
		try {
			if (fs.existsSync(this.#repository)) fs.renameSync(this.#repository, old);
			fs.renameSync(draft, this.#repository);
		} catch (error) {
			// Another process has just done the same, and its repository is as good.
			if (!fs.existsSync(this.#repository)) throw unusable(this.#repository, error);
		} finally {
			removeFolder(old);
		}
	}

	/** Brings the branch and what leads to it from the remote. */
	#bring(repository: string): Promise<GitAnswer> {
		const {remote, branch} = this.#at;
		const options = ['--quiet', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules'];
		const args = ['fetch', ...options, '--', remote, `+refs/heads/${branch}:${head}`];
		return this.#run({args, repository, reads: line, patience: fetchingMs});
	}

	/** The blobs of a commit by their keys; undefined when it is not in the repository. */
	async #list(commit: string, repository = this.#repository): Promise<Map<string, string> | undefined> {
		const args = ['ls-tree', '-r', '-z', '--full-tree', commit];
		const answer = await this.#run({args, repository, reads: largestList, patience: workingMs});
		if (answer.code === 'full') throw gitFailure(this.#at.remote, answer);
		if (answer.code !== 0) return undefined;
		const blobs = new Map<string, string>();
		for (const entry of answer.output.toString('utf8').split('\0')) {
			const [, blob, file] = /^\d+ blob (\w+)\t(.*)$/s.exec(entry) ?? [];
			const key = file === undefined ? undefined : keyOf(file);
			if (blob !== undefined && key !== undefined) blobs.set(key, blob);
		}
		return blobs;
	}

	async #run(run: Omit<GitRun, 'repository' | 'signal'> & {readonly repository?: string}): Promise<GitAnswer> {
		assertOwn(this.#folder);
		const answer = await this.#git({repository: this.#repository, signal: this.#signal, ...run});
		if (answer.code === 'stopped' && this.#signal.aborted) throw gitFailure(this.#at.remote, answer);
		return answer;
	}
}

/**
 * How a repository on this machine takes a push: its hooks, and what else its settings start, would run here, as this
 * user. It tidies itself up when somebody else pushes, or `git gc` is run in it.
 */
const harmless = `--receive-pack=git -c ${['core.hooksPath=/dev/null', 'core.alternateRefsCommand=true', 'receive.autogc=false'].join(' -c ')} receive-pack`;

/** The settings of a repository say what git runs: nobody else may put one there. Throws `file`. */
function assertOwn(folder: string): void {
	const user = os.platform() === 'win32' ? undefined : os.userInfo().uid;
	const status = fs.statSync(folder, {throwIfNoEntry: false});
	if (user === undefined || status === undefined) return;
	if (status.uid !== user || (status.mode & 0o022) !== 0)
		throw new PharmerError(
			'file',
			`others can write in \`${folder}\`, where what is fetched from the storage would lie`,
			`remove it, or \`chmod 700 ${folder}\``,
		);
}

function removeFolder(folder: string): void {
	try {
		fs.rmSync(folder, {recursive: true, force: true, maxRetries: 2});
	} catch {
		// What is left is removed later.
	}
}

function unusable(place: string, error: unknown): unknown {
	const code = systemCode(error);
	return code === undefined ? error : new PharmerError('file', `\`${place}\` can't be used: ${reason(code)}`);
}
