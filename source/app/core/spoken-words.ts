import {type Care, careOf} from '../../credentials/care.js';
import type {LastUses} from '../../credentials/last-use.js';
import {publicId} from '../../credentials/public-id.js';
import {type Verdicts, verdictNow} from '../../credentials/standing.js';
import type {Credential} from '../../domain/credential.js';
import type {Exposures} from '../../domain/team.js';
import {age, ago} from '../../domain/time.js';
import type {UnderWayWorks} from '../../domain/under-way-work.js';
import {grouped} from '../../domain/words.js';
import {visible} from '../../text/visible.js';

/** The spoken name of a key. */
export function spokenKey(key: string): string {
	return key === ' ' ? 'space' : key;
}

/** Joins the parts that are not empty into one sentence without its full stop. */
export function sentence(...parts: readonly string[]): string {
	return parts.filter(part => part !== '').join(', ');
}

/** `prod, 3 of 14`; empty when there is no such row. */
export function placed<Row>(rows: readonly Row[], choice: number, said: (row: Row) => string): string {
	const row = rows[choice];
	return row === undefined ? '' : `${said(row)}, ${grouped(choice + 1)} of ${grouped(rows.length)}`;
}

/** The end of an id tells it from others; the whole would be spelled out. */
export function idText(credential: Credential): string {
	const id = visible(publicId(credential));
	return id.length <= 12 ? id : `id ending in ${id.slice(-4)}`;
}

const careText: Readonly<Record<Care['kind'], (text: string) => string>> = {
	refused: text => text,
	expired: text => text,
	exposed: text => text,
	rotation: text => text,
	expires: text => text,
	shared: () => 'duplicate secret',
	odd: () => 'check its values',
	// The age itself comes before it.
	old: () => 'old secret',
	unused: text => text,
};

/** All credentials, their last uses, what was said of them, and the time in milliseconds since 1970. */
type Around = {
	readonly credentials: readonly Credential[];
	readonly uses: LastUses;
	readonly verdicts: Verdicts;
	readonly works: UnderWayWorks;
	readonly exposed: Exposures;
	readonly now: number;
};

/** A list's text about a credential. */
export function credentialText(
	credential: Credential,
	{credentials, uses, verdicts, works, exposed, now: moment}: Around,
): string {
	const now = new Date(moment);
	const dated = age(credential.created, now);
	const use = uses.byId.get(credential.id);
	const standing = verdictNow(credential, verdicts, now);
	const cares = careOf(credential, credentials, now, uses, verdicts, works, exposed);
	const isSaid =
		standing === undefined || cares.some(({kind, badge}) => kind === 'refused' && badge === standing.badge);
	return sentence(
		visible(credential.name),
		visible(credential.provider),
		idText(credential),
		dated === 'just now' ? 'new' : `${dated} old`,
		use === undefined ? '' : `used ${ago(use.at, now)}`,
		isSaid ? '' : `${standing.is}, asked ${standing.ago}`,
		...cares.map(({kind, text}) => careText[kind](visible(text))),
	);
}
