import type {Name} from '../../domain/name.js';
import {parseName} from '../../domain/name.js';
import type {Context} from '../context.js';

/** What the team calls this device, unless a person says otherwise. */
export async function ownName({deviceName}: Context): Promise<Name> {
	return parseName(await deviceName());
}
