import type {Member} from '../../../domain/team.js';
import type {Screen} from '../../core/screen.js';
import {type Again, notAsked} from './again.js';
import type {RoleForm} from './role-form.js';

/** A member is removed, or gets another role: the passphrase, and a yes. */
export type MemberScreen = Again &
	RoleForm & {
		readonly kind: 'member';
		readonly does: 'remove' | 'role';
		readonly member: Member;
		readonly from: Screen;
	};

declare module '../../core/screen.js' {
	interface Screens {
		readonly member: MemberScreen;
	}
}

export function memberScreen(does: MemberScreen['does'], member: Member, from: Screen): MemberScreen {
	const role = member.role === 'writer' ? 'reader' : 'writer';
	return {...notAsked, kind: 'member', does, member, role, onRole: does === 'role', from};
}
