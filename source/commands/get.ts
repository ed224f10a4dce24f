import type {Command} from 'commander';
import type {Credential} from '../domain/credential.js';
import {nameKey} from '../domain/name.js';
import {usesColor} from '../platform/terminal.js';
import {findProvider, parseProvider} from '../providers/catalog.js';
import {findByName} from '../vault/operations.js';
import type {Content} from '../vault/vault.js';
import type {Context} from './context.js';
import {credentialTable} from './credential-table.js';
import {addGlobalOptions, type GlobalOptions, readGlobalOptions} from './global-options.js';
import {addVerb} from './grammar.js';
import {findAll} from './named.js';
import {openVault} from './open-vault.js';
import {tell, usage} from './talk.js';

const formats = ['table', 'wide', 'json', 'yaml', 'name'] as const;
type Format = (typeof formats)[number];

export type GetOptions = GlobalOptions & {
	readonly names: readonly string[];
	readonly output: Format;
	/** From `--provider`, as it was written. */
	readonly provider: string | undefined;
	readonly redact: boolean;
};

function parseFormat(text: string): Format {
	const format = formats.find(each => each === text);
	if (format === undefined) throw usage(`\`${text}\` is not an output format`, `it is one of ${formats.join(', ')}`);
	return format;
}

/** Adds `get` to the program. `accept` gets what was asked for. */
export function defineGet(program: Command, accept: (options: GetOptions) => void): void {
	const command = addVerb(program, 'get', 'list credentials, or show them', {
		usage: 'get credentials [NAME...] [flags]',
		description: 'Lists all credentials, or shows those that are named. table and wide never show a secret.',
		examples: [
			['pharmer get credentials', 'what there is'],
			['pharmer get credential aws -o yaml', 'one in full, its secrets in clear'],
			['pharmer get credentials -p aws -o json --redact', 'all for AWS as one JSON document, without secrets'],
		],
	});
	command
		.argument('[NAME...]', 'the credentials to show; all when left out')
		.option('-o, --output <format>', `${formats.slice(0, -1).join(', ')} or ${formats.at(-1)}`, parseFormat)
		.option('-p, --provider <id>', 'only those for this provider')
		.option('--redact', 'mask the secrets in json and yaml');
	addGlobalOptions(command).action((names: readonly string[]) => {
		const {
			output = 'table',
			provider,
			redact = false,
		} = command.opts<{
			output?: Format;
			provider?: string;
			redact?: true;
		}>();
		accept({...readGlobalOptions(command), names, output, provider, redact});
	});
}

/** Whether a credential is for that provider; without one, every credential is. Throws `invalid` for a provider that nobody knows. */
function providerFilter(provider: string | undefined, content: Content): (credential: Credential) => boolean {
	if (provider === undefined) return () => true;
	const id = findProvider(provider)?.id ?? provider;
	const matches = (credential: Credential): boolean => credential.provider === id;
	// A provider that only the vault knows is one, too.
	if (!content.credentials.some(matches)) parseProvider(provider);
	return matches;
}

function byName(one: Credential, other: Credential): number {
	const [first, second] = [nameKey(one.name), nameKey(other.name)];
	return first < second ? -1 : first > second ? 1 : 0;
}

async function render(credentials: readonly Credential[], options: GetOptions, context: Context): Promise<string> {
	const {output, redact} = options;
	if (output === 'name') return credentials.map(credential => `${credential.name}\n`).join('');
	if (output === 'json' || output === 'yaml') {
		const [only] = credentials;
		const shown = options.names.length === 1 && only !== undefined ? only : credentials;
		if (output === 'json') return (await import('../formats/manifest-json.js')).renderJson(shown, {redact});
		return (await import('../formats/manifest.js')).renderYaml(shown, {redact});
	}
	const color = usesColor(context.environment, context.stdout.isTTY === true, options.color);
	const table = credentialTable(credentials, {wide: output === 'wide', color, now: context.now()});
	return context.unicode ? table : table.replaceAll('…', '~');
}

/** Writes the credentials asked for to standard output. Throws `not-found` that names every one that is missing. */
export async function runGet(options: GetOptions, context: Context): Promise<void> {
	const content = (await openVault(options, context)).read();
	const wanted = providerFilter(options.provider, content);
	const find = (name: string): Credential | undefined => {
		const credential = findByName(content, name);
		return credential !== undefined && wanted(credential) ? credential : undefined;
	};
	const credentials =
		options.names.length > 0
			? findAll(options.names, find, {
					what:
						options.provider === undefined
							? 'there is no credential'
							: `for ${options.provider} there is no credential`,
					hint: '`pharmer get credentials` lists what there is',
				})
			: content.credentials.filter(wanted).toSorted(byName);
	const text = await render(credentials, options, context);
	if (text !== '') context.stdout.write(text);
	if (credentials.length > 0) return;
	tell(
		context,
		options.provider === undefined
			? 'no credentials yet: `pharmer create credential NAME` adds one'
			: `no credentials for \`${options.provider}\``,
	);
}
