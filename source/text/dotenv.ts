/**
 * `value` as it stands after the `=` in a .env file, so that Node.js reads it back to the byte (`util.parseEnv()`, src/node_dotenv.cc):
 * what is between two of the same quotes is taken as it is, over several lines, but for `\n` in double quotes. Single quotes come
 * first: shells and other readers take nothing in them for a variable. Undefined when no quoting carries it: there are no escapes
 * for the quotes themselves, and carriage returns are dropped.
 */
export function quoteDotenv(value: string): string | undefined {
	if (/^[\w./:@%+,-]+$/.test(value)) return value;
	if (/[\r\0]|\p{Cs}/u.test(value)) return undefined;
	const quote = ["'", '"', '`'].find(each => !value.includes(each) && !(each === '"' && value.includes('\\n')));
	return quote === undefined ? undefined : quote + value + quote;
}
