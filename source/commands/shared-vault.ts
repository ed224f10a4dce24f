import {isMemberKeyGiven} from '../domain/member-key-given.js';
import {journalSection} from '../vault/journal-section.js';
import {teamSection} from '../vault/team-section.js';
import type {Changed, Content, Vault} from '../vault/vault.js';
import type {Context} from './context.js';
import type {GlobalOptions} from './global-options.js';

/** Whether a vault is shared, as far as its content says. What a newer program shares is not looked at here. */
const isShared = (content: Content): boolean => Boolean(teamSection.textIn(content));

/** Whether another content has more or less to share: other credentials, or other work that is under way. */
const sharesOther = (before: Content, after: Content): boolean =>
	after.credentials !== before.credentials || journalSection.textIn(after) !== journalSection.textIn(before);

/**
 * The vault, which has its changes shared: by the agent, or else it says at the end of the command what is not shared
 * yet. A vault that is not shared stays as it is.
 */
export function sharing(vault: Vault, options: GlobalOptions, context: Context): Vault {
	let state: 'same' | 'changed' | 'told' = 'same';
	const tellOnce = async (): Promise<void> => {
		if (state !== 'changed') return;
		state = 'told';
		await (await import('./team/not-shared-yet.js')).tellNotShared(vault, options, context);
	};
	const [change, close] = [vault.change.bind(vault), vault.close.bind(vault)];
	// It is nobody else's, and a class: a copy of it would have no methods.
	return Object.assign(vault, {
		change<Result>(operation: (content: Content) => Changed<Result>) {
			return change(content => {
				const changed = operation(content);
				if (state === 'same' && sharesOther(content, changed.content) && isShared(content)) {
					state = 'changed';
					context.atEnd(tellOnce);
				}
				return changed;
			});
		},
		async close() {
			await tellOnce();
			await close();
		},
	});
}

/**
 * What a vault holds, for a command that reads it: as fresh as that asks for. Throws `usage` and `rolled-back` for
 * `--at-least`, and what `Vault.read()` throws.
 */
export async function freshContent(vault: Vault, options: GlobalOptions, context: Context): Promise<Content> {
	const content = await vault.read();
	// A job reads the newest that there is.
	if ((!isShared(content) && options.atLeast === undefined) || isMemberKeyGiven(context.environment)) return content;
	return (await import('./team/fresh-copy.js')).freshCopy(vault, content, options, context);
}
