import type {Request} from '../../source/domain/exchange.js';
import type {Issue} from '../../source/domain/journal.js';
import {issueNamed} from '../../source/vault/issue-changes.js';
import {memoryVaultPlace} from '../../source/vault/memory-vault.js';
import type {VaultPlace} from '../../source/vault/vault.js';
import {fields, now, runCommandLine, usualPassphrase, type World} from './command-line.js';
import {storedCredential} from './credentials.js';
import {directNetwork, type Fate} from './direct-network.js';
import type {Handler} from './fake-cloud.js';

type Fields = Readonly<Record<string, string>>;

/** The provider at which `admin` of a vault makes identities. */
export type IssuingPlace = {
	readonly provider: string;
	readonly handlers: Readonly<Record<string, Handler>>;
	readonly place: VaultPlace;
};

/** A vault with a credential `admin` that has these fields. */
export function issuingPlace(
	provider: string,
	{handlers, admin}: {readonly handlers: IssuingPlace['handlers']; readonly admin: Fields},
): IssuingPlace {
	const credentials = [storedCredential('admin', {provider, data: fields({...admin})})];
	return {provider, handlers, place: memoryVaultPlace({credentials, trash: []}, usualPassphrase)};
}

/** Types a line at it, in which `~` is a space inside an argument, and looks at what was made. */
export async function runIssue(
	line: string,
	{handlers, place}: IssuingPlace,
	world: World = {},
	fateOf?: (request: Request) => Fate,
) {
	const network = directNetwork(handlers, () => now.getTime(), fateOf);
	const outcome = await runCommandLine(
		line.split(' ').map(word => word.replaceAll('~', ' ')),
		{place, network: {network, wait: async () => {}}, ...world},
	);
	const content = await outcome.content();
	const made = content?.credentials.find(({name}) => name !== 'admin');
	const data: Fields = Object.fromEntries([...(made?.data ?? [])].map(([key, value]) => [key, value.reveal()]));
	const underWay: Issue | undefined = content && issueNamed(content, 'work');
	return {...outcome, made, data, underWay};
}
