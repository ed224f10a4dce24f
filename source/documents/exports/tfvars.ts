import type {Credential} from '../../domain/credential.js';
import {fieldsInClear, notCarried} from '../../domain/fields-in-clear.js';

/**
 * A Terraform variable file with one variable, `credentials`: a map of credentials by name, each a map of its fields.
 * Credential names can't be variables themselves, since they may contain dots or start with a digit. Throws `invalid`
 * for a value that Terraform would change: it composes accents with their letters (zclconf/go-cty, cty.StringVal).
 */
export function exportTfvars(credentials: readonly Credential[]): string {
	const maps = credentials.map(credential => {
		const lines = fieldsInClear(credential).map(([key, value]) => {
			if (value.normalize('NFC') !== value) throw notCarried(credential.name, key, 'Terraform');
			return `    ${quoteHcl(key)} = ${quoteHcl(value)}\n`;
		});
		return `  # ${credential.provider}\n  ${quoteHcl(credential.name)} = {\n${lines.join('')}  }\n`;
	});
	return [
		'# variable "credentials" {\n#   type      = map(map(string))\n#   sensitive = true\n# }\n',
		`credentials = {\n${maps.join('')}}\n`,
	].join('\n');
}

const escapes: Readonly<Record<string, string>> = {'\n': '\\n', '\r': '\\r', '\t': '\\t', '"': '\\"', '\\': '\\\\'};

/** A text as a quoted template without interpolation (HCL native syntax specification, template expressions). */
function quoteHcl(text: string): string {
	const escaped = text.replace(/[$%](?=\{)|["\\]|[\p{C}\p{Zl}\p{Zp}]/gu, character => {
		if (character === '$' || character === '%') return character + character;
		const code = (character.codePointAt(0) ?? 0).toString(16);
		return escapes[character] ?? (code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`);
	});
	return `"${escaped}"`;
}
