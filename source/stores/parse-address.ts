import {PharmerError} from '../domain/errors.js';
import {
	type GitAddress,
	type KvAddress,
	type S3Address,
	type StoreAddress,
	usualBranch,
	usualRegion,
} from './address.js';
import {spelling} from './other-address.js';

/** The forms of an address, for hints. */
const forms =
	'write s3://BUCKET/PREFIX, openbao://HOST/MOUNT/PREFIX, vault://HOST/MOUNT/PREFIX, git+ssh://USER@HOST/PATH or git+https://HOST/PATH';

/** A name, a number or a slug: what parts of an address are made of, so that they mean the same in each API. */
const segment = /^(?!\.{1,2}$)[\w.-]{1,128}$/;
const longest = 1024;

/**
 * The address of a store. Throws `usage` for anything else, and for one that holds a password or a token, which is not
 * repeated: the address is kept in the vault of every member, and written in commands.
 */
export function parseAddress(text: string): StoreAddress {
	if (text.length > longest || /[\s\u0000-\u0020\u007f-\uffff\\]/.test(text))
		throw wrong('an address of a storage has no blanks and no signs but those of ASCII', forms);
	const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]{0,19}):\/\/(.*)$/i.exec(text) ?? [];
	const parse = parsers.get(scheme.toLowerCase());
	// What is meant is repeated below.
	if (token.test(text)) throw secretive('what looks like a token');
	if (parse === undefined) {
		const other = spelling(text);
		if (other !== undefined) throw wrong('that is not how an address of a storage is written', other);
		throw wrong(
			scheme === '' ? 'that is not an address of a storage' : `there are no storages of the kind \`${scheme}\``,
			forms,
		);
	}
	return parse(new Parts(scheme.toLowerCase(), rest));
}

/** What an address is made of behind its scheme, each part as it was written. */
class Parts {
	readonly scheme: string;
	readonly user: string | undefined;
	readonly host: string;
	/** Without the slash between it and the host. */
	readonly path: string;
	readonly fragment: string | undefined;
	readonly #query: string | undefined;

