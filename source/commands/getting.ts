import {type LastUses, lastUses, noLastUses} from '../credentials/last-use.js';
import {noVerdicts, type Verdicts} from '../credentials/standing.js';
import {addressOf, hasVault} from '../domain/address.js';
import type {Credential} from '../domain/credential.js';
import type {Name} from '../domain/name.js';
import {nobodyRemoved} from '../domain/team.js';
import {noWorks} from '../domain/under-way-work.js';
import type {UseKind} from '../domain/use.js';
import {grouped} from '../domain/words.js';
import type {Content} from '../vault/vault.js';
import type {Context} from './context.js';
import {farColumns} from './credential-columns.js';
import type {Among} from './detail.js';
import type {GetOptions} from './get.js';
import {credentialsNamed} from './named-credentials.js';
import {fieldNamed} from './named-field.js';
import {pageOf} from './page.js';
import {tell, usage, warn} from './talk.js';

/** What is noted in the use log: something where secrets are written as they are. */
function kindOfUse({output, redact, reveal}: GetOptions): UseKind | undefined {
	if (reveal) return 'reveal';
	return (output === 'json' || output === 'yaml') && !redact ? 'get' : undefined;
}

const withOwnName = (credential: Credential): Credential => ({
	...credential,
	name: addressOf(credential.name).name as Name,
});

async function render(
	credentials: readonly Credential[],
	among: Among,
	options: GetOptions,
	context: Context,
): Promise<string> {
	const {output, redact, reveal, columns} = options;
	if (output === 'name') return credentials.map(credential => `${credential.name}\n`).join('');
	if (output === 'json' || output === 'yaml') {
		// A manifest has the name in its vault.
		const plain = credentials.map(each => (hasVault(each.name) ? withOwnName(each) : each));
		const [only] = plain;
		const shown = options.names.length === 1 && only !== undefined ? only : plain;
		const isHidden = redact ? (await import('../providers/catalog.js')).isSecretField : undefined;
		if (output === 'json') return (await import('../documents/manifest-json.js')).renderJson(shown, isHidden);
		return (await import('../documents/manifest.js')).renderYaml(shown, isHidden);
	}
	const page = pageOf(options, context);
	if (output === 'detail') {
		const {detailText} = await import('./detail.js');
		return detailText(credentials, among, {reveal, page});
	}
	const {credentialTable} = await import('./credential-table.js');
	return credentialTable(credentials, {wide: output === 'wide', ...among}, columns, page);
}

/** Prints one value. On a terminal it has a line of its own, and nothing in it is obeyed. */
async function printField(key: string, options: GetOptions, context: Context): Promise<void> {
	const [{credentials, note}, {isSecretField}, {fieldText}] = await Promise.all([
		credentialsNamed(options.names, options, context),
		import('../providers/catalog.js'),
		import('./detail.js'),
	]);
	const [credential] = credentials;
	if (credential === undefined) return;
	const value = await fieldNamed(credential, key);
	const {isTTY = false} = context.stdout;
	context.stdout.write(fieldText(value, isTTY));
	if (isTTY && fieldText(value, true) !== `${fieldText(value, false)}\n`)
		warn(context, 'what a terminal would obey is spelled out: redirect it to get the value as it is');
	await note(isSecretField(credential.provider, key) ? 'get' : undefined);
}

/**
 * Writes the credentials asked for to standard output. Throws `not-found`, naming every missing one, and `invalid` for
 * a field that a credential does not have. `suffix` is what a detail says behind a name: `@VAULT` beside other vaults.
 */
