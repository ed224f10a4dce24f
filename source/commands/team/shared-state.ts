import type {TeamState} from '../../domain/team.js';
import type {Shared} from '../../team/shared.js';
import {knownIn} from '../../team/sync.js';
import {teamStateOf} from '../../team/team-state.js';
import type {Content} from '../../vault/vault.js';

/** What is known here of a vault's sharing. Throws as `knownIn()` does when it is not shared, or not yet. */
export function sharedState(content: Content, common?: Shared, reached?: string): TeamState {
	const state = teamStateOf(content, common, reached);
	if (state !== undefined) return state;
	knownIn(content);
	throw new Error('a vault that is shared is not');
}
