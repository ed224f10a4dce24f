import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {PharmerError} from '../../source/domain/errors.js';
import {addressText, type StoreAddress} from '../../source/stores/address.js';
import {parseAddress} from '../../source/stores/parse-address.js';

const s3 = {kind: 's3', bucket: 'team', prefix: 'vaults/ops', endpoint: undefined, region: 'us-east-1'} as const;
const kv = {
	kind: 'kv',
	scheme: 'openbao',
	origin: 'https://bao.example.com:8200',
	mount: 'secret',
	prefix: 'pharmer',
	namespace: undefined,
} as const;

const addresses: readonly (readonly [text: string, address: StoreAddress, canonical?: string])[] = [
	['s3://team/vaults/ops', s3],
	['S3://team/vaults/ops///', s3, 's3://team/vaults/ops'],
	['s3://team', {...s3, prefix: ''}],
	['s3://team/?region=us-east-1', {...s3, prefix: ''}, 's3://team'],
	['s3://team/vaults/ops?region=eu-central-1', {...s3, region: 'eu-central-1'}],
	[
		's3://team/vaults/ops?region=auto&endpoint=https://ACC.r2.cloudflarestorage.com:443/',
		{...s3, endpoint: 'https://acc.r2.cloudflarestorage.com', region: 'auto'},
		's3://team/vaults/ops?endpoint=https://acc.r2.cloudflarestorage.com&region=auto',
	],
	[
		's3://team/vaults/ops?endpoint=https%3A%2F%2Fs3.example.com%3A9000',
		{...s3, endpoint: 'https://s3.example.com:9000'},
		's3://team/vaults/ops?endpoint=https://s3.example.com:9000',
	],
	['s3://team/vaults/ops?endpoint=http://127.0.0.1:7070', {...s3, endpoint: 'http://127.0.0.1:7070'}],
	['openbao://bao.example.com:8200/secret/pharmer', kv],
	['openbao://Bao.Example.com:8200/secret/pharmer/', kv, 'openbao://bao.example.com:8200/secret/pharmer'],
	[
		'openbao://bao.example.com:443/secret',
		{...kv, origin: 'https://bao.example.com', prefix: ''},
		'openbao://bao.example.com/secret',
	],
	[
		'vault://bao.example.com:8200/secret/a/b?namespace=admin/team',
		{...kv, scheme: 'vault', prefix: 'a/b', namespace: 'admin/team'},
	],
	['openbao://127.0.0.1:8200/secret/pharmer?tls=off', {...kv, origin: 'http://127.0.0.1:8200'}],
	['openbao://[::1]:8200/secret/pharmer?tls=off', {...kv, origin: 'http://[::1]:8200'}],
	[
		'git+ssh://git@github.com/example/vault.git',
		{kind: 'git', remote: 'ssh://git@github.com/example/vault.git', branch: 'pharmer'},
	],
	[
		'git+ssh://git@ssh.github.com:443/example/vault',
		{kind: 'git', remote: 'ssh://git@ssh.github.com:443/example/vault', branch: 'pharmer'},
	],
	[
		'git+ssh://Host:22/~me/vault/',
		{kind: 'git', remote: 'ssh://host/~me/vault', branch: 'pharmer'},
		'git+ssh://host/~me/vault',
	],
	[
		'git+ssh://[2001:DB8::1]:2222/x',
		{kind: 'git', remote: 'ssh://[2001:db8::1]:2222/x', branch: 'pharmer'},
		'git+ssh://[2001:db8::1]:2222/x',
	],
	[
		'git+https://gitlab.com/example/vault.git#team/ops',
		{kind: 'git', remote: 'https://gitlab.com/example/vault.git', branch: 'team/ops'},
	],
	[
		'git+https://gitlab.com/x#pharmer',
		{kind: 'git', remote: 'https://gitlab.com/x', branch: 'pharmer'},
		'git+https://gitlab.com/x',
	],
	['git+file:///srv/git/vault.git', {kind: 'git', remote: 'file:///srv/git/vault.git', branch: 'pharmer'}],
];

test('an address is read, and has one spelling', () => {
	for (const [text, address, canonical = text] of addresses) {
		assert.deepEqual(parseAddress(text), address, text);
		assert.equal(addressText(address), canonical);
		assert.deepEqual(parseAddress(canonical), address, canonical);
	}
});

/** The error of a text that is no address. */
function refusal(text: string): PharmerError {
	try {
		parseAddress(text);
	} catch (error) {
		assert.ok(error instanceof PharmerError, `${text}: ${error}`);
		assert.equal(error.exitCode, 2, text);
		return error;
	}
	assert.fail(`${text} is taken`);
}

