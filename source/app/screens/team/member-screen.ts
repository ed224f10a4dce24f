import type {Member, Role} from '../../../domain/team.js';
import type {Screen} from '../../core/screen.js';
import {type Again, notAsked} from './again.js';

/** A member is removed, or gets another role: the passphrase, and a yes. */
export type MemberScreen = Again & {
	readonly kind: 'member';
	readonly does: 'remove' | 'role';
	readonly member: Member;
	/** The role that it gets. */
	readonly role: Role;
	readonly from: Screen;
};

declare module '../../core/screen.js' {
	interface Screens {
		readonly member: MemberScreen;
	}
}

export function memberScreen(does: MemberScreen['does'], member: Member, from: Screen): MemberScreen {
	const role = member.role === 'writer' ? 'reader' : 'writer';
	return {...notAsked, kind: 'member', does, member, role, from};
}
