import assert from 'node:assert/strict';
import {test} from 'node:test';
import {findProvider} from '../../../source/providers/catalog.js';
import {digitalocean} from '../../../source/providers/digitalocean/schema.js';
import {oddityOf} from '../../helpers/findings.js';

const digits = `${'0'.repeat(63)}a`;
const [field] = digitalocean.fields;

test('current tokens and older ones without a prefix pass; a renewal token is reported', () => {
	for (const id of ['digitalocean', 'DigitalOcean', 'dokube']) assert.equal(findProvider(id), digitalocean);
	for (const token of [`dop_v1_${digits}`, `doo_v1_${digits}`, digits])
		assert.equal(oddityOf(digitalocean, 'token', token), '');
	assert.match(oddityOf(digitalocean, 'token', `dor_v1_${digits}`), /^odd: .*only renews others/);
	for (const token of [`dop_v1_${digits.slice(1)}`, `dop_v2_${digits}`, digits.toUpperCase(), `dop_v1_${digits}0`]) {
		assert.match(oddityOf(digitalocean, 'token', token), /^odd: DigitalOcean tokens are/);
	}
	assert.match(oddityOf(digitalocean, 'token', `${digits} `), /^odd: .*white space/);
	assert.match(oddityOf(digitalocean, 'token', ''), /^wrong: .*can't be empty/);
});

test('tells the kind of a token from its prefix', () => {
	assert.equal(field?.tells?.(`dop_v1_${digits}`), 'a personal access token');
	assert.match(field?.tells?.(`doo_v1_${digits}`) ?? '', /expires by itself/);
	assert.equal(field?.tells?.(digits), undefined);
});
