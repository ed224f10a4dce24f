import type {Changed} from '../../domain/team.js';
import {credentialRecord, RecordParser} from '../../vault/format/credential-record.js';
import {newest} from '../../vault/format/envelope.js';
import {parsed as journalValue} from '../../vault/journals.js';
import {Damage, parseList, parseMembers, parsePairs, parseText, parseUuid} from '../../vault/json-values.js';
import type {Difference} from '../shared.js';
import {parsed, parseMoment, parseTexts} from './roster.js';

/** What a change entry says sealed: what is other than before, and when that was written by its author's clock. */
export type ChangeData = Difference & {readonly at: string};

const verbs = ['added', 'changed', 'renamed', 'deleted'] as const;

/** The text that a change entry seals. It holds the secrets in clear. */
export function changeText({at, what, records, gone, journals, ended}: ChangeData): string {
	return JSON.stringify({
		at,
		what: what.map(({id, name, verb, fields}) => [id, name, verb, fields]),
		records: records.map(credentialRecord),
		gone,
		journals: [...journals],
		ended,
	});
}

/** Reads it, in its only spelling. Throws `Damage`. */
export function parseChange(text: string): ChangeData {
	const members = ['at', 'what', 'records', 'gone', 'journals', 'ended'];
	const {at, what, records, gone, journals, ended} = parseMembers(parsed(text), 'a change', members);
	const parser = new RecordParser(newest);
	const data = {
		at: parseMoment(at),
		what: parseList(what, 'what was done').map(parseWhat),
		records: parseList(records, 'the records').map(each => parser.credential(each)),
		gone: parseList(gone, 'what is gone').map(each => parseUuid(each, 'an id')),
		journals: parseJournals(journals),
		ended: parseList(ended, 'what has ended').map(each => parseUuid(each, 'an id')),
	};
	if (changeText(data) !== text) throw new Damage('a change is spelled in another way');
	return data;
}

/** The deepest value in a journal that anybody writes out again. Without it, one line could stop every device. */
const deepest = 64;

/** Journals by the ids of their credentials, which may be still to come. Throws `Damage`. */
export function parseJournals(value: unknown): ReadonlyMap<string, string> {
	const lines = parsePairs(value, 'the journals', parseLine);
	for (const id of lines.keys()) parseUuid(id, 'the id of a journal');
	return lines;
}

/** A line of the vault's journals, which are lines. Throws `Damage`. */
function parseLine(line: string): string {
	if (line === '' || line.includes('\n')) throw new Damage('a journal is not one line');
	if (isDeeper(journalValue(line), deepest)) throw new Damage('a journal is nested too deep');
	return line;
}

function isDeeper(value: unknown, most: number): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return most === 0 || Object.values(value).some(each => isDeeper(each, most - 1));
}

function parseWhat(value: unknown): Changed {
	const [id, name, verb, fields] = parseList(value, 'what was done');
	const known = verbs.find(each => each === verb);
	if (known === undefined) throw new Damage('what was done is of an unknown kind');
	return {
		id: parseText(id, 'an id'),
		name: parseText(name, 'a name'),
		verb: known,
		fields: parseTexts(fields, 'the fields'),
	};
}
