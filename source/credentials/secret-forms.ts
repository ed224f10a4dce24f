import type {Credential} from '../domain/credential.js';
import {isSecretField} from '../providers/catalog.js';

/** The shortest secret, and the shortest line of one, that is looked for, in bytes: shorter ones are also words. */
const shortest = {secret: 8, line: 16} as const;

/** The forms in which secrets may be printed, and the fields whose secrets are too short to be looked for. */
export type SecretForms = {
	readonly forms: readonly Buffer[];
	/** By the name of their credential. */
	readonly tooShort: readonly {readonly name: string; readonly fields: readonly string[]}[];
};

/**
 * The forms of all secret fields of these credentials: as they are, each longer line, JSON-escaped, percent-encoded,
 * and in base64 and base64url wherever they may begin in what is encoded. White space around a secret is no part of it.
 */
export function secretForms(credentials: readonly Credential[]): SecretForms {
	const forms = new Map<string, Buffer>();
	const tooShort: {name: string; fields: readonly string[]}[] = [];
	for (const {name, provider, data} of credentials) {
		const short: string[] = [];
		for (const [field, secret] of data) {
			if (secret.isEmpty || !isSecretField(provider, field)) continue;
			const text = secret.reveal();
			const core = text.trim();
			const whole = Buffer.byteLength(core) < shortest.secret ? text : core;
			if (Buffer.byteLength(whole) < shortest.secret) {
				short.push(field);
				continue;
			}
			for (const form of formsOf(whole)) forms.set(form.toString('latin1'), form);
		}
		if (short.length > 0) tooShort.push({name, fields: short});
	}
	return {forms: [...forms.values()], tooShort};
}

/** The bytes of all secret fields of these credentials that are long enough to be looked for. */
export function secretBytes(credentials: readonly Pick<Credential, 'provider' | 'data'>[]): readonly Buffer[] {
	return credentials.flatMap(({provider, data}) =>
		[...data]
			.filter(([field]) => isSecretField(provider, field))
			.map(([, secret]) => Buffer.from(secret.reveal().trim()))
			.filter(({length}) => length >= shortest.secret),
	);
}

function* formsOf(secret: string): Generator<Buffer> {
	const bytes = Buffer.from(secret);
	yield bytes;
	for (const text of [secret, ...textsInJson(secret)]) {
		for (const line of text.split(/[\r\n]+/).map(each => Buffer.from(each.trim())))
			if (line.length >= shortest.line) yield line;
	}
	for (const text of jsonForms(secret)) yield Buffer.from(text);
	for (const text of percentForms(bytes)) yield Buffer.from(text);
	for (const text of base64Forms(bytes)) {
		yield Buffer.from(text);
		yield Buffer.from(text.replaceAll('+', '-').replaceAll('/', '_'));
	}
}

/** The texts of several lines in a JSON object, such as the private key of a service account: programs print them. */
function textsInJson(secret: string): readonly string[] {
	if (!secret.startsWith('{')) return [];
	try {
		const values: readonly unknown[] = Object.values(JSON.parse(secret) as object);
		return values.filter(each => typeof each === 'string').filter(each => each.includes('\n'));
	} catch {
		return [];
	}
}

const asUnit = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** What is between the quotes in JSON: as usual, for HTML as in Go, in ASCII as in Python, with `\/` as in PHP. */
function jsonForms(secret: string): readonly string[] {
	const usual = JSON.stringify(secret).slice(1, -1);
	const ascii = usual.replace(/[^ -~]/g, asUnit);
	return [
		usual,
		usual.replace(/[<>&\u2028\u2029]/g, asUnit),
		ascii,
		usual.replaceAll('/', '\\/'),
		ascii.replaceAll('/', '\\/'),
	];
}

/** What the encoders of URLs and forms leave as it is, beside letters and digits. */
const kept = ['-_.~', "-_.~!*'()", '-_.~$&+=:@', "-_.~!*'();/?:@&=+$,#", '-_.*', '-_.~/'] as const;

/** How each byte is written by an encoder that leaves `signs`. */
const percentTable = (signs: string): readonly string[] =>
	Array.from({length: 256}, (_, byte) => {
		const character = String.fromCharCode(byte);
		const isKept = /[A-Za-z0-9]/.test(character) || signs.includes(character);
		return isKept ? character : `%${byte.toString(16).padStart(2, '0')}`;
	});

/** Percent-encoded, with digits of either case, and with `+` for a blank, as in forms. */
function percentForms(bytes: Buffer): readonly string[] {
	return kept.flatMap(signs => {
		const table = percentTable(signs);
		const lower = Array.from(bytes, byte => table[byte]).join('');
		const upper = lower.replace(/%../g, code => code.toUpperCase());
		return [lower, upper, lower.replaceAll('%20', '+'), upper.replaceAll('%20', '+')];
	});
}

/**
 * The secret in base64 behind 0, 1 or 2 other bytes, without the characters that hold bits of what is before or behind
 * it.
 */
function base64Forms(bytes: Buffer): readonly string[] {
	return [0, 1, 2].map(before => {
		const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
		return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
	});
}
