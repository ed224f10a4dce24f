import stringWidth from 'string-width';
import {careOf} from '../credentials/care.js';
import {expiryOf} from '../credentials/expiry.js';
import type {LastUses} from '../credentials/last-use.js';
import type {Verdicts} from '../credentials/standing.js';
import {goingOn} from '../credentials/waiting.js';
import type {Credential} from '../domain/credential.js';
import {maskWidth} from '../domain/mask.js';
import type {Secret} from '../domain/secret.js';
import type {Exposures} from '../domain/team.js';
import {ago} from '../domain/time.js';
import type {UnderWayWorks} from '../domain/under-way-work.js';
import {fieldOf, providerOf, titleWithId} from '../providers/catalog.js';
import {visible, visibleLines} from '../text/visible.js';
import type {Page} from './page.js';
import {type Tone, toned} from './tone.js';

type Row = readonly [label: string, lines: readonly string[], tone?: Tone | undefined];

/** How it is shown: with secrets in clear, or masked. */
type Look = {readonly reveal: boolean; readonly page: Page};

/**
 * All credentials of a vault, their last uses, what providers said of them, what is under way there, and who could read
 * what before being removed from the team.
 */
export type Among = {
	readonly all: readonly Credential[];
	readonly uses: LastUses;
	readonly verdicts: Verdicts;
	readonly works: UnderWayWorks;
	readonly exposed: Exposures;
};

/** Everything about some credentials of a vault: a line each, more for a text of several lines, labels in a column. */
export function detailText(credentials: readonly Credential[], among: Among, look: Look): string {
	return credentials.map(credential => blockOf(rowsOf(credential, among, look), look.page.color)).join('\n');
}

function rowsOf(
	credential: Credential,
	{all, uses, verdicts, works, exposed}: Among,
	{reveal, page}: Look,
): readonly Row[] {
	const {unicode, now} = page;
	const provider = providerOf(credential.provider);
	const dot = unicode ? '·' : '-';
	const dated = (moment: string): string => `${moment.slice(0, 10)} ${dot} ${ago(moment, now)}`;
	const fields = [...credential.data].map(([key, value]): Row => {
		const {label, secret} = fieldOf(provider, key);
		return [
			visible(label),
			secret && !reveal ? [(unicode ? '•' : '*').repeat(maskWidth)] : visibleLines(value.reveal()),
		];
	});
	const {labels, note, created, changed} = credential;
	const expiry = expiryOf(credential, now);
	const use = uses.byId.get(credential.id);
	const care = careOf(credential, all, now, uses, verdicts, works, exposed)
		// The expiry row already says so.
		.filter(({kind}) => kind !== 'expired' && kind !== 'expires')
		.map(({text}): Row => ['care', [visible(text)], 'soon']);
	const going = goingOn(credential.id, works, now);
	const expiryTone = expiry?.isOver ? 'bad' : expiry?.urgent ? 'soon' : undefined;
	return [
		['name', [visible(credential.name)]],
		['provider', [visible(titleWithId(provider))]],
		...fields,
		...care,
		...(going === undefined ? [] : [['rotation', [going]] as const]),
		...(expiry === undefined ? [] : [['expires', [`${expiry.day} ${dot} ${expiry.text}`], expiryTone] as const]),
		...(labels.size === 0
			? []
			: [['labels', [[...labels].map(([key, value]) => visible(`${key}=${value}`)).join(', ')]] as const]),
		...(note === undefined ? [] : [['note', visibleLines(note)] as const]),
		['created', [dated(created)]],
		...(changed === created ? [] : [['changed', [dated(changed)]] as const]),
		...(use === undefined ? [] : [['used', [`${dated(use.at)} ${dot} ${use.kind}`]] as const]),
	];
}

function blockOf(rows: readonly Row[], color: boolean): string {
	const column = Math.max(...rows.map(([label]) => stringWidth(label))) + 2;
	const lines = rows.flatMap(([label, texts, tone]) =>
		texts.map((text, index) => {
			const shown = index === 0 ? label : '';
			const padded = shown + ' '.repeat(column - stringWidth(shown));
			return color ? `${toned('dim', padded)}${toned(tone, text)}` : `${padded}${text}`.trimEnd();
		}),
	);
	return `${lines.join('\n')}\n`;
}

/** The value of a field: as it is, or on a terminal in lines that are safe there. */
export function fieldText(value: Secret, isTerminal: boolean): string {
	const text = value.reveal();
	return isTerminal ? `${visibleLines(text).join('\n')}\n` : text;
}
