import {type Role, roles} from '../../../domain/team.js';
import type {Binding} from '../../core/binding.js';
import type {State} from '../../core/state.js';
import {say, show, step} from '../../core/step.js';
import type {InviteScreen} from './invite-screen.js';
import type {MemberScreen} from './member-screen.js';
import {roleTexts} from './team-screen.js';

function nextRole(role: Role): Role {
	return roles[(roles.indexOf(role) + 1) % roles.length] ?? role;
}

/** Turns the role. */
export function roleKey<S extends InviteScreen | MemberScreen>(): Binding<S> {
	return {
		id: 'role',
		keys: ['tab'],
		title: 'role',
		says: 'turns the role: writer, reader, admin',
		group: 'Edit',
		footer: 8,
		run(state: State, screen: S) {
			const role = nextRole(screen.role);
			const next = show(state, {...screen, role});
			return step(state.linear ? say(next, 'note', `${role}: ${roleTexts[role]}`) : next);
		},
	};
}
