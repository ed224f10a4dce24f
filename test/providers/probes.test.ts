import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {test} from 'node:test';
import {hosts} from '../../source/network/hosts.js';
import {providers} from '../../source/providers/catalog.js';
import {identityHost} from '../../source/providers/oci/realms.js';
import {probes} from '../../source/providers/probes.js';
import {askFake, credentialOf} from '../helpers/asked.js';

/** The service of one has ended, and of the other nothing is known. */
const unasked = ['packet', 'generic'];

const asked = providers.map(({id}) => id).filter(id => !unasked.includes(id));

test('every provider but two is asked, in the order of the catalog', () => {
	assert.deepEqual([...probes.keys()], asked);
	assert.deepEqual(Object.keys(hosts).toSorted(), asked.toSorted());
});

test('whoever asks about a provider that nobody answers for sends nothing', async context => {
	const credentials = unasked.map(id => credentialOf(id, {token: 'hush', apiKey: 'hush', projectID: 'p'}));
	const {asked: said, received} = await askFake(context, credentials, {'api.equinix.com': () => ({status: 200})});
	assert.deepEqual([said.map(each => each.is), received], [['unsupported', 'unsupported'], []]);
});

/** Hosts that a probe makes by a rule, of which its tests name a few. */
const ruled: Readonly<Record<string, readonly string[]>> = {
	oci: Array.from({length: 100}, (_, realm) => identityHost('eu-x-1', `ocid1.user.oc${realm}..a`) ?? ''),
};

test('each host that a provider may be asked at is asked in the tests of that provider', () => {
	const dead = Object.entries(hosts).flatMap(([provider, patterns]) => {
		const named = [...hostsIn(provider), ...(ruled[provider] ?? [])];
		return patterns.filter(pattern => !named.some(host => covers(pattern, host))).map(pattern => [provider, pattern]);
	});
	assert.deepEqual(dead, []);
});

/** What looks like a host in the tests and the fakes of a provider; something stands where a value is filled in. */
function hostsIn(provider: string): readonly string[] {
	const name = provider.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
	const [tests, fakes] = [`${name}/`, '../helpers/clouds/'].map(path => new URL(path, import.meta.url));
	const filesIn = (folder = tests, begins = /^(?:verify|keys|issue)/) =>
		readdirSync(folder ?? '')
			.filter(file => begins.test(file))
			.map(file => new URL(file, folder));
	return [...filesIn(), ...filesIn(fakes, new RegExp(`^${name}[-.]`))]
		.map(file => readFileSync(file, 'utf8').replace(/\$\{[^}]*\}/g, 'x1'))
		.flatMap(text => text.match(/[a-z0-9-]+(?:\.[a-z0-9-]+)+/g) ?? []);
}

/** Whether a host is one of a pattern, in which `*` stands for one label or a part of it. */
function covers(pattern: string, host: string): boolean {
	const parts = pattern.split('*').map(part => part.replaceAll('.', '\\.'));
	return new RegExp(`^${parts.join('[a-z0-9-]+')}$`).test(host);
}
