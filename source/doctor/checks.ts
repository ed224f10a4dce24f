import {PharmerError} from '../domain/errors.js';
import {reason, systemCode} from '../files/errors.js';
import {access} from './access.js';
import {agent} from './agent.js';
import {awsProfiles} from './aws-profiles.js';
import type {Check, Finding} from './check.js';
import {unknown} from './check.js';
import {copies} from './copies.js';
import {credentialFiles} from './credential-files.js';
import {history} from './history.js';
import type {Machine} from './machine.js';
import {namedVaults} from './named-vaults.js';
import {settings} from './settings.js';
import {surroundings} from './surroundings.js';
import {vaultFileChecks} from './vault-file.js';
import {waysIn} from './ways-in.js';

/** Everything that is looked at, in the order in which it is shown. */
export const checks: readonly Check[] = [
	...vaultFileChecks,
	...access,
	...waysIn,
	history,
	copies,
	...settings,
	namedVaults,
	...agent,
	...surroundings,
	...credentialFiles,
	...awsProfiles,
];

/** A finding with the check that made it. */
export type Examined = Finding & Pick<Check, 'id' | 'title'>;

/** Looks at everything, one after the other. A check that fails costs its own finding only. Never throws. */
export async function examine(machine: Machine, all: readonly Check[] = checks): Promise<readonly Examined[]> {
	const found: Examined[] = [];
	for (const check of all) {
		const {id, title} = check;
		for (const finding of await findingsOf(check, machine)) found.push({id, title, ...finding});
	}
	return found;
}

async function findingsOf(check: Check, machine: Machine): Promise<readonly Finding[]> {
	try {
		return await check.look(machine);
	} catch (error) {
		return [unknown(whyNot(error))];
	}
}

/** Why something could not be looked at. The message of an error that is not of this program may hold anything. */
function whyNot(error: unknown): string {
	if (error instanceof PharmerError) return error.message;
	const code = systemCode(error);
	if (code === undefined) return `it can't be looked at: ${error instanceof Error ? error.name : 'an unknown error'}`;
	const {path} = error as NodeJS.ErrnoException;
	return `${path === undefined ? 'it' : `\`${path}\``} can't be looked at: ${reason(code)}`;
}
