/** A user name that is none of a password, a host and a path: safe to be repeated. */
const scp = /^([a-z_][a-z0-9_-]{0,15})@([a-z0-9][a-z0-9.-]{0,99}):([\w./-]{1,200})$/i;
const web = /^https:\/\/([a-z0-9][a-z0-9.-]{0,99}(?::\d{1,5})?)\/([\w./-]{1,200})$/i;
const ssh = /^ssh:\/\/((?:[a-z_][a-z0-9_-]{0,15}@)?[a-z0-9][a-z0-9.-]{0,99}(?::\d{1,5})?)\/([\w./-]{1,200})$/i;
const amazon = /^(?:(?:([a-z0-9-]{3,63})\.)?s3[.-]([a-z0-9-]{5,30})\.amazonaws\.com)$/;
/** Hosts on which repositories are known to lie. */
const forges = /^(?:github\.com|gitlab\.com|codeberg\.org|bitbucket\.org)$/i;

/**
 * What to write in the place of an address that is written as other tools take it, as a sentence; undefined where
 * nobody knows. It repeats nothing that may be a password.
 */
export function spelling(text: string): string | undefined {
	const [, user, host, path = ''] = scp.exec(text) ?? [];
	if (host !== undefined) return `write git+ssh://${user}@${host}/${path.replace(/^\/+/, '')}`;
	const [, server, below] = ssh.exec(text) ?? [];
	if (server !== undefined) return `write git+ssh://${server}/${below}`;
	if (/^file:\/\/\/[\w./-]{1,200}$/.test(text)) return `write git+${text}`;
	if (/^\/[\w./-]{1,200}$/.test(text))
		return `write git+file://${text} for a repository; a folder serves for nothing else`;
	const [, site = '', rest = ''] = web.exec(text) ?? [];
	const [, bucket, region] = amazon.exec(site) ?? [];
	if (region !== undefined) return `write s3://${bucket === undefined ? '' : `${bucket}/`}${rest}?region=${region}`;
	if (site !== '' && (forges.test(site) || rest.endsWith('.git'))) return `write git+https://${site}/${rest}`;
	if (site !== '')
		return `write s3://BUCKET/PREFIX?endpoint=https://${site} for a storage of S3's kind, or git+https://${site}/${rest} for a repository`;
	const [, here] = /^http:\/\/((?:127\.0\.0\.1|localhost)(?::\d{1,5})?)(?:\/|$)/i.exec(text) ?? [];
	if (here !== undefined)
		return `write s3://BUCKET/PREFIX?endpoint=http://${here}, or openbao://${here}/MOUNT/PREFIX?tls=off`;
	if (/^(?:http|git):\/\//i.test(text))
		return 'git:// and http:// can be changed by anybody on the way: use git+https:// or git+ssh://';
	if (/^(?:gs|gcs|az|azure|abfss?|wasbs?):\/\//i.test(text))
		return 'storages of Google and Azure have another interface: use one that speaks S3, KV or git';
	if (/^(?:r2|minio|b2|spaces):\/\//i.test(text)) return 'write s3://BUCKET/PREFIX?endpoint=https://HOST';
	if (/^(?:bao|hashicorp|vaults|https\+vault):\/\//i.test(text))
		return 'write openbao://HOST/MOUNT/PREFIX or vault://HOST/MOUNT/PREFIX';
	return undefined;
}
