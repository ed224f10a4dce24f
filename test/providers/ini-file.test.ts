import assert from 'node:assert/strict';
import {test} from 'node:test';
import {alibabacloud} from '../../source/providers/alibaba/alibabacloud.js';
import {azureCredentials} from '../../source/providers/azure/credentials-file.js';
import {softlayer} from '../../source/providers/ibm/softlayer.js';
import type {Importer} from '../../source/providers/importer.js';
import {linodeCli} from '../../source/providers/linode/linode-cli.js';
import {oci} from '../../source/providers/oci/oci-cli.js';
import {ovh} from '../../source/providers/ovh/ovh-conf.js';
import {byLabel} from '../helpers/importers.js';

/** For each tool that reads its file with Python's configparser: a section, its settings, and another section. */
const files: readonly (readonly [importer: Importer, section: string, settings: readonly string[], other: string])[] = [
	[oci, 'ann', ['user=ocid1.user.oc1..a', 'fingerprint=11:22', 'tenancy=ocid1.tenancy.oc1..t', 'region=r'], 'bob'],
	[ovh, 'ovh-eu', ['application_key=k # 1', 'application_secret=s', 'consumer_key=c'], 'ovh-ca'],
	[linodeCli, 'ann', ['token=a;b', 'region=r'], 'bob'],
	[alibabacloud, 'ann', ['type=access_key', 'access_key_id=i', 'access_key_secret=s # x'], 'bob'],
];

const written = (section: string, settings: readonly string[], behind = ''): string =>
	`[${section}]${behind}\n${settings.join('\n')}\n`;

for (const [importer, section, settings, other] of files) {
	const plain = written(section, settings) + written(other, settings);
	const expected = byLabel(importer.read([plain])).found;

	test(`${importer.kind}: text behind a section, \`:\`, a byte order mark, CRLF and comments change nothing`, () => {
		assert.deepEqual(Object.keys(expected), [section, other]);
		const colons = settings.map(each => each.replace('=', ' : '));
		for (const text of [
			written(section, settings) + written(other, settings, ' # the same but another user'),
			written(section, settings, '; made by hand [x]') + written(other, settings, ' and more'),
			written(section, colons) +
				written(
					other,
					colons.map(each => each.replace(' :', ':')),
				),
			`\uFEFF${plain.replaceAll('\n', '\r\n')}`,
			plain.replaceAll('\n', '\n\n# a comment\n  ; another\n'),
			plain.replaceAll(/^(\w+)=/gm, (_, key: string) => `${key.toUpperCase()} = `),
		]) {
			assert.deepEqual(byLabel(importer.read([text])), {found: expected, refused: {}}, text);
		}
	});

	test(`${importer.kind}: a bad line costs its section, and is said with its line`, () => {
		const line = settings.length + 2;
		// Other readers of these files take what is there twice.
		const twice = importer === oci ? [`[${section}]`] : [`[${section}]`, settings[0] ?? ''];
		for (const bad of [
			'no separator',
			'= value',
			'[open',
			...(importer === ovh || importer === alibabacloud ? [] : twice),
		]) {
			const {found, refused} = importer.read([`${written(section, settings)}${bad}\n${written(other, settings)}`]);
			assert.deepEqual(
				found.map(({label}) => label),
				bad === '[open' ? [section, other] : [other],
				bad,
			);
			assert.match(refused[0]?.reason ?? '', new RegExp(`^can't be read: line ${line}: `), bad);
		}
	});
}

test('`[DEFAULT]` may go on in a second place', () => {
	const text = '[DEFAULT]\nuser=u\n[a]\nregion=r\n[DEFAULT]\ntenancy=t\n';
	const {found, refused} = byLabel(oci.read([text]));
	assert.deepEqual(found, {DEFAULT: {user: 'u', tenancy: 't'}, a: {user: 'u', tenancy: 't', region: 'r'}});
	assert.deepEqual(refused, {});
});

test('what `[DEFAULT]` sets counts for every section without a value of its own', () => {
	const text = `[ovh-eu]\nconsumer_key=own\n[DEFAULT]\napplication_key=k\napplication_secret=s\nconsumer_key=c\n`;
	assert.deepEqual(byLabel(ovh.read([text])).found['ovh-eu'], {
		endpoint: 'ovh-eu',
		applicationKey: 'k',
		applicationSecret: 's',
		consumerKey: 'own',
	});
	const classic = byLabel(softlayer.read(['[DEFAULT]\nusername: ann\n[softlayer] # old\napi_key: k\n'])).found[''];
	assert.deepEqual(classic, {username: 'ann', apiKey: 'k'});
	const users = '[DEFAULT]\ndefault-user = ann\ntoken = d\n[ann]\ntoken = a\n[bob]\nregion = r\n';
	assert.deepEqual(Object.keys(byLabel(linodeCli.read([users])).found), ['DEFAULT', 'ann']);
});

