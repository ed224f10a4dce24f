/** The label of a region, a zone, an account or a realm. */
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The hosts that a credential of each provider may be sent to; one `*` stands for a label or a part of it. They are
 * written here, and nowhere else: what a credential or a variable names is asked only with somebody's consent. Sources:
 * the providers' SDKs and documentation, as each `verify.ts` names them.
 */
export const hosts: Readonly<Record<string, readonly string[]>> = {
	aws: [
		'sts.amazonaws.com',
		'sts.*.amazonaws.com',
		'sts.*.amazonaws.com.cn',
		'sts.*.amazonaws.eu',
		'iam.amazonaws.com',
		'iam.us-gov.amazonaws.com',
		'iam.cn-north-1.amazonaws.com.cn',
		'iam.eusc-de-east-1.amazonaws.eu',
	],
	gce: [
		'oauth2.googleapis.com',
		'accounts.google.com',
		'www.googleapis.com',
		'cloudresourcemanager.googleapis.com',
		'iam.googleapis.com',
	],
	azure: [
		'login.microsoftonline.com',
		'login.microsoftonline.us',
		'login.chinacloudapi.cn',
		'management.azure.com',
		'management.usgovcloudapi.net',
		'management.chinacloudapi.cn',
		'graph.microsoft.com',
		'graph.microsoft.us',
		'microsoftgraph.chinacloudapi.cn',
	],
	azureStorage: ['*.blob.core.windows.net', '*.blob.core.usgovcloudapi.net', '*.blob.core.chinacloudapi.cn'],
	digitalocean: ['cloud.digitalocean.com', 'api.digitalocean.com'],
	linode: ['api.linode.com'],
	vultr: ['api.vultr.com'],
	scaleway: ['api.scaleway.com'],
	hetzner: ['api.hetzner.cloud'],
	cloudflare: ['api.cloudflare.com'],
	ovh: [
		'eu.api.ovh.com',
		'ca.api.ovh.com',
		'api.us.ovhcloud.com',
		'eu.api.kimsufi.com',
		'ca.api.kimsufi.com',
		'eu.api.soyoustart.com',
		'ca.api.soyoustart.com',
		'www.ovh.com',
		'ca.ovh.com',
		'us.ovhcloud.com',
		'auth.cloud.ovh.net',
		'auth.cloud.ovh.us',
	],
	ibm: ['iam.cloud.ibm.com', 'api.softlayer.com'],
	alibaba: ['sts.aliyuncs.com', 'ims.aliyuncs.com', 'ram.aliyuncs.com'],
	oci: [
		'identity.*.oraclecloud.com',
		'identity.*.oraclegovcloud.com',
		'identity.*.oraclegovcloud.uk',
		'identity.*.oraclecloud.eu',
		'identity.*.oraclecloud8.com',
		'identity.*.oraclecloud9.com',
		'identity.*.oraclecloud10.com',
		'identity.*.oraclecloud14.com',
		'identity.*.oraclecloud15.com',
		'identity.*.oraclecloud20.com',
		'identity.*.oraclecloud21.com',
		'identity.*.oraclecloud23.com',
		'identity.*.oraclecloud24.com',
		'identity.*.oraclecloud26.com',
		'identity.*.oraclecloud29.com',
		'identity.*.oraclecloud35.com',
		'identity.*.oraclecloud42.com',
		'identity.*.oraclecloud51.com',
		'identity.*.oraclecloud52.com',
	],
	civo: ['api.civo.com'],
	upcloud: ['api.upcloud.com'],
	exoscale: ['api-*.exoscale.com'],
	openstack: ['auth.cloud.ovh.net', 'auth.cloud.ovh.us'],
};

/** Whether an address is one that the provider may be asked at without consent: https, at its usual port. */
export function isOwnHost(provider: string, {protocol, hostname, port, username, password}: URL): boolean {
	if (protocol !== 'https:' || port !== '' || username !== '' || password !== '') return false;
	const own = Object.hasOwn(hosts, provider) ? hosts[provider] : undefined;
	return (own ?? []).some(pattern => isOf(pattern, hostname));
}

function isOf(pattern: string, host: string): boolean {
	const [start = '', end] = pattern.split('*');
	if (end === undefined) return host === pattern;
	const isAround = host.length > start.length + end.length && host.startsWith(start) && host.endsWith(end);
	return isAround && label.test(host.slice(start.length, -end.length));
}

/** Whether an address stays on this machine. */
export function isLoopback({hostname}: URL): boolean {
	return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
