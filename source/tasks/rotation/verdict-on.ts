import type {Credential} from '../../domain/credential.js';
import type {Data} from '../../domain/journal.js';
import type {VerdictWord} from '../../domain/verdict.js';
import {type Asked, verifyAll} from '../verify.js';
import type {Rotating} from './rotating.js';

/**
 * How long is waited before a key is asked about again that its provider does not know yet, in seconds: two minutes in
 * all. A key that was made a moment ago is not known everywhere (IAM user guide, "Changes that I make are not always
 * immediately visible"; Google, Azure and OCI say the same).
 */
const delays = [2, 4, 8, 16, 30, 60];

/** What may be said of a key that is only too young. */
const isYoung: ReadonlySet<VerdictWord> = new Set(['invalid', 'disabled', 'unknown']);

/**
 * What the provider says of a credential with these fields, once it has had time to learn of them, `patience` in
 * seconds; undefined when it
 * was stopped.
 */
export async function verdictOn(
	credential: Credential,
	data: Data,
	{network, now, wait, probePlaceOf, signal}: Pick<Rotating, 'network' | 'now' | 'wait' | 'probePlaceOf' | 'signal'>,
	patience: readonly number[] = delays,
): Promise<Asked | undefined> {
	let said: Asked | undefined;
	for (const delay of [0, ...patience]) {
		if (delay > 0) await wait(delay * 1000);
		await verifyAll([{...credential, data}], {
			network,
			now,
			wait,
			placeOf: probePlaceOf,
			...(signal && {signal}),
			onAsked: asked => {
				said = asked;
			},
		});
		if (signal?.aborted || said === undefined || !isYoung.has(said.is)) break;
	}
	return signal?.aborted ? undefined : said;
}
