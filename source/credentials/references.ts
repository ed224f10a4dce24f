import type {Credential} from '../domain/credential.js';
import type {PharmerError} from '../domain/errors.js';
import {nameKey} from '../domain/name.js';
import type {Secret} from '../domain/secret.js';
import {listed} from '../domain/words.js';
import {nearest} from '../text/nearest.js';
import type {PlacedReference, Reference, Template} from '../text/references.js';

/** A text with references, and how a person finds a line of it, from 0: `.env` line 3. */
export type ReferringText = Template & {readonly placeOf: (line: number) => string};

/** The credentials that were looked up, by the keys of their names, and names that an unknown one may be a slip of. */
export type KnownCredentials = {
	readonly byKey: ReadonlyMap<string, Credential>;
	readonly known: readonly {readonly name: string}[];
	/** Why others can't be found, by the same keys: their vault is not known. */
	readonly reasons?: ReadonlyMap<string, PharmerError>;
};

/** What is wrong with a reference, and where. */
export type ReferenceProblem = {readonly text: string; readonly isUnknownName: boolean};

/** What a value must not hold where it goes, as the end of a sentence about a field. */
export type Refusal = {readonly of: RegExp; readonly reason: string};

function referencesIn({parts}: Template): readonly PlacedReference[] {
	return parts.filter(each => typeof each !== 'string');
}

/** The names that these texts refer to, each once, as the first reference writes it. */
export function namesReferredTo(texts: readonly Template[]): readonly string[] {
	const names = new Map<string, string>();
	for (const {name} of texts.flatMap(referencesIn)) if (!names.has(nameKey(name))) names.set(nameKey(name), name);
	return [...names.values()];
}

/** The credentials that these texts refer to, as far as they are known. */
export function credentialsReferredTo(texts: readonly Template[], {byKey}: KnownCredentials): readonly Credential[] {
	return namesReferredTo(texts).flatMap(name => byKey.get(nameKey(name)) ?? []);
}

/** Everything that keeps these texts from being filled in: what is no reference, unknown, empty, or refused. */
export function problemsOf(
	texts: readonly ReferringText[],
	known: KnownCredentials,
	refusal: Refusal,
): readonly ReferenceProblem[] {
	return texts.flatMap(text => {
		const problems = text.problems.map(({at, line, reason}) => ({
			at,
			line,
			text: `what begins with \`pharmer://\` ${reason}`,
			isUnknownName: false,
		}));
		for (const reference of referencesIn(text)) {
			const problem = problemOf(reference, known, refusal);
			if (problem !== undefined) problems.push({at: reference.at, line: reference.line, ...problem});
		}
		return problems
			.sort((one, other) => one.at - other.at)
			.map(({at: _, line, ...problem}) => ({...problem, text: `${text.placeOf(line)}: ${problem.text}`}));
	});
}

function problemOf(
	{name, field}: Reference,
	{byKey, known, reasons}: KnownCredentials,
	refusal: Refusal,
): ReferenceProblem | undefined {
	const credential = byKey.get(nameKey(name));
	const reason = reasons?.get(nameKey(name));
	if (reason !== undefined) return {text: `${reason.message}, which \`${name}\` names`, isUnknownName: true};
	if (credential === undefined) {
		const guess = nearest(
			name,
			known.map(each => each.name),
		);
		const meant = guess === undefined ? '' : `, did you mean \`${guess}\`?`;
		return {text: `there is no credential \`${name}\`${meant}`, isUnknownName: true};
	}
	const wrong = (text: string): ReferenceProblem => ({text, isUnknownName: false});
	const secret = credential.data.get(field);
	if (secret === undefined) {
		const fields = [...credential.data.keys()];
		const guess = nearest(field, fields);
		const meant = guess === undefined ? `; it has ${listed(fields)}` : `, did you mean \`${guess}\`?`;
		return wrong(`\`${credential.name}\` has no field \`${field}\`${meant}`);
	}
	if (secret.isEmpty) return wrong(`\`${field}\` of \`${credential.name}\` is empty`);
	return refusal.of.test(secret.reveal())
		? wrong(`\`${field}\` of \`${credential.name}\` ${refusal.reason}`)
		: undefined;
}

function secretOf({name, field}: Reference, {byKey}: KnownCredentials): Secret {
	const secret = byKey.get(nameKey(name))?.data.get(field);
	if (secret === undefined) throw new RangeError('a reference that was not examined');
	return secret;
}

/** A text with the secrets in the place of its references, which have no problems. */
export function filledIn({parts}: Template, known: KnownCredentials): string {
	return parts.map(each => (typeof each === 'string' ? each : secretOf(each, known).reveal())).join('');
}

/** The same for bytes that were read as a text of one character a byte. The secrets are in UTF-8. */
export function bytesFilledIn({parts}: Template, known: KnownCredentials): Buffer {
	return Buffer.concat(
		parts.map(each =>
			typeof each === 'string' ? Buffer.from(each, 'latin1') : Buffer.from(secretOf(each, known).reveal()),
		),
	);
}