export async function runGet(options: GetOptions, context: Context, suffix = ''): Promise<void> {
	const {names, provider, output, field, sort, columns = [], filter = ''} = options;
	if (field !== undefined) return printField(field, options, context);
	// The detail says what a credential has in common with others.
	const isDetail = output === 'detail';
	const needsUses = isDetail || sort === 'used' || columns.some(each => farColumns.includes(each));
	const order = sort && (await import('../credentials/order.js')).inOrder;
	const sorted = (all: readonly Credential[], uses: LastUses): readonly Credential[] =>
		sort === undefined || order === undefined ? all : order(all, sort, uses);
	if (names.length > 0 && provider === undefined && !needsUses) {
		const {credentials, note} = await credentialsNamed(names, options, context);
		const shown = sorted(credentials, noLastUses);
		const among = {all: credentials, uses: noLastUses, verdicts: noVerdicts, works: noWorks, exposed: nobodyRemoved};
		context.stdout.write(await render(shown, among, options, context));
		await note(kindOfUse(options));
		return;
	}
	if (names.some(hasVault)) return getInVaults(options, context);
	const [{readWithLog, noteUse}, {selectCredentials}, {asksStanding, assertQuery, findCredentials}] = await Promise.all(
		[import('./read-vault.js'), import('./selection.js'), import('../credentials/query.js')],
	);
	if (filter !== '') assertQuery(filter);
	const {content, log} = await readWithLog(options, context);
	const selected = selectCredentials(content, options);
	const uses = needsUses ? lastUses(await log.read()) : noLastUses;
	const needsCare = isDetail || columns.includes('care');
	const needsVerdicts = needsCare || asksStanding(filter);
	const verdicts = needsVerdicts ? (await import('./known-verdicts.js')).knownVerdicts(content) : noVerdicts;
	const works = needsCare ? (await import('./known-works.js')).knownWorks(content, context.now()) : noWorks;
	const exposed = needsCare ? await (await import('./known-exposures.js')).knownExposures(content) : nobodyRemoved;
	const credentials = sorted(findCredentials(selected, filter, context.now(), verdicts), uses);
	const shown = credentials.map(each => (suffix === '' ? each : {...each, name: `${each.name}${suffix}` as Name}));
	const text = await render(shown, {all: content.credentials, uses, verdicts, works, exposed}, options, context);
	if (text !== '') context.stdout.write(text);
	await noteUse({content, log}, credentials, kindOfUse(options), context.now());
	if (credentials.length > 0) return;
	tell(context, await noneText(options, content, verdicts, context));
}

/** Shows the details of credentials of several vaults, one vault after the other. Throws `usage` for a list. */
async function getInVaults(options: GetOptions, context: Context): Promise<void> {
	if (options.output !== 'detail')
		throw usage('credentials of several vaults are listed by their names alone', 'name those of one vault at a time');
	const [{inNamedVault}, {readingOnce}] = await Promise.all([
		import('./which-vault.js'),
		import('./lookup-in-vaults.js'),
	]);
	const there = readingOnce(context);
	const vaults = [...new Set(options.names.map(name => addressOf(name).vault))];
	for (const [index, vaultName] of vaults.entries()) {
		if (index > 0) context.stdout.write('\n');
		const names = options.names.map(addressOf).flatMap(({name, vault}) => (vault === vaultName ? [name] : []));
		const own = vaultName === undefined ? options : await inNamedVault({...options, vaultName}, there);
		await runGet({...own, names}, there, vaultName === undefined ? '' : `@${own.vaultName}`);
	}
}

async function noneText(options: GetOptions, content: Content, verdicts: Verdicts, context: Context): Promise<string> {
	const {provider, filter, selector = []} = options;
	const {trash} = content;
	const [{selectCredentials}, {noLabelReason, noMatchReason}] = await Promise.all([
		import('./selection.js'),
		import('../credentials/no-match.js'),
	]);
	const ofProvider = selectCredentials(content, {names: [], provider});
	if (ofProvider.length > 0) {
		const reason =
			noLabelReason(ofProvider, selector) ?? noMatchReason(ofProvider, filter ?? '', context.now(), verdicts);
		const what = filter === undefined ? 'no credentials have these labels' : `no credentials match \`${filter}\``;
		return reason === undefined ? what : `${what}: ${reason}`;
	}
	if (provider !== undefined) return `no credentials for \`${provider}\``;
	return trash.length === 0
		? 'no credentials yet: `pharmer create credential NAME` adds one'
		: `no credentials; the trash has ${grouped(trash.length)}: \`pharmer restore credential NAME\` brings one back`;
}
