import type {Credential} from '../domain/credential.js';
import {journalSection} from '../vault/journal-section.js';
import type {Content} from '../vault/vault.js';
import {difference} from './merge/difference.js';
import {notSharedIn, type TeamSection} from './section.js';
import type {Difference, Shared} from './shared.js';

/** A difference, and of what it is one. */
export type Compared = {
	readonly shared: Shared;
	readonly credentials: readonly Credential[];
	readonly journals: string | undefined;
	/** The ids of what stays on this device. */
	readonly own: string;
	readonly difference: Difference;
};

/** What makes a content of what a team has in common. It is `known` where that is a difference of the same. */
export function compared(
	known: Compared | undefined,
	shared: Shared,
	content: Content,
	team: Pick<TeamSection, 'own'>,
): Compared {
	const own = team.own.join();
	const [{credentials}, journals] = [content, journalSection.textIn(content)];
	const isSame =
		known?.shared === shared && known.credentials === credentials && known.journals === journals && known.own === own;
	if (isSame) return known;
	return {shared, credentials, journals, own, difference: difference(shared, content, notSharedIn(team))};
}
