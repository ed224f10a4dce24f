import {checkData} from '../credentials/check.js';
import {filesInEnvironment, findInEnvironment} from '../credentials/environment.js';
import type {FoundCredential, Look, Refusal} from '../credentials/found.js';
import {providers} from '../providers/catalog.js';
import {completeData} from '../providers/data.js';
import {deadSince} from '../providers/expiration.js';
import type {Provider} from '../providers/provider.js';
import {forOneLook, readNamedFile} from './named-file.js';
import {expiredReason, unreadText} from './tool-files.js';
import type {World} from './world.js';

/** The name that `--from` takes for the environment. */
export const environmentKind = 'environment';

/**
 * Looks in the environment for every provider. Complete credentials are found; those that have a secret but lack
 * something else are refused.
 */
export async function lookInEnvironment(machine: World): Promise<Look> {
	const world = forOneLook(machine);
	const looks = await Promise.all(providers.map(provider => lookFor(provider, world)));
	const found = looks.flatMap(look => look.found);
	return {
		// Two providers may share variables: the one that uses more of them is chosen.
		found: found.filter(each => !found.some(other => other !== each && covers(other, each))),
		refused: looks.flatMap(look => look.refused),
		damaged: [],
	};
}

type FromVariables = Pick<FoundCredential, 'variables'>;

/** Whether the first uses all the variables of the second, and more. */
export function covers({variables: more = []}: FromVariables, {variables: fewer = []}: FromVariables): boolean {
	return more.length > fewer.length && fewer.every(name => more.includes(name));
}

async function lookFor(provider: Provider, world: World): Promise<Look> {
	const {environment, home} = world.places;
	const direct = findInEnvironment(provider, environment);
	const files = filesInEnvironment(provider, environment);
	const refused: Refusal[] = [];
	const read = await Promise.all(
		files.map(async ({field, variable, path}) => {
			const named = await readNamedFile(world, path, home);
			if (!('unread' in named)) return [{field, variable, ...named}];
			refused.push({where: 'the environment', label: variable, reason: unreadText(path, named)});
			return [];
		}),
	);
	const alsoIn = read.flat().map(({file}) => file);
	const all = [...direct, ...read.flat()];
	if (!all.some(({field}) => field.secret)) return {found: [], refused, damaged: []};
	const data = completeData(provider, new Map(all.map(({field, value}) => [field.key, value])));
	const wrong = checkData(provider, data).find(({severity}) => severity === 'wrong');
	const variables = all.map(({variable}) => variable);
	if (wrong !== undefined) {
		const reason = `${data.has(wrong.field) ? "can't be kept" : 'is not enough'}: ${wrong.message}`;
		refused.push({where: 'the environment', label: variables.join(', '), reason});
		return {found: [], refused, damaged: []};
	}
	const dead = deadSince(provider, data, world.now());
	if (dead !== undefined) {
		refused.push({where: 'the environment', label: variables.join(', '), reason: expiredReason(dead)});
		return {found: [], refused, damaged: []};
	}
	const found = {provider, data, label: '', kind: environmentKind, variables};
	return {found: [alsoIn.length === 0 ? found : {...found, alsoIn}], refused, damaged: []};
}
