import type {UnderWayWorks} from '../domain/under-way-work.js';
import type {Content} from '../vault/vault.js';
import {worksIn} from '../vault/works.js';

/** What is under way at providers, by the credential's id; nothing where a newer program keeps that. */
export function knownWorks(content: Content, now: Date): UnderWayWorks {
	return new Map(worksIn(content, now).map(each => [each.id, each]));
}
