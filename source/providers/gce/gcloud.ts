import {Secret} from '../../domain/secret.js';
import type {MapNode} from '../../text/node.js';
import {arrangeData} from '../data.js';
import type {Importer, Places, Reading} from '../importer.js';
import {pathsOf} from '../paths.js';
import {readYamlMap, yamlText} from '../yaml-map.js';
import {gce} from './schema.js';
import {readServiceAccount} from './service-account.js';

/**
 * The types of credential files (google-auth, _default.py): a member that each has and, if it can't be kept, the
 * reason.
 */
const types: ReadonlyMap<string, {readonly has: string; readonly reason?: string}> = new Map([
	['service_account', {has: 'client_email'}],
	[
		'authorized_user',
		{
			has: 'refresh_token',
			reason: "is a person's browser sign-in, which expires by itself: make a service account key instead",
		},
	],
	[
		'external_account',
		{has: 'audience', reason: 'gets its tokens from another service, for which there is no key to keep'},
	],
	[
		'external_account_authorized_user',
		{has: 'audience', reason: "is a person's browser sign-in at another service, which expires by itself"},
	],
	[
		'impersonated_service_account',
		{
			has: 'service_account_impersonation_url',
			reason: 'acts for a service account with the sign-in of another, and has no key of its own',
		},
	],
	[
		'gdch_service_account',
		{has: 'format_version', reason: 'is for an air-gapped cloud of its own, not for Google Cloud'},
	],
]);

/** The directory of `gcloud`, which ignores `XDG_CONFIG_HOME` (Cloud SDK, core/config.py). */
function directory(places: Places): string {
	const {join} = pathsOf(places);
	const {environment, home, platform, userConfig} = places;
	if (environment.CLOUDSDK_CONFIG) return environment.CLOUDSDK_CONFIG;
	return platform === 'win32' ? join(userConfig, 'gcloud') : join(home, '.config', 'gcloud');
}

/** The whole file, to the byte, is the credential; only its project and account name are read. */
function readKeyFile(text: string, root: MapNode): Reading {
	const label = yamlText(root, 'client_email');
	if (readServiceAccount(text) === undefined) {
		return {found: [], refused: [{label, reason: 'is not JSON, so that no tool can read it'}]};
	}
	if (yamlText(root, 'private_key') === '') return {found: [], refused: [{label, reason: 'has no private key'}]};
	const data = arrangeData(
		gce,
		new Map([
			['projectID', new Secret(yamlText(root, 'project_id'))],
			['serviceAccount', new Secret(text)],
		]),
	);
	return {found: [{label, provider: gce, data}], refused: []};
}

/**
 * Google's credential files: service account keys anywhere, the application default credentials, and what `gcloud`
 * keeps for each account it is signed in with (Cloud SDK, core/config.py and credentials/creds.py). Only service
 * account keys last.
 */
export const gcloud: Importer = {
	kind: 'gcloud',
	title: 'Google Cloud CLI',
	providers: [gce.id],
	files: places => [[pathsOf(places).join(directory(places), 'application_default_credentials.json')]],
	trees: places => [
		{
			directory: pathsOf(places).join(directory(places), 'legacy_credentials'),
			holds: /^[^/]+\/adc\.json$/,
			depth: 1,
		},
	],
	recognizes: ({isJsonObject, yamlMap}) => {
		const root = isJsonObject ? yamlMap : undefined;
		const type = root?.members.get('type')?.value;
		const known = type?.kind === 'text' ? types.get(type.text) : undefined;
		return known !== undefined && root?.members.has(known.has) === true;
	},
	read: ([text]) => {
		// Of a member that is there twice, the last one counts for readers of JSON.
		const root = readYamlMap(text, 'last');
		const type = yamlText(root, 'type');
		if (type === 'service_account') return readKeyFile(text, root);
		const label = yamlText(root, 'account');
		const reason = types.get(type)?.reason ?? 'is not a service account key';
		return {found: [], refused: [{label, reason}]};
	},
};