test('settings that name each other many times over are refused, not written out', () => {
	const many = [...'abcdefgh'].map((name, index) => `${name} = ${`%(${'bcdefghi'[index]})s`.repeat(1000)}`).join('\n');
	const {found, refused} = linodeCli.read([`[ann]\ntoken = %(a)s\n${many}\ni = x\n[bob]\ntoken = b\n`]);
	assert.deepEqual(
		found.map(({label}) => label),
		['bob'],
	);
	assert.match(refused[0]?.reason ?? '', /name too many settings/);
});

test('values that sections share are written out up to a limit for the whole file, then refused with their line', () => {
	const mebibyte = (start: string, each: string): string =>
		start + each.repeat(Math.floor((1024 * 1024 - Buffer.byteLength(start)) / each.length));
	const key = '[i]\ntype=sts\naccess_key_id=a\n';
	const long = `€${'x'.repeat(60_000)}`;
	const signs = `[DEFAULT]\na=%%\nb=${'%(a)s'.repeat(100)}\nc=${'%(b)s'.repeat(100)}\n`;
	for (const [importer, start, each] of [
		[linodeCli, `[DEFAULT]\ndefault-user = a\na = ${long}\n`, '[i]\ntoken=i%(a)sX\n'],
		[linodeCli, signs, '[i]\ntoken=%(c)s\n'],
		[alibabacloud, `[DEFAULT]\na = ${long}\n`, `${key}access_key_secret=i%(a)sX\n`],
		[alibabacloud, `[DEFAULT]\naccess_key_secret = ${long}\n`, key],
		[alibabacloud, signs, `${key}access_key_secret=%(c)s\n`],
		[oci, `[DEFAULT]\npass_phrase = ${long}\n`, '[i]\nuser=u\n'],
	] as const) {
		let index = 0;
		const text = mebibyte(start, each).replaceAll('[i]', () => `[${(index++).toString(36)}]`);
		const before = process.cpuUsage();
		const {found, refused} = importer.read([text]);
		const {user, system} = process.cpuUsage(before);
		assert.ok(user + system < 5_000_000, `${importer.kind} took ${(user + system) / 1000} ms`);
		assert.ok(found.length > 10 && refused.length > 1000);
		const kept = found.flatMap(({data}) => [...data.values()].map(value => value.reveal().length));
		assert.ok(kept.reduce((sum, length) => sum + length) <= 8_100_000);
		assert.match(refused.at(-1)?.reason ?? '', /^can't be read: line \d+: (?:too much text stands|too many sections)/);
	}
});

test('a value that is larger than a field once its references are replaced is refused with its line', () => {
	const half = 'x'.repeat(40_000);
	for (const [importer, keys, refers] of [
		[linodeCli, '', 'token'],
		[alibabacloud, 'type=sts\naccess_key_id=a\n', 'access_key_secret'],
	] as const) {
		const text = `[DEFAULT]\nhalf=${half}\n[a]\n${keys}${refers}=%(half)s%(half)s\n[b]\n${keys}${refers}=%(half)s\n`;
		const {found, refused} = byLabel(importer.read([text]));
		assert.deepEqual(Object.keys(found), ['b']);
		assert.match(refused.a ?? '', /^can't be read: line \d: .* is 79 KiB: a field takes at most 64 KiB/);
	}
});

test('what is odd about `[DEFAULT]` counts for the sections that inherit from it, and for no other', () => {
	const own = '[y]\ntype=sts\naccess_key_id=i\naccess_key_secret=s\nsecurity_token=t\nregion_id=r\n';
	const inherits = '[x]\ntype=sts\naccess_key_id=i\n';
	const twice = alibabacloud.read([`[DEFAULT]\naccess_key_secret=a\naccess_key_secret=b\n${inherits}${own}`]);
	assert.deepEqual(
		twice.found.map(({label, remark}) => [label, remark?.split(':', 1)[0]]),
		[
			['x', 'line 3'],
			['y', undefined],
		],
	);
	const damaged = byLabel(alibabacloud.read([`[DEFAULT]\naccess_key_secret=a\nno separator\n${inherits}${own}`]));
	assert.deepEqual(Object.keys(damaged.found), ['y']);
	assert.match(damaged.refused.x ?? '', /^can't be read: line 3: /);
	// No other reader takes a key twice here.
	const azure = '[DEFAULT]\nsecret=a\nsecret=b\n[x]\nclient_id=i\ntenant=t\nsubscription_id=s\n';
	assert.match(byLabel(azureCredentials.read([azure])).refused.x ?? '', /^can't be read: line 3: this key appears/);
});
