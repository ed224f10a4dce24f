import {hasVault} from '../domain/address.js';
import type {ProviderOptions} from './at-provider.js';
import type {Given} from './command.js';
import {type Flag, listFlag, switchFlag, textFlag, valueFlag} from './flag.js';
import {usage} from './talk.js';

const endpointFlag = switchFlag(
	'--endpoint-from-env',
	'ask also at addresses that a variable such as AWS_ENDPOINT_URL, or the credential, names',
);
const offlineFlag = switchFlag('--offline', 'open no connection (or set PHARMER_OFFLINE=1)');
const keyFlag = textFlag('--key <id>', 'the id of its key at the provider, where that does not tell which it is');
const orphanFlag = listFlag(
	'--remove-orphan <id>',
	'delete this key, which nobody has the secret of, without a question',
);

/** The flag for the credential that signs. Its value is a name in the vault of the one that it signs for. */
export function withFlag(help: string): Flag<string> {
	return valueFlag('--with <name>', help, text => {
		if (!hasVault(text)) return text;
		throw usage('`--with` takes a credential of the same vault', 'leave out what follows the `@`');
	});
}

/** The flags of a command that asks a provider about the key of a credential, and makes none. */
export const ownKeyFlags = [keyFlag, endpointFlag, offlineFlag] as const;

/** The flags of a command that makes the first key of something. */
export const issueFlags = [orphanFlag, endpointFlag, offlineFlag] as const;

/** The flags of a command that makes and deletes keys at a provider. */
export const providerFlags = [keyFlag, orphanFlag, endpointFlag, offlineFlag] as const;

export function readProviderFlags(given: Given): ProviderOptions {
	return {
		...given.globals,
		endpointFromEnv: given.has(endpointFlag),
		offline: given.has(offlineFlag),
		key: given.value(keyFlag),
		orphans: given.value(orphanFlag) ?? [],
	};
}
