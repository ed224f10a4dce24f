import {type Role, roles} from '../../../domain/team.js';
import type {Binding} from '../../core/binding.js';
import {otherFieldKeys} from '../../core/moves.js';
import {fixedPrompt, type Prompt} from '../../core/prompt.js';
import type {State} from '../../core/state.js';
import {type Step, say, show, step} from '../../core/step.js';
import type {InviteScreen} from './invite-screen.js';
import type {MemberScreen} from './member-screen.js';
import {roleTexts} from './team-screen.js';

/** A role is chosen in a row beside a text that is typed. */
export type RoleForm = {
	readonly role: Role;
	/** The row of the role has the keyboard. */
	readonly onRole: boolean;
};

type Form = InviteScreen | MemberScreen;

function otherField<S extends Form>(state: State, screen: S): Step {
	const next = {...screen, onRole: !screen.onRole};
	return step(sayRole(show(state, next), next));
}

function turn<S extends Form>(state: State, screen: S, by: number): Step {
	const role = roles[(roles.indexOf(screen.role) + by + roles.length) % roles.length] ?? screen.role;
	const next = {...screen, role};
	return step(sayRole(show(state, next), next));
}

/** Without a picture the role is said. */
function sayRole(state: State, {role, onRole}: Form): State {
	return state.linear && onRole ? say(state, 'note', `${role}: ${roleTexts[role]}`) : state;
}

/** The keys that go to the other row. */
export function rowKeysOf<S extends Form>(): readonly Binding<S>[] {
	return otherFieldKeys<S>(otherField, 8);
}

/** The keys of the row in which the role is chosen. */
export function roleKeys<S extends Form>(): readonly Binding<S>[] {
	return [
		{
			id: 'more',
			keys: ['right', 'l', ' '],
			title: 'next role',
			says: 'chooses the next role',
			group: 'Edit',
			footer: 10,
			run: (state, screen) => turn(state, screen, 1),
		},
		{
			id: 'less',
			keys: ['left', 'h'],
			title: 'previous role',
			says: 'chooses the role before',
			group: 'Edit',
			run: (state, screen) => turn(state, screen, -1),
		},
		...rowKeysOf<S>(),
	];
}

export function rolePrompt({role}: RoleForm): Prompt {
	return fixedPrompt('role, left or right', role);
}
