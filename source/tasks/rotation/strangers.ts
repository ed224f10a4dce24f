import {keyTexts} from '../../credentials/key-question.js';
import {PharmerError} from '../../domain/errors.js';
import type {ListedKey} from '../../providers/key-service.js';
import type {RotationRun} from './run.js';

/**
 * Looks at the keys that its provider has now, before one is switched off or deleted. One that the rotation does not
 * know was made by somebody else, perhaps to replace the same key: it goes on only after a yes. Resolves to whether
 * somebody was asked. Throws `conflict`.
 */
export async function askAboutStrangers(run: RotationRun, keys: readonly ListedKey[]): Promise<boolean> {
	const {known, freshId} = run.rotation;
	const strangers = keys.filter(({id}) => id !== freshId && !known.includes(id));
	if (strangers.length === 0) return false;
	const {name} = await run.credential();
	const [what, them] = strangers.length === 1 ? ['a key that is', 'it'] : ['keys that are', 'them'];
	const found = `${what} not of this rotation: ${keyTexts(strangers)}`;
	const reply = await run.rotating.ask({kind: 'strangers', name, keys: strangers});
	if (reply !== 'yes')
		throw new PharmerError(
			reply === 'no' ? 'cancelled' : 'conflict',
			`the provider has ${found}`,
			`nothing was switched off or deleted: see who made ${them}, then --resume on a terminal, or --undo`,
		);
	await run.put({known: [...known, ...strangers.map(({id}) => id)]});
	return true;
}
