import type {Command} from 'commander';
import type {Credential, CredentialContent} from '../domain/credential.js';
import {sameContent} from '../domain/credential.js';
import {PharmerError} from '../domain/errors.js';
import {type Name, parseName} from '../domain/name.js';
import type {Secret} from '../domain/secret.js';
import {fieldOf, parseProvider} from '../providers/catalog.js';
import {completeData} from '../providers/data.js';
import type {Provider} from '../providers/provider.js';
import {assertNameFree, getByName, replaceCredential} from '../vault/operations.js';
import type {Vault} from '../vault/vault.js';
import type {Context} from './context.js';
import {
	addSourceOptions,
	type DataSource,
	readEnvironment,
	readFile,
	readSourceOptions,
	takesInput,
} from './data-source.js';
import {editInEditor} from './edit-in-editor.js';
import {assertKeepable} from './findings.js';
import {addGlobalOptions, type GlobalOptions, readGlobalOptions} from './global-options.js';
import {addVerb} from './grammar.js';
import {
	addMetadataOptions,
	changeMetadata,
	isNoChange,
	type MetadataChange,
	readMetadataOptions,
	warnExpired,
} from './metadata-options.js';
import {openScreen} from './open-screen.js';
import {openVault} from './open-vault.js';
import {tell, usage} from './talk.js';

export type EditOptions = GlobalOptions & {
	/** Of the credential to edit. */
	readonly name: string;
	/** From `--name`. */
	readonly newName: Name | undefined;
	readonly editor: boolean;
	readonly source: DataSource | undefined;
	readonly force: boolean;
	readonly metadata: MetadataChange;
};

/** Adds `edit` to the program. `accept` gets what was asked for. */
export function defineEdit(program: Command, accept: (options: EditOptions) => void): void {
	const command = addVerb(program, 'edit', 'change a credential', {
		usage: 'edit credential NAME [flags]',
		description: 'Changes a credential. Without flags it opens the full-screen app on it.',
		examples: [
			['pharmer edit credential aws', 'its fields as inputs'],
			['pharmer edit credential aws --from-env', 'new keys, from the environment'],
			['pharmer edit credential aws --name aws-old --label stage-', 'rename it and remove a label'],
			['pharmer edit credential aws --editor', 'its manifest in $VISUAL or $EDITOR'],
		],
	});
	command
		.argument('<NAME>', 'the credential to change')
		.option('--editor', 'edit it as text in $VISUAL or $EDITOR')
		.option('--name <new>', 'call it something else');
	addSourceOptions(command);
	addMetadataOptions(command, true);
	addGlobalOptions(command).action((name: string) => {
		const {name: newName, editor = false} = command.opts<{name?: string; editor?: true}>();
		const {source, force} = readSourceOptions(command);
		const metadata = readMetadataOptions(command, true);
		if (editor && (newName !== undefined || source !== undefined || !isNoChange(metadata))) {
			throw usage("`--editor` and flags that change something can't be used together");
		}
		if (force && source === undefined && !editor) {
			throw usage('`--force` needs `--from-env`, `--from-file` or `--editor`');
		}
		accept({
			...readGlobalOptions(command),
			name,
			newName: newName === undefined ? undefined : parseName(newName),
			editor,
			source,
			force,
			metadata,
		});
	});
}

async function editOnScreen(options: EditOptions, context: Context): Promise<void> {
	const outcome = await openScreen(
		{kind: 'edit', name: options.name},
		options,
		context,
		'change it with --editor, --from-env, --from-file, --name, --label, --note or --expires',
	);
	if (outcome.kind === 'edited') tell(context, `changed \`${outcome.name}\``);
	if (outcome.kind === 'cancelled') throw new PharmerError('cancelled', 'cancelled: nothing was changed');
}

type NewData = {readonly data: ReadonlyMap<string, Secret>; readonly origins: readonly string[]};

async function newData(
	source: DataSource,
	provider: Provider,
	options: EditOptions,
	context: Context,
): Promise<NewData> {
	if (source.kind === 'environment') {
		const {data, origins} = await readEnvironment(provider, context);
		return {data, origins: origins.map(([field, variable]) => `  ${field} from ${variable}`)};
	}
	const found = await readFile(source, {asked: undefined, guess: provider}, takesInput(options), context);
	if (found.provider.id !== provider.id) {
		throw new PharmerError(
			'invalid',
			`the file holds a \`${found.provider.id}\` credential, and this one is for \`${provider.id}\``,
			'a credential stays with its provider; create another for that one',
		);
	}
	return {data: found.data, origins: []};
}

/**
 * New data in the place of old: secrets as a set, so that no old key goes with a new one, and public optional
 * fields stay.
 */
function withNewData(provider: Provider, old: ReadonlyMap<string, Secret>, data: ReadonlyMap<string, Secret>) {
	const kept = [...old].filter(([key]) => {
		const field = fieldOf(provider, key);
		const signsIn = provider.alternatives?.some(({fields}) => fields.includes(key)) === true;
		return !field.secret && !field.required && !signsIn;
	});
	return completeData(provider, new Map([...kept, ...data]));
}

/** Writes `next` in the place of `before`, unless they are the same, and says what was done. */
async function save(vault: Vault, before: Credential, next: CredentialContent, context: Context): Promise<void> {
	if (sameContent(before, next)) {
		tell(context, `no changes to \`${before.name}\``);
		return;
	}
	await vault.change(content => replaceCredential(content, before, next, context.now()));
	tell(
		context,
		before.name === next.name ? `changed \`${next.name}\`` : `changed \`${before.name}\`, now \`${next.name}\``,
	);
}

async function editByFlags(options: EditOptions, context: Context): Promise<void> {
	const {source} = options;
	const vault = await openVault(options, context, takesInput(options));
	const content = await vault.read();
	const before = getByName(content, options.name);
	const name = options.newName ?? before.name;
	assertNameFree(content, name, before.id);
	const metadata = changeMetadata(before, options.metadata, context.now());
	if (source === undefined) {
		return save(vault, before, {name, provider: before.provider, data: before.data, ...metadata}, context);
	}
	const provider = parseProvider(before.provider);
	const given = await newData(source, provider, options, context);
	const data = withNewData(provider, before.data, given.data);
	assertKeepable(provider, data, options.force, context, before.data);
	await save(vault, before, {name, provider: before.provider, data, ...metadata}, context);
	for (const line of given.origins) tell(context, line);
}

/**
 * Changes a credential: on the screen, in an editor, or by flags in one write. Throws `not-found`, `exists` for a
 * new name that is taken, `conflict` when somebody else changed it meanwhile, `invalid`, and `cancelled`.
 */
export async function runEdit(options: EditOptions, context: Context): Promise<void> {
	if (options.editor) {
		const vault = await openVault(options, context, takesInput(options));
		const content = await vault.read();
		const before = getByName(content, options.name);
		const next = await editInEditor(before, content, options.force, context);
		return save(vault, before, next ?? before, context);
	}
	warnExpired(options.metadata, context);
	const asksNothing = options.newName === undefined && options.source === undefined && isNoChange(options.metadata);
	return asksNothing ? editOnScreen(options, context) : editByFlags(options, context);
}
