import {type Name, nameKey, nameProblem, parseName} from '../../domain/name.js';
import type {Member} from '../../domain/team.js';
import type {Prompt} from '../../platform/prompt.js';
import {assertNew, isSameMember} from '../../team/members.js';
import type {Context} from '../context.js';
import {tell} from '../talk.js';

/** What is to be added to the members. */
type Wanted = Pick<Member, 'id' | 'role'> & {readonly name: Name};

/**
 * What is to be added under a name that no other member has: asks for another name until it is one. Throws `exists`
 * when it is a member already, with another name or role.
 */
export async function withFreeName(
	wanted: Wanted,
	members: readonly Member[],
	prompt: Prompt,
	context: Context,
): Promise<Wanted> {
	const own = members.filter(({id}) => id === wanted.id);
	if (!own.some(each => isSameMember(each, wanted))) assertNew(own, wanted);
	const others = members.filter(({id}) => id !== wanted.id);
	for (let {name} = wanted; ; name = await askName(prompt, context)) {
		const holder = others.find(each => nameKey(each.name) === nameKey(name));
		if (holder === undefined) return {...wanted, name};
		tell(context, `\`${holder.name}\` is a member already.`);
	}
}

async function askName(prompt: Prompt, context: Context): Promise<Name> {
	for (;;) {
		const text = (await prompt.line('Another name for this one: ')).trim();
		const problem = nameProblem(text);
		if (problem === undefined) return parseName(text);
		tell(context, `A name ${problem}.`);
	}
}
