import type {Credential} from '../../domain/credential.js';
import {type NamedWork, namedWorks, withoutKeys, workOf} from '../../domain/under-way-work.js';
import {type Extent, elementExtents} from '../../text/json-extents.js';
import {journalsOf} from '../journals.js';
import {teamSection} from '../team-section.js';
import {parseContent} from './content.js';
import type {Version} from './envelope.js';

/** A vault's content as the bytes that were sealed, and where in them each credential's record is. */
export type ContentImage = {
	readonly version: Version;
	/** Holds the secrets in clear: whoever has it fills it with zero. */
	readonly bytes: Buffer;
	readonly credentials: readonly ImagedCredential[];
	/** Of all credentials, those in the trash too. */
	readonly ids: ReadonlySet<string>;
	/** What is under way at providers. Who holds it is looked at when it is told. */
	readonly works: readonly NamedWork[];
	/** Whether the vault is shared with other devices. */
	readonly isShared: boolean;
};

/** A credential's name, the keys of its fields, and its record. */
export type ImagedCredential = {readonly name: string; readonly fields: readonly string[]; readonly record: Extent};

/** Checks the bytes as `parseContent()` does, and keeps no text of them but names and keys. Throws `Damage`. */
export function contentImage(bytes: Buffer, version: Version): ContentImage {
	const content = parseContent(bytes, version);
	const {credentials, trash} = content;
	const records = elementExtents(bytes, 'credentials');
	const placed = ({name, data}: Credential, index: number): readonly ImagedCredential[] => {
		const record = records[index];
		return record === undefined ? [] : [{name, fields: [...data.keys()], record}];
	};
	const ids = new Set([...credentials, ...trash].map(({id}) => id));
	const works = (journalsOf(content) ?? []).map(each => withoutKeys(workOf(each, false)));
	return {
		version,
		bytes,
		credentials: credentials.flatMap(placed),
		ids,
		works: namedWorks(works, credentials),
		isShared: teamSection.textIn(content) !== '',
	};
}
