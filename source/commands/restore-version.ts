import {broughtBack} from '../credentials/versions.js';
import type {Credential} from '../domain/credential.js';
import {sameContent} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import type {Version} from '../domain/version.js';
import {versionsOf} from '../vault/history/history.js';
import {getByName, replaceCredential} from '../vault/operations.js';
import type {Vault} from '../vault/vault.js';
import type {Context} from './context.js';
import {tell, warn} from './talk.js';

/** Brings a version of a credential back in a single write. Throws `not-found` for an unknown name or version. */
export async function restoreVersion(vault: Vault, name: string, number: number, context: Context): Promise<void> {
	const {before, after, version} = await vault.change(content => {
		const before = getByName(content, name);
		const version = versionWith(number, before, versionsOf(content, before));
		const next = broughtBack(version, before);
		if (sameContent(before, next)) return {content, result: {before, after: before, version}};
		const {content: changed, result} = replaceCredential(content, before, next, context.now(), 'undo');
		return {content: changed, result: {before, after: result, version}};
	});
	if (!version.isExact)
		warn(context, `version ${number} is not exact: a program that keeps no versions has changed \`${name}\` since`);
	if (after === before) return tell(context, `\`${before.name}\` is what it was at version ${number}: nothing to do`);
	tell(
		context,
		`\`${after.name}\` is what it was at version ${number}; what it was until now is version ${before.revision}`,
	);
}

function versionWith(number: number, {name, revision}: Credential, versions: readonly Version[]): Version {
	const version = versions.find(each => each.revision === number);
	if (version !== undefined) return version;
	const numbers = versions.map(each => each.revision);
	const hint =
		numbers.length === 0 ? 'it has no earlier versions' : `it has ${numbers.join(', ')}: \`pharmer history ${name}\``;
	const message =
		number === revision ? `\`${name}\` is at version ${number} now` : `there is no version ${number} of \`${name}\``;
	throw new PharmerError('not-found', message, hint);
}
