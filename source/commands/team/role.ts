import {type Role, roles} from '../../domain/team.js';
import {command} from '../command.js';
import type {GlobalOptions} from '../global-options.js';
import {usage} from '../talk.js';

export type RoleOptions = GlobalOptions & {readonly member: string; readonly role: Role};

export const teamRole = command<RoleOptions>({
	verb: 'team role',
	summary: 'give a member another role',
	usage: 'team role NAME ROLE [flags]',
	description:
		'Makes a member an admin, who changes the list of members, a writer, who changes credentials, or a reader.',
	examples: [['pharmer team role ben admin', 'another one who can add devices']],
	operand: {
		name: 'NAME ROLE',
		least: 2,
		most: 2,
		help: 'the name of a member, and `admin`, `writer` or `reader`',
		offers: ['nothing', roles],
	},
	flags: [],
	read(given) {
		const [member = '', word = ''] = given.operands;
		const role = roles.find(each => each === word);
		if (role === undefined) throw usage(`\`${word}\` is not a role`, `it is one of ${roles.join(', ')}`);
		return {...given.globals, member, role};
	},
	run: async (options, context) => (await import('./run-roster.js')).runRole(options, context),
});
