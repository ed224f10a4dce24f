import type {Part} from '../../credentials/differences.js';
import type {Secret} from '../../domain/secret.js';
import {visible} from '../../text/visible.js';

/** A value of a part, on one side: a text, nothing, or a secret that is not shown. */
export type Side = {readonly is: 'text'; readonly text: string} | {readonly is: 'none'} | {readonly is: 'hidden'};

/** Both sides of a part, as they may be shown. */
export function sidesOf({isSecret, was, is}: Part, shown: boolean): {readonly was: Side; readonly is: Side} {
	const side = (value: Secret | undefined): Side => {
		if (value === undefined) return {is: 'none'};
		return isSecret && !shown ? {is: 'hidden'} : {is: 'text', text: value.reveal()};
	};
	return {was: side(was), is: side(is)};
}

/** One side as a screen reader says it. */
export function spokenSide(side: Side): string {
	return side.is === 'text' ? visible(side.text) : side.is;
}