test('an address as other tools take it is refused with the one that is meant', () => {
	const hints = {
		'git@github.com:example/vault.git': 'git+ssh://git@github.com/example/vault.git',
		'ssh://git@example.com:2222/vault.git': 'git+ssh://git@example.com:2222/vault.git',
		'https://github.com/example/vault': 'git+https://github.com/example/vault',
		'https://git.example.com/vault.git': 'git+https://git.example.com/vault.git',
		'https://s3.example.com/team': 's3://BUCKET/PREFIX?endpoint=https://s3.example.com',
		'https://team.s3.eu-west-1.amazonaws.com/ops': 's3://team/ops?region=eu-west-1',
		'https://s3.eu-west-1.amazonaws.com/team/ops': 's3://team/ops?region=eu-west-1',
		'file:///srv/vault.git': 'git+file:///srv/vault.git',
		'/srv/vault.git': 'git+file:///srv/vault.git',
		'http://example.com/vault.git': 'git+https://',
		'http://127.0.0.1:7070/team':
			's3://BUCKET/PREFIX?endpoint=http://127.0.0.1:7070, or openbao://127.0.0.1:7070/MOUNT/PREFIX?tls=off',
		'git://example.com/vault.git': 'git+https://',
		'gs://bucket/x': 'S3, KV or git',
		'r2://bucket/x': 'endpoint=https://HOST',
		'bao://host/secret': 'openbao://HOST/MOUNT/PREFIX',
		'ftp://host/x': 's3://BUCKET/PREFIX',
		's3:/bucket': 's3://BUCKET/PREFIX',
		'': 's3://BUCKET/PREFIX',
	};
	for (const [text, hint] of Object.entries(hints))
		assert.ok(refusal(text).hint?.includes(hint), `${text}: ${refusal(text).hint}`);
	assert.match(refusal('ftp://host/x').message, /`ftp`/);
});

test('a password or token in an address is refused and not repeated', () => {
	const secret = 'hunter2hunter2hunter2';
	const texts = [
		`s3://AKIAIOSFODNN7EXAMPLE:${secret}@team/ops`,
		`s3://${secret}@team/ops`,
		`s3://team/ops?endpoint=https://me:${secret}@s3.example.com`,
		`s3://team/ops?X-Amz-Signature=${secret}`,
		`s3://team/ops?X-Amz-Security-Token=${secret}&region=x`,
		`s3://team/ops?secretAccessKey=${secret}`,
		`s3://team/ops#${secret}`,
		`s3://team/ops?${secret}`,
		`s3://team/ops?region=${secret.toUpperCase()}`,
		`s3://team/ops?region=a&region=${secret}`,
		`openbao://token:${secret}@bao.example.com/secret`,
		`openbao://bao.example.com/secret?token=${secret}`,
		`vault://bao.example.com/secret/hvs.${secret}`,
		`git+https://${secret}@github.com/x/y`,
		`git+https://me:${secret}@github.com/x/y`,
		`git+https://github.com/x/y?access_token=${secret}`,
		`git+https://github.com/x/ghp_${secret}`,
		`git+ssh://git:${secret}@github.com/x/y`,
		`git+ssh://${secret}${secret}@github.com/x/y`,
		`https://me:${secret}@github.com/x/y.git`,
		`https://github.com/x/y.git?token=${secret}`,
		`me:${secret}@github.com:x/y`,
		`ssh://me:${secret}@github.com/x/y`,
		`https:${secret}`,
		`https://github.com/x/ghp_${secret}.git`,
		`https://bao.example.com/s.${secret}abc`,
		secret,
	];
	for (const text of texts) {
		const {message, hint = ''} = refusal(text);
		assert.ok(!`${message}${hint}`.toLowerCase().includes(secret), `${text}: ${message} ${hint}`);
	}
	for (const text of texts.slice(1, 6))
		assert.match(refusal(text).message, /holds a (?:user name or password|parameter that signs)/);
});

test('what git, a shell, a terminal or an API would take for something else is refused', () => {
	for (const text of [
		'git+ssh://-oProxyCommand=x/y',
		'git+ssh://git@-oProxyCommand=x/y',
		'git+https://example.com/x#-upload',
		'git+https://example.com/x#a..b',
		'git+https://example.com/x#a.lock',
		'git+https://example.com/x#a b',
		'git+https://example.com',
		'git+file://host/x',
		'git+file:///',
		'git+http://example.com/x',
		's3://te',
		's3://Team/x',
		's3://team/../x',
		's3://team/a//b',
		's3://team/a%2Fb',
		's3://team/ä',
		's3://team/\u001b[31m',
		's3://team/a\nb',
		's3://team/x?endpoint=http://s3.example.com',
		's3://team/x?endpoint=ftp://s3.example.com',
		's3://team/x?endpoint=https://s3.example.com/team',
		's3://team/x?endpoint=',
		's3://team/x?profile=dev',
		'openbao://bao.example.com',
		'openbao://bao.example.com/',
		'openbao:///secret',
		'openbao://bao.example.com/secret?tls=off',
		'openbao://bao.example.com/secret?tls=no',
		'openbao://bao.example.com/secret?namespace=a b',
		`s3://team/${'x'.repeat(2000)}`,
	])
		refusal(text);
});

test('any text is read or refused in linear time, and an address that is read is read again', () => {
	const part = fc.oneof(
		fc.constantFrom('s3://', 'git+ssh://', 'vault://', '@', ':', '/', '?', '#', '=', '&', 'endpoint', 'tls=off', '%'),
		fc.string(),
	);
	fc.assert(
		fc.property(fc.array(part, {maxLength: 12}), parts => {
			const text = parts.join('');
			let address: StoreAddress;
			try {
				address = parseAddress(text);
			} catch (error) {
				assert.ok(error instanceof PharmerError && error.exitCode === 2, String(error));
				return;
			}
			assert.deepEqual(parseAddress(addressText(address)), address);
		}),
		{numRuns: 2000},
	);
});
