import {withOwnExpiry} from '../credentials/expiry.js';
import {sameContent} from '../domain/credential.js';
import {listed} from '../domain/words.js';
import {replaceCredentials} from '../vault/operations.js';
import type {Context} from './context.js';
import {takesInput} from './data-source.js';
import type {GlobalOptions} from './global-options.js';
import {changeMetadata, type MetadataChange} from './metadata-options.js';
import {openVault} from './open-vault.js';
import {selectCredentials} from './selection.js';
import {tell} from './talk.js';

/**
 * Changes labels, note and expiry of every named credential in a single write: all or none. Throws `not-found`, naming
 * every missing one, and `conflict`.
 */
export async function editMetadata(
	names: readonly string[],
	change: MetadataChange,
	options: GlobalOptions,
	context: Context,
): Promise<void> {
	const vault = await openVault(options, context, takesInput(options));
	const credentials = selectCredentials(await vault.read(), {names, provider: undefined});
	const nexts = credentials.map(basis => {
		const {name, provider, data} = basis;
		const next = withOwnExpiry({name, provider, data, ...changeMetadata(basis, change, context.now())}, basis);
		return {basis, next, isSame: sameContent(basis, next)};
	});
	const changed = nexts.filter(({isSame}) => !isSame);
	if (changed.length > 0) await vault.change(content => replaceCredentials(content, changed, context.now()));
	const namesOf = (of: typeof nexts): string => listed(of.map(({basis}) => basis.name));
	if (changed.length > 0) tell(context, `changed ${namesOf(changed)}`);
	const same = nexts.filter(({isSame}) => isSame);
	if (same.length > 0) tell(context, `no changes to ${namesOf(same)}`);
}
