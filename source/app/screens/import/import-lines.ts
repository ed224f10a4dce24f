import {checkData} from '../../../credentials/check.js';
import {
	type DamagedFile,
	exposedFiles,
	type FoundCredential,
	type Refusal,
	whereOf,
} from '../../../credentials/found.js';
import {publicIdOf} from '../../../credentials/public-id.js';
import {capitalized} from '../../../domain/words.js';
import {fieldOf} from '../../../providers/catalog.js';
import {readableWord} from '../../../text/shell-quote.js';
import {visible} from '../../../text/visible.js';
import type {ImportRow, ImportScreen} from './import-screen.js';

/** One line of the results: something to select, or something that can't be imported. */
export type ImportLine = {
	readonly ticked: boolean | undefined;
	readonly name: string;
	readonly provider: string;
	readonly id: string;
	/** Whether it is new, or which credential is the same. */
	readonly state: string;
	readonly where: string;
	/** All details, as sentences. */
	readonly about: string;
};

function octal(mode: number): string {
	return mode.toString(8).padStart(4, '0');
}

const made = new WeakMap<object, ImportLine>();

/** The line of an immutable `item`, cached: there can be thousands, and every key redraws some. */
function lineOf<Item extends object>(item: Item, make: (item: Item) => ImportLine): ImportLine {
	const known = made.get(item);
	if (known !== undefined) return known;
	const line = make(item);
	made.set(item, line);
	return line;
}

/** The line that keeps others from reading a file, to run in a shell. */
function closing(path: string): string {
	// A path of unusual characters could not be shown and still be run as it stands.
	if (visible(path) !== path) return '`chmod 600` closes it';
	const whole = path.startsWith('-') ? `./${path}` : path;
	return `\`chmod 600 ${readableWord(whole)}\` closes it`;
}

/** How a find's files can be read: that they are in plaintext, and each that others can read. */
function riskText(found: FoundCredential): string {
	const {path, mode} = found;
	const open = exposedFiles(found);
	const itself =
		open.some(each => each.path === path) && path !== undefined ? `: others can read it. ${closing(path)}` : '';
	const own = path === undefined ? '' : ` In plaintext${mode === undefined ? '' : `, mode ${octal(mode)}`}${itself}.`;
	const others = open.filter(each => each.path !== path);
	return `${own}${others.map(each => ` Others can read ${visible(each.path)}, mode ${octal(each.mode)}. ${closing(each.path)}.`).join('')}`;
}

/** About a find of no known provider. */
const choosable = ' It belongs to no known provider: tick it to keep it as a generic credential.';

/** What is odd about a find, as a sentence behind others. */
function oddity({provider, data}: FoundCredential): string {
	const [finding] = checkData(provider, data);
	if (finding === undefined) return '';
	const label = finding.field === '' ? '' : `${fieldOf(provider, finding.field).label}: `;
	return ` It looks odd: ${visible(`${label}${finding.message}`)}.`;
}

/** What is left to do about a find whose file was closed. */
function closedText({provider: {guide}}: FoundCredential, closed: string): string {
	const where = guide === undefined ? '' : ` at ${guide.revoke}`;
	return ` The file is ${closed}. The key has lain in clear: make a new one and revoke this one${where}.`;
}

function foundLine({found, name, ticked, held, shared, closed}: ImportRow): ImportLine {
	const {provider, data, remark} = found;
	const place = visible(whereOf(found));
	const common = held !== undefined ? ` Nothing to keep: it is ${visible(held)}.` : shared && ` It ${visible(shared)}.`;
	const note = remark === undefined ? '' : ` ${visible(capitalized(remark))}.`;
	return {
		ticked,
		name: visible(name),
		provider: provider.id,
		id: visible(publicIdOf(provider, data)),
		state: visible(
			closed ??
				held ??
				(found.offered === true ? 'no known provider' : shared === undefined ? 'new' : 'new, same secret'),
		),
		where: place,
		about: `From ${place}.${closed === undefined ? riskText(found) : closedText(found, closed)}${common ?? ''}${note}${held === undefined ? oddity(found) : ''}${found.offered === true && held === undefined ? choosable : ''}`,
	};
}

const none = {ticked: undefined, provider: '', id: ''} as const;

function refusedLine({where, label, reason}: Refusal): ImportLine {
	return {
		...none,
		name: visible(label === '' ? where : label),
		state: "can't be imported",
		where: visible(where),
		about: visible(`${label === '' ? where : `${label} in ${where}`} ${reason}.`),
	};
}

function damagedLine({path, problem}: DamagedFile): ImportLine {
	return {
		...none,
		name: visible(path),
		state: 'left out',
		where: visible(path),
		about: visible(`Left out: ${problem}.`),
	};
}

/** All lines of the view in order, safe for a terminal and without secrets. */
export function importLines({rows = [], refused, damaged}: ImportScreen): readonly ImportLine[] {
	return [
		...rows.map(row => lineOf(row, foundLine)),
		...refused.map(each => lineOf(each, refusedLine)),
		...damaged.map(each => lineOf(each, damagedLine)),
	];
}
