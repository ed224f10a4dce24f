import {dirname} from 'node:path';
import {PharmerError} from '../domain/errors.js';
import {ago} from '../domain/time.js';
import {plural} from '../domain/words.js';
import {advice, both, type Check, care, type Finding, ok, run, sizeText, unknown} from './check.js';
import type {Lock, Machine} from './machine.js';
import {besideVault, copiesOf, ifAllowed, isPassing, vaultFile} from './places.js';

export const vaultFileChecks: readonly Check[] = [
	{id: 'vault', title: 'vault', look: lookAtVault},
	{id: 'newest', title: 'newest', look: lookAtMemory},
	{id: 'lock', title: 'lock', look: lookAtLock},
	{id: 'leftovers', title: 'leftovers', look: lookForLeftovers},
];

const troubles = new WeakMap<Machine, Promise<PharmerError | undefined>>();

/**
 * What is wrong with the file, whether or not it is an older copy; undefined when nothing is. It can be large, and is
 * read once.
 */
export function vaultTrouble(machine: Machine): Promise<PharmerError | undefined> {
	const found = troubles.get(machine) ?? findTrouble(machine);
	troubles.set(machine, found);
	return found;
}

async function findTrouble(machine: Machine): Promise<PharmerError | undefined> {
	const {place, files} = machine;
	const seen = `${vaultFile(machine)}.seen`;
	// A vault's checks open it.
	if (ifAllowed(() => files.status(seen))?.kind === 'other')
		return new PharmerError('file', `\`${seen}\` is a pipe or a device`);
	return troubleOf(() => place.inspect({acceptRollback: true}));
}

async function troubleOf(task: () => Promise<unknown>): Promise<PharmerError | undefined> {
	try {
		await task();
		return undefined;
	} catch (error) {
		if (error instanceof PharmerError) return error;
		throw error;
	}
}

async function lookAtVault(machine: Machine): Promise<readonly Finding[]> {
	const {place, files} = machine;
	if (!place.exists())
		return [place.wasSeen() ? lostVault(machine) : ok(`there is none at \`${place.path}\` yet: \`pharmer\` makes one`)];
	const trouble = await vaultTrouble(machine);
	const file = vaultFile(machine);
	if (trouble === undefined) {
		const size = files.status(file)?.size;
		return [ok(`\`${place.path}\`${size === undefined ? '' : `, ${sizeText(size)},`} is whole`)];
	}
	const [next, seen] = [`${file}.next`, `${file}.seen`];
	if (ifAllowed(() => files.status(seen))?.kind === 'other') return [care(trouble.message, run('rm', seen))];
	if (trouble.code === 'damaged' && files.status(next)?.kind === 'file' && isOwn(next, machine) && files.isVault(next))
		return [care(trouble.message, both(run('mv', file, `${file}.damaged`), run('mv', next, file)))];
	const copy = newestCopy(machine);
	if (trouble.code === 'damaged' && copy !== undefined) {
		const text = `${trouble.message}; ${lackOf(copy, file)}`;
		return [care(text, run('pharmer', 'restore-vault', copy, '--replace', '--yes', ...machine.vaultWords))];
	}
	return [care(trouble.message, advice(trouble.hint ?? otherVault))];
}

/** The newest copy of a day that is whole, as far as its ends tell. */
function newestCopy(machine: Machine): string | undefined {
	return copiesOf(machine).findLast(path => isOwn(path, machine) && machine.files.isVault(path));
}

/** What the copy of a day does not hold. */
function lackOf(copy: string, file: string): string {
	const day = copy.slice(file.length + 1, file.length + 11);
	return `the newest whole copy lacks what was changed on ${day} and later`;
}

/** Whether a file is the vault owner's: what somebody else has put there may be another vault, or an older one. */
function isOwn(path: string, machine: Machine): boolean {
	const {files} = machine;
	const file = vaultFile(machine);
	const owner = files.status(file) ?? files.status(dirname(file));
	return owner !== undefined && files.status(path)?.uid === owner.uid;
}

