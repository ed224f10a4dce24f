import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type FoundCredential, heldOf, suggestedNames} from '../../source/credentials/found.js';
import type {Credential} from '../../source/domain/credential.js';
import {aws} from '../../source/providers/aws/schema.js';
import {lookupsOf} from '../helpers/counted.js';
import {awsContent, storedCredential} from '../helpers/credentials.js';

function found(label: string, fields: Readonly<Record<string, string>> = {}): FoundCredential {
	return {provider: aws, data: awsContent('x', fields).data, label, kind: 'aws', path: '/a'};
}

test('recognizes a find by its secrets, whatever its name and the other fields in the vault', () => {
	const knownAs = (each: FoundCredential, credentials: readonly Credential[]) => heldOf([each], credentials)[0]?.known;
	const kept = storedCredential('other-name', awsContent('x', {region: 'eu-west-1'}));
	assert.equal(
		knownAs(found('prod'), [storedCredential('a', awsContent('x', {secretAccessKey: 'b'})), kept])?.id,
		kept.id,
	);
	assert.equal(knownAs(found('prod', {secretAccessKey: 'another'}), [kept]), undefined);
	// A session token is a secret that the vault does not have yet.
	assert.equal(knownAs(found('prod', {sessionToken: 'token'}), [kept]), undefined);
	assert.equal(knownAs(found('prod'), [{...kept, provider: 'generic'}]), undefined);
});

test('tells a repeat of the same secrets from the first find', () => {
	const all = [found('a'), found('b', {secretAccessKey: 'another'}), found('c')];
	assert.deepEqual(
		heldOf(all, []).map(({repeats}) => repeats),
		[undefined, undefined, 0],
	);
});

test('builds names from provider and profile, unique in the vault and among the finds', () => {
	const names = (labels: readonly string[], taken: readonly string[] = []) =>
		suggestedNames(
			labels.map(label => found(label)),
			taken.map(name => storedCredential(name, {data: new Map()})),
		);
	assert.deepEqual(names(['default', '', 'prod', 'aws-old', 'Work & Play!', '../../etc', '\u001b[31m']), [
		'aws',
		'aws-2',
		'aws-prod',
		'aws-old',
		'aws-Work-Play',
		'aws-etc',
		'aws-31m',
	]);
	assert.deepEqual(names(['prod', 'PROD'], ['AWS-prod']), ['aws-prod-2', 'aws-PROD-3']);
	assert.equal(names(['x'.repeat(300)])[0]?.length, 57);
	const [manifest] = suggestedNames([{...found('mine'), about: {labels: new Map()}}], []);
	assert.equal(manifest, 'mine');
});

test('thousands of finds take as many lookups and comparisons each as a few', async () => {
	const lookups = (count: number): Promise<number> => {
		const all = Array.from({length: count}, (_, index) => found('same', {secretAccessKey: `secret ${index}`}));
		return lookupsOf(() => assert.equal(new Set(suggestedNames(all, [])).size, count));
	};
	const [few, many] = [await lookups(250), await lookups(4000)];
	assert.ok(few > 250 && many < 20 * few, `16 times as many take ${many} lookups instead of ${few}`);
});
