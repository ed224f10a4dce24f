import {Secret} from '../../domain/secret.js';
import {parseToml, plainText} from '../../text/toml.js';
import {arrangeData} from '../data.js';
import type {FileGroup, Importer, Places} from '../importer.js';
import {pathsOf} from '../paths.js';
import {cloudflare} from './schema.js';

/**
 * Fields in the file of wrangler's first version: a token, or the global key with its email address (wrangler-legacy,
 * src/settings/global_user.rs).
 */
const kept = [
	['apiToken', 'api_token'],
	['apiKey', 'api_key'],
	['email', 'email'],
] as const;

/** The directory that `xdg-app-paths` returns to wrangler. */
function appDirectory(places: Places): string {
	const {join} = pathsOf(places);
	const {environment, platform, home, userConfig, config} = places;
	if (environment.XDG_CONFIG_HOME) return environment.XDG_CONFIG_HOME;
	if (platform === 'darwin') return join(home, 'Library', 'Preferences');
	return platform === 'win32' ? join(userConfig, 'xdg.config') : config;
}

function files(places: Places): readonly FileGroup[] {
	const {join} = pathsOf(places);
	const legacy = places.environment.WRANGLER_HOME || join(places.home, '.wrangler');
	const name = places.environment.WRANGLER_API_ENVIRONMENT === 'staging' ? 'staging.toml' : 'default.toml';
	return [legacy, join(appDirectory(places), '.wrangler')].map(each => [join(each, 'config', name)]);
}

/**
 * wrangler's per-user file: in `~/.wrangler` if that exists, otherwise in the system's directory for settings
 * (workers-sdk, global-wrangler-config-path.ts); the staging service has its own (file-store.ts). Today it holds a
 * browser sign-in; tokens and keys in it were written by the first version, and later ones still read the token.
 */
export const wrangler: Importer = {
	kind: 'wrangler',
	title: 'Wrangler',
	providers: [cloudflare.id],
	firstOnly: true,
	files,
	recognizes: ({name: fileName, toml: root}) => {
		if (root === undefined) return false;
		const has = (key: string): boolean => plainText(root, key) !== '';
		if (has('oauth_token') && (has('refresh_token') || has('expiration_time'))) return true;
		return fileName === 'default.toml' && (has('api_token') || (has('api_key') && has('email')));
	},
	read: ([text]) => {
		const root = parseToml(text);
		const texts = kept.map(([field, key]) => [field, new Secret(plainText(root, key))] as const);
		const data = arrangeData(cloudflare, new Map(texts));
		const secret = data.has('apiToken') || data.has('apiKey');
		const signedIn = ['oauth_token', 'refresh_token'].some(key => plainText(root, key) !== '');
		const reason = 'holds a browser sign-in, which expires by itself: make an API token instead';
		return {
			found: secret ? [{label: '', provider: cloudflare, data}] : [],
			refused: signedIn ? [{label: '', reason}] : [],
		};
	},
};
