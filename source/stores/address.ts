/** A bucket that is reached by S3's API. */
export type S3Address = {
	readonly kind: 's3';
	readonly bucket: string;
	/** What the names of objects begin with, without slashes at its ends; may be empty. */
	readonly prefix: string;
	/** An origin, such as `https://s3.example.com`; undefined for AWS. */
	readonly endpoint: string | undefined;
	readonly region: string;
};

/** A folder of a KV engine, version 2, of OpenBao or Vault. */
export type KvAddress = {
	readonly kind: 'kv';
	readonly scheme: 'openbao' | 'vault';
	/** An origin, such as `https://bao.example.com:8200`. */
	readonly origin: string;
	readonly mount: string;
	/** Without slashes at its ends; may be empty. */
	readonly prefix: string;
	readonly namespace: string | undefined;
};

/** A branch of a repository. */
export type GitAddress = {
	readonly kind: 'git';
	/** As git takes it: `https://…`, `ssh://…` or `file:///…`. */
	readonly remote: string;
	readonly branch: string;
};

/** Where a store lies. It never holds a password or a token. */
export type StoreAddress = S3Address | KvAddress | GitAddress;

/** The region that is meant where an address names none; engines without regions take it too. */
export const usualRegion = 'us-east-1';

/** The branch that is meant where an address names none: one that people don't work on. */
export const usualBranch = 'pharmer';

/** The one spelling of an address: the same text for all that mean the same. */
export function addressText(address: StoreAddress): string {
	if (address.kind === 'git') {
		const {remote, branch} = address;
		return `git+${remote}${branch === usualBranch ? '' : `#${branch}`}`;
	}
	if (address.kind === 'kv') {
		const {scheme, origin, mount, prefix, namespace} = address;
		const {host, protocol} = new URL(origin);
		return [
			`${scheme}://${[host, mount, prefix].filter(part => part !== '').join('/')}`,
			query({...(protocol === 'http:' && {tls: 'off'}), ...(namespace !== undefined && {namespace})}),
		].join('');
	}
	const {bucket, prefix, endpoint, region} = address;
	return [
		`s3://${bucket}${prefix === '' ? '' : `/${prefix}`}`,
		query({...(endpoint !== undefined && {endpoint}), ...(region !== usualRegion && {region})}),
	].join('');
}

function query(parameters: Readonly<Record<string, string>>): string {
	const pairs = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
	return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}
