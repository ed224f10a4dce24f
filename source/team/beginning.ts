import type {Store} from '../stores/store.js';
import {type Followed, follow, isWriter, widest} from './follow.js';
import type {MemberKeys} from './log/member-keys.js';
import {type Anchor, startOf} from './log/start.js';

/**
 * What the log says now to a reader who begins with that entry, and what was read to get there. It takes no snapshot of
 * a member that may write no more, which could say anything: whoever removed that one has made another. Throws as
 * `startOf()` and `follow()` do.
 */
export async function begun(store: Store, vault: string, self: MemberKeys, anchor: Anchor): Promise<Followed> {
	let followed: Followed | undefined;
	await startOf(store, vault, self, anchor, async (start, by) => {
		followed = await follow(store, start, self, {width: widest});
		return isWriter(followed.state, by);
	});
	if (followed === undefined) throw new Error('a start that was not followed');
	return followed;
}
