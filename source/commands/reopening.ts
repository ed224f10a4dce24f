import {resolve} from 'node:path';
import {type ClosedFile, closedDays} from '../domain/closed-file.js';
import {type ErrorCode, PharmerError} from '../domain/errors.js';
import {ago} from '../domain/time.js';
import {plural} from '../domain/words.js';
import {expandHome} from '../platform/home.js';
import {closedHere} from '../tasks/closed-state.js';
import {reopenFile} from '../tasks/reopen-file.js';
import {visible} from '../text/visible.js';
import type {Vault} from '../vault/vault.js';
import {agreesOrQuits, promptFor, settle} from './closing.js';
import type {Context} from './context.js';
import {takesInput} from './data-source.js';
import {vaultWords} from './global-options.js';
import type {ImportOptions} from './import.js';
import {openVault} from './open-vault.js';
import {tell, warn} from './talk.js';

const ways = {
	mode: 'kept from other users',
	process: 'its AWS keys became a `credential_process`',
	references: 'its values became references',
} as const;

/**
 * Puts closed files back, those of the given paths or all of them, the last that was closed first. What can't be put
 * back does not stop the others. Throws `usage`, `not-found`, `cancelled`, and the code of the first that failed.
 */
export async function runReopen(options: ImportOptions, context: Context): Promise<void> {
	const prompt = promptFor(options, context, 'reopen');
	const vault = await openVault(options, context, takesInput(options));
	try {
		const machine = await context.closing(vaultWords(options, context.environment, vault.path));
		if (!options.dryRun) await settle(vault, machine, context);
		const {files: all, elsewhere} = closedHere(await vault.read(), machine);
		if (elsewhere > 0) {
			const [were, them] = elsewhere === 1 ? ['was', 'it'] : ['were', 'them'];
			tell(context, `${plural(elsewhere, 'file')} ${were} closed on another machine: reopen ${them} there`);
		}
		const files = chosen(options, all.toReversed());
		if (files.length === 0) {
			const which = elsewhere > 0 ? 'no file of this machine' : 'no file';
			return tell(context, `${which} is closed: their old texts are kept for ${closedDays} days`);
		}
		let failed: ErrorCode | undefined;
		const reopened: string[] = [];
		for (const closed of files) {
			const line = `${closed.path}: ${ways[closed.closing]}, ${ago(closed.at, context.now())}`;
			if (options.dryRun) context.stdout.write(`${visible(line)}\n`);
			else tell(context, line);
			if (options.dryRun) continue;
			const cancelled = (): string => `cancelled: ${reopened.length === 0 ? 'nothing' : reopened.length} was reopened`;
			if (prompt !== undefined && !(await agreesOrQuits(prompt, 'Put it back?', cancelled))) {
				tell(context, `left \`${closed.path}\` as it is`);
				continue;
			}
			try {
				if ((await reopenFile(closed, vault, machine, options.force, context.now)) === 'forgotten') {
					tell(context, `\`${closed.path}\` is left as it is: that its mode was changed is forgotten`);
					continue;
				}
				reopened.push(closed.path);
				// What was a reference or a command line is in clear again.
				if (closed.old !== undefined) await noteExport(closed, vault, context);
				tell(context, `\`${closed.path}\` is as it was before it was closed, its keys in clear`);
			} catch (error) {
				if (!(error instanceof PharmerError)) throw error;
				failed ??= error.code;
				warn(context, error.hint === undefined ? error.message : `${error.message}: ${error.hint}`);
			}
		}
		if (failed !== undefined)
			throw new PharmerError(failed, 'not every file could be reopened', 'the reasons are above');
	} finally {
		await vault.close();
	}
}

/** Those of these files that have these paths, or all. Throws `not-found` for a path of none. */
function chosen({paths}: ImportOptions, files: readonly ClosedFile[]): readonly ClosedFile[] {
	const wanted = paths.map(path => resolve(expandHome(path)));
	const isAt = (closed: ClosedFile, path: string): boolean => closed.path === path || closed.target === path;
	const unknown = wanted.findIndex(path => !files.some(each => isAt(each, path)));
	if (unknown !== -1) {
		throw new PharmerError(
			'not-found',
			`no closed file \`${paths[unknown]}\` is known`,
			'`pharmer import --reopen --dry-run` lists them',
		);
	}
	return wanted.length === 0 ? files : files.filter(each => wanted.some(path => isAt(each, path)));
}

/** Notes in the use log that the secrets of a file were written out. */
async function noteExport({credentials}: ClosedFile, vault: Vault, context: Context): Promise<void> {
	const log = vault.openUseLog();
	await log.note(credentials, 'export', context.now());
	log.close();
}
