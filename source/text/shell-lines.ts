/** A line that sets a variable in a shell of its own kind. `value` is undefined when only that shell can tell it. */
export type ShellLine = {readonly name: string; readonly value: string | undefined; readonly shell: string};

const powershell = /^\s*(?:\$env:([A-Za-z_]\w*)|\$\{env:([A-Za-z_]\w*)\})\s*=(.*)$/is;
const cmdQuoted = /^\s*@?set\s+"([A-Za-z_]\w*)=(.*)"\s*$/is;
const cmd = /^\s*@?set\s+([A-Za-z_]\w*)=(.*)$/is;
const fish = /^\s*set\s+((?:-[\w-]+\s+)*)([A-Za-z_]\w*)\s(.*)$/s;

/**
 * Reads `$env:NAME = '…'` of PowerShell, `set NAME=…` of cmd and `set -gx NAME '…'` of fish, one variable a line.
 * Undefined for any other line. Nothing is expanded.
 */
export function readShellLine(line: string): ShellLine | undefined {
	const [, plainName, bracedName, expression = ''] = powershell.exec(line) ?? [];
	const name = plainName ?? bracedName;
	if (name !== undefined) return {name, value: powershellValue(expression), shell: 'PowerShell'};
	const [, inQuotes, text = ''] = cmdQuoted.exec(line) ?? [];
	if (inQuotes !== undefined) return {name: inQuotes, value: /["%!]/.test(text) ? undefined : text, shell: 'cmd'};
	const [, bare, rest = ''] = cmd.exec(line) ?? [];
	// cmd keeps white space at the end; whether it is meant is not to be seen.
	if (bare !== undefined) return {name: bare, value: /["%!^&|<>]|\s$/.test(rest) ? undefined : rest, shell: 'cmd'};
	const [, flags = '', variable, words = ''] = fish.exec(line) ?? [];
	if (variable === undefined || /(?:^|\s)(?:-\w*[eqSn]|--(?:erase|query|show|names)\b)/.test(flags)) return undefined;
	return {name: variable, value: fishValue(words), shell: 'fish'};
}

/**
 * Strings and `[char]` codes joined by `+` (about_Quoting_Rules: a doubled quote stands for one, also where it is a
 * typographic one). A `$` or a backtick between double quotes makes it unclear.
 */
function powershellValue(expression: string): string | undefined {
	const term =
		/\s*(?:['\u2018-\u201b]((?:[^'\u2018-\u201b]|['\u2018-\u201b]{2})*)['\u2018-\u201b]|["\u201c-\u201e]((?:[^"\u201c-\u201e$`]|["\u201c-\u201e]{2})*)["\u201c-\u201e]|\[char\](0x[\da-f]{1,4}|\d{1,5}))\s*(\+|(?:;\s*)?(?:#.*)?$)/isy;
	let value = '';
	for (let at = 0; ; ) {
		term.lastIndex = at;
		const [whole, single, double, code, next] = term.exec(expression) ?? [];
		if (whole === undefined) return undefined;
		value +=
			code !== undefined
				? String.fromCharCode(Number(code))
				: (single?.replace(/['\u2018-\u201b](['\u2018-\u201b])/g, '$1') ??
					double?.replace(/["\u201c-\u201e](["\u201c-\u201e])/g, '$1') ??
					'');
		if (next !== '+') return value;
		at = term.lastIndex;
	}
}

/** The only word of a line of fish (documentation, "Quotes" and "Escaping Characters"); several are a list. */
function fishValue(words: string): string | undefined {
	const part = /'((?:[^'\\]|\\.)*)'|"([^"\\$]*)"|\\([nrt])|([\w./:@%+,=-]+)/sy;
	const text = words.trimStart();
	let value = '';
	let at = 0;
	while (at < text.length) {
		part.lastIndex = at;
		const [whole, single, double, code, plain] = part.exec(text) ?? [];
		if (whole === undefined) return /^(?:\s+#|\s*$)/.test(text.slice(at)) ? value : undefined;
		value += single?.replace(/\\([\\'])/g, '$1') ?? double ?? plain ?? {n: '\n', r: '\r', t: '\t'}[code ?? ''] ?? '';
		at = part.lastIndex;
	}
	return value;
}
