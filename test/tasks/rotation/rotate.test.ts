import assert from 'node:assert/strict';
import {test} from 'node:test';
import {versionsOf} from '../../../source/vault/history/history.js';
import {clockOf} from '../../helpers/clock.js';
import {awsCloud, awsCloudWithAdmin} from '../../helpers/clouds/aws.js';
import {fieldsIn, ownId, resume, rotate, rotationIn, vaultWith} from '../../helpers/rotated.js';

test('a key is replaced: made, stored, proved, switched off, kept for the grace, deleted', async () => {
	const clock = clockOf('2026-11-30T10:00:00Z');
	const cloud = awsCloud(clock.now);
	const vault = await vaultWith(cloud);
	const steps: string[] = [];
	const how = {cloud, vault, now: clock.now, onStep: ({step}: {step: string}) => void steps.push(step)};
	assert.deepEqual(await rotate(how), {is: 'waiting', until: '2026-12-01T10:00:00Z'});
	assert.deepEqual(steps, ['intent', 'stored', 'verified', 'off']);
	const content = await vault.read();
	assert.equal(cloud.opens(fieldsIn(content)), true, "the new key is the credential's");
	assert.equal(cloud.opens(cloud.data), false, 'the old one is off');
	assert.equal(cloud.keys().length, 2);
	const [credential] = content.credentials;
	assert.ok(credential !== undefined && credential.id === ownId);
	assert.deepEqual(
		versionsOf(content, credential).map(({cause}) => cause),
		['rotate'],
		'one version',
	);
	assert.deepEqual((await resume(how)).is, 'waiting', 'the grace is not over');
	clock.add(86_400);
	assert.deepEqual(await resume(how), {is: 'done'});
	assert.equal(rotationIn(await vault.read()), undefined);
	assert.deepEqual(
		cloud.keys().map(({id}) => id),
		[fieldsIn(await vault.read()).accessKeyID],
	);
});

test('within the grace everything can be taken back', async () => {
	const clock = clockOf('2026-11-30T10:00:00Z');
	const cloud = awsCloud(clock.now);
	const vault = await vaultWith(cloud);
	const how = {cloud, vault, now: clock.now};
	await rotate(how);
	assert.deepEqual(await resume(how, {isBack: true}), {is: 'undone'});
	const content = await vault.read();
	assert.deepEqual(fieldsIn(content), cloud.data);
	assert.equal(cloud.opens(cloud.data), true);
	assert.deepEqual(
		cloud.keys().map(({id}) => id),
		[cloud.data.accessKeyID],
	);
	assert.equal(rotationIn(content), undefined);
});

test('where another credential signs, the key itself need not work', async () => {
	const clock = clockOf('2026-11-30T10:00:00Z');
	const cloud = awsCloudWithAdmin(clock.now);
	const [first] = cloud.keys();
	assert.ok(first !== undefined);
	Object.assign(first, {isOff: true});
	const vault = await vaultWith(cloud);
	assert.deepEqual(await rotate({cloud, vault, now: clock.now}, 0), {is: 'done'});
	assert.equal(cloud.opens(fieldsIn(await vault.read())), true);
});
