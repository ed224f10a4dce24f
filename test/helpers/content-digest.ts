import {createHash} from 'node:crypto';
import {contentText} from '../../source/vault/format/content.js';
import type {Content} from '../../source/vault/vault.js';

/** A digest of everything a vault holds, to be compared by tests of several processes. */
export function digestOf({sections = {}, ...content}: Content): string {
	return createHash('sha256')
		.update(contentText({...content, sections}))
		.digest('hex');
}
