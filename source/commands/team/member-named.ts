import {nameKey} from '../../domain/name.js';
import type {Member, TeamState} from '../../domain/team.js';
import {findAll} from '../named.js';

/** The member of that name. Throws `not-found`, with the name that it may be a slip of. */
export function memberNamed({members}: Pick<TeamState, 'members'>, name: string): Member {
	const find = (text: string): Member | undefined => members.find(each => nameKey(each.name) === nameKey(text));
	const hint = '`pharmer team members` lists them, and `pharmer team sync` looks for new ones';
	const [found] = findAll([name], find, {what: 'there is no member', hint, known: members});
	if (found === undefined) throw new Error('a member that was found is not there');
	return found;
}
