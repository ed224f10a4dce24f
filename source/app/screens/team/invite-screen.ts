import type {Screen} from '../../core/screen.js';
import type {ReadCard, RosterPlace} from '../../core/sharing.js';
import {emptyLine, type Line} from '../../input/line-editor.js';
import {type Again, notAsked} from './again.js';
import type {RoleForm} from './role-form.js';

/** A member is added: its card, then its name and role, the passphrase, a yes, and what it has to be told. */
export type InviteScreen = Again &
	RoleForm & {
		readonly kind: 'invite';
		readonly stage: 'card' | 'name' | 'again' | 'done';
		readonly card: Line;
		/** What the card says, once it is read. */
		readonly read?: ReadCard | undefined;
		readonly name: Line;
		/** The entry that added it. */
		readonly place?: RosterPlace | undefined;
		readonly from: Screen;
	};

declare module '../../core/screen.js' {
	interface Screens {
		readonly invite: InviteScreen;
	}
}

export function inviteScreen(from: Screen): InviteScreen {
	const form = {card: emptyLine, name: emptyLine, role: 'writer', onRole: false} as const;
	return {...notAsked, ...form, kind: 'invite', stage: 'card', from};
}
