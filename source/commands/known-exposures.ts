import {type Exposures, nobodyRemoved} from '../domain/team.js';
import {teamSection} from '../vault/team-section.js';
import type {Content} from '../vault/vault.js';

/** Who could read what before being removed from the team; nobody where a newer program keeps that. */
export async function knownExposures(content: Content): Promise<Exposures> {
	if (!teamSection.textIn(content)) return nobodyRemoved;
	const {exposuresIn} = await import('../team/team-state.js');
	return exposuresIn(content);
}