	constructor(scheme: string, rest: string) {
		const [, authority = '', path = '', search, fragment] =
			/^([^/?#]*)\/?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/.exec(rest) ?? [];
		const at = authority.lastIndexOf('@');
		this.scheme = scheme;
		this.user = at < 0 ? undefined : authority.slice(0, at);
		this.host = authority.slice(at + 1);
		this.path = path;
		this.fragment = fragment;
		this.#query = search;
	}

	/** The segments of the path, each of signs that need no escape. */
	segments(): readonly string[] {
		const all = withoutSlashes(this.path).split('/');
		const segments = all.length === 1 && all[0] === '' ? [] : all;
		if (!segments.every(each => segment.test(each)))
			throw wrong(
				`the path of \`${this.scheme}://…\` has only letters, digits, \`.\`, \`_\`, \`-\`, and slashes between them`,
			);
		return segments;
	}

	/** The values of the parameters, of which it has at most these. */
	parameters<Name extends string>(...names: readonly Name[]): Partial<Record<Name, string>> {
		const values: Partial<Record<Name, string>> = {};
		for (const [name, value] of new URLSearchParams(this.#query ?? '')) {
			const known = names.find(each => each === name);
			// What stands there may be a secret: neither is repeated.
			if (known === undefined && isSecretName(name)) throw secretive('a parameter that signs or signs in');
			if (known === undefined || values[known] !== undefined)
				throw wrong(
					`\`${this.scheme}://…\` has ${names.length === 0 ? 'no parameters' : `no parameters but ${names.map(each => `\`${each}\``).join(' and ')}, each once`}`,
				);
			values[known] = value;
		}
		return values;
	}

	/** Throws where it names somebody. */
	assertNobody(): void {
		if (this.user !== undefined) throw secretive('a user name or password');
	}

	assertNoFragment(): void {
		if (this.fragment !== undefined) throw wrong(`\`${this.scheme}://…\` has nothing behind a \`#\``);
	}
}

const parsers: ReadonlyMap<string, (parts: Parts) => StoreAddress> = new Map<string, (parts: Parts) => StoreAddress>([
	['s3', parseS3],
	['openbao', parseKv],
	['vault', parseKv],
	['git+https', parseGit],
	['git+ssh', parseGit],
	['git+file', parseGit],
]);

function parseS3(parts: Parts): S3Address {
	parts.assertNobody();
	parts.assertNoFragment();
	const {endpoint, region = usualRegion} = parts.parameters('endpoint', 'region');
	// S3 user guide, "General purpose bucket naming rules".
	if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(parts.host) || parts.host.includes('..'))
		throw wrong(
			'the name of a bucket has 3 to 63 small letters, digits, `.` or `-`',
			'write s3://BUCKET/PREFIX, and the host of another provider than AWS as ?endpoint=https://HOST',
		);
	if (!/^[a-z0-9-]{1,40}$/.test(region)) throw wrong('a region has only small letters, digits and `-`');
	return {
		kind: 's3',
		bucket: parts.host,
		prefix: parts.segments().join('/'),
		endpoint: endpoint === undefined ? undefined : endpointOf(endpoint),
		region,
	};
}

function endpointOf(text: string): string {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (url === undefined || !/^https?:$/.test(url.protocol))
		throw wrong('the endpoint is not an address', 'write it as endpoint=https://HOST or endpoint=https://HOST:PORT');
	if (url.username !== '' || url.password !== '') throw secretive('a user name or password');
	if (`${url.pathname}${url.search}${url.hash}` !== '/')
		throw wrong('the endpoint goes on behind its host', 'write endpoint=https://HOST; the bucket stands behind s3://');
	return safeOrigin(url);
}

function parseKv(parts: Parts): KvAddress {
	parts.assertNobody();
	parts.assertNoFragment();
	const {tls, namespace} = parts.parameters('tls', 'namespace');
	if (tls !== undefined && tls !== 'off')
		throw wrong('`tls` can only be `off`, and only for this machine', 'leave it out: https is what is used then');
	const [mount, ...rest] = parts.segments();
	const origin = `${tls === 'off' ? 'http' : 'https'}://${parts.host}`;
	if (parts.host === '' || mount === undefined || !URL.canParse(origin))
		throw wrong('the host or the mount is missing', `write ${parts.scheme}://HOST[:PORT]/MOUNT/PREFIX`);
	if (namespace !== undefined && !namespace.split('/').every(each => segment.test(each)))
		throw wrong('a namespace has only letters, digits, `.`, `_`, `-`, and slashes between them');
	return {
		kind: 'kv',
		scheme: parts.scheme === 'vault' ? 'vault' : 'openbao',
		origin: safeOrigin(new URL(origin)),
		mount,
		prefix: rest.join('/'),
		namespace,
	};
}

function parseGit(parts: Parts): GitAddress {
	const transport = parts.scheme.slice('git+'.length);
	parts.parameters();
	if (transport !== 'ssh') parts.assertNobody();
	else if (parts.user?.includes(':')) throw secretive('a password');
	// A longer one is no name of a person or service, but a token.
	else if (parts.user !== undefined && !/^[A-Za-z0-9_][\w.-]{0,31}$/.test(parts.user))
		throw secretive('what looks like a token');
	const branch = parts.fragment ?? usualBranch;
	// git-check-ref-format(1), and nothing that a shell or a list of branches would show as something else.
	if (!/^(?!.*(?:\.\.|\/\/|\/\.|\.lock(?:\/|$)|[./]$))[A-Za-z0-9][\w./-]{0,99}$/.test(branch))
		throw wrong("what stands behind the `#` can't be a branch");
	const isFile = transport === 'file';
	if ((parts.host !== '') === isFile || parts.path === '')
		throw wrong(
			'the host or the path of the repository is missing',
			isFile ? 'write git+file:///PATH' : `write git+${transport}://HOST/PATH`,
		);
	const path = withoutSlashes(parts.path);
	const user = parts.user === undefined ? '' : `${parts.user}@`;
	const host = isFile ? '' : hostOf(parts.host, transport === 'ssh' ? '22' : '443');
	return {kind: 'git', remote: `${transport}://${user}${host}/${path}`, branch};
}

/** A host with its port in one spelling, which can't be taken for an option of ssh. */
function hostOf(text: string, usualPort: string): string {
	const [, name = '', port = usualPort] = /^(.*?)(?::0*([1-9]\d{0,4}))?$/.exec(text) ?? [];
	if (name.startsWith('-') || name.includes(':') !== name.startsWith('[') || !URL.canParse(`https://${name}`))
		throw wrong('the host is not one');
	return `${new URL(`https://${name}`).host}${port === usualPort ? '' : `:${port}`}`;
}

/** The origin of an address that may be asked: https, or http on this machine. */
function safeOrigin(url: URL): string {
	const isHere = url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(url.hostname);
	if (url.protocol === 'http:' && !isHere)
		throw wrong(
			'without TLS a storage can only be on this machine',
			'use https; http serves for 127.0.0.1 and localhost',
		);
	return url.origin;
}

/** Names of parameters in which services take secrets and signatures. */
function isSecretName(name: string): boolean {
	return /token|secret|passw|pwd|key|sig|auth|credential|^x-(?:amz|goog|ms)-/i.test(name);
}

/** How tokens of GitHub, GitLab, Vault and OpenBao, and key ids of AWS look. */
const token =
	/(?<![A-Za-z0-9])(?:gh[opusr]_\w{20}|github_pat_\w{20}|glpat-[\w-]{16}|hv[sbr]\.[\w-]{16}|[sbr]\.[A-Za-z0-9]{24}(?![A-Za-z0-9.])|A[KS]IA[A-Z0-9]{16})/;

function wrong(message: string, hint?: string): PharmerError {
	return new PharmerError('usage', message, hint);
}

function secretive(what: string): PharmerError {
	return wrong(
		`the address of the storage holds ${what}`,
		'leave it out: every member would get it. A credential of the vault signs in, or a variable of the environment',
	);
}

/** A path without the slashes at its end. */
function withoutSlashes(path: string): string {
	let end = path.length;
	while (path[end - 1] === '/') end--;
	return path.slice(0, end);
}
