import assert from 'node:assert/strict';
import {test} from 'node:test';
import {alibabacloud} from '../../source/providers/alibaba/alibabacloud.js';
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
