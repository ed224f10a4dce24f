import type {Command, CommandHelp} from '../command.js';
import {teamAdd} from './add.js';
import {teamConflicts} from './conflicts.js';
import {teamInit} from './init.js';
import {teamJoin} from './join.js';
import {teamLeave} from './leave.js';
import {teamLog} from './log.js';
import {teamMembers} from './members.js';
import {teamRecovery} from './recovery.js';
import {teamRemove} from './remove.js';
import {teamRole} from './role.js';
import {teamStatus} from './status.js';
import {teamSync} from './sync.js';

export const teamGroup: CommandHelp & {readonly verb: string; readonly summary: string} = {
	verb: 'team',
	summary: 'share the vault with a second laptop, and with others',
	usage: 'team COMMAND [flags]',
	description: 'Shares the vault with other devices, end-to-end encrypted, through a storage that you have.',
	examples: [
		['pharmer team init git+ssh://git@github.com/you/vault.git', 'share this vault'],
		['pharmer team join git+ssh://git@github.com/you/vault.git', 'on the second laptop'],
		['pharmer team add CARD', 'let it in'],
		['pharmer team sync', 'take in and share what is new'],
	],
};

/** The commands behind `team`, in the order of the help. */
export const teamCommands: readonly Command[] = [
	teamInit,
	teamJoin,
	teamAdd,
	teamMembers,
	teamRole,
	teamRemove,
	teamStatus,
	teamSync,
	teamLog,
	teamConflicts,
	teamRecovery,
	teamLeave,
];
