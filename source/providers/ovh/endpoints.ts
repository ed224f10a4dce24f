import {addressIn} from '../address.js';

/** Where a credential of OVHcloud is asked about. */
type Endpoint = {
	readonly api: string;
	/** Where an OAuth2 client gets its token; undefined where there are none. */
	readonly tokens?: string;
};

/** The APIs by name (go-ovh, ovh.go, `Endpoints` and `tokensURLs`; the same in python-ovh, client.py). */
const endpoints: Readonly<Record<string, Endpoint>> = {
	'ovh-eu': {api: 'https://eu.api.ovh.com/1.0', tokens: 'https://www.ovh.com/auth/oauth2/token'},
	'ovh-ca': {api: 'https://ca.api.ovh.com/1.0', tokens: 'https://ca.ovh.com/auth/oauth2/token'},
	'ovh-us': {api: 'https://api.us.ovhcloud.com/1.0', tokens: 'https://us.ovhcloud.com/auth/oauth2/token'},
	'kimsufi-eu': {api: 'https://eu.api.kimsufi.com/1.0'},
	'kimsufi-ca': {api: 'https://ca.api.kimsufi.com/1.0'},
	'soyoustart-eu': {api: 'https://eu.api.soyoustart.com/1.0'},
	'soyoustart-ca': {api: 'https://ca.api.soyoustart.com/1.0'},
};

/** The endpoint of that name, or at that address; the default is that of go-ovh. */
export function endpointAt(text: string): Endpoint | undefined {
	const name = text === '' ? 'ovh-eu' : text;
	if (Object.hasOwn(endpoints, name)) return endpoints[name];
	const api = name.replace(/(?<!\/)\/+$/, '');
	return Object.values(endpoints).find(known => known.api === api) ?? (addressIn(api) && {api});
}

/** Where users of the Public Cloud sign in: that of the United States is a cloud of its own. */
export function keystoneAt(text: string): string {
	const isAmerican = endpointAt(text) === endpoints['ovh-us'];
	return isAmerican ? 'https://auth.cloud.ovh.us/v3' : 'https://auth.cloud.ovh.net/v3';
}
