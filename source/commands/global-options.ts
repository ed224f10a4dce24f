import {type Command, Option} from 'commander';
import {usage} from './talk.js';

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

/** A file descriptor's number from the flag of that name. Throws `usage`. */
export function parseDescriptor(flag: string): (text: string) => number {
	return text => {
		if (/^\d{1,6}$/.test(text)) return Number(text);
		throw usage(
			`\`${flag}\` takes the number of an open file descriptor, not \`${text}\``,
			`such as ${flag} 3 3< FILE`,
		);
	};
}

/** A path from the flag of that name. Throws `usage` when it is empty. */
export function parsePath(flag: string): (text: string) => string {
	return text => {
		if (text !== '') return text;
		throw usage(`the path of \`${flag}\` is empty`);
	};
}

/** Adds the flags that every command takes. */
export function addGlobalOptions(command: Command): Command {
	const options = [
		new Option('--vault <path>', 'use the vault at this path (or set PHARMER_VAULT)').argParser(parsePath('--vault')),
		new Option('--passphrase-fd <number>', 'read the passphrase from this open file descriptor').argParser(
			parseDescriptor('--passphrase-fd'),
		),
		new Option('--accept-rollback', 'open the vault even if it is older than the one last seen here'),
		new Option('--no-color', 'write without colour (or set NO_COLOR)'),
	];
	for (const option of options) command.addOption(option.helpGroup('Global options:'));
	return command;
}

/** What was given to a command or, before it on the line, to one it belongs to. */
export function readGlobalOptions(command: Command): GlobalOptions {
	const given = (name: string): unknown => {
		for (let each: Command | null = command; each !== null; each = each.parent) {
			if (each.getOptionValueSource(name) === 'cli') return each.getOptionValue(name);
		}
		return undefined;
	};
	return {
		vault: given('vault') as string | undefined,
		passphraseFd: given('passphraseFd') as number | undefined,
		acceptRollback: given('acceptRollback') === true,
		color: given('color') !== false,
	};
}