function lostVault(machine: Machine): Finding {
	const text = `the one at \`${machine.place.path}\` is gone`;
	const copy = newestCopy(machine);
	if (copy === undefined)
		return care(text, advice('put it back, or a backup: `pharmer restore-vault FILE`; `pharmer` makes a new one'));
	const restore = run('pharmer', 'restore-vault', copy, ...machine.vaultWords);
	return care(`${text}; ${lackOf(copy, vaultFile(machine))}`, restore);
}

const otherVault = 'make it a file that you can read, or name another vault with `--vault`';

/** Whether it is the newest state that was seen here. */
async function lookAtMemory(machine: Machine): Promise<readonly Finding[]> {
	const {place, files} = machine;
	if (!place.exists() || (await vaultTrouble(machine)) !== undefined) return [];
	const trouble = await troubleOf(() => place.inspect());
	if (trouble !== undefined) return [care(trouble.message, advice(trouble.hint ?? 'check that path'))];
	const seen = `${vaultFile(machine)}.seen`;
	const status = files.status(seen);
	// Whoever could put it there could put an older copy of the vault there, too.
	if (status?.kind === 'link')
		return [care(`\`${seen}\` is a link, which is not read: no older copy would be noticed`, run('rm', seen))];
	if (status === undefined || files.read(seen)?.includes('"generation"') !== true)
		return [unknown('nobody remembers here which state is the newest; opening the vault does from now on')];
	return [ok('no older copy was put in its place')];
}

/** How long a lock may be held before somebody should look, in milliseconds: work under it takes far less. */
const longestHeld = 60_000;

function lookAtLock(machine: Machine): readonly Finding[] {
	const {files, now} = machine;
	const path = `${vaultFile(machine)}.lock`;
	const status = files.status(path);
	if (status === undefined) return machine.place.exists() ? [ok('nobody holds it')] : [];
	if (status.kind !== 'file')
		return [care(`\`${path}\` is something else than a lock`, advice('move it away: nothing can be changed before'))];
	const lock = files.lock(path);
	if (lock === undefined) return [ok('nobody holds it')];
	const who = holderText(lock, now());
	if (lock.isStale) return [care(`stale: ${who}`, run('rm', path))];
	if (now().getTime() - lock.modified <= longestHeld) return [ok(`${who}, at work`)];
	return [care(`held for long: ${who}`, advice(`look what that process does, and end it if it hangs`))];
}

function holderText({holder, modified, isGone}: Lock, now: Date): string {
	const since = ago(new Date(modified).toISOString(), now);
	if (holder === undefined) return `of an unknown process, made ${since}`;
	const end = isGone === true ? ', which has ended' : '';
	const where = isGone === undefined ? ` on another machine or in a container, \`${holder.host}\`` : '';
	return `of process ${holder.pid}${where}${end}, made ${since}`;
}

/** What writers that died left beside the vault. While one is at work these files are its own. */
async function lookForLeftovers(machine: Machine): Promise<readonly Finding[]> {
	const {files} = machine;
	const vault = vaultFile(machine);
	const lockPath = `${vault}.lock`;
	const lock = files.status(lockPath)?.kind === 'file' ? files.lock(lockPath) : undefined;
	if (lock !== undefined && !lock.isStale) return [];
	const left = besideVault(machine).filter(path => isPassing(path, vault) && files.status(path)?.kind === 'file');
	if (left.length === 0) return [];
	// Beside a damaged vault it may be the last good copy.
	if (!machine.place.exists() || (await vaultTrouble(machine)) !== undefined) return [];
	if (!files.isVault(vault))
		// A write that was cut short is complete there, and every command reads it there.
		return [
			care(
				`the last write of the vault was cut short; \`${vault}.next\` has all of it`,
				run('mv', `${vault}.next`, vault),
			),
		];
	const names = left.map(path => `\`${path}\``).join(', ');
	const text = `${plural(left.length, 'file')} of a change that was broken off: ${names}`;
	return [care(text, run('rm', ...left))];
}
