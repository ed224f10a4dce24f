import {PharmerError} from '../../domain/errors.js';
import {Secret} from '../../domain/secret.js';
import {type MapNode, mapOf, member, type Node} from '../../text/node.js';
import {invalidAt} from '../../text/position.js';
import {parseToolYaml} from '../../text/yaml.js';
import {arrangeData, valuesOf} from '../data.js';
import {FileText} from '../file-text.js';
import type {Found, Importer, Reading, Refused} from '../importer.js';
import {refusalOf} from '../ini-file.js';
import {pathsOf} from '../paths.js';
import {place} from '../place.js';
import {yamlText} from '../yaml-map.js';
import {azure} from './schema.js';

/** A form in which `az` writes a service principal: how to recognize it, and its name for each field. */
type Form = {
	readonly isIt: (has: (key: string) => boolean) => boolean;
	readonly fields: Readonly<Record<string, string>>;
	/** The members that name the principal, in order of preference; the last is its client id. */
	readonly label: readonly string[];
};

const forms: readonly Form[] = [
	// `az ad sp create-for-rbac` and `az ad sp credential reset` (azure-cli, command_modules/role/custom.py)
	{
		isIt: has => has('appId') && has('tenant') && (has('password') || has('fileWithCertAndPrivateKey')),
		fields: {tenantID: 'tenant', clientID: 'appId', clientSecret: 'password'},
		label: ['displayName', 'appId'],
	},
	// `az ad sp create-for-rbac` with `--sdk-auth` or `--json-auth`
	{
		isIt: has => has('clientId') && has('tenantId') && has('activeDirectoryEndpointUrl'),
		fields: {
			tenantID: 'tenantId',
			subscriptionID: 'subscriptionId',
			clientID: 'clientId',
			clientSecret: 'clientSecret',
		},
		label: ['clientId'],
	},
];

/** An entry of `service_principal_entries.json` (azure-cli-core, auth/identity.py). */
const entryForm: Form = {
	isIt: has => has('client_id') && has('tenant'),
	fields: {tenantID: 'tenant', clientID: 'client_id', clientSecret: 'client_secret'},
	label: ['client_id'],
};

/** An entry of `accessTokens.json`, which `az` wrote before 2.30 (azure-cli-core 2.29.2, _profile.py). */
const oldEntryForm: Form = {
	isIt: has => has('servicePrincipalId') && has('servicePrincipalTenant'),
	fields: {tenantID: 'servicePrincipalTenant', clientID: 'servicePrincipalId', clientSecret: 'accessToken'},
	label: ['servicePrincipalId'],
};

const certificateKeys = ['certificate', 'clientCertificate', 'fileWithCertAndPrivateKey', 'certificateFile'] as const;

function isOf(form: Form, node: Node): boolean {
	return node.kind === 'map' && form.isIt(key => node.members.has(key));
}

/** The subscription id of a service principal, by its `principalKey()`; empty when it is ambiguous or there is none. */
type Subscriptions = (principal: string) => string;

const principalKey = (clientID: string, tenantID: string): string => JSON.stringify([clientID, tenantID]);

function subscriptionsIn(profile: MapNode | undefined): Subscriptions {
	const all = profile === undefined ? undefined : member(profile, 'subscriptions');
	const byPrincipal = new Map<string, MapNode[]>();
	for (const node of all?.kind === 'list' ? all.items : []) {
		const user = node.kind === 'map' ? member(node, 'user') : undefined;
		if (node.kind !== 'map' || user?.kind !== 'map' || yamlText(user, 'type') !== 'servicePrincipal') continue;
		const key = principalKey(yamlText(user, 'name'), yamlText(node, 'tenantId'));
		const known = byPrincipal.get(key);
		if (known === undefined) byPrincipal.set(key, [node]);
		else known.push(node);
	}
	// Choose once for each principal: thousands of entries may share one with thousands of subscriptions.
	const chosen = new Map<string, string>();
	return principal => {
		const id = chosen.get(principal) ?? chosenOf(byPrincipal.get(principal) ?? []);
		chosen.set(principal, id);
		return id;
	};
}

/**
 * The id of a service principal's default subscription, or of its only one (azure-cli-core, _profile.py); otherwise
 * empty.
 */
function chosenOf(own: readonly MapNode[]): string {
	const chosen = own.find(each => yamlText(each, 'isDefault') === 'true') ?? (own.length === 1 ? own[0] : undefined);
	return chosen === undefined ? '' : yamlText(chosen, 'id');
}

function subscriptionOf(clientID: string, tenantID: string, subscriptions: Subscriptions): string {
	const id = subscriptions(principalKey(clientID, tenantID));
	// Without a subscription, `az` writes the tenant id instead.
	return id === tenantID ? '' : id;
}

