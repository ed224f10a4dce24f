import {type UnderWayWork, workOf} from '../domain/under-way-work.js';
import {isThere} from './journal-changes.js';
import {journalsOf} from './journals.js';
import type {Content} from './vault.js';

/** What is under way at providers, oldest first; nothing where a newer program keeps it. */
export function worksIn(content: Pick<Content, 'sections'>, now: Date): readonly UnderWayWork[] {
	return (journalsOf(content) ?? []).map(each => workOf(each, isHeldNow(each, now)));
}

/** Whether a process goes on with it right now. */
export function isHeldNow({holder}: Pick<UnderWayWork, 'holder'>, now: Date): boolean {
	return holder !== undefined && isThere(holder, now);
}
