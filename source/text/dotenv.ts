/**
 * `value` as written behind the `=` in a .env file, so that all of these read it back byte for byte: bash, zsh and dash
 * with `.`, Node.js' `parseEnv()`, npm dotenv also with dotenv-expand, python-dotenv and docker compose. Plain, or
 * between single quotes, where a shell runs nothing. Undefined for what one of them takes otherwise:
 *
 * - `'`, which no quoting holds for all, and a carriage return, which Node.js drops;
 * - `$`: dotenv-expand replaces variables also between single quotes (lib/main.js; python-dotenv does so with `${`),
 *   its version 5 drops every `$`, and 1000 runs `$(…)` (CHANGELOG.md);
 * - two backslashes in a row, one of which python-dotenv drops (parser.py), and one at the end, where it and docker
 *   compose (compose-go, dotenv/parser.go) take the quote for escaped;
 * - `encrypted:` at its start, which dotenv-expand 1000 decrypts.
 */
export function quoteDotenv(value: string): string | undefined {
	if (/['\r\0]|\p{Cs}|\$|\\\\|\\$|^encrypted:/iu.test(value)) return undefined;
	return /^[\w./:@%+,-]+$/.test(value) ? value : `'${value}'`;
}

/** What to do with a value that no .env file can carry. */
export const beyondDotenv = '`-o json` carries every value, and `pharmer exec` hands it to a program without a file';
