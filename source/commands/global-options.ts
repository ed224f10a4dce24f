import {type Flag, parseDescriptor, parsePath, switchFlag, valueFlag} from './flag.js';

/** What every command can be told. */
export type GlobalOptions = {
	/** `--vault`: where the vault is. */
	readonly vault: string | undefined;
	/** `--passphrase-fd`: the open file descriptor that gives the passphrase. */
	readonly passphraseFd: number | undefined;
	/** `--accept-rollback`: open a vault that is older than the one last seen. */
	readonly acceptRollback: boolean;
	/** False with `--no-color`. */
	readonly color: boolean;
};

const vault = valueFlag('--vault <path>', 'use the vault at this path (or set PHARMER_VAULT)', parsePath('--vault'));
const passphraseFd = valueFlag(
	'--passphrase-fd <number>',
	'read the passphrase from this open file descriptor',
	parseDescriptor('--passphrase-fd'),
);
const acceptRollback = switchFlag(
	'--accept-rollback',
	'open the vault even if it is older than the one last seen here',
);
const noColor: Flag<boolean> = {spelling: '--no-color', help: 'write without colour (or set NO_COLOR)'};

/** The flags that every command takes. */
export const globalFlags: readonly Flag<unknown>[] = [vault, passphraseFd, acceptRollback, noColor];

/** What they say; `value` gives what was given for a flag. */
export function globalOptions(value: <Value>(flag: Flag<Value>) => Value | undefined): GlobalOptions {
	return {
		vault: value(vault),
		passphraseFd: value(passphraseFd),
		acceptRollback: value(acceptRollback) === true,
		color: value(noColor) !== false,
	};
}
