import {assertAlive, withOwnExpiry} from '../credentials/expiry.js';
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
import {command} from './command.js';
import type {Context} from './context.js';
import {type DataSource, readEnvironment, readFile, readSource, sourceFlags, takesInput} from './data-source.js';
import {editMetadata} from './edit-metadata.js';
import {assertKeepable} from './findings.js';
import {switchFlag, textFlag} from './flag.js';
import type {GlobalOptions} from './global-options.js';
import {
	changeMetadata,
	isNoChange,
	type MetadataChange,
	metadataChangeFlags,
	readMetadata,
	warnExpired,
} from './metadata-options.js';
import {openScreen} from './open-screen.js';
import {openVault} from './open-vault.js';
import {tell, usage} from './talk.js';

type EditOptions = GlobalOptions & {
	/** The credential to edit; several for a change of nothing but labels, note and expiry. */
	readonly names: readonly [string, ...string[]];
	/** From `--name`. */
	readonly newName: Name | undefined;
	readonly editor: boolean;
	readonly source: DataSource | undefined;
	readonly force: boolean;
	readonly metadata: MetadataChange;
};

const editorFlag = switchFlag('--editor', 'edit it as text in $VISUAL or $EDITOR');
const nameFlag = textFlag('--name <new>', 'call it something else');

export const edit = command<EditOptions>({
	verb: 'edit',
	summary: 'change a credential',
	usage: 'edit credential NAME... [flags]',
	description:
		'Changes a credential. Without flags it opens the full-screen app on it. --label, --note and --expires take several credentials, and change all of them or none.',
	examples: [
		['pharmer edit credential aws', 'its fields as inputs'],
		['pharmer edit credential aws --from-env', 'new keys, from the environment'],
		['pharmer edit credential aws --name aws-old --label stage-', 'rename it and remove a label'],
		['pharmer edit credential aws gcp dns --label team=infra', 'label several at once'],
		['pharmer edit credential aws --editor', 'its manifest in $VISUAL or $EDITOR'],
	],
	more: ['What it was before stays as a version: `pharmer history NAME`.'],
	hasNoun: true,
	operand: {name: 'NAME', least: 1, most: Number.POSITIVE_INFINITY, help: 'the credentials to change'},
	flags: [editorFlag, nameFlag, ...sourceFlags, ...metadataChangeFlags],
	otherWords: ['update', 'change', 'modify', 'rename', 'rotate'],
	read(given) {
		const [newName, editor] = [given.value(nameFlag), given.has(editorFlag)];
		const {source, force} = readSource(given);
		const metadata = readMetadata(given, metadataChangeFlags);
		if (editor && (newName !== undefined || source !== undefined || !isNoChange(metadata))) {
			throw usage("`--editor` and flags that change something can't be used together");
		}
		if (force && source === undefined && !editor) {
			throw usage('`--force` needs `--from-env`, `--from-file` or `--editor`');
		}
		const [name = '', ...others] = given.operands;
		if (others.length > 0 && (editor || newName !== undefined || source !== undefined || isNoChange(metadata))) {
			throw usage(
				'several credentials can only be given labels, a note or an expiry at once',
				'give --label, --note or --expires, or name one credential',
			);
		}
		return {
			...given.globals,
			names: [name, ...others],
			newName: newName === undefined ? undefined : parseName(newName),
			editor,
			source,
			force,
			metadata,
		};
	},
	run: runEdit,
});

export const mv = command<EditOptions>({
	verb: 'mv',
	isHidden: true,
	summary: 'rename a credential',
	usage: 'mv NAME NEW [flags]',
	description: 'Gives a credential another name, as `pharmer edit credential NAME --name NEW` does.',
	examples: [['pharmer mv aws aws-old', 'aws is aws-old now']],
	hasNoun: true,
	operand: {name: 'NAME', least: 2, most: 2, help: 'the credential, and its new name', offers: ['names', 'nothing']},
	flags: [],
	read({globals, operands: [name = '', newName = '']}) {
		const metadata = {labels: new Map(), note: undefined, expires: undefined};
		return {
			...globals,
			names: [name],
			newName: parseName(newName),
			editor: false,
			source: undefined,
			force: false,
			metadata,
		};
	},
	run: runEdit,
});

async function editOnScreen(options: EditOptions, context: Context): Promise<void> {
	const outcome = await openScreen(
		{kind: 'edit', name: options.names[0]},
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
 * Replaces old data with new: secrets as a set, so that no old key is combined with a new one. Public optional fields
 * are kept.
 */
function withNewData(provider: Provider, old: ReadonlyMap<string, Secret>, data: ReadonlyMap<string, Secret>) {
	const kept = [...old].filter(([key]) => {
		const field = fieldOf(provider, key);
		const signsIn = provider.alternatives?.some(({fields}) => fields.includes(key)) === true;
		return !field.secret && !field.required && !signsIn && field.endOf === undefined;
	});
	return completeData(provider, new Map([...kept, ...data]));
}

/** Replaces `before` with `next` unless they are the same, and says what was done. */
async function save(vault: Vault, before: Credential, given: CredentialContent, context: Context): Promise<void> {
	const next = withOwnExpiry(given, before);
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
	const before = getByName(content, options.names[0]);
	const name = options.newName ?? before.name;
	assertNameFree(content, name, before.id);
	const metadata = changeMetadata(before, options.metadata, context.now());
	if (source === undefined) {
		return save(vault, before, {name, provider: before.provider, data: before.data, ...metadata}, context);
	}
	const provider = parseProvider(before.provider);
	const given = await newData(source, provider, options, context);
	const data = withNewData(provider, before.data, given.data);
	assertAlive({provider: provider.id, data}, context.now());
	assertKeepable(provider, data, options.force, context, before.data);
	await save(vault, before, {name, provider: before.provider, data, ...metadata}, context);
	for (const line of given.origins) tell(context, line);
}

/**
 * Changes a credential: on the screen, in an editor, or by flags in a single write. Throws `not-found`, `exists` when
 * the new name is taken, `conflict` when somebody else changed it meanwhile, `invalid`, and `cancelled`.
 */
async function runEdit(options: EditOptions, context: Context): Promise<void> {
	if (options.editor) {
		const vault = await openVault(options, context, takesInput(options));
		const content = await vault.read();
		const before = getByName(content, options.names[0]);
		const {editInEditor} = await import('./edit-in-editor.js');
		const next = await editInEditor(before, content, options.force, context);
		return save(vault, before, next ?? before, context);
	}
	warnExpired(options.metadata, context);
	if (options.newName !== undefined || options.source !== undefined) return editByFlags(options, context);
	return isNoChange(options.metadata)
		? editOnScreen(options, context)
		: editMetadata(options.names, options.metadata, options, context);
}
