import {PharmerError} from '../../../domain/errors.js';
import {credentialNamed} from '../../core/names.js';
import type {State} from '../../core/state.js';
import {type Step, show, step} from '../../core/step.js';
import {listScreen} from '../browse/browse-screen.js';
import {editScreen} from './edit-screen.js';

/** Opens the edit screen on a named credential; leaves with `not-found` when there is none. */
export function openEdit(state: State, name: string): Step {
	const credential = credentialNamed(state.credentials, name);
	if (credential === undefined) {
		const error = new PharmerError(
			'not-found',
			`there is no credential \`${name}\``,
			'`pharmer get credentials` lists what there is',
		);
		return step(state, {type: 'quit', outcome: error});
	}
	return step(show({...state, selected: credential.id}, editScreen(credential, listScreen)));
}