function readPrincipal(map: MapNode, {fields, label: labels}: Form, subscriptions: Subscriptions = () => ''): Reading {
	const label = labels.map(key => yamlText(map, key)).find(text => text !== '') ?? '';
	const texts = new Map(Object.entries(fields).map(([field, key]) => [field, yamlText(map, key)]));
	const text = (field: string): string => texts.get(field) ?? '';
	if (text('clientSecret') === '') {
		const reason = certificateKeys.some(key => yamlText(map, key) !== '')
			? 'signs in with a certificate, which is not kept here'
			: yamlText(map, 'client_assertion') === ''
				? 'has no client secret'
				: 'has no client secret: another service vouches for it';
		return {found: [], refused: [{label, reason}]};
	}
	const subscription = text('subscriptionID') || subscriptionOf(text('clientID'), text('tenantID'), subscriptions);
	const all = [...texts, ['subscriptionID', subscription] as const];
	const data = arrangeData(azure, new Map(all.map(([field, value]) => [field, new Secret(value)])));
	return {found: [{label, provider: azure, data}], refused: []};
}

/** The refusal for the profile of `az` without its file of service principals. */
const signedIn: Refused = {
	label: '',
	reason:
		"only says who `az` is signed in as; `az` keeps the secret where it can't be read: `az ad sp create-for-rbac` makes one to keep",
};

const person = "is a person's sign-in, which expires by itself";

/** An entry of either file. A damaged one costs nothing but itself. */
function readEntry(item: Node, subscriptions: Subscriptions): Reading {
	const form = isOf(oldEntryForm, item) ? oldEntryForm : entryForm;
	try {
		const map = mapOf(item, 'an entry');
		// The older file has the tokens of people too.
		if (map.members.has('tokenType')) return {found: [], refused: [{label: yamlText(map, 'userId'), reason: person}]};
		return readPrincipal(map, form, subscriptions);
	} catch (error) {
		if (!(error instanceof PharmerError)) throw error;
		const id = item.kind === 'map' ? item.members.get(form.label[0] ?? '')?.value : undefined;
		return {found: [], refused: [refusalOf(id?.kind === 'text' ? id.text : '', error)]};
	}
}

/** The entries of a list: of a person's many tokens one, of a principal that is there twice the first, as `az` does. */
function readEntries(items: readonly Node[], subscriptions: Subscriptions): Reading {
	const found = new Map<string, Found>();
	const refused = new Map<string, Refused>();
	for (const item of items) {
		const reading = readEntry(item, subscriptions);
		for (const each of reading.refused) refused.set(JSON.stringify([each.label, each.reason]), each);
		for (const each of reading.found) {
			const key = principalKey(each.label, valuesOf(each.data)('tenantID'));
			if (found.has(key)) refused.set(key, {label: each.label, reason: 'is there twice, and `az` takes the first'});
			else found.set(key, each);
		}
	}
	return {found: [...found.values()], refused: [...refused.values()]};
}

/**
 * Service principals of `az`: its output when it creates one, saved to a file, and those it is signed in with, or was
 * before release 2.30, on a machine where it can't encrypt them. Elsewhere they are in the system's keychain or in a
 * `.bin` file that only Windows can open.
 */
export const az: Importer = {
	kind: 'az',
	title: 'Azure CLI',
	providers: [azure.id],
	files: places => {
		const {join} = pathsOf(places);
		// A `~` is expanded for the entries (msal-extensions, persistence.py).
		const directory = place(places, places.environment.AZURE_CONFIG_DIR || join(places.home, '.azure'));
		const profile = join(directory, 'azureProfile.json');
		const entries = ['service_principal_entries.json', 'accessTokens.json'] as const;
		return [...entries.map(name => [join(directory, name), profile] as const), [profile]];
	},
	recognizes: ({text, yaml: root}) => {
		if (root === undefined || !/^\s*[[{]/.test(text)) return false;
		if (root.kind === 'list') return root.items.some(item => isOf(entryForm, item) || isOf(oldEntryForm, item));
		return forms.some(form => isOf(form, root));
	},
	read: ([text, profileText]) => {
		// Of a member that is there twice, the last one counts for Python's reader of JSON.
		const [root] = parseToolYaml(text, 'last').documents;
		if (root === undefined) return {found: [], refused: []};
		if (root.kind === 'list') {
			const profile = profileText === undefined ? undefined : new FileText(profileText, '').yamlMap;
			const subscriptions = subscriptionsIn(profile);
			return readEntries(root.items, subscriptions);
		}
		if (root.kind === 'map' && (root.members.has('subscriptions') || root.members.has('installationId'))) {
			const all = member(root, 'subscriptions');
			const isNobody = all === undefined || (all.kind === 'list' && all.items.length === 0);
			return {found: [], refused: isNobody ? [] : [signedIn]};
		}
		const form = forms.find(each => isOf(each, root));
		if (form === undefined || root.kind !== 'map') throw invalidAt(root.at, 'this is not a service principal of `az`');
		return readPrincipal(root, form);
	},
};
