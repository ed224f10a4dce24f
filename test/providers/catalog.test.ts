import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseFieldKey} from '../../source/domain/credential.js';
import {PharmerError} from '../../source/domain/errors.js';
import {
	fieldOf,
	findProvider,
	isSecretField,
	parseProvider,
	providerOf,
	providers,
	titleWithId,
} from '../../source/providers/catalog.js';
import {fold} from '../../source/providers/provider.js';

test('finds a provider by its id and its older ids, in any case', () => {
	for (const id of ['aws', 'AWS', 'Aws', 'eks', 'Lightsail', 'amazon']) assert.equal(findProvider(id)?.id, 'aws');
	assert.equal(findProvider('Generic')?.id, 'generic');
	for (const id of ['', 'aw', 'aws ', '__proto__', 'constructor']) assert.equal(findProvider(id), undefined);
});

test('refuses an unknown id and lists the known ones', () => {
	assert.equal(parseProvider('EKS').id, 'aws');
	assert.throws(
		() => parseProvider('awz'),
		(error: unknown) =>
			error instanceof PharmerError &&
			error.code === 'invalid' &&
			error.message === 'there is no provider `awz`' &&
			providers.every(each => error.hint?.includes(each.id)),
	);
});

test('a field is secret unless a provider says it is public', () => {
	assert.equal(isSecretField('aws', 'accessKeyID'), false);
	assert.equal(isSecretField('EKS', 'accessKeyID'), false);
	assert.equal(isSecretField('aws', 'secretAccessKey'), true);
	assert.equal(isSecretField('aws', 'sessionToken'), true);
	assert.equal(isSecretField('aws', 'no-longer-known'), true);
	assert.equal(isSecretField('generic', 'user'), true);
	assert.equal(isSecretField('no-longer-known', 'accessKeyID'), true);
	const field = fieldOf(parseProvider('generic'), 'token');
	assert.deepEqual(
		[field.key, field.label, field.secret, field.required, field.multiline],
		['token', 'token', true, false, true],
	);
});

test('no two providers share an id, and no two fields of a provider share a spelling or a variable', () => {
	const ids = providers.flatMap(provider => [provider.id, ...provider.aliases].map(id => id.toLowerCase()));
	assert.equal(new Set(ids).size, ids.length);
	for (const provider of providers) {
		const spellings = provider.fields.map(
			field => new Set([field.key, ...field.aliases, ...field.environment].map(fold)),
		);
		const all = spellings.flatMap(each => [...each]);
		assert.equal(new Set(all).size, all.length, provider.id);
		for (const field of provider.fields) {
			assert.equal(parseFieldKey(field.key), field.key);
			assert.ok(field.label !== '' && field.help !== '');
			for (const name of field.environment) assert.match(name, /^[A-Z][A-Z0-9_]*$|^TF_VAR_[a-z_]+$/);
		}
	}
});

test('the field that tells credentials apart in a list is public', () => {
	for (const provider of providers) {
		if (provider.publicId === undefined) continue;
		assert.equal(provider.fields.find(field => field.key === provider.publicId)?.secret, false, provider.id);
	}
});

test('a provider has fields, or accepts any', () => {
	for (const provider of providers) {
		const needed = provider.alternatives ?? provider.fields.filter(field => field.required);
		assert.ok(provider.open || needed.length > 0, provider.id);
	}
});

test('a title has the id of its provider, unless it begins with it', () => {
	const titles = ['gce', 'digitalocean', 'linode', 'nimbus'].map(id => titleWithId(providerOf(id)));
	assert.deepEqual(titles, ['Google Cloud (gce)', 'DigitalOcean', 'Linode (Akamai)', 'nimbus']);
});

test('where no key is made by itself, the guide tells how to get another, and when the old one stops', () => {
	for (const id of ['digitalocean', 'hetzner', 'civo', 'upcloud', 'ovh', 'ibm', 'openstack']) {
		const sections = providerOf(id).guide?.another?.filter(({commands}) => !commands) ?? [];
		assert.ok(sections.length > 0, id);
		for (const {title, lines} of sections) {
			const stops = lines.findIndex(line => line.includes('stops at once'));
			const works = lines.findIndex(line => /\bworks? on beside\b/.test(line));
			const goes = lines.findIndex(line => line.startsWith('Once nothing uses the old one'));
			assert.ok(stops === 0 || (works > 0 && goes > works), `${id}, ${title}: said before, or made before it goes`);
		}
	}
	assert.match(providerOf('packet').guide?.another?.[0]?.lines[0] ?? '', /no key can be made/);
});
