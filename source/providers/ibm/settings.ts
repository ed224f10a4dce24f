/** A setting of `ibm-credentials.env` as one SDK takes it, to the byte. */
export type Setting = {readonly value: string; readonly line: number};

/**
 * A setting as dotenv takes it (dotenv 16.6, lib/main.js, LINE), without the line ends that it allows before one, which
 * take time that is not linear.
 */
const nodeSetting =
	/^[^\S\r\n\u2028\u2029]*(?:export\s+)?([\w.-]+)(?:\s*=\s*?|:\s+?)(\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\r\n]+)?\s*(?:#.*)?$/gm;

const withoutReturns = (text: string): string => text.replace(/\r\n?/g, '\n');

/**
 * What the Node SDK takes, which reads with dotenv: the last setting of each name that is not inside a value. Escapes
 * in double quotes stay as they are written.
 */
export function settingsForNode(text: string): ReadonlyMap<string, Setting> {
	const whole = withoutReturns(text);
	const settings = new Map<string, Setting>();
	let line = 1;
	let from = 0;
	for (const {0: _, 1: name = '', 2: written = '', index} of whole.matchAll(nodeSetting)) {
		line += whole.slice(from, index).split('\n').length - 1;
		from = index;
		const value = written.trim();
		const isQuoted = /^["'`]/.test(value) && value.length > 1 && value.endsWith(value.charAt(0));
		settings.set(name, {value: isQuoted ? value.slice(1, -1) : value, line});
	}
	return settings;
}

/** What the Python SDK takes: the last line with each name (ibm-cloud-sdk-core 3.28, utils.py). It knows no quotes. */
export function settingsForPython(text: string): ReadonlyMap<string, Setting> {
	const lines = withoutReturns(text).split('\n');
	return new Map(
		lines.flatMap((each, index) => {
			const [name = '', ...values] = each.trim().split('=');
			return values.length === 0 ? [] : [[name, {value: values.join('='), line: index + 1}] as const];
		}),
	);
}
