import assert from 'node:assert/strict';
import {test} from 'node:test';
import {PharmerError} from '../../../source/domain/errors.js';
import {clockOf} from '../../helpers/clock.js';
import {awsCloudWithAdmin} from '../../helpers/clouds/aws.js';
import {clouds} from '../../helpers/clouds/clouds.js';
import type {MakeCloud} from '../../helpers/clouds/key-cloud.js';
import {dying, losing, randomFrom} from '../../helpers/losing.js';
import {leave, revocationIn, revoke} from '../../helpers/revoked.js';
import {fieldsIn, type How, ownId, vaultWith} from '../../helpers/rotated.js';
import {seed, size} from '../../helpers/rounds.js';

/** The end of a key: it is begun, gone on with and given up, and anything may be lost on the way. */
async function oneEnd(make: MakeCloud, number: number): Promise<void> {
	const random = randomFrom(seed + number);
	const clock = clockOf('2026-11-30T10:00:00Z');
	const cloud = make(clock.now);
	const before = cloud.keys().length;
	const other = !cloud.isFixed && random() < 0.5 ? cloud.addKey() : undefined;
	const vault = await vaultWith(cloud);
	const log: string[] = [];
	const story = (): string => `round ${number} of ${cloud.provider}: ${log.join('; ')}`;
	const attempt = async (how: How, share: number): Promise<void> => {
		const isBegun = revocationIn(await vault.read()) !== undefined;
		const isBack = isBegun && random() < share;
		const end = await (isBack ? leave(how) : revoke(how)).then(
			() => 'done',
			(error: unknown) =>
				error instanceof PharmerError
					? `${error.code} ${error.message}`
					: assert.fail(`${story()}: ${error instanceof Error ? error.stack : ''}`),
		);
		log.push(`${isBack ? 'leave' : isBegun ? 'go on' : 'begin'}: ${end}`);
		clock.add(Math.floor(random() * 100_000));
	};
	const isThere = async (): Promise<boolean> => (await vault.read()).credentials.some(({id}) => id === ownId);
	for (let tries = 1 + Math.floor(random() * 5); tries > 0 && (await isThere()); tries--) {
		const fateOf = losing(random, what => log.push(what));
		await attempt({cloud, vault: dying(vault, random), now: clock.now, fateOf}, 0.25);
		const content = await vault.read();
		if (!(await isThere())) assert.equal(cloud.opens(cloud.data), false, `what is in the trash is gone; ${story()}`);
		else if (revocationIn(content) === undefined)
			assert.equal(cloud.opens(fieldsIn(content)), true, `what is left works; ${story()}`);
	}
	for (let tries = 0; await isThere(); tries++) {
		assert.ok(tries < 5, `it ends; ${story()}`);
		await attempt({cloud, vault, now: clock.now}, 0);
	}
	const content = await vault.read();
	assert.equal(revocationIn(content), undefined, story());
	assert.equal(content.trash.filter(({id}) => id === ownId).length, 1, story());
	assert.equal(cloud.opens(cloud.data), false, story());
	const left = cloud.keys().map(({id}) => id);
	if (cloud.isFixed) assert.equal(left.length, before, story());
	else assert.deepEqual(left, other === undefined ? [] : [other], `no other key is deleted; ${story()}`);
}

for (const [name, make] of [...clouds, ['aws, by another credential', awsCloudWithAdmin]] as const) {
	test(`whatever is lost while a key of ${name} is revoked, it is gone in the end, and nothing else`, async () => {
		for (let number = 0; number < size(40, 500); number++) await oneEnd(make, number);
	});
}
