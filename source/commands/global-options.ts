import type {Environment} from '../domain/environment.js';
import {type Flag, parseDescriptor, parsePath, switchFlag, valueFlag} from './flag.js';
import {type Freshness, freshness} from './sync-flags.js';

/** The options that every command accepts, and those of every command that reads. */
export type GlobalOptions = Freshness & {
	/** `--vault`: the path or the name of the vault; its path once the command runs. */
	readonly vault: string | undefined;
	/** The name of the vault in the list, where it is called by that. */
	readonly vaultName?: string | undefined;
	/** `--passphrase-fd`: the open file descriptor to read the passphrase from. */
	readonly passphraseFd: number | undefined;
	/** `--accept-rollback`: open a vault that is older than the one last seen. */
	readonly acceptRollback: boolean;
	/** False with `--no-agent`. */
	readonly agent: boolean;
	/** False with `--no-color`. */
	readonly color: boolean;
};

const vault = valueFlag(
	'--vault <path>',
	'use the vault of this path or name (or set PHARMER_VAULT)',
	parsePath('--vault'),
);
const passphraseFd = valueFlag(
	'--passphrase-fd <number>',
	'read the passphrase from this open file descriptor',
	parseDescriptor('--passphrase-fd'),
);
const acceptRollback = switchFlag(
	'--accept-rollback',
	'open the vault even if it is older than the one last seen here',
);
const noAgent: Flag<boolean> = {spelling: '--no-agent', help: 'ask for the passphrase (or set PHARMER_AGENT=off)'};
const noColor: Flag<boolean> = {spelling: '--no-color', help: 'write without colour (or set NO_COLOR)'};

/** The flags that every command accepts. */
export const globalFlags: readonly Flag<unknown>[] = [vault, passphraseFd, acceptRollback, noAgent, noColor];

/** Reads their values; `value` looks up a flag. */
export function globalOptions(value: <Value>(flag: Flag<Value>) => Value | undefined): GlobalOptions {
	return {
		vault: value(vault),
		passphraseFd: value(passphraseFd),
		acceptRollback: value(acceptRollback) === true,
		agent: value(noAgent) !== false,
		color: value(noColor) !== false,
		...freshness(value),
	};
}

/** The path of the vault that the flag or PHARMER_VAULT names; undefined for the default one. */
export function namedVault({vault}: Pick<GlobalOptions, 'vault'>, {PHARMER_VAULT}: Environment): string | undefined {
	return vault ?? (PHARMER_VAULT || undefined);
}

/** The words that name a vault on the command lines of others; none for the default one. */
export function vaultWords(
	options: Pick<GlobalOptions, 'vault'>,
	environment: Environment,
	path: string,
): readonly string[] {
	return namedVault(options, environment) === undefined ? [] : ['--vault', path];
}
