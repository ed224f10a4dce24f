import {awsGroup, awsSetup} from './aws.js';
import {awsProcess} from './aws-process.js';
import {backup} from './backup.js';
import {browse} from './browse.js';
import type {Command, CommandHelp} from './command.js';
import {completion} from './completion.js';
import {copy} from './copy.js';
import {add, create} from './create.js';
import {remove, rm} from './delete.js';
import {doctor} from './doctor.js';
import {edit, mv} from './edit.js';
import {env} from './env.js';
import {exec} from './exec.js';
import {exportCommand} from './export.js';
import {describe, get, list, ls, show} from './get.js';
import {health} from './health.js';
import {history} from './history.js';
import {hook} from './hook.js';
import {importCommand} from './import.js';
import {inject} from './inject.js';
import {issue} from './issue.js';
import {lock} from './lock.js';
import {log} from './log.js';
import {passphrase} from './passphrase.js';
import {rekey} from './rekey.js';
import {restore} from './restore.js';
import {restoreVault} from './restore-vault.js';
import {revoke} from './revoke.js';
import {rotate} from './rotate.js';
import {run} from './run.js';
import {slots} from './slots.js';
import {status} from './status.js';
import {teamCommands, teamGroup} from './team/group.js';
import {trash} from './trash.js';
import {trust} from './trust.js';
import {unlock} from './unlock.js';
import {vaults} from './vaults.js';
import {verify} from './verify.js';

/** The command that runs without a verb. */
export {browse};

/** Verbs that group several commands, each with a second word. */
export const groups: readonly (CommandHelp & {readonly verb: string; readonly summary: string})[] = [
	awsGroup,
	teamGroup,
];

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
	create,
	importCommand,
	get,
	edit,
	copy,
	remove,
	trash,
	restore,
	history,
	exec,
	env,
	log,
	health,
	verify,
	issue,
	rotate,
	revoke,
	run,
	inject,
	trust,
	hook,
	unlock,
	lock,
	status,
	doctor,
	passphrase,
	rekey,
	slots,
	vaults,
	...teamCommands,
	backup,
	restoreVault,
	exportCommand,
	awsProcess,
	awsSetup,
	completion,
	ls,
	list,
	show,
	describe,
	rm,
	add,
	mv,
];
