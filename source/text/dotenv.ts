/**
 * `value` as written after the `=` in a .env file, so that Node.js reads it back byte for byte (`util.parseEnv()`,
 * src/node_dotenv.cc): text between two equal quotes is literal and may span lines, except for `\n` in double quotes.
 * Single quotes come first, since shells and other readers expand nothing inside them. Undefined when no quoting
 * works: quotes can't be escaped, and carriage returns are dropped.
 */
export function quoteDotenv(value: string): string | undefined {
	if (/^[\w./:@%+,-]+$/.test(value)) return value;
	if (/[\r\0]|\p{Cs}/u.test(value)) return undefined;
	const quote = ["'", '"', '`'].find(each => !value.includes(each) && !(each === '"' && value.includes('\\n')));
	return quote === undefined ? undefined : quote + value + quote;
}
