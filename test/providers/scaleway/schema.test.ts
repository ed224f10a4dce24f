import assert from 'node:assert/strict';
import {test} from 'node:test';
import {findProvider} from '../../../source/providers/catalog.js';
import {scaleway} from '../../../source/providers/scaleway/schema.js';
import {findingsOf, oddityOf} from '../../helpers/findings.js';

const token = '11111111-aaaa-4aaa-8aaa-000000000001';

test("the older tool's credential, an organization and a secret key, is complete", () => {
	assert.equal(findProvider('Scaleway'), scaleway);
	assert.deepEqual(findingsOf(scaleway, {organization: token, token}), []);
	assert.deepEqual(findingsOf(scaleway, {accessKey: 'SCWINVENTED000000001'}), [
		"wrong token: Secret key can't be empty",
	]);
});

test('keys and ids of another shape are odd', () => {
	assert.equal(oddityOf(scaleway, 'token', token.toUpperCase()), '');
	assert.match(oddityOf(scaleway, 'token', token.slice(1)), /^odd: Scaleway secret keys are UUIDs/);
	assert.match(oddityOf(scaleway, 'token', ` ${token}`), /^odd: .*white space/);
	assert.match(oddityOf(scaleway, 'project', 'default'), /^odd: Scaleway project ids are UUIDs/);
	assert.match(oddityOf(scaleway, 'accessKey', token), /^odd: Scaleway access keys are SCW and 17/);
	assert.match(oddityOf(scaleway, 'accessKey', 'SCWinvented000000001'), /^odd: /);
	assert.match(oddityOf(scaleway, 'region', 'par1'), /^odd: Scaleway regions look like fr-par/);
	assert.match(oddityOf(scaleway, 'zone', 'fr-par'), /^odd: Scaleway zones look like fr-par-1/);
});

test('a zone of another region is odd', () => {
	assert.deepEqual(findingsOf(scaleway, {token, region: 'nl-ams', zone: 'nl-ams-2'}), []);
	assert.deepEqual(findingsOf(scaleway, {token, zone: 'nl-ams-2'}), []);
	assert.deepEqual(findingsOf(scaleway, {token, region: 'fr-par', zone: 'nl-ams-2'}), [
		'odd zone: the zone is not in the region',
	]);
});

test("the guide's commands create an application, a policy and a key, and ask for two ids", () => {
	const lines = scaleway.guide?.sections.find(({commands}) => commands)?.lines ?? [];
	assert.ok(lines.length > 0 && lines.every(line => /^scw iam \S+ create /.test(line)));
	const asked = lines.join(' ').match(/\b[A-Z_]{4,}\b/g) ?? [];
	assert.deepEqual([...new Set(asked)], ['APPLICATION_ID', 'PROJECT_ID']);
});
