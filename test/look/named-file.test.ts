import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fieldLimit} from '../../source/domain/field-limit.js';
import {look} from '../../source/look/look.js';
import {namedLimit} from '../../source/look/named-file.js';
import {readFileSources} from '../../source/look/sources.js';
import type {World} from '../../source/look/world.js';
import {providerOf} from '../../source/providers/catalog.js';
import {filesWorld} from '../helpers/import-world.js';

/** An OCI profile that names the file of its key. */
const profile = (name: string, key: string): string =>
	`[${name}]\nuser=ocid1.user.oc1..a\ntenancy=ocid1.tenancy.oc1..b\nfingerprint=12\nregion=eu-frankfurt-1\nkey_file=${key}\n`;

/** A machine with these files, and how often each of them was read. */
function counted(files: Readonly<Record<string, string>>): {
	readonly world: World;
	readonly reads: Map<string, number>;
} {
	const reads = new Map<string, number>();
	const machine = filesWorld(files);
	const read: World['read'] = (path, limit) => {
		reads.set(path, (reads.get(path) ?? 0) + 1);
		return machine.read(path, limit);
	};
	return {reads, world: {...machine, read}};
}

test('a file that many profiles name is read once a look', async () => {
	const text = Array.from({length: 200}, (_, index) => profile(`p${index}`, '/keys/one.pem')).join('');
	const {world, reads} = counted({'/config': text, '/keys/one.pem': 'a key'});
	const {found} = await look(['/config'], world);
	assert.equal(found.length, 200);
	assert.equal(reads.get('/keys/one.pem'), 1);
	const {sources} = await readFileSources('/config', text, world, providerOf('oci'));
	assert.equal(sources.length, 200);
	assert.equal(reads.get('/keys/one.pem'), 2, 'another look reads it again');
});

test('a file that is missing is looked for once a look', async () => {
	const text = Array.from({length: 200}, (_, index) => profile(`p${index}`, '/keys/gone.pem')).join('');
	const {world, reads} = counted({'/config': text});
	const {refused} = await look(['/config'], world);
	assert.equal(refused.length, 200);
	assert.equal(reads.get('/keys/gone.pem'), 1);
});

test('all named files together are bounded, and what is beyond that is said', async () => {
	const fit = namedLimit / fieldLimit;
	const names = Array.from({length: fit + 20}, (_, index) => `/keys/${index}.pem`);
	const text = names.map((name, index) => profile(`p${index}`, name)).join('');
	const keys = Object.fromEntries(names.map(name => [name, 'k'.repeat(fieldLimit)]));
	const {world, reads} = counted({'/config': text, ...keys});
	const {found, refused} = await look(['/config'], world);
	assert.equal(found.length, fit);
	assert.equal(refused.length, 20);
	for (const [index, {label, reason}] of refused.entries()) {
		assert.equal(label, `p${fit + index}`);
		const named = `names the file \`/keys/${fit + index}.pem\``;
		assert.equal(reason, `${named}, which was not read: the files that are named hold more than 4 MiB`);
	}
	assert.ok(reads.size <= fit + 2, 'nothing is read beyond the first that is too much');
});
