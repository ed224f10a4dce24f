import assert from 'node:assert/strict';
import {test} from 'node:test';
import {PharmerError} from '../../../source/domain/errors.js';
import {clockOf} from '../../helpers/clock.js';
import {issuingClouds} from '../../helpers/clouds/issuing-clouds.js';
import {issue, type Making} from '../../helpers/issued.js';
import {vaultWith} from '../../helpers/rotated.js';

const {now} = clockOf('2026-11-30T10:00:00Z');

function cloudAndVault() {
	const cloud = issuingClouds.get('aws')?.(now) ?? assert.fail();
	return {cloud, open: () => vaultWith({provider: cloud.provider, data: cloud.admin})};
}

/** The exit codes of both, 0 for the one that went through. */
async function codesOf(...makings: readonly Making[]): Promise<readonly number[]> {
	const ends = await Promise.allSettled(makings.map(issue));
	return ends
		.map(end =>
			end.status === 'fulfilled' ? 0 : end.reason instanceof PharmerError ? end.reason.exitCode : assert.fail(),
		)
		.toSorted((one, other) => one - other);
}

test('of two at once in one vault, one goes on and the other says so', async () => {
	const {cloud, open} = cloudAndVault();
	const making = {handlers: cloud.handlers, vault: await open(), now};
	assert.deepEqual(await codesOf(making, making), [0, 12]);
	assert.equal(cloud.things().length, cloud.whole.length);
});

test('of two at once from two vaults, no more than one has what it made', async () => {
	const {cloud, open} = cloudAndVault();
	const answer = ({kind}: {readonly kind: string}) => (kind === 'doubt' ? 'nobody' : 'yes');
	const [one, other] = [await open(), await open()].map(
		vault => ({handlers: cloud.handlers, vault, now, answer}) as const,
	);
	assert.ok(one && other);
	const codes = await codesOf(one, other);
	assert.ok(codes[1] !== 0, `${codes}`);
	const users = cloud.things().filter(each => each.startsWith('user'));
	const keys = cloud.things().filter(each => each.startsWith('key'));
	assert.deepEqual([users.length, keys.length], [1, 1]);
});
