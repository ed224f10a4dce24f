import assert from 'node:assert/strict';
import {test} from 'node:test';
import {aws} from '../../source/providers/aws.js';
import {type FoundCredential, knownAs, repeats, suggestedNames} from '../../source/providers/found.js';
import {awsContent, storedCredential} from '../helpers/credentials.js';

function found(label: string, fields: Readonly<Record<string, string>> = {}): FoundCredential {
	return {provider: aws, data: awsContent('x', fields).data, label, kind: 'aws', path: '/a'};
}

test('a find is known by its secrets, whatever the name and whatever else the vault has with them', () => {
	const kept = storedCredential('other-name', awsContent('x', {region: 'eu-west-1'}));
	assert.equal(
		knownAs(found('prod'), [storedCredential('a', awsContent('x', {secretAccessKey: 'b'})), kept])?.id,
		kept.id,
	);
	assert.equal(knownAs(found('prod', {secretAccessKey: 'another'}), [kept]), undefined);
	// A session token is a secret the vault does not have yet.
	assert.equal(knownAs(found('prod', {sessionToken: 'token'}), [kept]), undefined);
	assert.equal(knownAs(found('prod'), [{...kept, provider: 'generic'}]), undefined);
});

test('the same secrets a second time are told from the first', () => {
	const all = [found('a'), found('b', {secretAccessKey: 'another'}), found('c')];
	assert.deepEqual(
		all.map((_, index) => repeats(all, index)),
		[undefined, undefined, 0],
	);
});

test('names are made of the provider and the profile, free in the vault and among the finds', () => {
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
	assert.equal(names(['x'.repeat(300)])[0]?.length, 59);
	const [manifest] = suggestedNames([{...found('mine'), about: {labels: new Map()}}], []);
	assert.equal(manifest, 'mine');
});
