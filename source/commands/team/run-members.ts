import type {Member} from '../../domain/team.js';
import type {Context} from '../context.js';
import {pageOf} from '../page.js';
import {readVault} from '../read-vault.js';
import {type Column, tableText} from '../text-table.js';
import type {MembersOptions} from './members.js';
import {sharedState} from './shared-state.js';
import {writeJson} from './write-json.js';

const columns: readonly Column<Member>[] = [
	{title: 'NAME', cell: ({name}) => name, rank: 0},
	{title: 'ROLE', cell: ({role}) => role, rank: 1},
	{title: 'IS', cell: ({isSelf}) => (isSelf ? 'this device' : ''), rank: 2},
	{title: 'WORDS', cell: ({words}) => words, rank: 3},
];

/** Writes the members to standard output. */
export async function runMembers(options: MembersOptions, context: Context): Promise<void> {
	const {members} = sharedState(await readVault(options, context));
	if (options.output === 'json') writeJson(members, context);
	else context.stdout.write(tableText(columns, members, pageOf(options, context)));
}
