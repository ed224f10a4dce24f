import {Secret} from '../../../domain/secret.js';
import type {RosterPlace} from '../../core/sharing.js';
import type {State} from '../../core/state.js';
import {type Step, step} from '../../core/step.js';

/** Copies number and six words of an entry, as somebody is told them. */
export function copyPlace(state: State, {seq, words}: RosterPlace): Step {
	return step(state, {type: 'copy', text: new Secret(`${seq} ${words}`), what: 'number and words', secret: false});
}
