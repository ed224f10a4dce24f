import type {IssueOrder} from './issuer.js';
import {nextLabel} from './next-label.js';

/** The label of an identity's first key: its name, where that is not the usual one, and the mark, within `most`. */
export function firstLabel({identity}: IssueOrder, mark: string, most: number): string {
	return nextLabel(identity === 'pharmer' ? undefined : identity, mark, most);
}
