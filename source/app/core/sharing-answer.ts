import type {Synced, TeamState} from '../../domain/team.js';
import type {Stored} from './event.js';
import type {Failure} from './failure.js';
import type {ReadCard, RosterChange, RosterPlace} from './sharing.js';

/** What came of the sharing of the vault. */
export type SharingAnswer =
	/** What a sync did; `stored` is the vault as it is since, where something came in. */
	| ({readonly type: 'synced'; readonly team: TeamState; readonly stored?: Stored | undefined} & Omit<Synced, 'state'>)
	/** What stopped it, and what is known of the sharing all the same. */
	| {
			readonly type: 'sync-failed';
			readonly failure: Failure;
			readonly team?: TeamState | Failure | undefined;
			readonly stored?: Stored | undefined;
	  }
	/** What is on the card of a newcomer. */
	| {readonly type: 'card-read'; readonly card: ReadCard}
	/** The members are changed, by the entry at that place. */
	| {
			readonly type: 'team-changed';
			readonly change: RosterChange;
			readonly place: RosterPlace;
			readonly stored?: Stored | undefined;
	  };
